import { type Field, inPlace, type SourceText, shifted } from '../fields.ts';
import { readDelimited } from '../formats/delimited.ts';
import { readEmbeddedJson } from '../formats/embedded.ts';
import { readRecords } from '../formats/index.ts';
import { readLines } from '../formats/lines.ts';
import { readPairs } from '../formats/pairs.ts';

/** A line that is longer is minified data, and read as a whole. */
const LONGEST_LINE = 2000;
const FORMS_TO_READ_WHOLE = /^\s*<|^\s*[[{][^\n]{2000}/;

/**
 * The fields around the words that may name a secret. A key and its value nearly always stand on one line, so only the lines with such a
 * word are read; XML and minified JSON are read as a whole.
 *
 * @param offsets of words that name secrets, ascending
 */
export function fieldsAt(text: string, offsets: readonly number[], keys: readonly string[]): Field[] {
  const whole: SourceText = { text, locate: inPlace };
  if (FORMS_TO_READ_WHOLE.test(text)) return readRecords(whole, keys).flatMap(({ fields }) => fields);
  const found: Field[][] = [];
  let end = -1;
  for (const offset of offsets) {
    if (offset < end) continue;
    const start = text.lastIndexOf('\n', offset) + 1;
    const newline = text.indexOf('\n', offset);
    end = newline === -1 ? text.length : newline;
    found.push(fieldsOfLine(text, start, end, keys));
  }
  if (offsets[0] !== undefined && !text.slice(0, offsets[0]).includes('\n'))
    found.push(columnsOf(whole, keys));
  return found.flat();
}

function fieldsOfLine(text: string, start: number, end: number, keys: readonly string[]): Field[] {
  const line: SourceText = { text: text.slice(start, end), locate: shifted(start, inPlace) };
  if (line.text.length > LONGEST_LINE) return readRecords(line, keys).flatMap(({ fields }) => fields);
  const records = [...readLines(line, keys), ...readPairs(line, keys), ...readEmbeddedJson(line, keys)];
  const fields = records.flatMap((record) => record.fields);
  const [first] = fields;
  // `- name: DB_PASSWORD` and below it `value: ...`
  if (first !== undefined && /^(?:name|key)$/i.test(first.keys.at(-1) ?? ''))
    fields.push(...valueBelow(text, end + 1, first, keys));
  return fields;
}

function valueBelow(text: string, start: number, name: Field, keys: readonly string[]): Field[] {
  const newline = text.indexOf('\n', start);
  const end = newline === -1 ? text.length : newline;
  const line: SourceText = { text: text.slice(start, end), locate: shifted(start, inPlace) };
  if (line.text.length > LONGEST_LINE) return [];
  const value = readLines(line, keys)[0]?.fields[0];
  if (value === undefined || !/^(?:value|val|default)$/i.test(value.keys.at(-1) ?? '')) return [];
  return [{ ...value, keys: [...keys, name.text] }];
}

/** A table with a column of passwords. */
function columnsOf(whole: SourceText, keys: readonly string[]): Field[] {
  return (readDelimited(whole, keys) ?? []).flatMap(({ fields }) => fields);
}
