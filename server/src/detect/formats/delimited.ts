import { type Field, type FieldRecord, type SourceText, shifted } from '../fields.ts';
import { meaningOf } from '../keys/meaning.ts';

/**
 * Reads tables with a header row: CSV, TSV, and fields separated by `;` or `|`.
 *
 * A scanner of our own: the maintained CSV parsers give rows, and at best the place of a row, but not where a field stands.
 *
 * Returns undefined when the text is no table: fewer than two columns, or rows whose number of fields differs from the header's.
 */
export function readDelimited(source: SourceText, keys: readonly string[]): FieldRecord[] | undefined {
  const { text } = source;
  const headerEnd = text.indexOf('\n');
  if (headerEnd === -1) return undefined;
  const delimiter = delimiterOf(text.slice(0, headerEnd));
  if (delimiter === undefined) return undefined;
  const rows = rowsOf(text, delimiter);
  const columns = headerOf(rows.next().value, text);
  if (columns === undefined) return undefined;
  const records: FieldRecord[] = [];
  let misfits = 0;
  for (const row of rows) {
    if (row.length === 1 && row[0] !== undefined && row[0].end === row[0].start) continue;
    if (Math.abs(row.length - columns.length) > 1) misfits++;
    if (misfits > 2 + records.length / 4) return undefined;
    records.push(recordOf(row, columns, source, keys));
  }
  return records.length > 0 && misfits <= records.length / 2 ? records : undefined;
}

interface Cell {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

function delimiterOf(header: string): string | undefined {
  let best: string | undefined;
  let most = 0;
  for (const delimiter of [',', '\t', ';', '|']) {
    const count = header.split(delimiter).length - 1;
    if (count > most) [best, most] = [delimiter, count];
  }
  return best;
}

/** The column names: short words, none of them a value. */
function headerOf(cells: readonly Cell[] | undefined, text: string): string[] | undefined {
  if (cells === undefined || cells.length < 2) return undefined;
  const names = cells.map(({ start, end }) => text.slice(start, end).trim());
  const proper = names.filter((name) => /^[\p{L}_#"'][\p{L}\p{N}_ .#/()"'-]{0,60}$/u.test(name));
  if (proper.length < names.length * 0.8) return undefined;
  // Prose has commas, too. A header names at least one column that is known, or consists of single words.
  const known = names.some((name) => meaningOf(name).kind !== undefined);
  return known || names.every((name) => /^[\w."' -]{1,40}$/.test(name)) ? names : undefined;
}

function recordOf(
  row: readonly Cell[],
  columns: readonly string[],
  source: SourceText,
  keys: readonly string[],
): FieldRecord {
  const fields: Field[] = [];
  for (const [index, cell] of row.entries()) {
    const column = columns[index];
    if (column === undefined || cell.end === cell.start) continue;
    const { start, end } = trimmed(cell, source.text);
    fields.push({
      keys: [...keys, column],
      text: source.text.slice(start, end),
      locate: shifted(start, source.locate),
    });
  }
  return { fields, nature: 'row', keys };
}

function trimmed(cell: Cell, text: string): { start: number; end: number } {
  let { start, end } = cell;
  while (start < end && text.charCodeAt(start) <= 0x20) start++;
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end--;
  return { start, end };
}

/** RFC 4180, with any delimiter and any line end. */
function* rowsOf(text: string, delimiter: string): Generator<Cell[], undefined> {
  const separator = delimiter.charCodeAt(0);
  let row: Cell[] = [];
  let at = 0;
  while (at <= text.length) {
    let start = at;
    let end: number;
    const quoted = text.charCodeAt(at) === 0x22;
    if (quoted) {
      start = at + 1;
      end = closingQuote(text, start);
      at = Math.min(end + 1, text.length);
      while (at < text.length && text.charCodeAt(at) !== separator && text.charCodeAt(at) !== 0x0a) at++;
    } else {
      while (at < text.length && text.charCodeAt(at) !== separator && text.charCodeAt(at) !== 0x0a) at++;
      end = at;
    }
    row.push({ start, end, quoted });
    if (at >= text.length || text.charCodeAt(at) === 0x0a) {
      yield row;
      row = [];
    }
    at++;
  }
  return undefined;
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text.charCodeAt(at + 1) !== 0x22) return at;
  }
  return text.length;
}
