import type { Text } from '../../l10n/say.ts';
import { type ParsedDocument, parseDocument } from '../parse.ts';
import { comparePaths, type Path } from '../paths.ts';
import { applyEdits, type TextEdit } from '../ranges.ts';
import { ListValue, MapValue, type Value } from '../values.ts';
import { addCommentEdit, replaceCommentEdit } from './comment.ts';
import { expected, sameData } from './expectation.ts';
import { insertEntry, insertItem } from './insert.ts';
import { type Layout, layoutOf } from './layout.ts';
import type { DocumentOperation, PlainValue } from './operations.ts';
import { Refused, refuse } from './refused.ts';
import { removeEntry, removeItem } from './remove.ts';
import { isList, isMap, renderBlock, renderFlow, renderKey } from './render.ts';
import { replaceValue } from './replace.ts';
import { replaceTextEdit } from './text.ts';

/**
 * The usual order of keys in the map at a path, so that a new key finds its place; empty when there is none.
 */
export type KeyOrder = (path: Path) => readonly string[];

/** An operation that cannot be done, and why, for people, in English. */
export interface Refusal {
  readonly refused: Text;
}

/**
 * Turns an operation into edits of the document's text: minimal, in the author's style, and right. The result is read again; when the
 * addressed value is not what the operation says, or anything else has changed (an anchor's other users, say), the operation is refused.
 *
 * @returns edits in offsets of the document, which do not overlap
 */
export function planOperation(
  document: ParsedDocument,
  operation: DocumentOperation,
  order: KeyOrder = () => [],
): { edits: readonly TextEdit[]; result: ParsedDocument } | Refusal {
  try {
    const edits = editsFor(document, operation, layoutOf(document), order);
    const result = parseDocument(applyEdits(document.text, edits));
    return isRight(document, operation, result) ? { edits, result } : { refused: reasonFor(document) };
  } catch (error) {
    if (error instanceof Refused) return { refused: error.reason };
    throw error;
  }
}

/**
 * Whether an operation can be done, for less than planning it: edits of a text without anchors and errors always come out as they are drafted
 * (test/syntax/edit/plan.property.test.ts), so that only the others have to be read again.
 */
