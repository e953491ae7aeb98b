import { type Field, type FieldRecord, type SourceText, shifted } from '../fields.ts';

/**
 * Reads `key: value` and `key = value` lines: properties, .env, INI, TOML, shell exports, and YAML in block style. Indentation makes records
 * in records; a section header of INI begins a record.
 *
 * Lines that are something else are passed over. It never fails: a text without such lines has no records.
 */
export function readLines(source: SourceText, keys: readonly string[]): FieldRecord[] {
  const { text } = source;
  const root: FieldRecord = { fields: [], nature: 'lines', keys };
  const records: FieldRecord[] = [root];
  let open: Open[] = [{ indent: -1, record: root, keys }];
  for (let lineStart = 0; lineStart < text.length; ) {
    let lineEnd = text.indexOf('\n', lineStart);
    if (lineEnd === -1) lineEnd = text.length;
    const line = readLine(text, lineStart, lineEnd);
    lineStart = lineEnd + 1;
    if (line === undefined) continue;
    if (line.section !== undefined) {
      const record: FieldRecord = { fields: [], nature: 'lines', keys: [...keys, line.section] };
      records.push(record);
      open = [{ indent: -1, record, keys: record.keys }];
      continue;
    }
    while (open.length > 1 && line.indent <= (open.at(-1)?.indent ?? -1)) open.pop();
    let parent = open.at(-1) ?? { indent: -1, record: root, keys };
    if (line.isItem || parent.awaitsRecord === true) {
      const record: FieldRecord = { fields: [], nature: 'object', keys: parent.keys, parent: parent.record };
      records.push(record);
      // The keys of an item stand two columns right of its dash; they stay in the record until the next dash.
      const indent = line.isItem ? line.indent : line.indent - 1;
      parent = { indent, record, keys: parent.keys };
      open.push(parent);
    }
    if (line.value === undefined) {
      open.push({
        indent: line.keyIndent,
        record: parent.record,
        keys: [...parent.keys, line.key],
        awaitsRecord: true,
      });
      continue;
    }
    const field: Field = {
      keys: [...parent.keys, line.key],
      text: text.slice(line.value.start, line.value.end),
      locate: shifted(line.value.start, source.locate),
    };
    parent.record.fields.push(field);
  }
  return records.filter(({ fields }) => fields.length > 0);
}

interface Open {
  readonly indent: number;
  readonly record: FieldRecord;
  readonly keys: readonly string[];
  /** A key without a value stood here: what is indented below it is a record of its own. */
  readonly awaitsRecord?: boolean;
}

interface Line {
  readonly indent: number;
  readonly keyIndent: number;
  readonly isItem: boolean;
  readonly key: string;
  /** Absent when the key opens a block. */
  readonly value?: { readonly start: number; readonly end: number };
  readonly section?: string;
}

const MAX_KEY = 100;

function readLine(text: string, lineStart: number, lineEnd: number): Line | undefined {
  let at = skipBlanks(text, lineStart, lineEnd);
  const indent = at - lineStart;
  let isItem = false;
  while (text.charCodeAt(at) === 0x2d && text.charCodeAt(at + 1) === 0x20 && at < lineEnd) {
    isItem = true;
    at = skipBlanks(text, at + 1, lineEnd);
  }
  if (at >= lineEnd) return undefined;
  const first = text.charCodeAt(at);
  if (first === 0x5b) return readSection(text, at, lineEnd, indent);
  if (text.startsWith('export ', at)) at += 7;
  else if (text.startsWith('set ', at)) at += 4;
  const keyIndent = at - lineStart;
  const key = readKey(text, at, lineEnd);
  if (key === undefined) return undefined;
  const value = readValue(text, key.valueStart, lineEnd);
  return { indent, keyIndent, isItem, key: key.text, ...(value !== undefined ? { value } : {}) };
}

