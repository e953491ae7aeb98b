/** Go's quoted strings (strconv.Quote and Unquote) and its idea of which characters can be printed. */

/** Whether Go prints the character as it is: letters, marks, numbers, punctuation, symbols, and the ASCII space. */
function isPrintable(character: string): boolean {
  return character === ' ' || PRINTABLE.test(character);
}

const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u;
const NEEDS_NO_ESCAPE = /^[ !#-[\]-~]*$/;

const ESCAPES: Record<string, string> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};

/** A Go string literal in double quotes. */
export function quote(text: string): string {
  return `"${escapeQuoted(text)}"`;
}

/** The inside of a Go string literal. Parts of a text can be escaped one by one. */
export function escapeQuoted(text: string, asciiOnly = false): string {
  if (NEEDS_NO_ESCAPE.test(text)) return text;
  let result = '';
  for (const character of text) result += escapeCharacter(character, '"', asciiOnly);
  return result;
}

/** A Go character literal in single quotes. */
export function quoteCharacter(code: number, asciiOnly = false): string {
  const character = isValidCode(code) ? String.fromCodePoint(code) : '\ufffd';
  return `'${escapeCharacter(character, "'", asciiOnly)}'`;
}

function escapeCharacter(character: string, delimiter: string, asciiOnly: boolean): string {
  if (character === delimiter) return `\\${character}`;
  const known = ESCAPES[character];
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80 ? code >= 0x20 && code < 0x7f : !asciiOnly && isPrintable(character)) return character;
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${hex(code - 0xdc00, 2)}`;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0');
}

export function isValidCode(code: number): boolean {
  return code >= 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
}

const SIMPLE_ESCAPES: Record<string, string> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/** The text of a Go string literal in double or back quotes; undefined when it is not valid. */
export function unquote(literal: string): string | undefined {
  const delimiter = literal[0];
  if (literal.length < 2 || literal.at(-1) !== delimiter) return undefined;
  const body = literal.slice(1, -1);
  if (delimiter === '`') return body.includes('`') ? undefined : body.replaceAll('\r', '');
  if (delimiter !== '"' || body.includes('\n')) return undefined;
  return body.includes('\\') ? unescapeLiteral(body, '"') : body;
}

/** The code point of a Go character literal; undefined when it is not valid. */
export function unquoteCharacter(literal: string): number | undefined {
  const body = literal.slice(1, -1);
  if (literal.length < 3 || literal[0] !== "'" || literal.at(-1) !== "'") return undefined;
  const text = body.includes('\\') ? unescapeLiteral(body, "'") : body;
  if (text === undefined) return undefined;
  const [character, ...rest] = text;
  if (character === undefined || rest.length > 0) return undefined;
  const code = character.codePointAt(0);
  return code !== undefined && code >= 0xdc80 && code <= 0xdcff ? code - 0xdc00 : code;
}

function unescapeLiteral(body: string, delimiter: string): string | undefined {
  let result = '';
  for (let index = 0; index < body.length; ) {
    const character = body[index] ?? '';
    if (character !== '\\') {
      if (character === delimiter) return undefined;
      result += character;
      index++;
      continue;
    }
    const sequence = readEscape(body, index + 1, delimiter);
    if (sequence === undefined) return undefined;
    result += sequence.text;
    index = sequence.end;
  }
  return result;
}

/** Bytes given as `\xe9` or `\351` are not characters: they stay bytes, see utf8.ts. */
function readEscape(
  body: string,
  start: number,
  delimiter: string,
): { text: string; end: number } | undefined {
  const letter = body[start] ?? '';
  const simple = SIMPLE_ESCAPES[letter];
  if (simple !== undefined) {
    if ((letter === "'" || letter === '"') && letter !== delimiter) return undefined;
    return { text: simple, end: start + 1 };
  }
  const width = { x: 2, u: 4, U: 8 }[letter];
  if (width !== undefined) {
    const digits = body.slice(start + 1, start + 1 + width);
    if (digits.length !== width || !/^[0-9a-fA-F]+$/.test(digits)) return undefined;
    const code = Number.parseInt(digits, 16);
    if (letter === 'x') return { text: byteText(code), end: start + 3 };
    return isValidCode(code) ? { text: String.fromCodePoint(code), end: start + 1 + width } : undefined;
  }
  const octal = /^[0-7]{3}/.exec(body.slice(start, start + 3))?.[0];
  const code = octal === undefined ? 256 : Number.parseInt(octal, 8);
  return code > 255 ? undefined : { text: byteText(code), end: start + 3 };
}

function byteText(byte: number): string {
  return String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
}
