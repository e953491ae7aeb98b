import type { Candidate } from '../candidates.ts';
import { subjectOf } from '../keys/meaning.ts';
import type { Hits } from '../scan/hits.ts';
import { pointsOf } from '../score.ts';
import type { TextContext } from '../types.ts';
import { candidatesByShape } from './alone.ts';
import { labelledAt, labelledInLine, type NamedCandidate } from './labelled.ts';
import { linesAround } from './lines.ts';
import { pathCandidateAt } from './paths.ts';
import { datesIn, type ShapeInLine, shapesIn } from './shapes.ts';

/**
 * Identifiers in running text: comments, notes, log lines, commands, paths. Either a shape that stands for itself, or words that name the
 * identifier with the value behind them ("MRN: 00482913", "patient Jane Doe"), or values beside one of these in the same line.
 */
export function proseCandidates(text: string, context: TextContext, hits: Hits): Candidate[] {
  const found: Candidate[] = [...candidatesByShape(text, context)];
  const anchors: Candidate[] = [...found];
  for (const offset of hits.identifiers) {
    for (const candidate of [labelledAt(text, offset, context), pathCandidateAt(text, offset, context)]) {
      if (candidate === undefined) continue;
      found.push(candidate);
      if (candidate.own) anchors.push(candidate);
    }
  }
  for (const { start, end } of linesAround(text, anchors)) {
    const line = text.slice(start, end);
    const named = labelledInLine(line, start, context).map(supported);
    found.push(...named, ...shapesInLine(line, start, context));
  }
  return found.length === 0 && subjectOf(context.keys) !== 'person'
    ? found
    : [...found, ...listed(text, context)];
}

function supported(candidate: NamedCandidate): Candidate {
  return candidate.own ? candidate : { ...candidate, points: candidate.points + pointsOf(['personRecord']) };
}

const SHORTEST_LISTED_LINE = 5;
const LONGEST_LISTED_LINE = 200;
const SSN_IN_LINE = /\b\d{3}-\d{2}-\d{4}\b/;
const SETTING = /^\s*(?:[\w.-]+\s*[:=]|[[{<#])/;

/** Lines of a list without a header that stands under a key about persons: `patients.txt`. */
function listed(text: string, context: TextContext): Candidate[] {
  if (/^\s*[[{<]/.test(text) || subjectOf(context.keys) !== 'person') return [];
  const found: Candidate[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const line = end - start > LONGEST_LISTED_LINE ? '' : text.slice(start, end);
    if (line.length >= SHORTEST_LISTED_LINE && !SETTING.test(line)) {
      const shapes = shapesIn(line);
      const isRecord = shapes.some(({ kind }) => kind === 'name') || SSN_IN_LINE.test(line);
      const all = isRecord ? [...shapes, ...datesIn(line)] : shapes;
      found.push(
        ...all.map((shape) => candidateIn(line, start, context, shape, 'under a key about persons')),
      );
    }
    start = end + 1;
  }
  return found;
}

/** What in a line about a person looks like an identifier. */
function shapesInLine(line: string, offset: number, context: TextContext): Candidate[] {
  return shapesIn(line).map((shape) => candidateIn(line, offset, context, shape, 'in a line about a person'));
}

function candidateIn(
  line: string,
  offset: number,
  { keys }: TextContext,
  { kind, label, start, end, words, further }: ShapeInLine,
  reason: string,
): Candidate {
  return {
    kind,
    label,
    value: line.slice(start, end),
    start: offset + start,
    end: offset + end,
    points: pointsOf(['usualShape', 'personRecord', ...further]),
    evidence: [words, reason],
    keys,
  };
}
