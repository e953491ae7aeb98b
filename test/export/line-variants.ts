/**
 * What is a line away from a file: without it, with it twice, as a comment, further in or out, with a comment behind it, and with another line below it; and the
 * file with other ends of lines.
 */
export function* lineVariants(text: string, others: readonly string[]): Generator<string> {
  yield text.replaceAll('\n', '\r\n');
  const lines = text.split('\n');
  for (const [at, line] of lines.entries()) {
    const indent = /^ */.exec(line)?.[0] ?? '';
    const more = [
      [],
      [line, line],
      [`#${line}`],
      [`  ${line}`],
      [line.replace(/^ {2}/, '')],
      [`${line} # tls`],
    ];
    const added = others.flatMap((other) => [
      [line, indent + other],
      [line, `${indent}  ${other}`],
    ]);
    for (const changed of [...more, ...added]) yield lines.toSpliced(at, 1, ...changed).join('\n');
  }
}
