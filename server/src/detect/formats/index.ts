import type { FieldRecord, SourceText } from '../fields.ts';
import { readDelimited } from './delimited.ts';
import { looksLikeHl7, readHl7 } from './hl7.ts';
import { readJson } from './json.ts';
import { readLines } from './lines.ts';

/** Values in values in values: JSON in properties in JSON. Deeper than this nobody nests, but for fun. */
const MAX_NESTING = 4;

/** Finds out in which formats a text is written, and reads it into records; values that hold such a text themselves are read, too. */
export function readRecords(source: SourceText, keys: readonly string[], nesting = 0): FieldRecord[] {
  const records = readOne(source, keys);
  if (nesting >= MAX_NESTING) return records;
  const nested: FieldRecord[] = [];
  for (const record of records) {
    for (const field of record.fields) {
      if (field.defined === undefined && holdsRecords(field.text))
        nested.push(...readRecords(field, field.keys, nesting + 1));
    }
  }
  return nested.length === 0 ? records : [...records, ...nested];
}

function readOne(source: SourceText, keys: readonly string[]): FieldRecord[] {
  const { text } = source;
  if (looksLikeHl7(text)) return readHl7(source, keys);
  const first = firstVisible(text);
  if (first === '{' || first === '[') {
    const json = readJson(source, keys);
    if (json !== undefined) return json;
  }
  return readDelimited(source, keys) ?? readLines(source, keys);
}

/** Whether a value is worth reading as a text of its own. */
function holdsRecords(text: string): boolean {
  if (text.length < 8) return false;
  const first = text.charAt(0);
  return first === '{' || first === '[' || text.includes('\n') || looksLikeHl7(text);
}

function firstVisible(text: string): string {
  return text.charAt(text.search(/\S/));
}
