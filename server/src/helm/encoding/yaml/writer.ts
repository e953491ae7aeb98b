import type { Trace } from '../../trace/origin.ts';
import { TextBuilder } from '../../trace/text.ts';

/** Text in the making, with the state that libyaml's emitter keeps of it. Source: `put`, `yaml_emitter_write_indent` and `yaml_emitter_write_indicator` in emitterc.go of goyaml.v2. */
export class YamlWriter {
  readonly out = new TextBuilder();
  /** Counts characters. */
  column = 0;
  indent = -1;
  /** Whether the last character written is white space. */
  isBehindSpace = true;
  /** Whether only indentation stands before the place on its line. */
  isAtIndent = true;

  /** Begins a collection or a text, and answers the indentation around it. */
  increaseIndent(isFlow: boolean, isIndentless: boolean): number {
    const outer = this.indent;
    if (outer < 0) this.indent = isFlow ? 2 : 0;
    else if (!isIndentless) this.indent += 2;
    return outer;
  }

  put(text: string, trace: Trace): void {
    if (text === '') return;
    this.out.add(text, trace);
    this.column += characterCount(text, 0, text.length);
  }

  break(trace: Trace, character = '\n'): void {
    this.out.add(character, trace);
    this.column = 0;
  }

  /** Goes to the indentation, on a line of its own where something else stands before it. */
  writeIndent(trace: Trace): void {
    const indent = Math.max(this.indent, 0);
    const needsBreak =
      !this.isAtIndent || this.column > indent || (this.column === indent && !this.isBehindSpace);
    if (needsBreak) this.break(trace);
    if (this.column < indent) this.put(' '.repeat(indent - this.column), trace);
    this.isBehindSpace = true;
    this.isAtIndent = true;
  }

  /**
   * Writes a sign of YAML's, such as `-` or a quote.
   *
   * @param isWhitespace whether what follows needs no space before it
   * @param isIndention whether a collection may begin behind it on the line
   */
  indicator(
    text: string,
    needsWhitespace: boolean,
    isWhitespace: boolean,
    isIndention: boolean,
    trace: Trace,
  ): void {
    if (needsWhitespace && !this.isBehindSpace) this.put(' ', trace);
    this.put(text, trace);
    this.isBehindSpace = isWhitespace;
    this.isAtIndent = this.isAtIndent && isIndention;
  }
}

/** Columns count characters, not UTF-16 code units. */
export function characterCount(text: string, start: number, end: number): number {
  let count = end - start;
  for (let index = start; index < end; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xdc00 && unit <= 0xdfff) count--;
  }
  return count;
}
