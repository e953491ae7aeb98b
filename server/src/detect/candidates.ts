import type { Field } from './fields.ts';
import { NUMBER_KINDS } from './identifiers/index.ts';
import { maskOf } from './mask.ts';
import { isAllowed, valueHash } from './options.ts';
import { confidenceOf, isAtLeast, THRESHOLDS } from './score.ts';
import type { Detection, DetectOptions, IdentifierKind } from './types.ts';

/** A value that may be an identifier, with the evidence for it. Unlike a detection it holds the value, and never leaves the detector. */
export interface Candidate {
  readonly kind: IdentifierKind;
  readonly label: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly points: number;
  readonly evidence: readonly string[];
  readonly keys: readonly string[];
  readonly encoded?: 'base64';
}

/** What was found inside an encoded field, as one candidate: nothing smaller than the field can be underlined or redacted. */
export function encodedCandidateOf(inside: readonly Detection<IdentifierKind>[], field: Field): Candidate {
  const [surest] = [...inside].sort(
    (a, b) => THRESHOLDS[b.confidence] - THRESHOLDS[a.confidence] || gravityOf(a.kind) - gravityOf(b.kind),
  );
  const labels = [...new Set(inside.map(({ label }) => label))];
  return {
    kind: surest?.kind ?? 'other-id',
    label: surest?.label ?? 'identifier',
    value: field.text,
    start: field.locate(0),
    end: field.locate(field.text.length),
    points: THRESHOLDS[surest?.confidence ?? 'low'],
    evidence: [`inside base64: ${labels.join(', ')}`, ...(surest?.evidence ?? [])],
    keys: field.keys,
    encoded: 'base64',
  };
}

/** The kinds that identify one person for certain, the worst first; a finding about an encoded text is named after the worst inside. */
const GRAVEST: readonly IdentifierKind[] = ['ssn', 'mbi', 'mrn', 'member-id', 'name', 'birth-date'];

function gravityOf(kind: IdentifierKind): number {
  const index = GRAVEST.indexOf(kind);
  return index === -1 ? GRAVEST.length : index;
}

/** Drops what is too weak or allowed; of candidates that overlap, the one with the better evidence stays. */
export function detectionsFrom(
  candidates: readonly Candidate[],
  options: DetectOptions,
): Detection<IdentifierKind>[] {
  const minimum = options.minimumConfidence ?? 'medium';
  const allowed = new Set(candidates.filter(({ value, keys }) => isAllowed(value, keys, options)));
  const wanted = candidates.filter((candidate) => {
    const confidence = confidenceOf(candidate.points);
    if (allowed.has(candidate) || confidence === undefined || !isAtLeast(confidence, minimum)) return false;
    if (options.disabledKinds?.includes(candidate.kind) === true) return false;
    // What is allowed as a field is not to be reported as running text.
    for (const { start, end } of allowed) if (candidate.start < end && start < candidate.end) return false;
    return true;
  });
  return withoutOverlaps(wanted).map(detectionOf);
}

function withoutOverlaps(candidates: readonly Candidate[]): Candidate[] {
  const chosen: Candidate[] = [];
  // The best evidence first; of equal evidence the whole field rather than a part of it.
  const ranked = [...candidates].sort((a, b) => a.start - b.start || b.points - a.points || b.end - a.end);
  for (const candidate of ranked) {
    const last = chosen.at(-1);
    if (last === undefined || candidate.start >= last.end) chosen.push(candidate);
    else if (isBetter(candidate, last)) chosen[chosen.length - 1] = candidate;
  }
  return chosen;
}

function isBetter(candidate: Candidate, other: Candidate): boolean {
  if (candidate.points !== other.points) return candidate.points > other.points;
  return candidate.end - candidate.start > other.end - other.start;
}

function detectionOf(candidate: Candidate): Detection<IdentifierKind> {
  const { kind, label, start, end, evidence, points, value, encoded } = candidate;
  const keep = encoded === undefined && NUMBER_KINDS.has(kind) ? 'last-four' : 'nothing';
  return {
    kind,
    label,
    confidence: confidenceOf(points) ?? 'low',
    start,
    end,
    masked: maskOf(value, keep),
    evidence,
    hash: () => valueHash(value),
    ...(encoded !== undefined ? { encoded } : {}),
  };
}
