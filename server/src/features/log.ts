/**
 * What an error says about the program, without its message: that may quote a document, and so the very data that must stay private.
 */
export function placeOfError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames.slice(0, 6)].join('\n');
}

/** Writes each line once, however often it comes. */
export function once(write: (line: string) => void): (line: string) => void {
  const written = new Set<string>();
  return (line) => {
    if (written.has(line)) return;
    written.add(line);
    write(line);
  };
}
