import { joinTraces, NO_TRACE, type Trace } from '../helm/trace/origin.ts';
import { Bool, Dict, Float, type GoValue, Int, List, Nil, Str } from '../helm/value/value.ts';
import { type PlainData, resolvePlain } from './scalars.ts';

/**
 * A tree that transformations change in place, each part of which knows where it comes from. It keeps what Kustomize's own trees
 * keep: the text of a scalar, and whether it is quoted, since a new text takes over the quotes of the old one.
 */
export type Node = ScalarNode | MapNode | ListNode;

/** How a scalar is written; literal ones count as quoted. */
export type WrittenStyle = 'plain' | 'quoted' | 'folded';

export class ScalarNode {
  readonly kind = 'scalar';
  text: Str;
  /** Whether it is a string whatever its text says, as far as it is plain. */
  isString: boolean;
  style: WrittenStyle;

  constructor(text: Str, isString: boolean, style: WrittenStyle = 'plain') {
    this.text = text;
    this.isString = isString;
    this.style = style;
  }

  get isQuoted(): boolean {
    return this.style !== 'plain';
  }

  get trace(): Trace {
    return this.text.trace;
  }

  get data(): PlainData {
    if (this.isString || this.isQuoted) return { type: 'string', text: this.text.text };
    return resolvePlain(this.text.text);
  }

  get isNull(): boolean {
    return this.data.type === 'null';
  }

  /** Takes another text; quotes stay. The origins of the text before come behind those of the new one. */
  setText(text: Str, isString: boolean): void {
    const before = this.trace;
    this.text = text.spans === undefined ? new Str(text.text, joinTraces(text.trace, before)) : text;
    this.isString = isString;
  }
}

export class MapNode {
  readonly kind = 'map';
  readonly entries = new Map<string, Node>();
  readonly #keyTraces = new Map<string, Trace>();
  trace: Trace;
  /** Of a document whose start alone has been read: reads all of it. */
  whole: (() => MapNode) | undefined;

  constructor(trace: Trace) {
    this.trace = trace;
  }

  get(key: string): Node | undefined {
    return this.entries.get(key);
  }

  /** @param keyTrace where the key is written; absent: where the value is */
  set(key: string, value: Node, keyTrace?: Trace): void {
    this.entries.set(key, value);
    if (keyTrace !== undefined) this.#keyTraces.set(key, keyTrace);
  }

  delete(key: string): void {
    this.entries.delete(key);
    this.#keyTraces.delete(key);
  }

  keyTrace(key: string): Trace {
    return this.#keyTraces.get(key) ?? this.entries.get(key)?.trace ?? this.trace;
  }
}

export class ListNode {
  readonly kind = 'list';
  items: Node[];
  trace: Trace;

  constructor(items: Node[], trace: Trace) {
    this.items = items;
    this.trace = trace;
  }
}

/** A string with one origin. */
export function stringNode(text: string, trace: Trace): ScalarNode {
  return new ScalarNode(new Str(text, trace), true);
}

/** A scalar that is read again as YAML reads it. */
export function plainNode(text: string, trace: Trace): ScalarNode {
  return new ScalarNode(new Str(text, trace), false);
}

export function isNull(node: Node | undefined): boolean {
  return node === undefined || (node.kind === 'scalar' && node.isNull);
}

/** The text of a scalar but null; undefined for everything else. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && !node.isNull ? node.text.text : undefined;
}

export function at(node: Node | undefined, ...path: readonly string[]): Node | undefined {
  let found = node;
  for (const key of path) found = found?.kind === 'map' ? found.get(key) : undefined;
  return found;
}

export function copyOf<Kind extends Node>(node: Kind): Kind {
  return copy(node) as Kind;
}

function copy(node: Node): Node {
  if (node.kind === 'scalar') return new ScalarNode(node.text, node.isString, node.style);
  if (node.kind === 'list') return new ListNode(node.items.map(copy), node.trace);
  const map = new MapNode(node.trace);
  map.whole = node.whole;
  for (const [key, value] of node.entries) map.set(key, copy(value), node.keyTrace(key));
  return map;
}

/** How many values a tree holds. */
export function sizeOf(node: Node): number {
  if (node.kind === 'scalar') return 1;
  const children = node.kind === 'list' ? node.items : [...node.entries.values()];
  return children.reduce((size, child) => size + sizeOf(child), 1);
}

/** The tree as JSON and YAML writers take it. */
export function goValueOf(node: Node): GoValue {
  if (node.kind === 'list') return new List(node.items.map(goValueOf), '[]interface {}', node.trace);
  if (node.kind === 'scalar') return scalarValue(node);
  const entries = new Map([...node.entries].map(([key, value]) => [key, goValueOf(value)]));
  const dict = new Dict(entries, 'map[string]interface {}', node.trace);
  dict.keyTraces = new Map([...node.entries.keys()].map((key) => [key, node.keyTrace(key)]));
  return dict;
}

function scalarValue(node: ScalarNode): GoValue {
  const { data, trace } = node;
  switch (data.type) {
    case 'null':
      return new Nil(trace);
    case 'bool':
      return new Bool(data.value, trace);
    case 'int':
      return new Int(data.value, 'int64', trace);
    case 'float':
      return new Float(data.value, trace);
    case 'string':
      return writtenText(node, data.text);
  }
}

/** The text of a string after it has been written and read again. */
export function writtenText({ text, style, trace }: ScalarNode, decoded: string): Str {
  const written = style === 'folded' ? afterFolding(decoded) : decoded;
  return written === text.text ? text : new Str(written, trace);
}

/**
 * A folded text as goyaml.v3 writes it: before an indented line, and at an end with empty lines, there is one line break too many, which
 * Kustomize's output has.
 */
function afterFolding(text: string): string {
  // It is then written between quotes.
  if (/ (?:\n|$)/.test(text)) return text;
  return text.replaceAll(/\n+/g, (breaks, offset: number) => {
    const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    const isIndented = ' \t'.includes(text[lineStart] ?? 'x') || lineStart === offset;
    const next = text[offset + breaks.length];
    const isKept = next === undefined ? breaks.length > 1 : ' \t'.includes(next);
    return isKept && !isIndented ? `\n${breaks}` : breaks;
  });
}

/** Puts another origin in front of all those of a tree. */
export function decideBy(node: Node, trace: Trace): void {
  if (trace === NO_TRACE) return;
  if (node.kind === 'scalar') {
    node.text = new Str(node.text.text, joinTraces(trace, node.trace));
    return;
  }
  node.trace = joinTraces(trace, node.trace);
  const children = node.kind === 'list' ? node.items : [...node.entries.values()];
  for (const child of children) decideBy(child, trace);
}