function readSection(text: string, at: number, lineEnd: number, indent: number): Line | undefined {
  const end = text.indexOf(']', at);
  if (end === -1 || end > lineEnd || end - at > MAX_KEY) return undefined;
  if (skipBlanks(text, end + 1, lineEnd) < lineEnd && text.charCodeAt(end + 1) !== 0x5d) return undefined;
  const section = text.slice(at, end).replace(/^\[+\s*/, '');
  return /^[\w. "'-]+$/.test(section)
    ? { indent, keyIndent: indent, isItem: false, key: '', section }
    : undefined;
}

function readKey(
  text: string,
  at: number,
  lineEnd: number,
): { text: string; valueStart: number } | undefined {
  const quote = text.charCodeAt(at) === 0x22 || text.charCodeAt(at) === 0x27 ? text.charAt(at) : '';
  let end = quote === '' ? at : at + 1;
  const limit = Math.min(lineEnd, at + MAX_KEY);
  for (; end < limit; end++) {
    const code = text.charCodeAt(end);
    if (quote !== '') {
      if (text.charAt(end) === quote) break;
      continue;
    }
    if (code === 0x3d) break;
    if (
      code === 0x3a &&
      (end + 1 >= lineEnd || text.charCodeAt(end + 1) <= 0x20 || isValueStart(text, at, end))
    )
      break;
    if (!isKeyCharacter(code)) return undefined;
  }
  if (end >= limit && !(end < lineEnd && (text.charCodeAt(end) === 0x3a || text.charCodeAt(end) === 0x3d)))
    return undefined;
  const key = text.slice(quote === '' ? at : at + 1, end).trimEnd();
  if (key === '') return undefined;
  let valueStart = quote === '' ? end : skipBlanks(text, end + 1, lineEnd);
  const separator = text.charCodeAt(valueStart);
  if (separator !== 0x3a && separator !== 0x3d) return undefined;
  valueStart++;
  if (text.charCodeAt(valueStart) === 0x3d || text.charCodeAt(valueStart) === 0x3e) valueStart++;
  return { text: key, valueStart };
}

/** `ssn:123-45-6789`: properties allow a colon without a blank; `http://` and `10:30` are no keys. */
function isValueStart(text: string, keyStart: number, colon: number): boolean {
  const next = text.charCodeAt(colon + 1);
  if (next === 0x2f || next === 0x3a) return false;
  const first = text.charCodeAt(keyStart);
  return !(first >= 0x30 && first <= 0x39) && colon - keyStart >= 2;
}

/** Letters, digits and the punctuation of keys; at most a few words, so blanks as well. */
function isKeyCharacter(code: number): boolean {
  if (code >= 0x80) return true;
  if ((code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a))
    return true;
  // `_` `.` `-` `/` blank `#` `@` `$` `[` `]` `*` `+` `(` `)`
  return '_.-/ #@$[]*+()'.includes(String.fromCharCode(code));
}

function readValue(text: string, from: number, lineEnd: number): { start: number; end: number } | undefined {
  let start = skipBlanks(text, from, lineEnd);
  let end = lineEnd;
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end--;
  if (start >= end) return undefined;
  const first = text.charCodeAt(start);
  if (first === 0x22 || first === 0x27) {
    const quote = text.charAt(start);
    const close = text.indexOf(quote, start + 1);
    if (close !== -1 && close < end) {
      const after = text.slice(close + 1, end).trim();
      if (after === '' || after === ',' || after === ';' || after.startsWith('#')) {
        start++;
        end = close;
        return start < end ? { start, end } : undefined;
      }
    }
    return { start, end };
  }
  if ((first === 0x7c || first === 0x3e) && end - start <= 3) return undefined;
  const comment = text.indexOf(' #', start);
  if (comment !== -1 && comment < end) end = comment;
  while (
    end > start &&
    (text.charCodeAt(end - 1) <= 0x20 || text.charAt(end - 1) === ',' || text.charAt(end - 1) === ';')
  )
    end--;
  return start < end ? { start, end } : undefined;
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (
    at < end &&
    (text.charCodeAt(at) === 0x20 || text.charCodeAt(at) === 0x09 || text.charCodeAt(at) === 0x0d)
  )
    at++;
  return at;
}
