import { joinTraces } from '../helm/trace/origin.ts';
import { Str } from '../helm/trace/text.ts';
import { type MergeSchema, mergeSchemaOf } from './merge-keys.ts';
import { copyOf, isNull, ListNode, type MapNode, type Node, plainNode, ScalarNode, textOf } from './node.ts';
import { BuildError } from './problems.ts';

/**
 * Lays a strategic merge patch over a tree, which changes in place.
 *
 * What Kustomize does with the rest of the tree it does here, too: fields without a value (`key:`) go, and the items of lists that merge
 * by a key are told apart by it.
 *
 * Source: kyaml/yaml/merge2 and kyaml/yaml/walk of Kustomize
 *
 * @returns undefined when the patch deletes the tree
 * @throws {BuildError} when the patch has another shape than what it patches
 */
export function mergePatch(target: MapNode, patch: MapNode): MapNode | undefined {
  const merged = merge(target, copyOf(patch), schemaIn(target) ?? schemaIn(patch));
  return merged?.kind === 'map' ? merged : undefined;
}

function schemaIn(node: Node | undefined): MergeSchema | undefined {
  if (node?.kind !== 'map') return undefined;
  const [apiVersion, kind] = [textOf(node.get('apiVersion')), textOf(node.get('kind'))];
  return apiVersion && kind ? mergeSchemaOf(apiVersion, kind) : undefined;
}

/** @returns undefined when the value is to go */
function merge(
  target: Node | undefined,
  patch: Node | undefined,
  known: MergeSchema | undefined,
  keys?: readonly string[],
): Node | undefined {
  const model = isNull(target) ? patch : target;
  const schema = known ?? schemaIn(target) ?? schemaIn(patch);
  if (model === undefined || isNull(model)) return mergeNulls(target, patch);
  for (const node of [target, patch]) {
    if (!isNull(node) && node?.kind !== model.kind)
      throw new BuildError(
        'invalid',
        `A patch has a ${node?.kind} where there is a ${model.kind}.`,
        patch?.trace,
      );
  }
  if (model.kind === 'map') return mergeMaps(target, patch, schema);
  if (model.kind === 'scalar') return patch ?? target;
  if (keys === undefined) return patch ?? target;
  return mergeLists(target, patch, keys, schema);
}

function mergeNulls(target: Node | undefined, patch: Node | undefined): Node | undefined {
  // A null that is written out stays, unless the patch speaks of it.
  const isWritten = target?.kind === 'scalar' && target.text.text !== '';
  return patch === undefined && isWritten ? target : undefined;
}

function mergeMaps(
  target: Node | undefined,
  patch: Node | undefined,
  schema: MergeSchema | undefined,
): Node | undefined {
  const directive = directiveOf(patch);
  let into: Node | undefined = target;
  if (isNull(target)) {
    if (directive === 'delete') return undefined;
    into = patch;
  } else if (patch !== undefined && isNull(patch)) return undefined;
  else if (directive === 'delete') return undefined;
  else if (directive === 'replace') into = patch;
  if (into?.kind !== 'map') return undefined;
  const from = patch?.kind === 'map' ? patch : undefined;
  for (const key of new Set([...into.entries.keys(), ...(from?.entries.keys() ?? [])])) {
    mergeField(into, from, key, schema);
  }
  return into;
}

function mergeField(
  into: MapNode,
  from: MapNode | undefined,
  key: string,
  schema: MergeSchema | undefined,
): void {
  const before = into.get(key);
  const patch = from?.get(key);
  const field =
    schema?.fields !== undefined && Object.hasOwn(schema.fields, key) ? schema.fields[key] : undefined;
  const value = merge(before, patch, field?.schema, field?.keys);
  if (value === undefined || (isNull(value) && value !== before)) into.delete(key);
  else if (value !== before) into.set(key, replaced(before, value), from?.keyTrace(key));
}

