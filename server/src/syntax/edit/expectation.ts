import type { Path } from '../paths.ts';
import type { DocumentOperation } from './operations.ts';

type Data = unknown;

/** What the data of a document must be after an operation: the measure that every edit is held against. */
export function expected(before: Data, operation: DocumentOperation): Data {
  switch (operation.op) {
    case 'set':
      return changed(before, operation.path, () => operation.value);
    case 'remove':
      return removed(before, operation.path, operation.pruneTo ?? operation.path.length);
    case 'insert':
      return changed(before, operation.path, (list) => {
        const items = Array.isArray(list) ? list : [];
        return items.toSpliced(operation.index ?? items.length, 0, operation.value);
      });
    case 'rename':
      return changed(before, operation.path.slice(0, -1), (map) =>
        renamed(map, String(operation.path.at(-1)), operation.key),
      );
    case 'replace-text':
      return changed(before, operation.path, (text) =>
        typeof text === 'string' || typeof text === 'number'
          ? String(text).slice(0, operation.range.start) +
            operation.newText +
            String(text).slice(operation.range.end)
          : text,
      );
    case 'replace-comment':
    case 'add-comment':
    case 'remove-overridden':
    case 'repair-text':
      return before;
  }
}

function changed(data: Data, path: Path, change: (value: Data) => Data): Data {
  const [segment, ...rest] = path;
  if (segment === undefined) return change(data);
  if (typeof segment === 'number') {
    const items = Array.isArray(data) ? [...data] : [];
    items[segment] = changed(items[segment], rest, change);
    return items;
  }
  const map: Record<string, Data> = Object.assign(Object.create(null), isObject(data) ? data : undefined);
  map[segment] = changed(map[segment], rest, change);
  return map;
}

function removed(data: Data, path: Path, pruneTo: number): Data {
  const parentPath = path.slice(0, -1);
  const key = path.at(-1);
  const without = changed(data, parentPath, (parent) => {
    if (Array.isArray(parent) && typeof key === 'number') return parent.toSpliced(key, 1);
    if (!isObject(parent)) return parent;
    const copy: Record<string, Data> = Object.assign(Object.create(null), parent);
    delete copy[String(key)];
    return copy;
  });
  const parent = valueAt(without, parentPath);
  const isEmpty = Array.isArray(parent)
    ? parent.length === 0
    : isObject(parent) && Object.keys(parent).length === 0;
  return isEmpty && parentPath.length > pruneTo ? removed(without, parentPath, pruneTo) : without;
}

function valueAt(data: Data, path: Path): Data {
  let value = data;
  for (const segment of path) value = (value as Record<string | number, Data> | undefined)?.[segment];
  return value;
}

function renamed(data: Data, from: string, to: string): Data {
  if (!isObject(data)) return data;
  const entries = Object.entries(data).map(([key, value]) => [key === from ? to : key, value] as const);
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}

function isObject(data: Data): data is Record<string, Data> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

/** Deep equality of plain data; the order of keys does not count. */
export function sameData(a: Data, b: Data): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => sameData(item, b[index]))
    );
  }
  if (!isObject(a) || !isObject(b)) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && sameData(a[key], b[key]));
}
