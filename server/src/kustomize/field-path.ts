import type { Trace } from '../helm/trace/origin.ts';
import { isNull, ListNode, MapNode, type Node, plainNode } from './node.ts';
import { BuildError } from './problems.ts';
import { type BuildResource, isSelected, type KindSelector } from './resource.ts';

/** Fields of some kinds, which a transformation reads or writes. */
export interface FieldSpec extends KindSelector {
  /** Keys with `/` between them, also through the items of lists; `\/` stands for a slash, and a list may be marked by `[]`. */
  readonly path: string;
  /** Whether a field that is missing is made. */
  readonly create?: boolean | undefined;
}

export interface FieldVisit {
  /** Called with each value, and with what puts another one in its place. */
  readonly visit: (node: Node, replace: (node: Node) => void) => void;
  /** What is made where nothing is; absent: nothing. */
  readonly create?: 'scalar' | 'map';
  /** The origin of what is made. */
  readonly trace?: Trace;
}

/**
 * Visits the fields of a resource that a field spec names.
 *
 * @throws {BuildError} when a scalar stands in the way
 */
export function visitFields(resource: BuildResource, spec: FieldSpec, visit: FieldVisit): void {
  if (resource.root === undefined || !isSelected(resource, spec)) return;
  walk(resource.root, splitPath(spec.path, '/'), { ...visit, mayCreate: spec.create === true }, () => {});
}

interface Walk extends FieldVisit {
  readonly mayCreate: boolean;
}

function walk(node: Node, path: readonly string[], how: Walk, replace: (node: Node) => void): void {
  const [first, ...rest] = path;
  if (first === undefined) {
    how.visit(node, replace);
    return;
  }
  if (isNull(node)) return;
  if (node.kind === 'scalar')
    throw new BuildError('invalid', `There is a text where "${path.join('/')}" is looked for.`, node.trace);
  if (node.kind === 'list') {
    node.items.forEach((item, index) => {
      walk(item, path, how, (other) => {
        node.items[index] = other;
      });
    });
    return;
  }
  const key = first.endsWith('[]') ? first.slice(0, -2) : first;
  const value = lookUp(node, key, kindOf(first, rest.length === 0, how), how);
  if (value !== undefined) walk(value, rest, how, (other) => node.set(key, other));
}

interface Wanted {
  readonly kind: Node['kind'];
  /** Whether it is made when it is missing. */
  readonly isMade: boolean;
}

function kindOf(part: string, isLast: boolean, { create, mayCreate }: Walk): Wanted | undefined {
  if (part.endsWith('[]')) return { kind: 'list', isMade: false };
  if (create === undefined || !mayCreate) return undefined;
  return { kind: isLast ? create : 'map', isMade: true };
}

function lookUp(
  map: MapNode,
  key: string,
  wanted: Wanted | undefined,
  { trace = [] }: Walk,
): Node | undefined {
  const value = map.get(key);
  if (wanted === undefined || (value === undefined && !wanted.isMade)) return value;
  if (value !== undefined && !isNull(value)) return value;
  const made = emptyNode(wanted.kind, trace);
  map.set(key, made, trace);
  return made;
}

function emptyNode(kind: Node['kind'], trace: Trace): Node {
  if (kind === 'scalar') return plainNode('', trace);
  return kind === 'map' ? new MapNode(trace) : new ListNode([], trace);
}

/** Splits a path; a backslash keeps the delimiter behind it. */
export function splitPath(path: string, delimiter: string): string[] {
  const parts: string[] = [];
  const trimmed = path.startsWith(delimiter) ? path.slice(1) : path;
  for (const part of trimmed.split(delimiter)) {
    const last = parts.at(-1);
    if (last?.endsWith('\\')) parts[parts.length - 1] = last.slice(0, -1) + delimiter + part;
    else parts.push(part);
  }
  return parts;
}

/** Splits a path with dots, in which `[a.b]` is one key and `[name=a.b]` one item. */
export function splitFieldPath(path: string): string[] {
  const parts: string[] = [];
  const split = splitPath(path, '.');
  for (let index = 0; index < split.length; index++) {
    let part = split[index] ?? '';
    if (part.startsWith('[') && !part.endsWith(']')) {
      while (index < split.length - 1 && !part.endsWith(']')) part += `.${split[++index]}`;
      if (!part.includes('=')) part = part.replace(/^\[|\]$/g, '');
    }
    parts.push(part);
  }
  return parts;
}
