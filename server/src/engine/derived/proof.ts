import { expected, sameData } from '../../syntax/edit/expectation.ts';
import type { DocumentOperation } from '../../syntax/edit/operations.ts';
import { type ParsedDocument, parseDocument } from '../../syntax/parse.ts';
import type { AddedDocument, Derived } from './source-map.ts';

/** What must become of derived documents, by their names. Of those that are not named, nothing. */
export interface Expectation {
  readonly operations: ReadonlyMap<string, readonly DocumentOperation[]>;
  /** What may, but need not, become of others. */
  readonly allowed: ReadonlyMap<string, readonly DocumentOperation[]>;
  /** Data of documents that come into being. */
  readonly added: readonly AddedDocument[];
  /** Whether one that was made is one of these. */
  readonly isMeant?: (made: unknown, value: AddedDocument) => boolean;
}

/**
 * Whether documents that were made again are what operations say, and nothing else has changed. Digests of other text may differ: charts write
 * them so that pods restart.
 */
export function isAsExpected(before: Derived, after: Derived, expectation: Expectation): boolean {
  const { operations, allowed, added, isMeant = sameData } = expectation;
  if (after.problems.length > before.problems.length) return false;
  if (after.documents.length !== before.documents.length + added.length) return false;
  const made = new Map(after.documents.map((document) => [document.name, document]));
  for (const document of before.documents) {
    const { name } = document;
    const now = made.get(name);
    made.delete(name);
    if (now === undefined) return false;
    const wanted = operations.get(name) ?? [];
    if (now.document.text === document.document.text && wanted.length === 0) continue;
    const old = parseDocument(document.document.text);
    const fresh = parseDocument(now.document.text);
    if (fresh.problems.length > old.problems.length) return false;
    const data = fresh.root?.toJS();
    if (sameButDigests(data, dataAfter(old, wanted))) continue;
    const other = allowed.get(name);
    if (other === undefined || !sameButDigests(data, dataAfter(old, other))) return false;
  }
  const rest = [...made.values()].map(({ document }) => parseDocument(document.text).root?.toJS());
  return added.every((wanted) => rest.some((data) => isMeant(data, wanted)));
}

function dataAfter(document: ParsedDocument, operations: readonly DocumentOperation[]): unknown {
  return operations.reduce(expected, document.root?.toJS() as unknown);
}

const DIGEST = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/;

function sameButDigests(a: unknown, b: unknown): boolean {
  return sameData(withoutDigests(a), withoutDigests(b));
}

function withoutDigests(data: unknown): unknown {
  if (typeof data === 'string') return DIGEST.test(data) ? '' : data;
  if (Array.isArray(data)) return data.map(withoutDigests);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, withoutDigests(value)]));
}
