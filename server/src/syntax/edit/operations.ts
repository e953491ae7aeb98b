import type { Path } from '../paths.ts';
import type { OffsetRange, TextEdit } from '../ranges.ts';

/** Data that an operation writes. Maps keep the order of their keys. */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };

/** Writes a value at a path, making the maps above it that are missing. An index equal to a list's length appends. */
export interface SetOperation {
  readonly op: 'set';
  readonly path: Path;
  readonly value: PlainValue;
}

/** Removes what stands at a path; `{}` or `[]` stays when it was the last of its map or list. */
export interface RemoveOperation {
  readonly op: 'remove';
  readonly path: Path;
  /** Also removes the maps and lists above that become empty, up to but without this many segments of the path. */
  readonly pruneTo?: number;
}

/** Puts an item into a list before the one at `index`; the list is made when it is missing. */
export interface InsertOperation {
  readonly op: 'insert';
  readonly path: Path;
  /** Omitted to append. */
  readonly index?: number;
  readonly value: PlainValue;
}

/** Gives a map's key another name. */
export interface RenameOperation {
  readonly op: 'rename';
  readonly path: Path;
  readonly key: string;
}

/** Replaces a part of a string, keeping its quoting. The range counts code units of the decoded string. */
export interface ReplaceTextOperation {
  readonly op: 'replace-text';
  readonly path: Path;
  readonly range: OffsetRange;
  readonly newText: string;
}

/** Replaces a comment; with an empty text removes it, and its line too when nothing else stands on it. */
export interface ReplaceCommentOperation {
  readonly op: 'replace-comment';
  readonly range: OffsetRange;
  readonly newText: string;
}

/** Puts a comment on a line of its own above a key or an item. */
export interface AddCommentOperation {
  readonly op: 'add-comment';
  readonly path: Path;
  /** One line, without the `#`. */
  readonly text: string;
}

/** Removes the first of several entries with one key, which the last one overrides. */
export interface RemoveOverriddenOperation {
  readonly op: 'remove-overridden';
  readonly path: Path;
}

/** Replaces text that keeps a document from being YAML; what the document then says must be less broken than before. */
export interface RepairTextOperation {
  readonly op: 'repair-text';
  readonly edits: readonly TextEdit[];
}

/** A change of one document, said by what it does to values. */
export type DocumentOperation =
  | SetOperation
  | RemoveOperation
  | InsertOperation
  | RenameOperation
  | ReplaceTextOperation
  | ReplaceCommentOperation
  | AddCommentOperation
  | RemoveOverriddenOperation
  | RepairTextOperation;

export function set(path: Path, value: PlainValue): SetOperation {
  return { op: 'set', path, value };
}

export function remove(path: Path, options: { pruneTo?: number } = {}): RemoveOperation {
  return { op: 'remove', path, ...options };
}

export function insert(path: Path, value: PlainValue, index?: number): InsertOperation {
  return index === undefined ? { op: 'insert', path, value } : { op: 'insert', path, value, index };
}

export function rename(path: Path, key: string): RenameOperation {
  return { op: 'rename', path, key };
}

export function replaceText(path: Path, range: OffsetRange, newText: string): ReplaceTextOperation {
  return { op: 'replace-text', path, range, newText };
}

export function replaceComment(range: OffsetRange, newText: string): ReplaceCommentOperation {
  return { op: 'replace-comment', range, newText };
}

export function addComment(path: Path, text: string): AddCommentOperation {
  return { op: 'add-comment', path, text };
}
