import { type Field, type FieldRecord, type SourceText, shifted } from '../fields.ts';

/**
 * Reads the literals of SQL: rows of INSERT, assignments of UPDATE, comparisons of WHERE, and rows that COPY takes in. Definitions,
 * column lists and parameters hold nothing.
 *
 * A scanner of our own: the maintained SQL parsers take one dialect each, refuse templates, and weigh more than the extension.
 */
export function readSql(source: SourceText, keys: readonly string[]): FieldRecord[] {
  const columns = columnsOfTables(source.text);
  return [...insertedRows(source, keys, columns), ...copiedRows(source, keys), ...comparisons(source, keys)];
}

export function looksLikeSql(text: string): boolean {
  return /\b(?:insert\s+into|replace\s+into|update\s+[\w."`[\]]+\s+set|copy\s+[\w."]+\s*\(|select\s+[^;]{1,200}\bfrom|delete\s+from|create\s+table|merge\s+into)\b/i.test(
    text,
  );
}

const CREATE = /\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?([\w."`[\]]{1,120})\s*\(/gi;
const INSERT =
  /\b(?:insert|replace)\s+(?:ignore\s+)?into\s+([\w."`[\]]{1,120})\s*(\([^()]{1,4000}\))?\s*(?:overriding\s+\w+\s+value\s*)?values\s*/gi;
const COPY = /\bcopy\s+([\w."]{1,120})\s*\(([^()]{1,4000})\)\s*from\s+stdin[^;\n]{0,100};?\r?\n/gi;
const COMPARISON =
  /([A-Za-z_][\w.]{0,60})["`\]]?\s{0,3}(?:=|<>|!=|\blike\b)\s{0,3}N?'((?:[^'\\\n]|''|\\.){1,400})'/gi;

type Columns = ReadonlyMap<string, readonly string[]>;

/** The columns that the text itself defines, for INSERTs that name none. */
function columnsOfTables(text: string): Columns {
  const tables = new Map<string, readonly string[]>();
  CREATE.lastIndex = 0;
  for (let match = CREATE.exec(text); match !== null; match = CREATE.exec(text)) {
    const { parts, length } = splitTopLevel(
      text.slice(CREATE.lastIndex, CREATE.lastIndex + LONGEST_DEFINITION),
    );
    CREATE.lastIndex += length;
    const columns: string[] = [];
    for (const part of parts) {
      const name = /^\s*["`[]?([A-Za-z_]\w{0,60})/.exec(part)?.[1];
      if (name !== undefined && !/^(?:primary|foreign|unique|constraint|check|key|index)$/i.test(name))
        columns.push(name);
    }
    tables.set(tableName(match[1] ?? ''), columns);
  }
  return tables;
}

const LONGEST_DEFINITION = 8000;

/** Splits at the commas outside of parentheses, up to the parenthesis that closes the list; and says how far it has read. */
function splitTopLevel(body: string): { parts: string[]; length: number } {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < body.length; at++) {
    const character = body.charAt(at);
    if (character === '(') depth++;
    else if (character === ')' && depth-- === 0) {
      parts.push(body.slice(start, at));
      return { parts, length: at };
    } else if (character === ',' && depth === 0) {
      parts.push(body.slice(start, at));
      start = at + 1;
    }
  }
  return { parts, length: body.length };
}

function tableName(text: string): string {
  return (text.split('.').at(-1) ?? text).replace(/["`[\]]/g, '');
}

function* insertedRows(source: SourceText, keys: readonly string[], known: Columns): Generator<FieldRecord> {
  const { text } = source;
  INSERT.lastIndex = 0;
  for (let match = INSERT.exec(text); match !== null; match = INSERT.exec(text)) {
    const table = tableName(match[1] ?? '');
    const columns = match[2] === undefined ? (known.get(table) ?? []) : columnList(match[2].slice(1, -1));
    let at = match.index + match[0].length;
    while (text.charAt(at) === '(') {
      const row = readRow(text, at + 1);
      const fields = row.values.map(
        (value, index): Field => ({
          keys: [...keys, table, columns[index] ?? ''],
          text: value.text,
          locate: shifted(value.start, source.locate),
        }),
      );
      yield { fields, nature: 'row', keys: [...keys, table] };
      at = row.end;
      const between = /^\s*,\s*/.exec(text.slice(at, at + 200));
      if (between === null) break;
      at += between[0].length;
    }
    INSERT.lastIndex = Math.max(INSERT.lastIndex, at);
  }
}

function columnList(text: string): string[] {
  return text.split(',').map((column) => column.trim().replace(/["`[\]]/g, ''));
}

interface Literal {
  readonly text: string;
  readonly start: number;
}

/** The values of one parenthesis: the insides of strings, and bare words and numbers. */
function readRow(text: string, from: number): { values: Literal[]; end: number } {
  const values: Literal[] = [];
  let at = from;
  let start = from;
  let depth = 0;
  let literal: Literal | undefined;
  const push = () => {
    const bare = text.slice(start, at);
    values.push(literal ?? { text: bare.trim(), start: start + bare.length - bare.trimStart().length });
    literal = undefined;
  };
  for (; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "'") {
      const end = closingQuote(text, at + 1);
      if (depth === 0) literal = { text: text.slice(at + 1, end), start: at + 1 };
      at = end;
    } else if (character === '(') depth++;
    else if (character === ')') {
      if (depth-- === 0) {
        push();
        return { values, end: at + 1 };
      }
    } else if (character === ',' && depth === 0) {
      push();
      start = at + 1;
    } else if (character === ';' && depth === 0) break;
  }
  return { values, end: at };
}

function closingQuote(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x27) {
      if (text.charCodeAt(at + 1) !== 0x27) return at;
      at++;
    }
  }
  return text.length;
}

function* copiedRows(source: SourceText, keys: readonly string[]): Generator<FieldRecord> {
  const { text } = source;
  COPY.lastIndex = 0;
  for (let match = COPY.exec(text); match !== null; match = COPY.exec(text)) {
    const table = tableName(match[1] ?? '');
    const columns = columnList(match[2] ?? '');
    let at = match.index + match[0].length;
    while (at < text.length) {
      let end = text.indexOf('\n', at);
      if (end === -1) end = text.length;
      const line = text.slice(at, end);
      if (line.startsWith('\\.') || line.trim() === '') break;
      const fields: Field[] = [];
      let start = at;
      for (const [index, value] of line.split('\t').entries()) {
        fields.push({
          keys: [...keys, table, columns[index] ?? ''],
          text: value.trimEnd(),
          locate: shifted(start, source.locate),
        });
        start += value.length + 1;
      }
      yield { fields, nature: 'row', keys: [...keys, table] };
      at = end + 1;
    }
    COPY.lastIndex = Math.max(COPY.lastIndex, at);
  }
}

/** `ssn = '...'` in WHERE and SET. Those of one line belong together. */
function* comparisons(source: SourceText, keys: readonly string[]): Generator<FieldRecord> {
  const fields: Field[] = [];
  for (const match of source.text.matchAll(COMPARISON)) {
    const [whole, column = '', value = ''] = match;
    const start = match.index + whole.length - value.length - 1;
    fields.push({
      keys: [...keys, column.split('.').at(-1) ?? column],
      text: value,
      locate: shifted(start, source.locate),
    });
  }
  if (fields.length > 0) yield { fields, nature: 'object', keys };
}