/** A new scalar takes over the quotes of the old one. */
function replaced(before: Node | undefined, after: Node): Node {
  if (before?.kind !== 'scalar' || after.kind !== 'scalar') return after;
  const text = new Str(after.text.text, joinTraces(after.trace, before.trace));
  return new ScalarNode(text, after.isString || after.isQuoted, before.style);
}

type Directive = 'replace' | 'delete' | 'merge';

/** Takes the `$patch` of a map out of it. */
function directiveOf(patch: Node | undefined): Directive {
  if (patch?.kind === 'map') {
    const text = textOf(patch.get('$patch'));
    if (text === undefined) return 'merge';
    patch.delete('$patch');
    return checkedDirective(text, patch);
  }
  if (patch?.kind !== 'list') return 'merge';
  const item = patch.items.find((candidate) => candidate.kind === 'map' && candidate.entries.has('$patch'));
  if (item?.kind !== 'map' || item.entries.size > 1) return 'merge';
  const text = textOf(item.get('$patch')) ?? '';
  patch.items = patch.items.filter(
    (candidate) => !(candidate.kind === 'map' && textOf(candidate.get('$patch')) === text),
  );
  return checkedDirective(text, patch);
}

function checkedDirective(text: string, { trace }: Node): Directive {
  if (text === 'replace' || text === 'delete' || text === 'merge') return text;
  throw new BuildError(
    'invalid',
    `"${text}" is no value of $patch: it takes replace, delete or merge.`,
    trace,
  );
}

function mergeLists(
  target: Node | undefined,
  patch: Node | undefined,
  keys: readonly string[],
  schema: MergeSchema | undefined,
): Node | undefined {
  let into: Node | undefined = target;
  if (isNull(target)) into = patch;
  else if (patch !== undefined && isNull(patch)) return undefined;
  else {
    const directive = directiveOf(patch);
    if (directive === 'delete') return undefined;
    if (directive === 'replace') into = patch;
  }
  if (into?.kind !== 'list') return undefined;
  const from = patch?.kind === 'list' ? patch : undefined;
  return keys.length === 0 ? mergePlainItems(into, from) : mergeItems(into, from, keys, schema);
}

function mergePlainItems(into: ListNode, from: ListNode | undefined): ListNode {
  const items = new Map<string, Node>();
  for (const item of [...(from?.items ?? []), ...into.items]) {
    const text = item.kind === 'scalar' ? item.text.text : '';
    if (!items.has(text)) items.set(text, item);
  }
  return items.size === 0 ? into : new ListNode([...items.values()], into.trace);
}

/** Items of the patch come first, in its order; then those that only the target has. */
function mergeItems(
  into: ListNode,
  from: ListNode | undefined,
  keys: readonly string[],
  schema: MergeSchema | undefined,
): ListNode {
  let wanted = distinct([...keyValues(from, keys), ...keyValues(into, keys)]);
  if (wanted.length === 0) return into;
  if (keys.length > 1) wanted = withFilledGaps(wanted);
  const added = new ListNode([], into.trace);
  let [lastKeys, lastValues] = [keys, wanted[0] ?? []];
  for (const values of wanted) {
    [lastKeys, lastValues] = usedKeys(wanted, values, keys);
    const [itemKeys, itemValues] = usedKeys([lastValues], lastValues, lastKeys);
    const target = findItem(into, itemKeys, itemValues);
    const item = merge(target, from && findItem(from, itemKeys, itemValues), schema);
    if (item === undefined || isNull(item) || (item.kind === 'map' && item.entries.size === 0)) {
      setItem(into, undefined, lastKeys, lastValues);
      continue;
    }
    if (item.kind === 'map') fillKeys(item, lastKeys, lastValues);
    setItem(added, item, lastKeys, lastValues);
  }
  for (const item of into.items) appendItem(added, item, lastKeys);
  return added;
}

