import type { Trace } from '../helm/trace/origin.ts';
import { Str } from '../helm/trace/text.ts';
import {
  copyOf,
  decideBy,
  goValueOf,
  ListNode,
  MapNode,
  type Node,
  ScalarNode,
  sizeOf,
  textOf,
  writtenText,
} from './node.ts';
import { type Budget, BuildError } from './problems.ts';
import { resolvePlain } from './scalars.ts';

/** The operations of a JSON patch, or undefined when a document is none. */
export function jsonPatchOf(document: Node | undefined): readonly MapNode[] | undefined {
  if (document?.kind !== 'list' || document.items.length === 0) return undefined;
  const operations = document.items.filter((item) => item.kind === 'map' && item.entries.has('op'));
  return operations.length === document.items.length ? (operations as MapNode[]) : undefined;
}

/**
 * Applies a JSON patch (RFC 6902). Negative indices count from the end, as in the library that Kustomize uses.
 *
 * @throws {BuildError} when an operation does not apply; Kustomize then builds nothing
 */
export function applyJsonPatch(root: MapNode, operations: readonly MapNode[], budget: Budget): MapNode {
  let result: Node = throughJson(root);
  for (const operation of operations) result = apply(result, operation, budget);
  if (result.kind !== 'map')
    throw new BuildError('invalid', 'The patch leaves no object.', operations[0]?.trace);
  return throughJson(result) as MapNode;
}

function apply(root: Node, operation: MapNode, budget: Budget): Node {
  const op = textOf(operation.get('op'));
  const path = pathOf(operation, 'path');
  switch (op) {
    case 'add':
      return add(root, path, givenValue(operation, budget), operation);
    case 'remove':
      remove(root, path, operation);
      return root;
    case 'replace':
      return replace(root, path, givenValue(operation, budget), operation);
    case 'move': {
      const moved = remove(root, pathOf(operation, 'from'), operation);
      return add(root, path, moved, operation);
    }
    case 'copy': {
      const found = find(root, pathOf(operation, 'from'), operation);
      budget.charge(sizeOf(found));
      return add(root, path, copyOf(found), operation);
    }
    case 'test': {
      const expected = operation.get('value') ?? new ScalarNode(new Str('null', []), false);
      if (!isSameData(find(root, path, operation), expected)) fail('finds another value', operation);
      return root;
    }
    default:
      return fail('is none', operation);
  }
}

function fail(how: string, operation: MapNode): never {
  const op = textOf(operation.get('op')) ?? '';
  const path = textOf(operation.get('path')) ?? '';
  throw new BuildError('invalid', `The patch operation "${op}" at "${path}" ${how}.`, operation.trace);
}

function givenValue(operation: MapNode, budget: Budget): Node {
  const value = operation.get('value');
  if (value === undefined) return new ScalarNode(new Str('null', operation.trace), false);
  budget.charge(sizeOf(value));
  return throughJson(copyOf(value));
}

function pathOf(operation: MapNode, field: 'path' | 'from'): string[] {
  const path = textOf(operation.get(field)) ?? '';
  if (path === '') return [];
  if (!path.startsWith('/')) fail('has a path that does not start with a slash', operation);
  return path
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function find(root: Node, path: readonly string[], operation: MapNode): Node {
  let found: Node | undefined = root;
  for (const part of path) found = found && child(found, part);
  return found ?? fail('finds nothing', operation);
}

function child(node: Node, part: string): Node | undefined {
  if (node.kind === 'map') return node.get(part);
  if (node.kind === 'list') return node.items[indexIn(part, node.items.length) ?? -1];
  return undefined;
}

/** An index of a list of this length; undefined when it is none. */
function indexIn(part: string, length: number): number | undefined {
  if (!/^-?[0-9]+$/.test(part)) return undefined;
  const index = Number(part) < 0 ? Number(part) + length : Number(part);
  return index >= 0 && index < length ? index : undefined;
}

function parentOf(root: Node, path: readonly string[], operation: MapNode): MapNode | ListNode {
  const parent = find(root, path.slice(0, -1), operation);
  return parent.kind === 'scalar' ? fail('finds no map or list', operation) : parent;
}

function add(root: Node, path: readonly string[], value: Node, operation: MapNode): Node {
  const last = path.at(-1);
  if (last === undefined) return value;
  const parent = parentOf(root, path, operation);
  if (parent.kind === 'map') {
    joinBefore(parent.get(last), value);
    parent.set(last, value, value.trace);
  } else if (last === '-') parent.items.push(value);
  else {
    const index = indexIn(last, parent.items.length + 1) ?? fail('has an index out of range', operation);
    parent.items.splice(index, 0, value);
  }
  return root;
}

function remove(root: Node, path: readonly string[], operation: MapNode): Node {
  const last = path.at(-1) ?? fail('has no path', operation);
  const parent = parentOf(root, path, operation);
  const removed = child(parent, last) ?? fail('finds nothing', operation);
  if (parent.kind === 'map') parent.delete(last);
  else parent.items.splice(parent.items.indexOf(removed), 1);
  return removed;
}

function replace(root: Node, path: readonly string[], value: Node, operation: MapNode): Node {
  const last = path.at(-1);
  if (last === undefined) return value;
  const parent = parentOf(root, path, operation);
  const before = child(parent, last);
  joinBefore(before, value);
  // The library that Kustomize uses replaces what is missing in a map, too.
  if (parent.kind === 'map') parent.set(last, value, value.trace);
  else if (before === undefined) fail('finds nothing to replace', operation);
  else parent.items[parent.items.indexOf(before)] = value;
  return root;
}

/** What a value stands in place of is told behind its own origin. */
function joinBefore(before: Node | undefined, value: Node): void {
  if (before === undefined || value.kind !== 'scalar' || before.kind !== 'scalar') return;
  const own: Trace = value.trace;
  value.text = new Str(value.text.text, before.trace);
  decideBy(value, own);
}

function isSameData(a: Node, b: Node): boolean {
  if (a.kind === 'map' && b.kind === 'map') {
    if (a.entries.size !== b.entries.size) return false;
    return [...a.entries].every(([key, value]) => {
      const other = b.get(key);
      return other !== undefined && isSameData(value, other);
    });
  }
  if (a.kind === 'list' && b.kind === 'list') {
    if (a.items.length !== b.items.length) return false;
    return a.items.every((item, index) => {
      const other = b.items[index];
      return other !== undefined && isSameData(item, other);
    });
  }
  if (a.kind !== 'scalar' || b.kind !== 'scalar') return false;
  const [left, right] = [goValueOf(a), goValueOf(b)];
  if (left.kind === 'string' || right.kind === 'string')
    return left.kind === right.kind && a.text.text === b.text.text;
  if (left.kind === 'nil' || right.kind === 'nil') return left.kind === right.kind;
  return 'value' in left && 'value' in right && Number(left.value) === Number(right.value);
}

/** A tree after JSON and back, which forgets how scalars were written. */
function throughJson(node: Node): Node {
  if (node.kind === 'list') return new ListNode(node.items.map(throughJson), node.trace);
  if (node.kind === 'map') {
    const map = new MapNode(node.trace);
    for (const [key, value] of node.entries) map.set(key, throughJson(value), node.keyTrace(key));
    return map;
  }
  const { data, text, trace } = node;
  if (data.type === 'null') return new ScalarNode(new Str('null', trace), false);
  if (data.type !== 'string') return new ScalarNode(text, false);
  const style = resolvePlain(data.text).type === 'string' ? 'plain' : 'quoted';
  return new ScalarNode(writtenText(node, data.text), true, style);
}
