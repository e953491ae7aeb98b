import { YamlError } from './error.ts';
import { MapBuilder } from './map-builder.ts';
import { nullAt, sizeOf, type YamlList, type YamlMap, type YamlNode } from './nodes.ts';
import { YamlScanner } from './scanner.ts';
import { scalar } from './tagged-scalars.ts';
import type { YamlToken, YamlTokenType } from './tokens.ts';

/** Aliases may add this many values, so that a few of them cannot fill the memory. */
const MAX_ALIASED = 100_000;

/** Control characters but tab, line ends and U+0085, and what stands for bytes that are not UTF-8. */
const UNREADABLE = /[^\P{Cc}\t\n\r\u0085]|[\ufffe\uffff]|\p{Cs}/u;

/**
 * Reads the first document of a text as sigs.k8s.io/yaml does. Undefined for a text without a document.
 *
 * @throws YamlError in goyaml's words.
 */
export function readYaml(text: string): YamlNode | undefined {
  const bad = UNREADABLE.exec(text);
  if (bad !== null) {
    const isByte = bad[0] >= '\udc00' && bad[0] <= '\udfff';
    const reason = isByte ? 'invalid leading UTF-8 octet' : 'control characters are not allowed';
    throw new YamlError(`yaml: ${reason}`, bad.index);
  }
  return new Reader(text).document();
}

