import type { Candidate } from '../candidates.ts';
import { isGivenName } from '../identifiers/given-names.ts';
import { SHAPES } from '../identifiers/index.ts';
import { isOtherWord, nameTokensOf } from '../identifiers/names.ts';
import { subjectOf } from '../keys/meaning.ts';
import { isPlaceholder } from '../placeholders.ts';
import { pointsOf, type Witness } from '../score.ts';
import type { TextContext } from '../types.ts';
import { candidatesByShape, speaksOfExample } from './alone.ts';
import { LABELS, labelOf } from './labels.ts';
import { shapesIn } from './shapes.ts';

/**
 * Identifiers in running text: comments, notes, log lines, commands, paths. Either a shape that stands for itself, or words that name the
 * identifier with the value behind them ("MRN: 00482913", "patient Jane Doe"), or values beside one of these in the same line.
 */
export function proseCandidates(text: string, context: TextContext): Candidate[] {
  const alone = [...candidatesByShape(text, context)];
  const named = [...labelledCandidates(text, context), ...pathCandidates(text, context)];
  const anchors = [...alone, ...named.filter(({ own }) => own)];
  const lines = new LinesAround(text, anchors);
  const supported = named.map((candidate) =>
    candidate.own || !lines.speakOfPerson(candidate.start)
      ? candidate
      : { ...candidate, points: candidate.points + pointsOf(['personRecord']) },
  );
  return [...alone, ...supported, ...lines.candidates(context), ...listedCandidates(text, context)];
}

