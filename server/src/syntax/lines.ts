/** Zero-based line and character (UTF-16 code units), as the Language Server Protocol counts them. */
export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

/** Converts between offsets and lines of one text. Lines end with LF or CRLF. */
export class LineIndex {
  readonly #text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
    this.#text = text;
  }

  /** The number of line ends in the text. */
  get lineBreaks(): number {
    return this.#starts.length - 1;
  }

  positionAt(offset: number): LinePosition {
    const line = this.lineAt(offset);
    return { line, character: offset - this.startOf(line) };
  }

  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.startOf(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The offset of a line's first character; the end of the text for lines beyond the last. */
  startOf(line: number): number {
    return this.#starts[line] ?? this.#text.length;
  }

  /** Positions beyond the end of a line or of the text stand for that end, which is before the line break. */
  offsetAt({ line, character }: LinePosition): number {
    let end = this.startOf(line + 1);
    if (line < this.lineBreaks) end -= this.#text[end - 2] === '\r' ? 2 : 1;
    return Math.min(this.startOf(line) + character, end);
  }
}

/** The line end that a text uses: that of its first line, LF when it has only one. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  const at = text.indexOf('\n');
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}
