import { readBlockScalar } from './block-scalars.ts';
import { isBlankOrEnd, isBreak, isBreakOrEnd } from './characters.ts';
import { YamlCursor } from './cursor.ts';
import { readPlain, readQuoted } from './flow-scalars.ts';
import { readAnchor, readDirective, readTag } from './properties.ts';
import { type SimpleKey, SimpleKeys } from './simple-keys.ts';
import type { YamlToken, YamlTokenType } from './tokens.ts';

const MAX_DEPTH = 1000;

/**
 * Tokens of YAML 1.1 exactly as goyaml.v2 (libyaml) finds them, with its errors. Helm reads values, manifests and `fromYaml`
 * with it, and what it refuses is an error of the chart. Source: scannerc.go of goyaml.v2.
 */
export class YamlScanner {
  readonly #cursor: YamlCursor;
  readonly #keys: SimpleKeys;
  #indent = -1;
  readonly #indents: number[] = [];
  #flowLevel = 0;
  #allowsSimpleKey = true;
  readonly #queue: YamlToken[] = [];
  #head = 0;
  #tokensTaken = 0;
  #hasEnded = false;

  constructor(text: string) {
    this.#cursor = new YamlCursor(text);
    this.#keys = new SimpleKeys(this.#cursor);
  }

  /** The next token. @throws YamlError */
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

  #fetchMore(): void {
    for (;;) {
      if (this.#head < this.#queue.length && !this.#keys.isAwaited(this.#tokensTaken)) return;
      if (this.#hasEnded) return;
      this.#fetchNext();
    }
  }

  #push(type: YamlTokenType, start: number, line: number, value = '', suffix = ''): void {
    this.#queue.push({ type, start, end: this.#cursor.offset, line, value, isPlain: false, suffix });
  }

