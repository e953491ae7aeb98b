import { type Candidate, detectionsFrom, encodedCandidateOf } from './candidates.ts';
import { customCandidates } from './custom.ts';
import { type Field, type FieldRecord, inPlace } from './fields.ts';
import { decodeBase64Text, decodeInContext } from './formats/base64.ts';
import { readRecords } from './formats/index.ts';
import { isTranslation } from './keys/meaning.ts';
import { fieldCandidate, listedCandidates, mixedCandidates } from './named-fields.ts';
import { proseCandidates } from './prose/index.ts';
import { RecordJudge } from './records.ts';
import { hitsIn } from './scan/hits.ts';
import { mayHoldIdentifiers } from './trigger.ts';
import type { Detection, DetectOptions, IdentifierKind, TextContext } from './types.ts';
import { unnamedCandidate } from './unnamed-fields.ts';

/**
 * Finds identifiers of persons in one text value.
 *
 * @param text the logical value, as YAML gives it to a program
 * @param context where the value stands; its keys and neighbours are part of the evidence
 * @returns in the order of the text, without overlaps
 */
export function detectPhi(
  text: string,
  context: TextContext,
  options: DetectOptions = {},
): Detection<IdentifierKind>[] {
  if (text.length < 2) return [];
  const encoded = decodeInContext(text, context);
  if (encoded !== undefined) {
    const inside = detectPhi(encoded, insideOf(context), options);
    const own: Field = { keys: context.keys, text, locate: inPlace };
    if (inside.length > 0) return detectionsFrom([encodedCandidateOf(inside, own)], options);
  }
  return detectionsFrom(candidatesIn(text, context, options), options);
}

/** What is decoded is in base64 no more. */
function insideOf(context: TextContext): TextContext {
  return { ...context, keys: context.keys.filter((key, index) => index > 0 || !ENCODED_SECTIONS.has(key)) };
}

const ENCODED_SECTIONS = new Set(['binaryData', 'data']);

function candidatesIn(text: string, context: TextContext, options: DetectOptions): Candidate[] {
  const hits = hitsIn(text);
  const candidates = proseCandidates(text, context, hits);
  const custom = options.customIdentifiers ?? [];
  if (custom.length === 0 && (!mayHoldIdentifiers(hits, context) || isTranslation(context.keys)))
    return candidates;
  const own: Field = { keys: context.keys, text, locate: inPlace };
  const records = [recordAround(own, context), ...readRecords(own, context.keys)];
  const judge = new RecordJudge(records);
  const fields: Field[] = [];
  for (const record of records) {
    if (record.about === 'definition') continue;
    for (const field of record.fields) {
      if (field.isNeighbour === true) continue;
      fields.push(field);
      const candidate =
        fieldCandidate(field, record, judge) ??
        unnamedCandidate(field, record) ??
        encodedCandidate(field, context, options);
      if (candidate !== undefined) candidates.push(candidate);
      else candidates.push(...listedCandidates(field), ...mixedCandidates(field));
    }
  }
  return custom.length === 0
    ? candidates
    : [...candidates, ...customCandidates(text, fields, context, custom)];
}

/** The text as one field among its neighbours. */
function recordAround(own: Field, context: TextContext): FieldRecord {
  const keys = context.keys.slice(0, -1);
  const neighbours = (context.siblings ?? []).map(
    ({ key, value }): Field => ({ keys: [...keys, key], text: value, locate: inPlace, isNeighbour: true }),
  );
  return { fields: own.text.includes('\n') ? neighbours : [own, ...neighbours], nature: 'lines', keys };
}

/** A field inside the text that is encoded for itself, such as an attachment in JSON. */
function encodedCandidate(field: Field, context: TextContext, options: DetectOptions): Candidate | undefined {
  if (field.text.length < SHORTEST_ENCODED || field.locate === inPlace) return undefined;
  const text = decodeBase64Text(field.text);
  if (text === undefined) return undefined;
  const inside = detectPhi(text, { keys: field.keys, place: context.place }, options);
  return inside.length === 0 ? undefined : encodedCandidateOf(inside, field);
}

const SHORTEST_ENCODED = 32;
