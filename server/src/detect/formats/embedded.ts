import { type FieldRecord, type SourceText, shifted } from '../fields.ts';
import { readJson } from './json.ts';

/** JSON objects inside other text: the body of a request in a command, a literal in a script. */
export function readEmbeddedJson(source: SourceText, keys: readonly string[]): FieldRecord[] {
  const { text } = source;
  const found: FieldRecord[][] = [];
  for (let at = nextObject(text, 0); at !== -1; ) {
    const { end, isClosed } = endOfObject(text, at);
    const part = { text: text.slice(at, end), locate: shifted(at, source.locate) };
    if (isClosed) found.push(readJson(part, keys) ?? []);
    // What is behind an object that is never closed is looked at only from there on, so that the search stays linear.
    at = nextObject(text, end);
  }
  return found.flat();
}

const OBJECT = /\{ {0,2}(?:["']|[A-Za-z_]\w{0,40} ?:)/g;

function nextObject(text: string, from: number): number {
  OBJECT.lastIndex = from;
  return OBJECT.exec(text)?.index ?? -1;
}

const LONGEST = 20_000;

/** Where the brace that opens at `start` is closed, on the same line; or where the search for it ended. */
function endOfObject(text: string, start: number): { end: number; isClosed: boolean } {
  let depth = 0;
  let quote = 0;
  const limit = Math.min(text.length, start + LONGEST);
  for (let at = start; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a) return { end: at, isClosed: false };
    if (quote !== 0) {
      if (code === 0x5c) at++;
      else if (code === quote) quote = 0;
    } else if (code === 0x22 || code === 0x27) quote = code;
    else if (code === 0x7b) depth++;
    else if (code === 0x7d && --depth === 0) return { end: at + 1, isClosed: true };
  }
  return { end: limit, isClosed: false };
}
