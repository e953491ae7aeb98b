import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml';
import type { PathSegment } from './paths.ts';
import { type SyntaxProblem, type SyntaxProblemKind, trimmed } from './problems.ts';
import type { OffsetRange } from './ranges.ts';
import { resolvePlainScalar, type ScalarData } from './scalars.ts';
import { readScalar } from './tree.ts';
import {
  type Collection,
  type Indirection,
  ListValue,
  MapValue,
  type ScalarStyle,
  ScalarValue,
  type Value,
} from './values.ts';

/** An anchored node and the aliases and merge keys that use it. */
export interface AnchorUse {
  readonly name: string;
  readonly range: OffsetRange;
  readonly uses: OffsetRange[];
}

/**
 * Values that aliases may add to a document, so that a few nested aliases ("billion laughs") cannot fill the memory. Ordinary files repeat
 * a few hundred values.
 */
const MAX_ALIASED_VALUES = 20_000;

/** A colon behind nothing but blanks. */
const COLON = /[ \t]*:/y;

/** Turns the parser's tree into ours, resolving aliases and merge keys. */
export class TreeReader {
  readonly anchors: AnchorUse[] = [];
  readonly #text: string;
  readonly #problems: SyntaxProblem[];
  readonly #anchored = new Map<string, { node: Node; use: AnchorUse }>();
  #aliasedValues = 0;
  readonly #open = new Set<Node>();

  readonly #outdented: readonly OffsetRange[];

  constructor(text: string, problems: SyntaxProblem[], outdented: readonly OffsetRange[]) {
    this.#text = text;
    this.#problems = problems;
    this.#outdented = outdented;
  }

  read(root: Node): Value {
    return this.#value(root, undefined, '', undefined);
  }