const LONGEST_LISTED_LINE = 200;
const SETTING = /^\s*(?:[\w.-]+\s*[:=]|[[{<#])/;

/** Lines of a list without a header that stands under a key about persons: `patients.txt`. */
function listedCandidates(text: string, context: TextContext): Candidate[] {
  if (!text.includes('\n') || subjectOf(context.keys) !== 'person') return [];
  const found: Candidate[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const line = end - start > LONGEST_LISTED_LINE ? '' : text.slice(start, end);
    if (!SETTING.test(line))
      found.push(...supportedShapes(line, start, context, 'under a key about persons'));
    start = end + 1;
  }
  return found;
}

/** What in a line about a person looks like an identifier. */
function supportedShapes(line: string, offset: number, context: TextContext, reason: string): Candidate[] {
  return shapesIn(line).map(({ kind, label, start, end, words, further }) => ({
    kind,
    label,
    value: line.slice(start, end),
    start: offset + start,
    end: offset + end,
    points: pointsOf(['usualShape', 'personRecord', ...further]),
    evidence: [words, reason],
    keys: context.keys,
  }));
}

interface NamedCandidate extends Candidate {
  /** Enough to say that the line is about a person. */
  readonly own: boolean;
}

/** What may stand between the words and the value. */
const BETWEEN =
  /['")\]]{0,2}\.?(?: ?(?:number|no\.?|is|was|are|at|on|of|#))?[ \t]{0,2}[:=#-]{0,2}[ \t'"(#]{0,3}/y;

function* labelledCandidates(text: string, context: TextContext): Generator<NamedCandidate> {
  LABELS.lastIndex = 0;
  for (let match = LABELS.exec(text); match !== null; match = LABELS.exec(text)) {
    const words = match[0];
    BETWEEN.lastIndex = match.index + words.length;
    const between = BETWEEN.exec(text)?.[0];
    if (between === undefined || between === '') continue;
    const start = match.index + words.length + between.length;
    const label = labelOf(words);
    if (label === undefined) continue;
    label.value.lastIndex = start;
    const written = label.value.exec(text)?.[0];
    const value = label.kind === 'name' && written !== undefined ? withoutOtherWords(written) : written;
    if (value === undefined || value === '' || isPlaceholder(value)) continue;
    const shape = SHAPES[label.kind](
      value,
      label.kind === 'name' ? ['name'] : words.toLowerCase().split(/\W+/),
    );
    if (shape === undefined) continue;
    const witnesses: Witness[] = [shape.witness, ...(shape.further ?? [])];
    let own = label.own && label.kind !== 'npi' && label.kind !== 'dea';
    if (label.kind === 'name') {
      const isKnown = nameTokensOf(value)?.some(isGivenName) === true;
      const isNamed = /name/i.test(words);
      witnesses.push(isNamed ? 'ownKey' : isKnown ? 'healthWords' : 'generalKey');
      own = isNamed || isKnown;
    } else witnesses.push(label.own ? 'ownKey' : 'generalKey');
    const before = text.slice(Math.max(0, match.index - 30), match.index);
    if (speaksOfExample(before)) witnesses.push('exampleWords');
    yield {
      kind: label.kind,
      label: label.label,
      value,
      start,
      end: start + value.length,
      points: pointsOf(witnesses),
      evidence: [shape.words, `after the words "${words.toLowerCase()}"`],
      keys: context.keys,
      own,
    };
  }
}

/** "Dolores Haverford MRN": the words behind the name are none of it. */
function withoutOtherWords(name: string): string {
  let end = name.length;
  for (let start = name.lastIndexOf(' ', end - 1); start !== -1; start = name.lastIndexOf(' ', end - 1)) {
    if (!isOtherWord(name.slice(start + 1, end))) break;
    end = start;
  }
  return name.slice(0, end).replace(/[,.]$/, '');
}

/** `/patients/00482913`, `Patient/00482913`, `patient-jane-doe`. */
const PATIENT_PATH =
  /(?<![A-Za-z])patients?[/](?<id>\d{6,12})(?![\w.-]*\.\w)(?!\w)|(?<![A-Za-z])patients?[-._](?<name>[a-z]{2,20}[-._][a-z]{2,20})(?![\w])/gi;

function* pathCandidates(text: string, context: TextContext): Generator<NamedCandidate> {
  for (const match of text.matchAll(PATIENT_PATH)) {
    const { id, name } = match.groups ?? {};
    const value = id ?? name ?? '';
    if (name !== undefined && (context.place !== 'metadata' || !isJoinedName(name))) continue;
    const start = match.index + match[0].length - value.length;
    yield {
      kind: id === undefined ? 'name' : 'mrn',
      label: id === undefined ? 'name' : 'patient identifier',
      value,
      start,
      end: start + value.length,
      points: pointsOf(['looseShape', 'personKey']),
      evidence: ['in a path or name behind the word "patient"'],
      keys: context.keys,
      own: true,
    };
  }
}

function isJoinedName(text: string): boolean {
  const tokens = nameTokensOf(text);
  return tokens !== undefined && isGivenName(tokens[0] ?? '') && tokens.length > 1;
}

/** The lines of a text in which something identifies a person. */
class LinesAround {
  readonly #text: string;
  /** Ranges of lines, ascending, with the reason why they are about a person. */
  readonly #lines: { start: number; end: number }[] = [];

  constructor(text: string, anchors: readonly Candidate[]) {
    this.#text = text;
    for (const { start } of [...anchors].sort((a, b) => a.start - b.start)) {
      const last = this.#lines.at(-1);
      if (last !== undefined && start < last.end) continue;
      const lines = this.#linesAround(start);
      if (!this.#isData(lines.start, lines.end)) this.#lines.push(lines);
    }
  }

  /** The line of an offset and its neighbours: a sentence goes on, a note has a line for each value. */
  #linesAround(offset: number): { start: number; end: number } {
    const text = this.#text;
    let start = text.lastIndexOf('\n', offset - 1);
    if (start > 0) start = text.lastIndexOf('\n', start - 1);
    let end = text.indexOf('\n', offset);
    if (end !== -1) end = text.indexOf('\n', end + 1);
    return { start: start + 1, end: end === -1 ? text.length : end };
  }

  speakOfPerson(offset: number): boolean {
    let low = 0;
    let high = this.#lines.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const line = this.#lines[middle];
      if (line === undefined) return false;
      if (offset < line.start) high = middle - 1;
      else if (offset >= line.end) low = middle + 1;
      else return true;
    }
    return false;
  }

  /** In data that is long or delimited, a line is no sign of belonging together; its own readers know better. */
  #isData(start: number, end: number): boolean {
    if (end - start > 1000) return true;
    const line = this.#text.slice(start, end);
    return /^\s*[[{<]|":|(?:[,|\t;][^,|\t;\n]*){4}/.test(line);
  }

  candidates(context: TextContext): Candidate[] {
    return this.#lines.flatMap(({ start, end }) =>
      supportedShapes(this.#text.slice(start, end), start, context, 'in a line about a person'),
    );
  }
}
