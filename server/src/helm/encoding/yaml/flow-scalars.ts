import { isBlank, isBlankOrEnd, isBreak, isFlowIndicator } from './characters.ts';
import type { YamlCursor } from './cursor.ts';

/**
 * Reads a scalar in quotes, with both of them. Source: `yaml_parser_scan_flow_scalar` in scannerc.go of goyaml.v2.
 *
 * @throws YamlError
 */
export function readQuoted(cursor: YamlCursor): string {
  const { text } = cursor;
  const quote = cursor.unit();
  const isSingle = quote === 0x27;
  cursor.offset++;
  let value = '';
  for (;;) {
    if (cursor.column === 0 && cursor.documentMarker() !== undefined) {
      cursor.fail('found unexpected document indicator');
    }
    if (cursor.offset >= text.length) cursor.fail('found unexpected end of stream');
    let isAfterBreak = false;
    let start = cursor.offset;
    let unit = cursor.unit();
    while (!isBlankOrEnd(unit)) {
      if (unit === quote) {
        if (!isSingle || cursor.unit(1) !== quote) break;
        value += `${text.slice(start, cursor.offset)}'`;
        cursor.offset += 2;
        start = cursor.offset;
      } else if (unit === 0x5c && !isSingle) {
        value += text.slice(start, cursor.offset);
        isAfterBreak = isBreak(cursor.unit(1));
        if (isAfterBreak) {
          cursor.offset++;
          cursor.skipBreak();
        } else value += readEscape(cursor);
        start = cursor.offset;
        if (isAfterBreak) break;
      } else cursor.offset++;
      unit = cursor.unit();
    }
    value += text.slice(start, cursor.offset);
    if (cursor.unit() === quote) {
      cursor.offset++;
      return value;
    }
    value += readSpace(cursor, isAfterBreak, 0);
  }
}

const SIMPLE_ESCAPES: Record<string, string> = {
  '0': '\0',
  a: '\u0007',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\u001b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};

function readEscape(cursor: YamlCursor): string {
  const letter = cursor.text[cursor.offset + 1] ?? '';
  cursor.offset += 2;
  const simple = SIMPLE_ESCAPES[letter];
  if (simple !== undefined) return simple;
  const width = { x: 2, u: 4, U: 8 }[letter];
  if (width === undefined) cursor.fail('found unknown escape character');
  const digits = cursor.text.slice(cursor.offset, cursor.offset + width);
  if (digits.length !== width || !/^[0-9a-fA-F]+$/.test(digits)) {
    cursor.fail('did not find expected hexdecimal number');
  }
  const code = Number.parseInt(digits, 16);
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
    cursor.fail('found invalid Unicode character escape code');
  }
  cursor.offset += width;
  return String.fromCodePoint(code);
}

/** A scalar without quotes. */
export interface PlainScalar {
  readonly value: string;
  /** UTF-16 offset behind its last character. */
  readonly end: number;
  /** Whether the cursor has come to another line, on which a key may begin. */
  readonly isAfterBreak: boolean;
}

/**
 * Reads a scalar without quotes, and the white space behind it. Source: `yaml_parser_scan_plain_scalar` in scannerc.go of goyaml.v2.
 *
 * @param indent the column that its further lines have to reach, in block style
 * @throws YamlError
 */
export function readPlain(cursor: YamlCursor, indent: number, isFlow: boolean): PlainScalar {
  const { text } = cursor;
  let value = '';
  let end = cursor.offset;
  let space = '';
  let isAfterBreak = false;
  for (;;) {
    if (cursor.column === 0 && cursor.documentMarker() !== undefined) break;
    if (cursor.unit() === 0x23) break;
    const start = cursor.offset;
    const wordEnd = plainWordEnd(text, start, isFlow);
    if (wordEnd > start) {
      value += space + text.slice(start, wordEnd);
      cursor.offset = wordEnd;
      end = wordEnd;
      isAfterBreak = false;
    }
    const unit = cursor.unit();
    if (!isBlank(unit) && !isBreak(unit)) break;
    const before = cursor.line;
    // Space behind nothing new belongs to what the loop saw before.
    space = readSpace(cursor, false, indent);
    if (cursor.line > before) isAfterBreak = true;
    if (!isFlow && cursor.column < indent) break;
  }
  return { value, end, isAfterBreak };
}

/** The end of a run without white space, before a `: ` or an indicator of flow style. */
function plainWordEnd(text: string, start: number, isFlow: boolean): number {
  let offset = start;
  for (;;) {
    const unit = text.charCodeAt(offset);
    if (isBlankOrEnd(unit)) return offset;
    if (unit === 0x3a && isBlankOrEnd(text.charCodeAt(offset + 1))) return offset;
    if (isFlow && isFlowIndicator(unit)) return offset;
    offset++;
  }
}

/**
 * White space inside of a scalar: kept within a line, folded across lines.
 *
 * @param isAfterBreak whether an escaped line break, which stands for nothing, is before it
 * @param indent the column before which no tab may stand on further lines
 */
function readSpace(cursor: YamlCursor, isAfterBreak: boolean, indent: number): string {
  let isFolding = isAfterBreak;
  let leadingBreak = '';
  let trailingBreaks = '';
  const start = cursor.offset;
  for (;;) {
    const unit = cursor.unit();
    if (isBlank(unit)) {
      if (isFolding && unit === 0x09 && cursor.column < indent) {
        cursor.fail('found a tab character that violates indentation');
      }
      cursor.offset++;
    } else if (isBreak(unit)) {
      if (isFolding) trailingBreaks += cursor.readBreak();
      else {
        leadingBreak = cursor.readBreak();
        isFolding = true;
      }
    } else break;
  }
  if (!isFolding) return cursor.text.slice(start, cursor.offset);
  if (leadingBreak === '\n') return trailingBreaks === '' ? ' ' : trailingBreaks;
  return leadingBreak + trailingBreaks;
}