export function isPossible(
  document: ParsedDocument,
  operation: DocumentOperation,
  order: KeyOrder = () => [],
): boolean {
  if (document.anchors.length > 0 || document.problems.length > 0)
    return !('refused' in planOperation(document, operation, order));
  try {
    editsFor(document, operation, layoutOf(document), order);
    return true;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}

function isRight(document: ParsedDocument, operation: DocumentOperation, result: ParsedDocument): boolean {
  if (operation.op === 'repair-text') return result.problems.length < document.problems.length;
  const wanted = expected(document.root?.toJS(), operation);
  return result.problems.length <= document.problems.length && sameData(result.root?.toJS(), wanted);
}

/** The document after edits; undefined when its data is not what the operations say, one after the other. */
function resultOf(
  document: ParsedDocument,
  edits: readonly TextEdit[],
  operations: readonly DocumentOperation[],
): ParsedDocument | undefined {
  const result = parseDocument(applyEdits(document.text, edits));
  const wanted = operations.reduce(expected, document.root?.toJS());
  const isRight = result.problems.length <= document.problems.length && sameData(result.root?.toJS(), wanted);
  return isRight ? result : undefined;
}

/**
 * Plans groups of operations together, as long as their edits stand apart: much cheaper than one after the other in a large document. All
 * operations speak of the document as it is.
 *
 * @returns for each group whether it is part of the edits; undefined when the groups only work one by one
 */
export function planTogether(
  document: ParsedDocument,
  groups: readonly (readonly DocumentOperation[])[],
  order: KeyOrder = () => [],
): { edits: readonly TextEdit[]; taken: readonly boolean[] } | undefined {
  const layout = layoutOf(document);
  const edits: TextEdit[] = [];
  const operations: DocumentOperation[] = [];
  const taken = groups.map((group) => {
    try {
      const drafted = group.flatMap((operation) => editsFor(document, operation, layout, order));
      if (!standApart([...edits, ...drafted])) return false;
      edits.push(...drafted);
      operations.push(...group);
      return true;
    } catch (error) {
      if (error instanceof Refused) return false;
      throw error;
    }
  });
  // Done from the last item of a list and the last part of a text to the first, none of them moves what another one names.
  const fromTheEnd = operations.toSorted(
    (a, b) => comparePaths(pathOf(b), pathOf(a)) || partOf(b) - partOf(a),
  );
  if (edits.length === 0 || resultOf(document, edits, fromTheEnd) === undefined) return undefined;
  return { edits, taken };
}

function pathOf(operation: DocumentOperation): Path {
  return 'path' in operation ? operation.path : [];
}

function partOf(operation: DocumentOperation): number {
  return operation.op === 'replace-text' ? operation.range.start : 0;
}

function standApart(edits: readonly TextEdit[]): boolean {
  const ordered = edits.toSorted((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  return ordered.every(({ range }, index) => {
    const next = ordered[index + 1]?.range;
    return next === undefined || range.end < next.start;
  });
}

function reasonFor(document: ParsedDocument): Text {
  return document.anchors.some(({ uses }) => uses.length > 0)
    ? 'The value is shared through an anchor: the change would reach its other users.'
    : 'The text around the value is too unusual to be edited safely.';
}

function editsFor(
  document: ParsedDocument,
  operation: DocumentOperation,
  layout: Layout,
  order: KeyOrder,
): TextEdit[] {
  const { text, root } = document;
  switch (operation.op) {
    case 'set':
      return setEdits(document, operation.path, operation.value, layout, order);
    case 'remove':
      return removeEdits(document, prunedPath(root, operation.path, operation.pruneTo), layout, order);
    case 'insert': {
      const list = root?.at(operation.path);
      const index = operation.index ?? list?.items.length ?? 0;
      if (list === undefined || list.isNull || isEmptyList(list))
        return setEdits(document, operation.path, [operation.value], layout, order);
      if (!(list instanceof ListValue)) return refuse('The value is not a list.');
      if (list.via !== undefined) {
        const items = list.toJS() as PlainValue[];
        return setEdits(document, operation.path, items.toSpliced(index, 0, operation.value), layout, order);
      }
      return [insertItem(text, list, index, operation.value, layout)];
    }
    case 'rename':
      return [renameEdit(root, operation.path, operation.key, layout)];
    case 'replace-text':
      return [replaceTextEdit(document, operation.path, operation.range, operation.newText, layout)];
    case 'replace-comment':
      return [replaceCommentEdit(text, operation.range, operation.newText)];
    case 'add-comment':
      return [addCommentEdit(document, operation.path, operation.text, layout)];
    case 'remove-overridden':
      return removeOverriddenEdits(root, text, operation.path, layout);
    case 'repair-text':
      return [...operation.edits];
  }
}

function isEmptyList(value: Value): boolean {
  return value.kind === 'list' && value.items.length === 0;
}

/** Walks to the deepest value that exists; what is missing below it is written as one new value. */
function setEdits(
  document: ParsedDocument,
  path: Path,
  value: PlainValue,
  layout: Layout,
  order: KeyOrder,
): TextEdit[] {
  const { text, root } = document;
  if (root === undefined) return [appendRoot(text, nested(path, value), layout)];
  let deepest: Value = root;
  let depth = 0;
  for (; depth < path.length; depth++) {
    const next = deepest.get(path[depth] ?? '');
    if (next === undefined) break;
    if (next.via !== undefined)
      return expandEdits(document, deepest, path.slice(0, depth + 1), path, value, layout, order);
    deepest = next;
  }
  const rest = path.slice(depth);
  const [segment, ...inner] = rest;
  if (segment === undefined) return replaceValue(text, deepest, value, layout);
  const child = nested(inner, value);
  if (typeof segment === 'number') {
    if (isEmptyList(deepest) || deepest.isNull) return replaceValue(text, deepest, [child], layout);
    if (!(deepest instanceof ListValue) || segment !== deepest.items.length)
      return refuse('The list has no such item.');
    return [insertItem(text, deepest, segment, child, layout)];
  }
  if (deepest.isNull && deepest.parent !== undefined)
    return replaceValue(text, deepest, { [segment]: child }, layout);
  if (!(deepest instanceof MapValue)) return refuse('A value of another type stands in the way.');
  if (deepest.entries.length === 0 && deepest.parent !== undefined)
    return replaceValue(text, deepest, { [segment]: child }, layout);
  return [insertEntry(text, deepest, { key: segment, value: child, order: order(deepest.path) }, layout)];
}

/** Gives an aliased or merged value its own copy here, with the change in it; the anchor stays as it is. */
function expandEdits(
  document: ParsedDocument,
  parent: Value,
  shared: Path,
  path: Path,
  value: PlainValue,
  layout: Layout,
  order: KeyOrder,
): TextEdit[] {
  const { text, root } = document;
  const target = root?.at(shared);
  if (target === undefined) return refuse('The value is not there.');
  const copy = expected(target.toJS(), { op: 'set', path: path.slice(shared.length), value }) as PlainValue;
  const key = shared.at(-1);
  if (target.via?.kind === 'merge' && parent instanceof MapValue && typeof key === 'string') {
    return [insertEntry(text, parent, { key, value: copy, order: order(parent.path) }, layout)];
  }
  return replaceValue(text, target, copy, layout);
}

function removeEdits(document: ParsedDocument, path: Path, layout: Layout, order: KeyOrder): TextEdit[] {
  const { text, root } = document;
  const key = path.at(-1);
  const parent = root?.at(path.slice(0, -1));
  if (parent?.via !== undefined) {
    // The map came through an alias: it gets its own copy without the key.
    const sharedDepth = path.findIndex((_, depth) => root?.at(path.slice(0, depth + 1))?.via !== undefined);
    const shared = path.slice(0, sharedDepth + 1);
    const copy = expected(root?.at(shared)?.toJS(), { op: 'remove', path: path.slice(shared.length) });
    return setEdits(document, shared, copy as PlainValue, layout, order);
  }
  if (parent instanceof MapValue && typeof key === 'string') return removeEntry(text, parent, key, layout);
  if (parent instanceof ListValue && typeof key === 'number') return removeItem(text, parent, key, layout);
  return refuse('There is nothing to remove.');
}

function removeOverriddenEdits(
  root: Value | undefined,
  text: string,
  path: Path,
  layout: Layout,
): TextEdit[] {
  const parent = root?.at(path.slice(0, -1));
  if (!(parent instanceof MapValue) || parent.via !== undefined)
    return refuse('The key is not written here.');
  return removeEntry(text, parent, String(path.at(-1)), layout, 'first');
}

/** Climbs while the collection above would be left empty. */
function prunedPath(root: Value | undefined, path: Path, pruneTo: number | undefined): Path {
  let pruned = path;
  while (pruneTo !== undefined && pruned.length > pruneTo) {
    const parent = root?.at(pruned.slice(0, -1));
    if (
      parent === undefined ||
      parent.entries.length + parent.items.length > 1 ||
      pruned.length - 1 <= pruneTo
    )
      break;
    pruned = pruned.slice(0, -1);
  }
  return pruned;
}

function renameEdit(root: Value | undefined, path: Path, key: string, layout: Layout): TextEdit {
  const parent = root?.at(path.slice(0, -1));
  const entry = parent instanceof MapValue ? parent.entryOf(String(path.at(-1))) : undefined;
  if (entry === undefined || entry.keyValue.via !== undefined) return refuse('The key is not written here.');
  return { range: entry.keyValue.range, newText: renderKey(key, layout, entry.keyValue.style) };
}

/** A document without content gets its root behind what it has: a marker, comments. */
function appendRoot(text: string, value: PlainValue, layout: Layout): TextEdit {
  const rendered = isMap(value) || isList(value) ? renderBlock(value, 0, layout) : renderFlow(value, layout);
  const gap = text === '' || text.endsWith('\n') ? '' : layout.lineEnd;
  return { range: { start: text.length, end: text.length }, newText: gap + rendered + layout.lineEnd };
}

function nested(path: Path, value: PlainValue): PlainValue {
  return path.reduceRight<PlainValue>(
    (inner, segment) => (typeof segment === 'number' ? [inner] : { [segment]: inner }),
    value,
  );
}