function keyValues(list: ListNode | undefined, keys: readonly string[]): string[][] {
  return (list?.items ?? []).map((item) => keys.map((key) => keyValue(item, key)));
}

function keyValue(item: Node, key: string): string {
  return (item.kind === 'map' ? textOf(item.get(key)) : undefined) ?? '';
}

function distinct(all: readonly string[][]): string[][] {
  return [...new Map(all.map((values) => [JSON.stringify(values), values])).values()];
}

/** Two ports of one number are the same as long as only one of them names a protocol. */
function withFilledGaps(all: readonly string[][]): string[][] {
  const filled = [...all];
  for (let first = 0; first < filled.length; first++) {
    for (let second = 0; second < filled.length; second++) {
      const both = commonValues(filled[first] ?? [], filled[second] ?? []);
      if (both !== undefined) [filled[first], filled[second]] = [both, both];
    }
  }
  return filled;
}

function commonValues(a: readonly string[], b: readonly string[]): string[] | undefined {
  const isDifferent = a.some((value, index) => value !== b[index] && value !== '' && b[index] !== '');
  if (isDifferent || !a.some((value, index) => value === b[index])) return undefined;
  return a.map((value, index) => (value === '' ? (b[index] ?? '') : value));
}

/** The keys that any of the items has, and the values for them; all keys when none has any. */
function usedKeys(
  all: readonly (readonly string[])[],
  values: readonly string[],
  keys: readonly string[],
): [string[], string[]] {
  const used = keys.map((_, index) => all.some((item) => (item[index] ?? '') !== ''));
  if (!used.includes(true)) return [[...keys], [...values]];
  const isKept = (_: string, index: number) => used[index] === true;
  return [keys.filter(isKept), values.filter((value, index) => value !== '' || used[index] === true)];
}

function matches(item: Node, keys: readonly string[], values: readonly string[]): boolean {
  if (item.kind !== 'map') return false;
  return keys.every((key, index) => {
    const value = item.get(key);
    const wanted = values[index] ?? '';
    return value !== undefined && (wanted === '' || (value.kind === 'scalar' && value.text.text === wanted));
  });
}

function findItem(list: ListNode, keys: readonly string[], values: readonly string[]): Node | undefined {
  return list.items.find((item) => matches(item, keys, values));
}

function fillKeys(item: MapNode, keys: readonly string[], values: readonly string[]): void {
  keys.forEach((key, index) => {
    const value = values[index] ?? '';
    if (!item.entries.has(key) && value !== '') item.set(key, plainNode(value, item.trace));
  });
}

function isEmptyItem(item: Node): boolean {
  return isNull(item) || (item.kind === 'map' && item.entries.size === 0);
}

/**
 * Puts an item in the place of the one with these values, or at the end; without an item, takes that one away. Empty items go; all
 * others go, too, when there are no values, as in Kustomize.
 */
function setItem(
  list: ListNode,
  item: Node | undefined,
  keys: readonly string[],
  values: readonly string[],
): void {
  const items: Node[] = [];
  let isFound = false;
  for (const present of list.items) {
    if (isEmptyItem(present)) continue;
    const isSame = values.length > 0 && matches(present, keys.slice(0, values.length), values);
    isFound ||= isSame;
    if (!isSame && (values.length > 0 || present.kind !== 'map')) items.push(present);
    else if (isSame && item !== undefined) items.push(item);
  }
  if (!isFound && item !== undefined) items.push(item);
  list.items = items;
}

function appendItem(list: ListNode, item: Node, keys: readonly string[]): void {
  const values: string[] = [];
  for (const key of keys) {
    const value = item.kind === 'map' ? item.get(key) : undefined;
    if (value === undefined) list.items.push(item);
    else values.push(value.kind === 'scalar' ? value.text.text : '');
  }
  // One that was merged moves to where the target has it.
  if (keys.length > 1) setItem(list, undefined, keys, values);
  setItem(list, item, keys, values);
}