class Reader {
  readonly #scanner: YamlScanner;
  readonly #anchors = new Map<string, YamlNode | undefined>();
  readonly #tagHandles = new Map([
    ['!', '!'],
    ['!!', 'tag:yaml.org,2002:'],
  ]);
  #aliased = 0;
  /** What is wrong with values, as opposed to the text. */
  readonly #problems: YamlError[] = [];

  constructor(text: string) {
    this.#scanner = new YamlScanner(text);
  }

  document(): YamlNode | undefined {
    const root = this.#root();
    if (root === undefined) return undefined;
    // The end of the document is looked at, so that an error directly behind it shows.
    this.#scanner.peek();
    // goyaml finds these after it has read the whole document, and keys that JSON does not know last of all.
    const problem = this.#problems.find(({ message }) => message.startsWith('yaml: ')) ?? this.#problems[0];
    if (problem !== undefined) throw problem;
    return root;
  }

  #root(): YamlNode | undefined {
    let token = this.#scanner.peek();
    if (token.type === 'stream-end') return undefined;
    let hasDirectives = false;
    for (; token.type === 'directive'; token = this.#advance()) {
      this.#directive(token);
      hasDirectives = true;
    }
    if (token.type === 'document-start') {
      token = this.#advance();
      const isEmpty = isOneOf(token, 'directive', 'document-start', 'document-end', 'stream-end');
      return isEmpty ? nullAt(token.start) : this.#node(true, false);
    }
    if (hasDirectives) this.#fail('did not find expected <document start>', token);
    return this.#node(true, false);
  }

  #advance(): YamlToken {
    this.#scanner.skip();
    return this.#scanner.peek();
  }

  #directive(token: YamlToken): void {
    const tag = /^%TAG[ \t]+(![\w-]*!?)[ \t]+(\S+)/.exec(token.value);
    if (tag !== null) this.#tagHandles.set(tag[1] ?? '', tag[2] ?? '');
    else if (/^%YAML/.test(token.value) && !/^%YAML[ \t]+1\.1\b/.test(token.value)) {
      this.#fail('found incompatible YAML document', token);
    }
  }

  /** goyaml counts the lines of these errors from zero. */
  #fail(message: string, token: YamlToken, context?: YamlToken): never {
    const line = token.line || (context?.line ?? 0);
    throw new YamlError(`yaml: ${line > 0 ? `line ${line}: ` : ''}${message}`, token.start);
  }

  #node(isBlock: boolean, allowsIndentless: boolean): YamlNode {
    let token = this.#scanner.peek();
    if (token.type === 'alias') return this.#alias(token);
    const first = token;
    let anchor: string | undefined;
    let tag: string | undefined;
    while (token.type === 'anchor' || token.type === 'tag') {
      if (token.type === 'anchor' ? anchor !== undefined : tag !== undefined) break;
      if (token.type === 'anchor') anchor = token.value;
      else tag = this.#tagName(token, first);
      token = this.#advance();
    }
    // An alias inside of the value that it names finds the anchor without a value.
    if (anchor !== undefined) this.#anchors.set(anchor, undefined);
    const node = this.#content(token, tag, {
      isBlock,
      allowsIndentless,
      hasProperties: token !== first,
      first,
    });
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    return node;
  }

  #content(
    token: YamlToken,
    tag: string | undefined,
    place: { isBlock: boolean; allowsIndentless: boolean; hasProperties: boolean; first: YamlToken },
  ): YamlNode {
    switch (token.type) {
      case 'scalar':
        this.#scanner.skip();
        return scalar(token, tag, this.#problems);
      case 'flow-sequence-start':
        return this.#flowSequence(token);
      case 'flow-mapping-start':
        return this.#flowMapping(token);
      case 'block-entry':
        if (place.allowsIndentless) return this.#indentlessSequence(token);
        break;
      case 'block-sequence-start':
        if (place.isBlock) return this.#blockSequence(token);
        break;
      case 'block-mapping-start':
        if (place.isBlock) return this.#blockMapping(token);
        break;
      default:
        break;
    }
    if (place.hasProperties) {
      const { start } = place.first;
      return scalar({ ...token, value: '', isPlain: true, start, end: start }, tag, this.#problems);
    }
    return this.#fail('did not find expected node content', token, place.first);
  }

  #tagName(token: YamlToken, first: YamlToken): string {
    if (token.value === '') return token.suffix;
    const prefix = this.#tagHandles.get(token.value);
    if (prefix === undefined) this.#fail('found undefined tag handle', token, first);
    return prefix + token.suffix;
  }

  #alias(token: YamlToken): YamlNode {
    this.#scanner.skip();
    const name = token.value;
    if (!this.#anchors.has(name)) {
      throw new YamlError(`yaml: unknown anchor '${name}' referenced`, token.start);
    }
    const target = this.#anchors.get(name);
    if (target === undefined) {
      throw new YamlError(`yaml: anchor '${name}' value contains itself`, token.start);
    }
    this.#aliased += sizeOf(target);
    if (this.#aliased > MAX_ALIASED) {
      throw new YamlError('yaml: document contains excessive aliasing', token.start);
    }
    return target;
  }

  #blockSequence(open: YamlToken): YamlList {
    const items: YamlNode[] = [];
    let token = this.#advance();
    let end = open.end;
    while (token.type === 'block-entry') {
      end = token.end;
      token = this.#advance();
      const isEmpty = token.type === 'block-entry' || token.type === 'block-end';
      const item = isEmpty ? nullAt(end) : this.#node(true, false);
      items.push(item);
      end = Math.max(end, item.end);
      token = this.#scanner.peek();
    }
    if (token.type !== 'block-end') this.#fail("did not find expected '-' indicator", token, open);
    this.#scanner.skip();
    return { kind: 'list', items, start: open.start, end };
  }

  #indentlessSequence(open: YamlToken): YamlList {
    const items: YamlNode[] = [];
    let token = open;
    let end = open.end;
    while (token.type === 'block-entry') {
      end = token.end;
      token = this.#advance();
      const isEmpty = ['block-entry', 'key', 'value', 'block-end'].includes(token.type);
      const item = isEmpty ? nullAt(end) : this.#node(true, false);
      items.push(item);
      end = Math.max(end, item.end);
      token = this.#scanner.peek();
    }
    return { kind: 'list', items, start: open.start, end };
  }

  #blockMapping(open: YamlToken): YamlMap {
    const map = new MapBuilder(open.start, this.#problems);
    let token = this.#advance();
    let end = open.end;
    while (token.type === 'key') {
      token = this.#advance();
      const hasNoKey = isOneOf(token, 'key', 'value', 'block-end');
      const key = hasNoKey ? nullAt(token.start) : this.#node(true, true);
      token = this.#scanner.peek();
      let value: YamlNode = nullAt(key.end);
      if (token.type === 'value') {
        end = token.end;
        token = this.#advance();
        const isEmpty = isOneOf(token, 'key', 'value', 'block-end');
        value = isEmpty ? nullAt(end) : this.#node(true, true);
        token = this.#scanner.peek();
      }
      map.add(key, value);
      end = Math.max(end, key.end, value.end);
    }
    if (token.type !== 'block-end') this.#fail('did not find expected key', token, open);
    this.#scanner.skip();
    return map.build(end);
  }

  #flowSequence(open: YamlToken): YamlList {
    const items: YamlNode[] = [];
    let token = this.#advance();
    while (token.type !== 'flow-sequence-end') {
      if (items.length > 0) {
        if (token.type !== 'flow-entry') this.#fail("did not find expected ',' or ']'", token, open);
        token = this.#advance();
      }
      if (token.type === 'key') items.push(this.#flowPair(token));
      else if (token.type !== 'flow-sequence-end') items.push(this.#node(false, false));
      token = this.#scanner.peek();
    }
    this.#scanner.skip();
    return { kind: 'list', items, start: open.start, end: token.end };
  }

  /** A single pair in a flow sequence: `[a: 1]`. */
  #flowPair(open: YamlToken): YamlMap {
    const map = new MapBuilder(open.start, this.#problems);
    const token = this.#advance();
    const key = isOneOf(token, 'value', 'flow-entry', 'flow-sequence-end')
      ? nullAt(token.start)
      : this.#node(false, false);
    const value = this.#flowValue('flow-sequence-end');
    map.add(key, value);
    return map.build(Math.max(key.end, value.end));
  }

  #flowValue(close: YamlTokenType): YamlNode {
    let token = this.#scanner.peek();
    if (token.type !== 'value') return nullAt(token.start);
    token = this.#advance();
    return isOneOf(token, 'flow-entry', close) ? nullAt(token.start) : this.#node(false, false);
  }

  #flowMapping(open: YamlToken): YamlMap {
    const map = new MapBuilder(open.start, this.#problems);
    let token = this.#advance();
    let isFirst = true;
    while (token.type !== 'flow-mapping-end') {
      if (!isFirst) {
        if (token.type !== 'flow-entry') this.#fail("did not find expected ',' or '}'", token, open);
        token = this.#advance();
      }
      isFirst = false;
      if (token.type === 'key') {
        token = this.#advance();
        const key = isOneOf(token, 'value', 'flow-entry', 'flow-mapping-end')
          ? nullAt(token.start)
          : this.#node(false, false);
        map.add(key, this.#flowValue('flow-mapping-end'));
      } else if (token.type !== 'flow-mapping-end') {
        const key = this.#node(false, false);
        map.add(key, nullAt(key.end));
      }
      token = this.#scanner.peek();
    }
    this.#scanner.skip();
    return map.build(token.end);
  }
}

function isOneOf(token: YamlToken, ...types: YamlTokenType[]): boolean {
  return types.includes(token.type);
}
