/**
 * Tokens of YAML 1.1 exactly as goyaml.v2 (libyaml) finds them, with its errors. Helm reads values, manifests and `fromYaml`
 * with it, and what it refuses is an error of the chart.
 */

export type YamlTokenType =
  | 'stream-end'
  | 'directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | 'flow-sequence-start'
  | 'flow-sequence-end'
  | 'flow-mapping-start'
  | 'flow-mapping-end'
  | 'block-entry'
  | 'flow-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export interface YamlToken {
  readonly type: YamlTokenType;
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** Zero-based line on which the token starts. */
  readonly line: number;
  /** The text of a scalar, or the name of an anchor, alias, tag handle or directive. */
  readonly value: string;
  /** Plain scalars are resolved; others are strings. */
  readonly isPlain: boolean;
  /** What follows the handle of a tag. */
  readonly suffix: string;
}

/** Why a text is not YAML, in goyaml's words. */
export class YamlError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

interface SimpleKey {
  isPossible: boolean;
  isRequired: boolean;
  tokenNumber: number;
  offset: number;
  line: number;
  column: number;
}

const MAX_KEY_LENGTH = 1024;
const MAX_DEPTH = 1000;

export class YamlScanner {
  readonly #text: string;
  #offset = 0;
  #line = 0;
  #lineStart = 0;
  #indent = -1;
  readonly #indents: number[] = [];
  #flowLevel = 0;
  #allowsSimpleKey = true;
  readonly #simpleKeys: SimpleKey[] = [noKey()];
  /** By the number of the token that may begin a key, its level in `simpleKeys`. */
  readonly #awaitedKeys = new Map<number, number>();
  readonly #queue: YamlToken[] = [];
  #head = 0;
  #tokensTaken = 0;
  #hasEnded = false;

  constructor(text: string) {
    this.#text = text;
    if (text.charCodeAt(0) === 0xfeff) {
      this.#offset = 1;
      this.#lineStart = 1;
    }
  }

  peek(): YamlToken {
    this.#fetchMore();
    return this.#queue[this.#head] as YamlToken;
  }

  skip(): void {
    this.#head++;
    this.#tokensTaken++;
    if (this.#head > 64) {
      this.#queue.splice(0, this.#head);
      this.#head = 0;
    }
  }

