import type { OffsetRange } from '../../syntax/ranges.ts';
import { quote } from '../go/quote.ts';
import { byteLength } from '../go/utf8.ts';
import { Lexer } from './lexer.ts';
import type { Token, TokenType } from './tokens.ts';

/** Why a template cannot be parsed, in Go's words. */
export interface ParseProblem {
  readonly message: string;
  /** One-based line that Go gives. */
  readonly line: number;
  readonly range: OffsetRange;
}

/** Ends the reading of an action. */
export class ActionFailure extends Error {}

/**
 * The tokens of a template, and what is wrong with them in Go's words. Go reports the line of the token that it read last, so none is read
 * before it is asked for. Source: the methods of `Tree` in parse.go of text/template/parse, from `next` to `unexpected`.
 */
export class TokenReader {
  readonly problems: ParseProblem[] = [];
  readonly #name: string;
  readonly #text: string;
  readonly #lexer: Lexer;
  readonly #tokens: Token[] = [];
  #index = 0;
  #actionStart = 0;
  /** 0 outside of actions. */
  #actionLine = 0;

  constructor(name: string, text: string) {
    this.#name = name;
    this.#text = text;
    this.#lexer = new Lexer(text);
  }

  /** Tells where the action at work begins. */
  beginAction({ start, line }: Token): void {
    this.#actionStart = start;
    this.#actionLine = line;
  }

  endAction(): void {
    this.#actionLine = 0;
  }

  next(): Token {
    const token = this.#tokens[this.#index] ?? this.#read();
    this.#index++;
    return token;
  }

  peek(): Token {
    return this.#tokens[this.#index] ?? this.#read();
  }

  #read(): Token {
    const token = this.#lexer.next();
    this.#tokens.push(token);
    return token;
  }

  nextNonSpace(): Token {
    let token = this.next();
    while (token.type === 'space') token = this.next();
    return token;
  }

  /** Puts back the token that was read last. */
  back(): void {
    this.#index--;
  }

  /** Goes back to where the reader was; see `mark`. */
  reset(mark: number): void {
    this.#index = mark;
  }

  get mark(): number {
    return this.#index;
  }

  /** The offset behind the token that was read last. */
  get lastEnd(): number {
    return this.#tokens[this.#index - 1]?.end ?? 0;
  }

  peekNonSpace(): Token {
    while (this.peek().type === 'space') this.#index++;
    return this.peek();
  }

  /** @throws ActionFailure when the next token is another one */
  expect(types: readonly TokenType[], context: string): Token {
    const token = this.nextNonSpace();
    if (!types.includes(token.type)) this.unexpected(token, context);
    return token;
  }

  /** @throws ActionFailure */
  fail(message: string, at?: Token): never {
    this.problem(message, at, this.#unclosed());
    throw new ActionFailure(message);
  }

  /** Notes what is wrong, and goes on. */
  problem(message: string, at?: Token, unclosed?: OffsetRange): void {
    const last = this.#tokens.at(-1);
    const token = at ?? last;
    const start = Math.min(token?.start ?? 0, this.#text.length);
    const end = Math.max(token?.end ?? start, Math.min(start + 1, this.#text.length));
    const isBehind = unclosed !== undefined && start >= unclosed.end;
    this.problems.push({ message, line: last?.line ?? 1, range: isBehind ? unclosed : { start, end } });
  }

  /** The line of the present action when its end is missing, so that Go finds fault with what stands on lines behind it. */
  #unclosed(): OffsetRange | undefined {
    const start = this.#actionStart;
    const lineBreak = this.#text.indexOf('\n', start);
    const close = this.#text.indexOf('}}', start);
    const open = this.#text.indexOf('{{', start + 2);
    const isClosed = close !== -1 && (open === -1 || close < open);
    if (this.#actionLine === 0 || isClosed || lineBreak === -1) return undefined;
    return { start, end: start + this.#text.slice(start, lineBreak).trimEnd().length };
  }

  /** @throws ActionFailure */
  unexpected(token: Token, context: string): never {
    if (token.type === 'error') {
      let extra = '';
      if (this.#actionLine !== 0 && this.#actionLine !== token.line) {
        const started = `started at ${this.#name}:${this.#actionLine}`;
        extra = token.value.endsWith(' action') ? ` ${started}` : ` in action ${started}`;
      }
      this.fail(token.value + extra, token);
    }
    this.fail(`unexpected ${describeToken(token)} in ${context}`, token);
  }

  /** Goes on behind the broken action. */
  recover(): void {
    this.#actionLine = 0;
    if (this.#tokens[this.#index - 1]?.type === 'right-delim') return;
    for (;;) {
      const token = this.#tokens[this.#index];
      if (token === undefined) break;
      this.#index++;
      if (token.type === 'right-delim') return;
    }
    this.#lexer.recover(this.#actionStart);
    this.#tokens.length = this.#index;
  }
}

const KEYWORD_TOKENS = new Set<TokenType>([
  'dot',
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'nil',
  'range',
  'template',
  'with',
]);

/** As Go names a token in its messages. */
function describeToken(token: Token): string {
  if (token.type === 'eof') return 'EOF';
  if (KEYWORD_TOKENS.has(token.type)) return `<${token.value}>`;
  // Go counts bytes to find out whether a token is long, and characters to make it short.
  if (byteLength(token.value) <= 10) return quote(token.value);
  return `${quote([...token.value].slice(0, 10).join(''))}...`;
}
