import { isBlank, isBreak, isBreakOrEnd } from './characters.ts';
import type { YamlCursor } from './cursor.ts';

const HEADER = /[|>](?:([+-])([0-9])?|([0-9])([+-])?)?[ \t]*(?:#[^\n\r\u0085\u2028\u2029]*)?/y;

/** What the first line of a block scalar says. */
interface Header {
  readonly chomping: string;
  /** Columns right of the collection around it; absent when the first line of the text decides. */
  readonly increment: number | undefined;
  readonly isLiteral: boolean;
}

/**
 * Reads a block scalar, `|` or `>`. Source: `yaml_parser_scan_block_scalar` in scannerc.go of goyaml.v2.
 *
 * @param outerIndent the column of the block collection around it, -1 at the top
 * @throws YamlError
 */
export function readBlockScalar(cursor: YamlCursor, outerIndent: number): string {
  const { text } = cursor;
  const { increment, isLiteral, chomping } = readHeader(cursor);
  const wantedIndent = increment === undefined ? 0 : Math.max(outerIndent, 0) + increment;
  let { indent, breaks } = skipBreaks(cursor, wantedIndent, outerIndent);
  let value = '';
  let leadingBreak = '';
  let wasBlank = false;
  while (cursor.column === indent && cursor.offset < text.length) {
    const isBlankLine = isBlank(cursor.unit());
    if (!isLiteral && !wasBlank && !isBlankLine && leadingBreak === '\n') {
      if (breaks === '') value += ' ';
    } else value += leadingBreak;
    value += breaks;
    wasBlank = isBlankLine;
    const start = cursor.offset;
    let end = start;
    while (!isBreakOrEnd(text.charCodeAt(end))) end++;
    cursor.offset = end;
    value += text.slice(start, end);
    leadingBreak = cursor.readBreak();
    ({ indent, breaks } = skipBreaks(cursor, indent, outerIndent));
  }
  if (chomping !== '-') value += leadingBreak;
  return chomping === '+' ? value + breaks : value;
}

function readHeader(cursor: YamlCursor): Header {
  const isLiteral = cursor.unit() === 0x7c;
  HEADER.lastIndex = cursor.offset;
  const match = HEADER.exec(cursor.text);
  cursor.offset += match?.[0].length ?? 1;
  const digit = match?.[2] ?? match?.[3];
  if (digit === '0') cursor.fail('found an indentation indicator equal to 0');
  if (!isBreakOrEnd(cursor.unit())) cursor.fail('did not find expected comment or line break');
  cursor.readBreak();
  const increment = digit === undefined ? undefined : Number(digit);
  return { isLiteral, increment, chomping: match?.[1] ?? match?.[4] ?? '' };
}

/** Skips indentation and empty lines; the first call finds out how deep the block stands when nobody said (0). */
function skipBreaks(
  cursor: YamlCursor,
  wantedIndent: number,
  outerIndent: number,
): { indent: number; breaks: string } {
  let breaks = '';
  let deepest = 0;
  const mayIndent = () => wantedIndent === 0 || cursor.column < wantedIndent;
  for (;;) {
    while (mayIndent() && cursor.unit() === 0x20) cursor.offset++;
    deepest = Math.max(deepest, cursor.column);
    if (mayIndent() && cursor.unit() === 0x09) {
      cursor.fail('found a tab character where an indentation space is expected');
    }
    if (!isBreak(cursor.unit())) break;
    breaks += cursor.readBreak();
  }
  const indent = wantedIndent === 0 ? Math.max(deepest, outerIndent + 1, 1) : wantedIndent;
  return { indent, breaks };
}
