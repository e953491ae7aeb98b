import type { FieldRecord, SourceText } from '../fields.ts';
import { defineCcdaFields, isCcda } from './ccda.ts';
import { readDelimited } from './delimited.ts';
import { looksLikeDicomDump, readDicomDump } from './dicom.ts';
import { readEmbeddedJson } from './embedded.ts';
import { defineFhirFields, withTypeCodes } from './fhir.ts';
import { looksLikeHl7, readHl7 } from './hl7.ts';
import { readJson } from './json.ts';
import { readLines } from './lines.ts';
import { withNamedValues } from './named-values.ts';
import { looksLikeNcpdp, readNcpdp } from './ncpdp.ts';
import { readPairs } from './pairs.ts';
import { looksLikeSql, readSql } from './sql.ts';
import { looksLikeX12, readX12 } from './x12.ts';
import { looksLikeXml, readXml } from './xml.ts';

/** Values in values in values: JSON in properties in JSON. Deeper than this nobody nests, but for fun. */
const MAX_NESTING = 4;

/** Finds out in which formats a text is written, and reads it into records; values that hold such a text themselves are read, too. */
export function readRecords(source: SourceText, keys: readonly string[], nesting = 0): FieldRecord[] {
  const records = readOne(source, keys).map(withNamedValues);
  if (nesting >= MAX_NESTING) return records;
  const nested = records.flatMap(({ fields }) =>
    fields
      .filter(
        (field) =>
          field.defined === undefined && field.text.length < source.text.length && holdsRecords(field.text),
      )
      .flatMap((field) => readRecords(field, field.keys, nesting + 1)),
  );
  return nested.length === 0 ? records : [...records, ...nested];
}

function readOne(source: SourceText, keys: readonly string[]): FieldRecord[] {
  const { text } = source;
  if (looksLikeHl7(text)) return readHl7(source, keys);
  if (looksLikeX12(text)) return readX12(source, keys);
  const first = firstVisible(text);
  if (first === '{' || first === '[') {
    const json = readJson(source, keys);
    if (json !== undefined) return withTypeCodes(defineFhirFields(json));
  }
  if (first === '<' && looksLikeXml(text)) {
    const xml = readXml(source, keys);
    return isCcda(xml) ? defineCcdaFields(xml) : defineFhirFields(xml);
  }
  if (looksLikeNcpdp(text)) return readNcpdp(source, keys);
  const isSql = looksLikeSql(text);
  const table = isSql ? undefined : readDelimited(source, keys);
  if (table !== undefined) return table;
  return [
    ...defineFhirFields(readLines(source, keys)),
    ...readPairs(source, keys),
    ...readEmbeddedJson(source, keys),
    ...(isSql ? readSql(source, keys) : []),
    ...(looksLikeDicomDump(text) ? readDicomDump(source, keys) : []),
  ];
}

/** Whether a value is worth reading as a text of its own. */
function holdsRecords(text: string): boolean {
  if (text.length < 8) return false;
  const first = text.charAt(0);
  return (
    first === '{' ||
    first === '[' ||
    first === '<' ||
    text.includes('\n') ||
    looksLikeHl7(text) ||
    looksLikeX12(text) ||
    /[?&]\w+=|--\w/.test(text)
  );
}

function firstVisible(text: string): string {
  return text.charAt(text.search(/\S/));
}
