import { isBlankOrEnd, isBreak } from './characters.ts';
import { YamlError } from './error.ts';

/** A place in a YAML text that moves forward and knows its line. Source: `skip`, `skip_line`, `read_line` in scannerc.go of goyaml.v2. */
export class YamlCursor {
  readonly text: string;
  /** UTF-16 offset. */
  offset = 0;
  /** Zero-based. */
  line = 0;
  #lineStart = 0;

  constructor(text: string) {
    this.text = text;
    if (text.charCodeAt(0) === 0xfeff) {
      this.offset = 1;
      this.#lineStart = 1;
    }
  }

  get column(): number {
    return this.offset - this.#lineStart;
  }

  /** The character here, and so many behind it; NaN at the end. */
  unit(ahead = 0): number {
    return this.text.charCodeAt(this.offset + ahead);
  }

  skipBreak(): void {
    const isPair = this.unit() === 0x0d && this.unit(1) === 0x0a;
    this.offset += isPair ? 2 : 1;
    this.startLine();
  }

  /** Counts the place as the beginning of another line. */
  startLine(): void {
    this.line++;
    this.#lineStart = this.offset;
  }

  /** Skips a line break and answers what it stands for. */
  readBreak(): string {
    const unit = this.unit();
    if (!isBreak(unit)) return '';
    this.skipBreak();
    return unit === 0x2028 || unit === 0x2029 ? String.fromCharCode(unit) : '\n';
  }

  /** `---` or `...`, when one stands here; both are markers at the beginning of a line alone. */
  documentMarker(): 'document-start' | 'document-end' | undefined {
    const first = this.unit();
    if (first !== 0x2d && first !== 0x2e) return undefined;
    if (this.unit(1) !== first || this.unit(2) !== first) return undefined;
    if (!isBlankOrEnd(this.unit(3))) return undefined;
    return first === 0x2d ? 'document-start' : 'document-end';
  }

  /** @throws YamlError that names the present line, unless it is the first */
  fail(message: string): never {
    const where = this.line > 0 ? `line ${this.line + 1}: ` : '';
    throw new YamlError(`yaml: ${where}${message}`, this.offset);
  }
}