  /** Puts a token before the one that turned out to be a key. */
  #insertAt({ tokenNumber, offset, line }: SimpleKey, type: YamlTokenType): void {
    const token = { type, start: offset, end: offset, line, value: '', isPlain: false, suffix: '' };
    this.#queue.splice(this.#head + tokenNumber - this.#tokensTaken, 0, token);
  }

  #fetchNext(): void {
    this.#skipToToken();
    const cursor = this.#cursor;
    this.#unrollIndent(cursor.column);
    const character = cursor.text[cursor.offset];
    if (character === undefined) {
      this.#fetchStreamEnd();
      return;
    }
    if (cursor.column === 0) {
      if (character === '%') {
        this.#fetchDirective();
        return;
      }
      const marker = cursor.documentMarker();
      if (marker !== undefined) {
        this.#fetchDocumentMarker(marker);
        return;
      }
    }
    this.#fetchByCharacter(character, isBlankOrEnd(cursor.unit(1)));
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
    else if (character === "'" || character === '"') this.#fetchQuoted();
    else if (character === '-' && isNextBlank) this.#fetchBlockEntry();
    else if (character === '?' && (isFlow || isNextBlank)) this.#fetchKey();
    else if (character === ':' && (isFlow || isNextBlank)) this.#fetchValue();
    else if ((character === '|' || character === '>') && !isFlow) this.#fetchBlockScalar();
    else if ('#%@`|>\t'.includes(character)) {
      this.#cursor.fail('found character that cannot start any token');
    } else this.#fetchPlain();
  }

  /** Skips white space and comments. */
  #skipToToken(): void {
    const cursor = this.#cursor;
    const { text } = cursor;
    for (;;) {
      const allowsTabs = this.#flowLevel > 0 || !this.#allowsSimpleKey;
      let { offset } = cursor;
      let unit = text.charCodeAt(offset);
      while (unit === 0x20 || (allowsTabs && unit === 0x09)) unit = text.charCodeAt(++offset);
      if (unit === 0x23) {
        while (!isBreakOrEnd(unit)) unit = text.charCodeAt(++offset);
      }
      cursor.offset = offset;
      if (!isBreak(unit)) return;
      cursor.skipBreak();
      if (this.#flowLevel === 0) this.#allowsSimpleKey = true;
    }
  }

  // Keys and indentation.

  #saveSimpleKey(): void {
    if (!this.#allowsSimpleKey) return;
    const isRequired = this.#flowLevel === 0 && this.#indent === this.#cursor.column;
    this.#keys.save(this.#nextTokenNumber, isRequired);
  }

  get #nextTokenNumber(): number {
    return this.#tokensTaken + this.#queue.length - this.#head;
  }

  /** Opens a block collection when the column is deeper than the present one. */
  #rollIndent(column: number, type: YamlTokenType, key?: SimpleKey): void {
    if (this.#flowLevel > 0 || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    if (this.#indents.length > MAX_DEPTH) this.#cursor.fail(`exceeded max depth of ${MAX_DEPTH}`);
    if (key === undefined) this.#push(type, this.#cursor.offset, this.#cursor.line);
    else this.#insertAt(key, type);
  }

  #unrollIndent(column: number): void {
    if (this.#flowLevel > 0) return;
    while (this.#indent > column) {
      this.#push('block-end', this.#cursor.offset, this.#cursor.line);
      this.#indent = this.#indents.pop() ?? -1;
    }
  }

  // Tokens of one kind each.

  #fetchStreamEnd(): void {
    if (this.#cursor.column !== 0) this.#cursor.startLine();
    this.#endBlocks();
    this.#hasEnded = true;
    this.#push('stream-end', this.#cursor.offset, this.#cursor.line);
  }

  /** Ends all block collections, since a document ends. */
  #endBlocks(): void {
    this.#unrollIndent(-1);
    this.#keys.remove();
    this.#allowsSimpleKey = false;
  }

  #fetchDirective(): void {
    this.#endBlocks();
    const { offset, line } = this.#cursor;
    this.#push('directive', offset, line, readDirective(this.#cursor));
  }

  #fetchDocumentMarker(type: 'document-start' | 'document-end'): void {
    this.#endBlocks();
    this.#pushCharacters(type, 3);
  }

  /** A token of so many characters, none of which is a line break. */
  #pushCharacters(type: YamlTokenType, count: number): void {
    const { offset, line } = this.#cursor;
    this.#cursor.offset += count;
    this.#push(type, offset, line);
  }

  #fetchFlowStart(type: YamlTokenType): void {
    this.#saveSimpleKey();
    this.#keys.push(this.#nextTokenNumber);
    this.#flowLevel++;
    if (this.#flowLevel > MAX_DEPTH) this.#cursor.fail(`exceeded max depth of ${MAX_DEPTH}`);
    this.#allowsSimpleKey = true;
    this.#pushCharacters(type, 1);
  }

  #fetchFlowEnd(type: YamlTokenType): void {
    this.#keys.remove();
    if (this.#flowLevel > 0) {
      this.#flowLevel--;
      this.#keys.pop();
    }
    this.#allowsSimpleKey = false;
    this.#pushCharacters(type, 1);
  }

  #fetchFlowEntry(): void {
    this.#keys.remove();
    this.#allowsSimpleKey = true;
    this.#pushCharacters('flow-entry', 1);
  }

  #fetchBlockEntry(): void {
    if (this.#flowLevel === 0) {
      if (!this.#allowsSimpleKey) {
        this.#cursor.fail('block sequence entries are not allowed in this context');
      }
      this.#rollIndent(this.#cursor.column, 'block-sequence-start');
    }
    this.#keys.remove();
    this.#allowsSimpleKey = true;
    this.#pushCharacters('block-entry', 1);
  }

  #fetchKey(): void {
    if (this.#flowLevel === 0) {
      if (!this.#allowsSimpleKey) this.#cursor.fail('mapping keys are not allowed in this context');
      this.#rollIndent(this.#cursor.column, 'block-mapping-start');
    }
    this.#keys.remove();
    this.#allowsSimpleKey = this.#flowLevel === 0;
    this.#pushCharacters('key', 1);
  }

  #fetchValue(): void {
    const key = this.#keys.take();
    if (key !== undefined) {
      this.#insertAt(key, 'key');
      this.#rollIndent(key.column, 'block-mapping-start', key);
      this.#allowsSimpleKey = false;
    } else {
      if (this.#flowLevel === 0) {
        if (!this.#allowsSimpleKey) this.#cursor.fail('mapping values are not allowed in this context');
        this.#rollIndent(this.#cursor.column, 'block-mapping-start');
      }
      this.#allowsSimpleKey = this.#flowLevel === 0;
    }
    this.#pushCharacters('value', 1);
  }

  #fetchAnchor(type: 'anchor' | 'alias'): void {
    this.#saveSimpleKey();
    this.#allowsSimpleKey = false;
    const { offset, line } = this.#cursor;
    this.#push(type, offset, line, readAnchor(this.#cursor));
  }

  #fetchTag(): void {
    this.#saveSimpleKey();
    this.#allowsSimpleKey = false;
    const { offset, line } = this.#cursor;
    const { handle, suffix } = readTag(this.#cursor);
    this.#push('tag', offset, line, handle, suffix);
  }

  #fetchBlockScalar(): void {
    this.#keys.remove();
    this.#allowsSimpleKey = true;
    const { offset, line } = this.#cursor;
    this.#push('scalar', offset, line, readBlockScalar(this.#cursor, this.#indent));
  }

  #fetchQuoted(): void {
    this.#saveSimpleKey();
    this.#allowsSimpleKey = false;
    const { offset, line } = this.#cursor;
    this.#push('scalar', offset, line, readQuoted(this.#cursor));
  }

  #fetchPlain(): void {
    this.#saveSimpleKey();
    this.#allowsSimpleKey = false;
    const { offset: start, line } = this.#cursor;
    const { value, end, isAfterBreak } = readPlain(this.#cursor, this.#indent + 1, this.#flowLevel > 0);
    if (isAfterBreak) this.#allowsSimpleKey = true;
    this.#queue.push({ type: 'scalar', start, end, line, value, isPlain: true, suffix: '' });
  }
}
