import { quote } from '../go/quote.ts';
import { KEYWORDS, type Token, type TokenType } from './tokens.ts';

const LEFT = '{{';
const RIGHT = '}}';
const SPACE = ' \t\r\n';
const ASCII_WORD = /[A-Za-z0-9_]*/y;
const WORD = /[\p{L}\p{Nd}_]*/uy;

/** Finds the tokens of a template, with Go's errors. Source: lex.go of text/template/parse. */
export class Lexer {
  readonly #text: string;
  #offset = 0;
  #line = 1;
  #nextNewline: number;
  #insideAction = false;
  #parenDepth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#nextNewline = this.#newlineFrom(0);
  }

  next(): Token {
    return this.#insideAction ? this.#insideActionToken() : this.#textToken();
  }

  /**
   * Goes on behind an error: after the end of the broken action, or before the next action when that comes first.
   *
   * @param from Where the broken action starts.
   */
  recover(from: number): void {
    const start = Math.max(from + LEFT.length, this.#offset);
    const close = this.#text.indexOf(RIGHT, start);
    const open = this.#text.indexOf(LEFT, start);
    let target = close === -1 ? this.#text.length : close + RIGHT.length;
    if (open !== -1 && open < target) target = open;
    this.#moveTo(target);
    this.#insideAction = false;
  }

  #moveTo(offset: number): void {
    while (this.#nextNewline < offset) {
      this.#line++;
      this.#nextNewline = this.#newlineFrom(this.#nextNewline + 1);
    }
    this.#offset = offset;
  }

  /** Where the next line break stands; the end of the text when there is none. */
  #newlineFrom(offset: number): number {
    const newline = this.#text.indexOf('\n', offset);
    return newline === -1 ? this.#text.length : newline;
  }

  #token(type: TokenType, end: number): Token {
    const token = {
      type,
      start: this.#offset,
      end,
      value: this.#text.slice(this.#offset, end),
      line: this.#line,
    };
    this.#moveTo(end);
    return token;
  }

  #error(message: string): Token {
    return { type: 'error', start: this.#offset, end: this.#offset, value: message, line: this.#line };
  }

  #startsWith(text: string, offset: number): boolean {
    return this.#text.startsWith(text, offset);
  }

  #textToken(): Token {
    for (;;) {
      const open = this.#text.indexOf(LEFT, this.#offset);
      const end = open === -1 ? this.#text.length : open;
      if (end > this.#offset) {
        let shown = end;
        if (open !== -1 && this.#hasLeftTrimMarker(open + LEFT.length)) {
          while (shown > this.#offset && SPACE.includes(this.#text[shown - 1] ?? 'x')) shown--;
        }
        if (shown > this.#offset) {
          const token = this.#token('text', shown);
          this.#moveTo(end);
          return token;
        }
        this.#moveTo(end);
      }
      if (open === -1) return this.#token('eof', this.#offset);
      const marker = this.#hasLeftTrimMarker(open + LEFT.length) ? 2 : 0;
      if (!this.#startsWith('/*', open + LEFT.length + marker)) return this.#leftDelim(marker);
      const comment = this.#comment(marker);
      if (comment !== undefined) return comment;
    }
  }

  #leftDelim(marker: number): Token {
    const token = this.#token('left-delim', this.#offset + LEFT.length);
    this.#moveTo(this.#offset + marker);
    this.#insideAction = true;
    this.#parenDepth = 0;
    return token;
  }

  /** Skips a comment; undefined when all is well. */
  #comment(marker: number): Token | undefined {
    const start = this.#offset + LEFT.length + marker;
    const close = this.#text.indexOf('*/', start + 2);
    if (close === -1) return this.#error('unclosed comment');
    const trims = this.#isTrimmedRightDelim(close + 2);
    if (!trims && !this.#startsWith(RIGHT, close + 2)) {
      return this.#error('comment ends before closing delimiter');
    }
    let end = close + 2 + (trims ? 2 : 0) + RIGHT.length;
    if (trims) end = this.#skipSpace(end);
    this.#moveTo(end);
    return undefined;
  }

  #hasLeftTrimMarker(offset: number): boolean {
    return this.#text[offset] === '-' && isSpace(this.#text[offset + 1]);
  }

  #isTrimmedRightDelim(offset: number): boolean {
    return (
      isSpace(this.#text[offset]) && this.#text[offset + 1] === '-' && this.#startsWith(RIGHT, offset + 2)
    );
  }

  #skipSpace(offset: number): number {
    let end = offset;
    while (isSpace(this.#text[end])) end++;
    return end;
  }

  #insideActionToken(): Token {
    const trims = this.#isTrimmedRightDelim(this.#offset);
    if (trims || this.#startsWith(RIGHT, this.#offset)) {
      return this.#parenDepth === 0 ? this.#rightDelim(trims) : this.#error('unclosed left paren');
    }
    const character = this.#text[this.#offset];
    if (character === undefined) return this.#error('unclosed action');
    if (isSpace(character)) return this.#spaceToken();
    switch (character) {
      case '=':
        return this.#token('assign', this.#offset + 1);
      case ':':
        if (this.#text[this.#offset + 1] !== '=') return this.#error('expected :=');
        return this.#token('declare', this.#offset + 2);
      case '|':
        return this.#token('pipe', this.#offset + 1);
      case '"':
        return this.#quoted('"', 'string', 'unterminated quoted string');
      case "'":
        return this.#quoted("'", 'char-constant', 'unterminated character constant');
      case '`':
        return this.#rawString();
      case '$':
        return this.#fieldOrVariable('variable');
      case '(':
        this.#parenDepth++;
        return this.#token('left-paren', this.#offset + 1);
      case ')':
        this.#parenDepth--;
        if (this.#parenDepth < 0) return this.#error('unexpected right paren');
        return this.#token('right-paren', this.#offset + 1);
      case '.':
        if (!isDigit(this.#text[this.#offset + 1])) return this.#fieldOrVariable('field');
        return this.#number();
    }
    if (character === '+' || character === '-' || isDigit(character)) return this.#number();
    if (isWordAt(this.#text, this.#offset)) return this.#identifier();
    const code = this.#text.codePointAt(this.#offset) ?? 0;
    if (code > 0x20 && code < 0x7f) return this.#token('char', this.#offset + 1);
    return this.#error(`unrecognized character in action: ${unicodeName(code)}`);
  }

  #rightDelim(trims: boolean): Token {
    if (trims) this.#moveTo(this.#offset + 2);
    const token = this.#token('right-delim', this.#offset + RIGHT.length);
    if (trims) this.#moveTo(this.#skipSpace(this.#offset));
    this.#insideAction = false;
    return token;
  }

  #spaceToken(): Token {
    let end = this.#skipSpace(this.#offset);
    if (this.#isTrimmedRightDelim(end - 1)) end--;
    return end === this.#offset ? this.#rightDelim(true) : this.#token('space', end);
  }

  #identifier(): Token {
    const end = this.#wordEnd(this.#offset);
    if (!this.#isTerminator(end)) return this.#badCharacter(end);
    const word = this.#text.slice(this.#offset, end);
    if (word === 'true' || word === 'false') return this.#token('bool', end);
    return this.#token(KEYWORDS.get(word) ?? 'identifier', end);
  }

  #fieldOrVariable(type: 'field' | 'variable'): Token {
    const start = this.#offset + 1;
    if (this.#isTerminator(start)) return this.#token(type === 'variable' ? 'variable' : 'dot', start);
    const end = this.#wordEnd(start);
    if (!this.#isTerminator(end)) return this.#badCharacter(end);
    return this.#token(type, end);
  }

  #badCharacter(offset: number): Token {
    return this.#error(`bad character ${unicodeName(this.#text.codePointAt(offset) ?? 0xfffd)}`);
  }

  #wordEnd(start: number): number {
    const end = matchEnd(ASCII_WORD, this.#text, start);
    return this.#text.charCodeAt(end) < 0x80 ? end : matchEnd(WORD, this.#text, end);
  }

  /** Whether a name may end here. */
  #isTerminator(offset: number): boolean {
    const character = this.#text[offset];
    if (character === undefined || isSpace(character) || '.,|:)('.includes(character)) return true;
    return this.#startsWith(RIGHT, offset);
  }

  #quoted(delimiter: string, type: TokenType, problem: string): Token {
    for (let index = this.#offset + 1; index < this.#text.length; index++) {
      const character = this.#text[index];
      if (character === '\n') break;
      if (character === delimiter) return this.#token(type, index + 1);
      if (character === '\\') {
        index++;
        if (this.#text[index] === '\n') break;
      }
    }
    return this.#error(problem);
  }

  #rawString(): Token {
    const close = this.#text.indexOf('`', this.#offset + 1);
    if (close === -1) return this.#error('unterminated raw quoted string');
    return this.#token('raw-string', close + 1);
  }

  #number(): Token {
    const first = this.#scanNumber(this.#offset);
    if (first.bad)
      return this.#error(`bad number syntax: ${quote(this.#text.slice(this.#offset, first.end))}`);
    const sign = this.#text[first.end];
    if (sign !== '+' && sign !== '-') return this.#token('number', first.end);
    const second = this.#scanNumber(first.end);
    if (second.bad || this.#text[second.end - 1] !== 'i') {
      return this.#error(`bad number syntax: ${quote(this.#text.slice(this.#offset, second.end))}`);
    }
    return this.#token('complex', second.end);
  }

  #scanNumber(start: number): { end: number; bad: boolean } {
    const match = NUMBER.exec(this.#text.slice(start, start + 1000));
    let end = start + (match?.[0].length ?? 0);
    const bad = isWordAt(this.#text, end);
    if (bad) end++;
    return { end, bad };
  }
}

const NUMBER =
  /^[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?)i?/;

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\r' || character === '\n';
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

function isWordAt(text: string, offset: number): boolean {
  const pattern = text.charCodeAt(offset) < 0x80 ? ASCII_WORD : WORD;
  return matchEnd(pattern, text, offset) > offset;
}

/** Where the match of a sticky pattern ends that matches the empty text as well. */
function matchEnd(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  pattern.test(text);
  return pattern.lastIndex;
}

/** As Go's `%#U` writes a character. */
function unicodeName(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')} '${String.fromCodePoint(code)}'`;
}
