/** Shorter texts are never parts of others to V8. */
const SHORTEST_PART = 13;

const MOST_KNOWN = 1000;
const known = new Map<string, string>();

/**
 * The same data with all texts in memory of their own. V8 keeps the whole of a text while somebody has a part of it: what is kept of a file for others to know
 * would keep the file. Takes what JSON can hold, Maps and Sets; what is there once stays there once, and texts that many files have are shared.
 */
export function withOwnTexts<Data>(data: Data): Data {
  return copyOf(data, new Map()) as Data;
}

function copyOf(value: unknown, copies: Map<object, unknown>): unknown {
  if (typeof value === 'string') return ownText(value);
  if (typeof value !== 'object' || value === null) return value;
  const before = copies.get(value);
  if (before !== undefined) return before;
  const copy = copyOfObject(value, (part) => copyOf(part, copies));
  copies.set(value, copy);
  return copy;
}

function copyOfObject(value: object, copyOfPart: (part: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOfPart);
  if (value instanceof Map)
    return new Map([...value].map(([key, item]) => [copyOfPart(key), copyOfPart(item)]));
  if (value instanceof Set) return new Set([...value].map(copyOfPart));
  const copy: Record<string, unknown> = { ...value };
  for (const key in copy) copy[key] = copyOfPart(copy[key]);
  return copy;
}

function ownText(text: string): string {
  if (text.length < SHORTEST_PART) return text;
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const own: string = JSON.parse(JSON.stringify(text));
  known.set(own, own);
  return own;
}
