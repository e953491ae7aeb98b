import type { Resource } from '../kubernetes/resource.ts';
import { type DocumentOperation, set } from '../syntax/edit/operations.ts';

/** Writes annotations of a resource; those that already have the value are left alone. */
export function setAnnotations(
  resource: Resource,
  annotations: Readonly<Record<string, string>>,
): DocumentOperation[] {
  const path = [...resource.root.path, 'metadata', 'annotations'];
  const wanted = Object.entries(annotations).filter(
    ([key, value]) => resource.annotations.get(key) !== value,
  );
  if (wanted.length === 0) return [];
  if (resource.annotations.size === 0) return [set(path, Object.fromEntries(wanted))];
  return wanted.map(([key, value]) => set([...path, key], value));
}