  #value(
    node: Node,
    parent: Collection | undefined,
    segment: PathSegment,
    via: Indirection | undefined,
  ): Value {
    if (via !== undefined) this.#aliasedValues++;
    if (isAlias(node)) return this.#alias(node, parent, segment, via);
    const place = {
      parent,
      segment,
      range: rangeOf(node),
      via,
      anchor: via === undefined ? anchorOf(node) : undefined,
    };
    if (place.anchor !== undefined) this.#remember(place.anchor, node, place.range);
    if (isScalar(node)) return scalarValue(this.#inLines(node), place);
    this.#open.add(node);
    const value = isMap(node) ? new MapValue(place, styleOf(node)) : new ListValue(place, styleOf(node));
    if (isMap(node) && value instanceof MapValue) this.#fillMap(value, node, via);
    if (isSeq(node) && value instanceof ListValue) {
      for (const item of node.items as Node[]) value.add(this.#value(item, value, value.items.length, via));
    }
    this.#open.delete(node);
    return value;
  }

  #fillMap(map: MapValue, node: Node, via: Indirection | undefined): void {
    if (!isMap(node)) return;
    const seen = new Set<string>();
    const merges: Node[] = [];
    for (const pair of node.items) {
      const keyNode = pair.key as Node | null;
      const keyValue = keyNode === null ? undefined : this.#key(keyNode, map, via);
      if (keyValue === undefined) continue;
      if (via === undefined && isScalar(keyNode)) this.#expectKey(keyNode);
      const key = keyValue.decoded;
      const valueNode = pair.value as Node | null;
      if (isMergeKey(keyValue) && valueNode !== null) {
        merges.push(valueNode);
        if (via === undefined) map.merges.push({ start: keyValue.range.start, end: rangeOf(valueNode).end });
        continue;
      }
      if (seen.has(key) && via === undefined)
        this.#report('duplicate-key', 'This key is already in the map; only one can count.', keyValue.range);
      seen.add(key);
      const value =
        valueNode === null ? nullAfter(keyValue, map, via) : this.#value(valueNode, map, key, via);
      map.add({ key, keyValue, value });
    }
    for (const merge of merges) this.#merge(map, merge, seen, via);
  }

  /** The parser takes a colon alone for an empty key, which that of Kubernetes refuses but behind a question mark. */
  #expectKey(node: Scalar): void {
    const { start, end } = rangeOf(node);
    if (start !== end || node.anchor !== undefined || node.tag !== undefined) return;
    COLON.lastIndex = end;
    const isExplicit = this.#text.slice(end - 2, end).includes('?');
    if (isExplicit || !COLON.test(this.#text)) return;
    const colon = COLON.lastIndex - 1;
    this.#report('syntax', 'A key is missing before this colon.', { start: colon, end: colon + 1 });
  }

  /** A key, which may be written as an alias of a text: `*app : value`. */
  #key(node: Node, map: MapValue, via: Indirection | undefined): ScalarValue | undefined {
    const range = rangeOf(node);
    const place = { ...noPlace(map), segment: '', range };
    if (isAlias(node)) {
      const target = this.#target(node);
      if (target === undefined) return undefined;
      if (isScalar(target)) return scalarValue(target, { ...place, via: via ?? { kind: 'alias', range } });
    } else if (isScalar(node)) {
      const anchor = via === undefined ? anchorOf(node) : undefined;
      if (anchor !== undefined) this.#remember(anchor, node, range);
      return scalarValue(this.#inLines(node), { ...place, via });
    }
    this.#report('syntax', 'A key must be plain text.', range);
    return undefined;
  }

  /** A quoted text that was read on one line, as it is written. */
  #inLines(node: Scalar): Scalar {
    const { start, end } = rangeOf(node);
    if (!this.#outdented.some((quote) => quote.start === start)) return node;
    // By itself no line of it is less indented than anything.
    const scalar = readScalar(this.#text.slice(start, end));
    if (scalar === undefined) return node;
    const copy = node.clone() as Scalar;
    copy.value = scalar.value;
    return copy;
  }

  /**
   * `<<: *base` and `<<: [*first, *second]`: keys of the map itself win, then those of the earlier bases; what a base merges itself comes
   * after its own keys.
   */
  #merge(map: MapValue, node: Node, seen: Set<string>, via: Indirection | undefined): void {
    if (isSeq(node)) {
      for (const item of node.items as Node[]) this.#merge(map, item, seen, via);
      return;
    }
    const range = rangeOf(node);
    const from: Indirection = via ?? { kind: 'merge', range };
    const base = isAlias(node) ? this.#target(node) : node;
    if (!isMap(base)) return;
    this.#aliasedValues += 1 + base.items.length;
    if (this.#isExhausted(range)) return;
    this.#open.add(base);
    const own = new Map<string, { keyValue: ScalarValue; valueNode: Node | null }>();
    const merges: Node[] = [];
    for (const pair of base.items) {
      const keyValue = pair.key === null ? undefined : this.#key(pair.key as Node, map, from);
      const valueNode = pair.value as Node | null;
      if (keyValue === undefined) continue;
      if (isMergeKey(keyValue) && valueNode !== null) merges.push(valueNode);
      else own.set(keyValue.decoded, { keyValue, valueNode });
    }
    for (const [key, { keyValue, valueNode }] of own) {
      if (seen.has(key)) continue;
      seen.add(key);
      const value =
        valueNode === null ? nullAfter(keyValue, map, from) : this.#value(valueNode, map, key, from);
      map.add({ key, keyValue, value });
    }
    for (const merge of merges) this.#merge(map, merge, seen, from);
    this.#open.delete(base);
  }

  #alias(
    node: Alias,
    parent: Collection | undefined,
    segment: PathSegment,
    via: Indirection | undefined,
  ): Value {
    const range = rangeOf(node);
    const target = this.#target(node);
    const absent = () =>
      new ScalarValue({ parent, segment, range, via, anchor: undefined }, null, '', 'plain');
    if (target === undefined) return absent();
    if (this.#isExhausted(range)) return absent();
    return this.#value(target, parent, segment, via ?? { kind: 'alias', range });
  }

  /** Whether aliases have added all the values that they may; the first one beyond, at `range`, is reported. */
  #isExhausted(range: OffsetRange): boolean {
    if (this.#aliasedValues <= MAX_ALIASED_VALUES) return false;
    if (!this.#problems.some(({ kind }) => kind === 'too-large')) {
      this.#report(
        'too-large',
        `Aliases expand to more than ${MAX_ALIASED_VALUES} values; the rest of the document is not checked.`,
        range,
      );
    }
    return true;
  }

  #target(node: Alias): Node | undefined {
    const known = this.#anchored.get(node.source);
    if (known === undefined) {
      this.#report('undefined-alias', 'No anchor of this name stands above this alias.', rangeOf(node));
      return undefined;
    }
    known.use.uses.push(rangeOf(node));
    if (this.#open.has(known.node)) {
      this.#report('undefined-alias', 'This alias stands inside the value that it names.', rangeOf(node));
      return undefined;
    }
    return known.node;
  }

  #remember(name: string, node: Node, range: OffsetRange): void {
    const use: AnchorUse = { name, range, uses: [] };
    this.anchors.push(use);
    this.#anchored.set(name, { node, use });
  }

  #report(kind: SyntaxProblemKind, message: string, range: OffsetRange): void {
    // The parser reports an undefined alias by itself, without saying where.
    if (this.#problems.some((known) => known.kind === kind && known.range.start === range.start)) return;
    this.#problems.push({ kind, message, range: trimmed(range, this.#text) });
  }
}

