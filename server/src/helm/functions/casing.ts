import type { Str } from '../trace/text.ts';

/** Go maps characters one by one: where the case of a character takes several, it stays. */

export function upper(text: string): string {
  return mapCharacters(text, upperCharacter);
}

export function lower(text: string): string {
  return mapCharacters(text, lowerCharacter);
}

const ASCII = /^[\0-\x7f]*$/;

function mapCharacters(text: string, map: (character: string) => string): string {
  if (ASCII.test(text)) return map === upperCharacter ? text.toUpperCase() : text.toLowerCase();
  let result = '';
  for (const character of text) result += map(character);
  return result;
}

const INVALID_BYTE = /^[\udc80-\udcff]$/;

/** Go replaces bytes that are no character on the way. */
function upperCharacter(character: string): string {
  if (INVALID_BYTE.test(character)) return '\ufffd';
  const mapped = character.toUpperCase();
  return [...mapped].length === 1 ? mapped : character;
}

function lowerCharacter(character: string): string {
  if (INVALID_BYTE.test(character)) return '\ufffd';
  // The one character whose lower case takes several in Unicode, and not in Go.
  if (character === '\u0130') return 'i';
  const mapped = character.toLowerCase();
  return [...mapped].length === 1 ? mapped : character;
}

const WORD = /[\p{L}\p{Nd}_]/u;
const WHITE_SPACE = /[\s\u0085]/;

/** strings.Title: the first letter of each word to upper case. */
export function titleCase(text: string): string {
  let result = '';
  let isInWord = false;
  for (const character of text) {
    result += isInWord ? character : upperCharacter(character);
    isInWord =
      WORD.test(character) || ((character.codePointAt(0) ?? 0) > 0x7f && !WHITE_SPACE.test(character));
  }
  return result;
}

export function uncapitalize(text: string): string {
  let result = '';
  let isInWord = false;
  for (const character of text) {
    const isSpace = WHITE_SPACE.test(character);
    result += isSpace || isInWord ? character : lowerCharacter(character);
    isInWord = !isSpace;
  }
  return result;
}

const UPPER = /\p{Lu}/u;
const LOWER = /\p{Ll}/u;

export function changeCase(text: string): string {
  let result = '';
  for (const character of text) {
    if (UPPER.test(character)) result += lowerCharacter(character);
    else result += LOWER.test(character) ? upperCharacter(character) : character;
  }
  return result;
}

/** strings.Trim: takes any of a set of characters from both ends. */
export function trimSet(text: Str, set: string): Str {
  const characters = new Set(set);
  const units = text.text;
  let start = 0;
  let end = units.length;
  while (start < end && characters.has(characterAt(units, start))) start += characterAt(units, start).length;
  while (end > start) {
    const last = characterBefore(units, end);
    if (!characters.has(last)) break;
    end -= last.length;
  }
  return text.slice(start, end);
}

function characterAt(text: string, offset: number): string {
  return String.fromCodePoint(text.codePointAt(offset) ?? 0);
}

function characterBefore(text: string, end: number): string {
  const pair = end >= 2 ? characterAt(text, end - 2) : '';
  return pair.length === 2 ? pair : (text[end - 1] ?? '');
}

/** strings.SplitN: an empty separator splits into characters; `limit` below zero means no limit. */
export function splitAll(text: Str, separator: string, limit = -1): Str[] {
  if (limit === 0) return [];
  const source = text.text;
  const parts: Str[] = [];
  if (separator === '') {
    let start = 0;
    while (start < source.length) {
      const isLast = limit > 0 && parts.length === limit - 1;
      const end = isLast ? source.length : start + characterAt(source, start).length;
      parts.push(text.slice(start, end));
      start = end;
    }
    return parts;
  }
  let start = 0;
  for (let at = source.indexOf(separator); at !== -1; at = source.indexOf(separator, start)) {
    if (limit > 0 && parts.length === limit - 1) break;
    parts.push(text.slice(start, at));
    start = at + separator.length;
  }
  parts.push(text.slice(start, source.length));
  return parts;
}
