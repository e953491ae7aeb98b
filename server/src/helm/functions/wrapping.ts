import { decodeUtf8, encodeUtf8, isAscii } from '../go/utf8.ts';
import { Str, TextBuilder } from '../trace/text.ts';
import { lengthInBytes, sliceBytes } from './text-bytes.ts';

/** Text functions of github.com/Masterminds/goutils. Lengths are bytes. */

const ELLIPSIS = '...';

export function abbreviate(text: Str, offset: number, width: number): Str {
  const length = lengthInBytes(text);
  if (length <= width) return text;
  let left = Math.min(offset, length);
  if (length - left < width - 3) left = length - (width - 3);
  if (left <= 4) return withEllipsis(sliceBytes(text, 0, width - 3), 'after');
  if (left + width - 3 < length) {
    const rest = abbreviate(sliceBytes(text, left, length), 0, width - 3);
    return withEllipsis(rest, 'before');
  }
  return withEllipsis(sliceBytes(text, length - (width - 3), length), 'before');
}

function withEllipsis(text: Str, side: 'before' | 'after'): Str {
  const out = new TextBuilder();
  if (side === 'before') out.add(ELLIPSIS, text.trace);
  out.addStr(text);
  if (side === 'after') out.add(ELLIPSIS, text.trace);
  return out.build(text.trace);
}

/** The first letter of each word. The original works on bytes, so other letters are mangled as there. */
export function initials(text: string): string {
  let result = '';
  let wasGap = true;
  for (const byte of encodeUtf8(text)) {
    const isGap = (byte >= 9 && byte <= 13) || byte === 0x20 || byte === 0x85 || byte === 0xa0;
    if (!isGap && wasGap) result += String.fromCharCode(byte);
    wasGap = isGap;
  }
  return result;
}

/** Breaks text at spaces so that no line is longer than the width; long words only when asked. */
export function wrapWords(text: Str, wanted: number, lineEnd: string, breaksWords: boolean): Str {
  if (isAscii(text.text)) return wrapAscii(text, wanted, lineEnd, breaksWords);
  // Widths count bytes, so each byte is made a character for the time being.
  const bytes = Array.from(encodeUtf8(text.text), (byte) => String.fromCharCode(byte)).join('');
  const end = Array.from(encodeUtf8(lineEnd), (byte) => String.fromCharCode(byte)).join('');
  const wrapped = wrapAscii(new Str(bytes, text.trace), wanted, end, breaksWords);
  const decoded = decodeUtf8(Uint8Array.from(wrapped.text, (character) => character.charCodeAt(0)));
  return new Str(decoded, text.trace);
}

function wrapAscii(text: Str, wanted: number, lineEnd: string, breaksWords: boolean): Str {
  const width = Math.max(wanted, 1);
  const source = text.text;
  const out = new TextBuilder();
  let offset = 0;
  const line = (end: number, next: number) => {
    out.addSlice(text, offset, end);
    out.add(lineEnd, text.traceOf(Math.max(end - 1, 0), end));
    offset = next;
  };
  while (source.length - offset > width) {
    if (source[offset] === ' ') {
      offset++;
      continue;
    }
    const space = source.lastIndexOf(' ', offset + width);
    if (space >= offset) line(space, space + 1);
    else if (breaksWords) line(offset + width, offset + width);
    else {
      const next = source.indexOf(' ', offset + width);
      if (next === -1) break;
      line(next, next + 1);
    }
  }
  out.addSlice(text, offset, source.length);
  return out.build(text.trace);
}