function noPlace(map: MapValue) {
  return { parent: map, anchor: undefined };
}

function nullAfter(key: ScalarValue, map: MapValue, via: Indirection | undefined): ScalarValue {
  const range = { start: key.range.end, end: key.range.end };
  return new ScalarValue(
    { parent: map, segment: key.decoded, range, via, anchor: undefined },
    null,
    '',
    'plain',
  );
}

function isMergeKey(key: ScalarValue): boolean {
  return key.decoded === '<<' && key.style === 'plain';
}

const SCALAR_STYLES: Record<string, ScalarStyle> = {
  QUOTE_SINGLE: 'single-quoted',
  QUOTE_DOUBLE: 'double-quoted',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

function scalarValue(node: Scalar, place: ConstructorParameters<typeof ScalarValue>[0]): ScalarValue {
  // The parser makes a symbol of a key with an explicit tag: `!!merge <<`.
  const decoded = typeof node.value === 'symbol' ? '<<' : String(node.value ?? '');
  const style = SCALAR_STYLES[node.type ?? ''] ?? 'plain';
  return new ScalarValue(place, dataOf(node, decoded, style), decoded, style);
}

const TAGGED_DATA = new Set(['bool', 'int', 'float', 'null'].map((type) => `tag:yaml.org,2002:${type}`));
const TAGGED_STRINGS = new Set(['tag:yaml.org,2002:str', 'tag:yaml.org,2002:binary', '!']);

function dataOf(node: Scalar, decoded: string, style: ScalarStyle): ScalarData {
  if (node.tag !== undefined && TAGGED_STRINGS.has(node.tag)) return decoded;
  // `!!bool "true"` is a boolean in spite of its quotes.
  if (node.tag !== undefined && TAGGED_DATA.has(node.tag)) return resolvePlainScalar(decoded);
  return style === 'plain' ? resolvePlainScalar(decoded) : decoded;
}

function styleOf(node: { flow?: boolean }): 'flow' | 'block' {
  return node.flow === true ? 'flow' : 'block';
}

function anchorOf(node: Node): string | undefined {
  return isAlias(node) ? undefined : node.anchor;
}

function rangeOf(node: Node): OffsetRange {
  const [start, end] = node.range ?? [0, 0];
  return { start, end };
}
