/** Zero-based line and character (UTF-16 code units), as the Language Server Protocol counts them. */
export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

/** Converts between offsets and lines of one text. Lines end with LF or CRLF. */
export class LineIndex {
  readonly #starts: number[] = [0];
  readonly #length: number;

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
    this.#length = text.length;
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
    return this.#starts[line] ?? this.#length;
  }

  offsetAt(position: LinePosition): number {
    const start = this.startOf(position.line);
    return Math.min(start + position.character, this.startOf(position.line + 1));
  }
}

/** The line end that a text uses: that of its first line, LF when it has only one. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  const at = text.indexOf('\n');
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}
