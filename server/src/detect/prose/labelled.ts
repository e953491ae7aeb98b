import type { Candidate } from '../candidates.ts';
import { isPlainlyGivenName } from '../identifiers/given-names.ts';
import { SHAPES } from '../identifiers/index.ts';
import { isOtherWord, nameTokensOf } from '../identifiers/names.ts';
import { isPlaceholder } from '../placeholders.ts';
import { pointsOf, type Witness } from '../score.ts';
import type { TextContext } from '../types.ts';
import { speaksOfExample } from './alone.ts';
import { LABEL_AT, LABELS_IN_LINE, labelOf, type ProseLabel } from './labels.ts';

/** A value behind words that name it. */
export interface NamedCandidate extends Candidate {
  /** Enough to say that the line is about a person. */
  readonly own: boolean;
}

/** The value behind words that start at an offset. */
export function labelledAt(text: string, offset: number, context: TextContext): NamedCandidate | undefined {
  LABEL_AT.lastIndex = offset;
  const words = LABEL_AT.exec(text)?.[0];
  return words === undefined ? undefined : valueBehind(text, offset, words, context, 0);
}

/** All values behind words that name them, in one line that starts at an offset of the text. */
export function labelledInLine(line: string, lineStart: number, context: TextContext): NamedCandidate[] {
  const found: NamedCandidate[] = [];
  for (const match of line.matchAll(LABELS_IN_LINE)) {
    const candidate = valueBehind(line, match.index, match[0], context, lineStart);
    if (candidate !== undefined) found.push(candidate);
  }
  return found;
}

/** What may stand between the words and the value. */
const BETWEEN =
  /['")\]]{0,2}\.?(?: ?(?:number|no\.?|is|was|are|at|on|of|#))?[ \t]{0,2}[:=#|-]{0,2}[ \t'"(#]{0,3}/y;

/** @param shift how far the text stands from the beginning of the whole */
function valueBehind(
  text: string,
  offset: number,
  words: string,
  context: TextContext,
  shift: number,
): NamedCandidate | undefined {
  const label = labelOf(words);
  BETWEEN.lastIndex = offset + words.length;
  const between = BETWEEN.exec(text)?.[0] ?? '';
  if (label === undefined || between === '') return undefined;
  const start = offset + words.length + between.length;
  const value = valueAt(text, start, label);
  if (value === undefined || isPlaceholder(value)) return undefined;
  const keyWords = label.kind === 'name' ? ['name'] : words.toLowerCase().split(/\W+/);
  const shape = SHAPES[label.kind](value, keyWords);
  if (shape === undefined) return undefined;
  const { own, witness } = strengthOf(label, words, value);
  const witnesses: Witness[] = [shape.witness, ...(shape.further ?? []), witness];
  if (speaksOfExample(text.slice(Math.max(0, offset - 30), offset))) witnesses.push('exampleWords');
  return {
    kind: label.kind,
    label: label.label,
    value,
    start: shift + start,
    end: shift + start + value.length,
    points: pointsOf(witnesses),
    evidence: [shape.words, `after the words "${words.toLowerCase()}"`],
    keys: context.keys,
    own,
  };
}

function valueAt(text: string, start: number, label: ProseLabel): string | undefined {
  label.value.lastIndex = start;
  const written = label.value.exec(text)?.[0];
  if (written === undefined || label.kind !== 'name') return written;
  const name = withoutOtherWords(written);
  return name === '' ? undefined : name;
}

/** "Dolores Haverford MRN": the words behind the name are none of it. */
function withoutOtherWords(name: string): string {
  let end = name.length;
  for (let start = name.lastIndexOf(' ', end - 1); start !== -1; start = name.lastIndexOf(' ', end - 1)) {
    if (!isOtherWord(name.slice(start + 1, end))) break;
    end = start;
  }
  return withoutPossessive(name.slice(0, end));
}

/** "Jane Doe's chart", 'Jane Doe', "Jane Doe." */
function withoutPossessive(name: string): string {
  return name.replace(/(?:['’]s?|[,.])$/, '');
}

function strengthOf(label: ProseLabel, words: string, value: string): { own: boolean; witness: Witness } {
  if (label.kind !== 'name') {
    // Providers' numbers make no line one about a patient.
    const own = label.own && label.kind !== 'npi' && label.kind !== 'dea';
    return { own, witness: label.own ? 'ownKey' : 'generalKey' };
  }
  if (/^name$/i.test(words)) return { own: false, witness: 'generalKey' };
  if (/name/i.test(words)) return { own: true, witness: 'ownKey' };
  const isKnown = nameTokensOf(value)?.some(isPlainlyGivenName) === true;
  return { own: isKnown, witness: isKnown ? 'healthWords' : 'generalKey' };
}