  get #column(): number {
    return this.#offset - this.#lineStart;
  }

  #fetchMore(): void {
    for (;;) {
      if (this.#head < this.#queue.length && !this.#headMayBecomeKey()) return;
      if (this.#hasEnded) return;
      this.#fetchNext();
    }
  }

  /** Whether a `:` that was not reached yet could make the next token a key. */
  #headMayBecomeKey(): boolean {
    const level = this.#awaitedKeys.get(this.#tokensTaken);
    const key = level === undefined ? undefined : this.#simpleKeys[level];
    return key !== undefined && this.#isValidKey(key);
  }

  #isValidKey(key: SimpleKey): boolean {
    if (!key.isPossible) return false;
    if (key.line >= this.#line && key.offset + MAX_KEY_LENGTH >= this.#offset) return true;
    if (key.isRequired) this.#fail("could not find expected ':'");
    key.isPossible = false;
    return false;
  }

  #fail(message: string): never {
    const where = this.#line > 0 ? `line ${this.#line + 1}: ` : '';
    throw new YamlError(`yaml: ${where}${message}`, this.#offset);
  }

  #failSince(line: number, message: string): never {
    if (this.#line > 0) this.#fail(message);
    const where = line > 0 ? `line ${line}: ` : '';
    throw new YamlError(`yaml: ${where}${message}`, this.#offset);
  }

  #push(type: YamlTokenType, start: number, line: number, value = '', isPlain = false, suffix = ''): void {
    this.#queue.push({ type, start, end: this.#offset, line, value, isPlain, suffix });
  }

  #insert(index: number, type: YamlTokenType, key: SimpleKey): void {
    const { offset, line } = key;
    const token = { type, start: offset, end: offset, line, value: '', isPlain: false, suffix: '' };
    this.#queue.splice(index, 0, token);
  }

  #fetchNext(): void {
    this.#skipToToken();
    this.#unrollIndent(this.#column);
    const text = this.#text;
    const character = text[this.#offset];
    if (character === undefined) {
      this.#fetchStreamEnd();
      return;
    }
    const isNextBlank = isBlankOrEnd(text.charCodeAt(this.#offset + 1));
    if (this.#column === 0) {
      if (character === '%') {
        this.#fetchDirective();
        return;
      }
      const marker = this.#documentMarker();
      if (marker !== undefined) {
        this.#fetchDocumentMarker(marker);
        return;
      }
    }
    this.#fetchByCharacter(character, isNextBlank);
  }

  #fetchByCharacter(character: string, isNextBlank: boolean): void {
    const isFlow = this.#flowLevel > 0;
    if (character === '[') this.#fetchFlowStart('flow-sequence-start');
    else if (character === '{') this.#fetchFlowStart('flow-mapping-start');
    else if (character === ']') this.#fetchFlowEnd('flow-sequence-end');
    else if (character === '}') this.#fetchFlowEnd('flow-mapping-end');
    else if (character === ',') this.#fetchFlowEntry();
    else if (character === '*') this.#fetchAnchor('alias');
    else if (character === '&') this.#fetchAnchor('anchor');
    else if (character === '!') this.#fetchTag();
    else if (character === "'" || character === '"') this.#fetchQuoted(character === "'");
    else if (character === '-' && isNextBlank) this.#fetchBlockEntry();
    else if (character === '?' && (isFlow || isNextBlank)) this.#fetchKey();
    else if (character === ':' && (isFlow || isNextBlank)) this.#fetchValue();
    else if ((character === '|' || character === '>') && !isFlow) this.#fetchBlockScalar(character === '|');
    else if ('#%@`|>\t'.includes(character)) this.#fail('found character that cannot start any token');
    else this.#fetchPlain();
  }

  #documentMarker(): 'document-start' | 'document-end' | undefined {
    const text = this.#text;
    const offset = this.#offset;
    const first = text.charCodeAt(offset);
    if (first !== 0x2d && first !== 0x2e) return undefined;
    if (text.charCodeAt(offset + 1) !== first || text.charCodeAt(offset + 2) !== first) return undefined;
    if (!isBlankOrEnd(text.charCodeAt(offset + 3))) return undefined;
    return first === 0x2d ? 'document-start' : 'document-end';
  }

  // White space.

  #skipToToken(): void {
    const text = this.#text;
    for (;;) {
      const allowsTabs = this.#flowLevel > 0 || !this.#allowsSimpleKey;
      let unit = text.charCodeAt(this.#offset);
      while (unit === 0x20 || (allowsTabs && unit === 0x09)) unit = text.charCodeAt(++this.#offset);
      if (unit === 0x23) {
        while (!isBreakOrEnd(unit)) unit = text.charCodeAt(++this.#offset);
      }
      if (!isBreak(unit)) return;
      this.#skipBreak();
      if (this.#flowLevel === 0) this.#allowsSimpleKey = true;
    }
  }

  #skipBreak(): void {
    const isPair =
      this.#text.charCodeAt(this.#offset) === 0x0d && this.#text.charCodeAt(this.#offset + 1) === 0x0a;
    this.#offset += isPair ? 2 : 1;
    this.#line++;
    this.#lineStart = this.#offset;
  }

  /** Skips a line break and answers what it stands for. */
  #readBreak(): string {
    const unit = this.#text.charCodeAt(this.#offset);
    if (!isBreak(unit)) return '';
    this.#skipBreak();
    return unit === 0x2028 || unit === 0x2029 ? String.fromCharCode(unit) : '\n';
  }

  // Keys and indentation.

  #saveSimpleKey(): void {
    if (!this.#allowsSimpleKey) return;
    this.#removeSimpleKey();
    const column = this.#column;
    const tokenNumber = this.#nextTokenNumber;
    this.#awaitedKeys.set(tokenNumber, this.#simpleKeys.length - 1);
    this.#simpleKeys[this.#simpleKeys.length - 1] = {
      isPossible: true,
      isRequired: this.#flowLevel === 0 && this.#indent === column,
      tokenNumber,
      offset: this.#offset,
      line: this.#line,
      column,
    };
  }

  #removeSimpleKey(): void {
    const key = this.#simpleKeys.at(-1);
    if (key?.isPossible !== true) return;
    if (key.isRequired) this.#failSince(key.line, "could not find expected ':'");
    key.isPossible = false;
    this.#awaitedKeys.delete(key.tokenNumber);
  }

  get #nextTokenNumber(): number {
    return this.#tokensTaken + this.#queue.length - this.#head;
  }

  /** Opens a block collection when the column is deeper than the present one. */
  #rollIndent(column: number, type: YamlTokenType, key?: SimpleKey): void {
    if (this.#flowLevel > 0 || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    if (this.#indents.length > MAX_DEPTH) this.#fail(`exceeded max depth of ${MAX_DEPTH}`);
    if (key === undefined) this.#push(type, this.#offset, this.#line);
    else this.#insert(this.#head + key.tokenNumber - this.#tokensTaken, type, key);
  }

  #unrollIndent(column: number): void {
    if (this.#flowLevel > 0) return;
    while (this.#indent > column) {
      this.#push('block-end', this.#offset, this.#line);
      this.#indent = this.#indents.pop() ?? -1;
    }
  }

  // Tokens of one kind each.

  #fetchStreamEnd(): void {
    if (this.#column !== 0) {
      this.#lineStart = this.#offset;
      this.#line++;
    }
    this.#unrollIndent(-1);
    this.#removeSimpleKey();
    this.#allowsSimpleKey = false;
    this.#hasEnded = true;
    this.#push('stream-end', this.#offset, this.#line);
  }

  #fetchDirective(): void {
    this.#unrollIndent(-1);
    this.#removeSimpleKey();
    this.#allowsSimpleKey = false;
    const { start, line } = this.#mark();
    const directive = /%([A-Za-z0-9_-]*)([^\n\r]*)/y;
    directive.lastIndex = start;
    const found = directive.exec(this.#text) ?? [''];
    const [, name = '', rest = ''] = found;
    if (name === '') this.#failSince(line, 'could not find expected directive name');
    if (!/^(?:[ \t]|$)/.test(rest)) this.#failSince(line, 'found unexpected non-alphabetical character');
    if (name !== 'YAML' && name !== 'TAG') this.#failSince(line, 'found unknown directive name');
    this.#offset += found[0].length;
    this.#push('directive', start, line, found[0]);
  }

  #mark(): { start: number; line: number } {
    return { start: this.#offset, line: this.#line };
  }

  #fetchDocumentMarker(type: 'document-start' | 'document-end'): void {
    this.#unrollIndent(-1);
    this.#removeSimpleKey();
    this.#allowsSimpleKey = false;
    const { start, line } = this.#mark();
    this.#offset += 3;
    this.#push(type, start, line);
  }

  #fetchFlowStart(type: YamlTokenType): void {
    this.#saveSimpleKey();
    // As in libyaml the level shares the number of its bracket, which is not waited for once the level is closed.
    this.#simpleKeys.push({ ...noKey(), tokenNumber: this.#nextTokenNumber });
    this.#flowLevel++;
    if (this.#flowLevel > MAX_DEPTH) this.#fail(`exceeded max depth of ${MAX_DEPTH}`);
    this.#allowsSimpleKey = true;
    this.#single(type);
  }

  #fetchFlowEnd(type: YamlTokenType): void {
    this.#removeSimpleKey();
    if (this.#flowLevel > 0) {
      this.#flowLevel--;
      this.#awaitedKeys.delete(this.#simpleKeys.pop()?.tokenNumber ?? -1);
    }
    this.#allowsSimpleKey = false;
    this.#single(type);
  }

  #fetchFlowEntry(): void {
    this.#removeSimpleKey();
    this.#allowsSimpleKey = true;
    this.#single('flow-entry');
  }

  /** A token of one character. */
  #single(type: YamlTokenType): void {
    const { start, line } = this.#mark();
    this.#offset++;
    this.#push(type, start, line);
  }

  #fetchBlockEntry(): void {
    if (this.#flowLevel === 0) {
      if (!this.#allowsSimpleKey) {
        this.#fail('block sequence entries are not allowed in this context');
      }
      this.#rollIndent(this.#column, 'block-sequence-start');
    }
    this.#removeSimpleKey();
    this.#allowsSimpleKey = true;
    this.#single('block-entry');
  }

  #fetchKey(): void {
    if (this.#flowLevel === 0) {
      if (!this.#allowsSimpleKey) this.#fail('mapping keys are not allowed in this context');
      this.#rollIndent(this.#column, 'block-mapping-start');
    }
    this.#removeSimpleKey();
    this.#allowsSimpleKey = this.#flowLevel === 0;
    this.#single('key');
  }

  #fetchValue(): void {
    const key = this.#simpleKeys.at(-1) as SimpleKey;
    if (this.#isValidKey(key)) {
      this.#insert(this.#head + key.tokenNumber - this.#tokensTaken, 'key', key);
      this.#rollIndent(key.column, 'block-mapping-start', key);
      key.isPossible = false;
      this.#awaitedKeys.delete(key.tokenNumber);
      this.#allowsSimpleKey = false;
    } else {
      if (this.#flowLevel === 0) {
        if (!this.#allowsSimpleKey) this.#fail('mapping values are not allowed in this context');
        this.#rollIndent(this.#column, 'block-mapping-start');
      }
      this.#allowsSimpleKey = this.#flowLevel === 0;
    }
    this.#single('value');
  }

  #fetchAnchor(type: 'anchor' | 'alias'): void {
    this.#saveSimpleKey();
    this.#allowsSimpleKey = false;
    const { start, line } = this.#mark();
    const name = /[A-Za-z0-9_-]*/y;
    name.lastIndex = start + 1;
    const value = name.exec(this.#text)?.[0] ?? '';
    this.#offset = start + 1 + value.length;
    const next = this.#text[this.#offset] ?? '';
    if (value === '' || !(next === '' || ' \t\n\r?:,]}%@`'.includes(next))) {
      this.#failSince(line, 'did not find expected alphabetic or numeric character');
    }
    this.#push(type, start, line, value);
  }

  #fetchTag(): void {
    this.#saveSimpleKey();
    this.#allowsSimpleKey = false;
    const { start, line } = this.#mark();
    const verbatim = /!<([\w\-;/?:@&=+$,.!~*'()[\]%]+)>/y;
    const short = /!(?:[\w-]*!)?[\w\-;/?:@&=+$,.!~*'()[\]%]*/y;
    verbatim.lastIndex = start;
    short.lastIndex = start;
    const long = verbatim.exec(this.#text);
    const source = long?.[0] ?? short.exec(this.#text)?.[0] ?? '!';
    this.#offset += source.length;
    if (!isBlankOrEnd(this.#text.charCodeAt(this.#offset))) {
      this.#failSince(line, 'did not find expected whitespace or line break');
    }
    if (long !== null) this.#push('tag', start, line, '', false, long[1] ?? '');
    else {
      const handle = /^![\w-]*!/.exec(source)?.[0] ?? '!';
      const suffix = source.slice(handle.length);
      if (suffix === '' && handle !== '!') this.#failSince(line, 'did not find expected tag URI');
      this.#push('tag', start, line, suffix === '' ? '' : handle, false, suffix === '' ? '!' : suffix);
    }
  }

  #fetchBlockScalar(isLiteral: boolean): void {
    this.#removeSimpleKey();
    this.#allowsSimpleKey = true;
    const { start, line } = this.#mark();
    const header = /[|>](?:([+-])([0-9])?|([0-9])([+-])?)?[ \t]*(?:#[^\n\r\u0085\u2028\u2029]*)?/y;
    header.lastIndex = start;
    const match = header.exec(this.#text);
    this.#offset += match?.[0].length ?? 1;
    const increment = Number(match?.[2] ?? match?.[3] ?? -1);
    const chomping = match?.[1] ?? match?.[4] ?? '';
    if (increment === 0) this.#failSince(line, 'found an indentation indicator equal to 0');
    if (!isBreakOrEnd(this.#text.charCodeAt(this.#offset))) {
      this.#failSince(line, 'did not find expected comment or line break');
    }
    this.#readBreak();
    const indent = increment > 0 ? Math.max(this.#indent, 0) + increment : 0;
    const value = this.#blockScalarText(isLiteral, chomping, indent, line);
    this.#push('scalar', start, line, value);
  }

  #blockScalarText(isLiteral: boolean, chomping: string, wantedIndent: number, line: number): string {
    const text = this.#text;
    let { indent, breaks } = this.#blockScalarBreaks(wantedIndent, line);
    let value = '';
    let leadingBreak = '';
    let wasBlank = false;
    while (this.#column === indent && this.#offset < text.length) {
      const isBlankLine = isBlank(text.charCodeAt(this.#offset));
      if (!isLiteral && !wasBlank && !isBlankLine && leadingBreak === '\n') {
        if (breaks === '') value += ' ';
      } else value += leadingBreak;
      value += breaks;
      wasBlank = isBlankLine;
      const start = this.#offset;
      while (!isBreakOrEnd(text.charCodeAt(this.#offset))) this.#offset++;
      value += text.slice(start, this.#offset);
      leadingBreak = this.#readBreak();
      ({ indent, breaks } = this.#blockScalarBreaks(indent, line));
    }
    if (chomping !== '-') value += leadingBreak;
    if (chomping === '+') value += breaks;
    return value;
  }

  /** Skips indentation and empty lines; the first finds out how deep the block stands when nobody said. */
  #blockScalarBreaks(wantedIndent: number, line: number): { indent: number; breaks: string } {
    let breaks = '';
    let deepest = 0;
    for (;;) {
      const mayIndent = () => wantedIndent === 0 || this.#column < wantedIndent;
      while (mayIndent() && this.#text.charCodeAt(this.#offset) === 0x20) this.#offset++;
      deepest = Math.max(deepest, this.#column);
      if (mayIndent() && this.#text.charCodeAt(this.#offset) === 0x09) {
        this.#failSince(line, 'found a tab character where an indentation space is expected');
      }
      if (!isBreak(this.#text.charCodeAt(this.#offset))) break;
      breaks += this.#readBreak();
    }
    const indent = wantedIndent === 0 ? Math.max(deepest, this.#indent + 1, 1) : wantedIndent;
    return { indent, breaks };
  }

  #fetchQuoted(isSingle: boolean): void {
    this.#saveSimpleKey();
    this.#allowsSimpleKey = false;
    const { start, line } = this.#mark();
    this.#offset++;
    const value = this.#quotedText(isSingle, line);
    this.#offset++;
    this.#push('scalar', start, line, value);
  }

  #quotedText(isSingle: boolean, line: number): string {
    const text = this.#text;
    const quote = isSingle ? 0x27 : 0x22;
    let value = '';
    for (;;) {
      if (this.#column === 0 && this.#documentMarker() !== undefined) {
        this.#failSince(line, 'found unexpected document indicator');
      }
      if (this.#offset >= text.length) this.#failSince(line, 'found unexpected end of stream');
      let hasLeadingBlanks = false;
      let start = this.#offset;
      let unit = text.charCodeAt(this.#offset);
      while (!isBlankOrEnd(unit)) {
        if (unit === quote) {
          if (!isSingle || text.charCodeAt(this.#offset + 1) !== quote) break;
          value += `${text.slice(start, this.#offset)}'`;
          this.#offset += 2;
          start = this.#offset;
        } else if (unit === 0x5c && !isSingle) {
          value += text.slice(start, this.#offset);
          if (isBreak(text.charCodeAt(this.#offset + 1))) {
            this.#offset++;
            this.#skipBreak();
            hasLeadingBlanks = true;
            start = this.#offset;
            break;
          }
          value += this.#escape(line);
          start = this.#offset;
        } else this.#offset++;
        unit = text.charCodeAt(this.#offset);
      }
      value += text.slice(start, this.#offset);
      if (!hasLeadingBlanks && text.charCodeAt(this.#offset) === quote) return value;
      if (hasLeadingBlanks && text.charCodeAt(this.#offset) === quote) return value;
      value += this.#foldedSpace(hasLeadingBlanks);
    }
  }

  /** White space inside of a flow scalar: kept within a line, folded across lines. */
  #foldedSpace(isAfterBreak: boolean): string {
    const text = this.#text;
    let isFolding = isAfterBreak;
    let spaces = '';
    let leadingBreak = '';
    let trailingBreaks = '';
    for (;;) {
      const unit = text.charCodeAt(this.#offset);
      if (isBlank(unit)) {
        if (!isFolding) spaces += text[this.#offset];
        this.#offset++;
      } else if (isBreak(unit)) {
        if (isFolding) trailingBreaks += this.#readBreak();
        else {
          spaces = '';
          leadingBreak = this.#readBreak();
          isFolding = true;
        }
      } else break;
    }
    if (!isFolding) return spaces;
    if (leadingBreak === '\n') return trailingBreaks === '' ? ' ' : trailingBreaks;
    return leadingBreak + trailingBreaks;
  }

  #escape(line: number): string {
    const letter = this.#text[this.#offset + 1] ?? '';
    this.#offset += 2;
    const simple = SIMPLE_ESCAPES[letter];
    if (simple !== undefined) return simple;
    const width = { x: 2, u: 4, U: 8 }[letter];
    if (width === undefined) this.#failSince(line, 'found unknown escape character');
    const digits = this.#text.slice(this.#offset, this.#offset + width);
    if (digits.length !== width || !/^[0-9a-fA-F]+$/.test(digits)) {
      this.#failSince(line, 'did not find expected hexdecimal number');
    }
    const code = Number.parseInt(digits, 16);
    if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
      this.#failSince(line, 'found invalid Unicode character escape code');
    }
    this.#offset += width;
    return String.fromCodePoint(code);
  }

  #fetchPlain(): void {
    this.#saveSimpleKey();
    this.#allowsSimpleKey = false;
    const { start, line } = this.#mark();
    const { value, end } = this.#plainText(line);
    this.#queue.push({ type: 'scalar', start, end, line, value, isPlain: true, suffix: '' });
  }

  #plainText(line: number): { value: string; end: number } {
    const text = this.#text;
    const indent = this.#indent + 1;
    let value = '';
    let end = this.#offset;
    let space = '';
    let hasLeadingBlanks = false;
    for (;;) {
      if (this.#column === 0 && this.#documentMarker() !== undefined) break;
      if (text.charCodeAt(this.#offset) === 0x23) break;
      const start = this.#offset;
      this.#offset = this.#plainWordEnd(start);
      if (this.#offset > start) {
        value += space + text.slice(start, this.#offset);
        end = this.#offset;
        hasLeadingBlanks = false;
      }
      const unit = text.charCodeAt(this.#offset);
      if (!isBlank(unit) && !isBreak(unit)) break;
      const folded = this.#plainSpace(indent, line);
      // Space behind nothing new belongs to what the loop saw before.
      space = folded.space;
      if (folded.crossedLine) hasLeadingBlanks = true;
      if (this.#flowLevel === 0 && this.#column < indent) break;
    }
    if (hasLeadingBlanks) this.#allowsSimpleKey = true;
    return { value, end };
  }

  /** The end of a run without white space, before a `: ` or an indicator of flow style. */
  #plainWordEnd(start: number): number {
    const text = this.#text;
    const isFlow = this.#flowLevel > 0;
    let offset = start;
    for (;;) {
      const unit = text.charCodeAt(offset);
      if (isBlankOrEnd(unit)) return offset;
      if (unit === 0x3a && isBlankOrEnd(text.charCodeAt(offset + 1))) return offset;
      if (isFlow && isFlowIndicator(unit)) return offset;
      offset++;
    }
  }

  #plainSpace(indent: number, line: number): { space: string; crossedLine: boolean } {
    const text = this.#text;
    let crossedLine = false;
    let spaces = '';
    let leadingBreak = '';
    let trailingBreaks = '';
    for (;;) {
      const unit = text.charCodeAt(this.#offset);
      if (isBlank(unit)) {
        if (crossedLine && this.#column < indent && unit === 0x09) {
          this.#failSince(line, 'found a tab character that violates indentation');
        }
        if (!crossedLine) spaces += text[this.#offset];
        this.#offset++;
      } else if (isBreak(unit)) {
        if (crossedLine) trailingBreaks += this.#readBreak();
        else {
          leadingBreak = this.#readBreak();
          crossedLine = true;
        }
      } else break;
    }
    if (!crossedLine) return { space: spaces, crossedLine };
    if (leadingBreak === '\n') return { space: trailingBreaks === '' ? ' ' : trailingBreaks, crossedLine };
    return { space: leadingBreak + trailingBreaks, crossedLine };
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

function noKey(): SimpleKey {
  return { isPossible: false, isRequired: false, tokenNumber: -1, offset: 0, line: 0, column: 0 };
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09;
}

function isBreak(unit: number): boolean {
  return unit === 0x0a || unit === 0x0d || unit === 0x85 || unit === 0x2028 || unit === 0x2029;
}

/** The end of the text reads as NaN. */
function isBreakOrEnd(unit: number): boolean {
  return (
    unit === 0x0a ||
    Number.isNaN(unit) ||
    unit === 0x0d ||
    unit === 0x85 ||
    unit === 0x2028 ||
    unit === 0x2029
  );
}

function isBlankOrEnd(unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || isBreakOrEnd(unit);
}

function isFlowIndicator(unit: number): boolean {
  // , ? [ ] { }
  return unit === 0x2c || unit === 0x3f || unit === 0x5b || unit === 0x5d || unit === 0x7b || unit === 0x7d;
}
