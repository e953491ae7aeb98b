import { RE2JS } from 're2js';
import type { Trace } from '../helm/trace/origin.ts';
import { isNull, ListNode, MapNode, type Node, plainNode, textOf } from './node.ts';
import { BuildError } from './problems.ts';

/** A value and how another one gets in its place. */
export interface FoundField {
  readonly node: Node;
  readonly replace: (node: Node) => void;
}

/** How a field that is missing is made: as what, and with which origin. */
export interface Creation {
  readonly kind: Node['kind'];
  readonly trace: Trace;
}

const INDEX = /^[0-9]+$/;
const ITEM = /^\[([^\]=]*)=(.*)\]$/s;

/** The value at a path of keys, indices and `[key=value]`. */
export function lookUp(root: Node, path: readonly string[]): Node | undefined {
  let found: Node | undefined = root;
  for (const part of path.map((each) => each.trim()).filter((each) => each !== '')) {
    if (found === undefined || isNull(found)) return undefined;
    found = lookUpPart(found, part);
  }
  return found;
}

function lookUpPart(node: Node, part: string): Node | undefined {
  if (node.kind === 'map') return node.get(part);
  if (node.kind !== 'list') return undefined;
  if (INDEX.test(part)) return node.items[Number(part)];
  if (part === '-') return node.items.at(-1);
  const [, key = '', value = ''] = ITEM.exec(part) ?? [];
  return node.items.find((item) => textOf(key === '' ? item : valueIn(item, key)) === value);
}

function valueIn(item: Node, key: string): Node | undefined {
  return item.kind === 'map' ? item.get(key) : undefined;
}

/**
 * All values at a path, in which `*` stands for every item and `[key=value]` for those whose text the expression finds.
 *
 * @throws {BuildError} when an index is out of range or an expression is none
 */
export function findFields(
  root: Node,
  path: readonly string[],
  creation: Creation | undefined,
): FoundField[] {
  const found: FoundField[] = [];
  walk({ node: root, replace: () => {} }, path, creation, found);
  return found;
}

function walk(
  { node, replace }: FoundField,
  path: readonly string[],
  creation: Creation | undefined,
  found: FoundField[],
): void {
  const [part, ...rest] = path;
  if (part === undefined) {
    found.push({ node, replace });
    return;
  }
  if (INDEX.test(part) && node.kind === 'list') {
    walk(itemAt(node, Number(part), rest, creation), rest, creation, found);
  } else if (part === '*' && node.kind === 'list') {
    for (const [index, item] of node.items.entries()) walk(fieldOf(node, index, item), rest, creation, found);
  } else if (ITEM.test(part) && node.kind === 'list') {
    for (const field of itemsLike(node, part, creation)) walk(field, rest, creation, found);
  } else if (node.kind === 'map') {
    const child = node.get(part) ?? made(rest[0], creation);
    if (child === undefined) return;
    if (!node.entries.has(part)) node.set(part, child, child.trace);
    walk({ node: child, replace: (other) => node.set(part, other) }, rest, creation, found);
  } else if (!isNull(node)) {
    throw new BuildError('invalid', `There is a ${node.kind} where "${part}" is looked for.`, node.trace);
  }
}

function fieldOf(list: ListNode, index: number, node: Node): FoundField {
  return {
    node,
    replace: (other) => {
      list.items[index] = other;
    },
  };
}

/** What is made for a part of a path, by the part behind it. */
function made(next: string | undefined, creation: Creation | undefined): Node | undefined {
  if (creation === undefined) return undefined;
  const { kind, trace } = creation;
  if (next !== undefined) {
    return INDEX.test(next) || ITEM.test(next) ? new ListNode([], trace) : new MapNode(trace);
  }
  if (kind === 'scalar') return plainNode('', trace);
  return kind === 'map' ? new MapNode(trace) : new ListNode([], trace);
}

function itemAt(
  list: ListNode,
  index: number,
  rest: readonly string[],
  creation: Creation | undefined,
): FoundField {
  if (index === list.items.length) {
    const item = made(rest[0], creation);
    if (item !== undefined) list.items.push(item);
  }
  const node = list.items[index];
  if (node === undefined)
    throw new BuildError(
      'invalid',
      `There is no item ${index} in a list of ${list.items.length}.`,
      list.trace,
    );
  return fieldOf(list, index, node);
}

function itemsLike(list: ListNode, part: string, creation: Creation | undefined): FoundField[] {
  const [, key = '', pattern = ''] = ITEM.exec(part) ?? [];
  const matches = patternOf(pattern, list.trace);
  const find = () =>
    list.items.flatMap((item, index) => {
      const text = textOf(key === '' ? item : valueIn(item, key));
      return text !== undefined && matches(text) ? [fieldOf(list, index, item)] : [];
    });
  const found = find();
  if (found.length > 0 || creation === undefined) return found;
  const value = plainNode(pattern, creation.trace);
  const item = key === '' ? value : new MapNode(creation.trace);
  if (item.kind === 'map') item.set(key, value);
  list.items.push(item);
  return find();
}

function patternOf(pattern: string, trace: Trace): (text: string) => boolean {
  try {
    const expression = RE2JS.compile(pattern);
    return (text) => expression.matcher(text).find();
  } catch {
    throw new BuildError('invalid', `"${pattern}" is no regular expression.`, trace);
  }
}
