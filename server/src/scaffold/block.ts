/**
 * Text of several lines, for template literals that are indented like the code around them. The common indentation goes. A part that stands alone on
 * its line brings as many lines as it has, at that indentation; without any, the line goes too.
 *
 * @returns the lines without a final line end
 */
export function block(strings: TemplateStringsArray, ...parts: readonly (string | number)[]): string {
  const texts = parts.map(String);
  const lines = strings.join(SLOT).replace(/^\n/, '').trimEnd().split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map(indentOf);
  const common = Math.min(...indents);
  let next = 0;
  return lines
    .flatMap((line): string[] => {
      const own = line.slice(common);
      if (own.trim() === SLOT) return indented(texts[next++] ?? '', indentOf(own));
      return [own.replaceAll(SLOT, () => texts[next++] ?? '')];
    })
    .join('\n');
}

/** Stands for a part; no text that is written here has it. */
const SLOT = '\u0000';

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function indented(text: string, indent: number): string[] {
  if (text === '') return [];
  return text.split('\n').map((line) => (line === '' ? '' : ' '.repeat(indent) + line));
}

/** Blocks one under the other. */
export function lines(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n');
}

/** A file of YAML documents. */
export function documents(texts: readonly string[]): string {
  return `${texts.filter((text) => text !== '').join('\n---\n')}\n`;
}
