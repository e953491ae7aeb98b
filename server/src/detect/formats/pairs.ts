import { type Field, type FieldRecord, type SourceText, shifted } from '../fields.ts';

/**
 * Pairs of a name and a value inside a line: queries of URLs (`?ssn=...&dob=...`), flags of commands (`--mrn 00482913`), log lines
 * (`patient_name="Jane Doe" mrn=00482913`). The pairs of one line are a record.
 */
export function readPairs(source: SourceText, keys: readonly string[]): FieldRecord[] {
  const { text } = source;
  const records: FieldRecord[] = [];
  for (let start = 0; start < text.length; ) {
    let end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    const fields = pairsIn(text.slice(start, end), start, source, keys);
    if (fields.length > 0) records.push({ fields, nature: 'object', keys });
    start = end + 1;
  }
  return records;
}

/** A long name, `=` and a value; or a flag, a blank and a value. */
const PAIR =
  /(?:(?<![\w.-])(?<key>[A-Za-z_][\w.-]{1,60})=|(?<![\w-])--?(?<flag>[A-Za-z][\w-]{1,60})[ =])(?:"(?<double>[^"\n]{1,300})"|'(?<single>[^'\n]{1,300})'|(?<bare>[^\s"'&;,|<>`]{1,300}))/g;

function pairsIn(line: string, lineStart: number, source: SourceText, keys: readonly string[]): Field[] {
  const fields: Field[] = [];
  if (line.length < 5 || !/[=-]/.test(line)) return fields;
  for (const match of line.matchAll(PAIR)) {
    const groups = match.groups ?? {};
    const key = groups.key ?? groups.flag ?? '';
    const quoted = groups.double ?? groups.single;
    const raw = quoted ?? withoutClosing(groups.bare ?? '');
    const valueEnd =
      match.index + match[0].length - (quoted === undefined ? (groups.bare ?? '').length - raw.length : 1);
    const start = lineStart + valueEnd - raw.length;
    fields.push({ keys: [...keys, key], ...decodedPair(raw, start, source, quoted === undefined) });
  }
  return fields;
}

/** A bracket or dot behind the value belongs to the sentence around it, unless the value has opened it. */
function withoutClosing(value: string): string {
  return /[([{]/.test(value) ? value : value.replace(/[.)\]}]{1,20}$/, '');
}

/** In a query, `%20` and `+` are blanks. */
function decodedPair(raw: string, start: number, source: SourceText, mayBeEncoded: boolean): SourceText {
  const outer = shifted(start, source.locate);
  if (!mayBeEncoded || !/%[0-9A-Fa-f]{2}|\+/.test(raw)) return { text: raw, locate: outer };
  let text = '';
  const offsets: number[] = [];
  for (let at = 0; at < raw.length; ) {
    offsets.push(at);
    const code = /^%([0-7][0-9A-Fa-f])/.exec(raw.slice(at, at + 3))?.[1];
    text +=
      code !== undefined
        ? String.fromCharCode(Number.parseInt(code, 16))
        : raw.charAt(at) === '+' && at > 0
          ? ' '
          : raw.charAt(at);
    at += code === undefined ? 1 : 3;
  }
  return { text, locate: (offset) => outer(offsets[offset] ?? raw.length) };
}
