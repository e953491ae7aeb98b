import { NUMBER_KINDS } from './identifiers/index.ts';
import { maskOf } from './mask.ts';
import { confidenceOf, isAtLeast } from './score.ts';
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
}

/** Drops what is too weak or allowed; of candidates that overlap, the one with the better evidence stays. */
export function detectionsFrom(
  candidates: readonly Candidate[],
  _text: string,
  options: DetectOptions,
): Detection<IdentifierKind>[] {
  const minimum = options.minimumConfidence ?? 'medium';
  const strong = candidates.filter(({ kind, points }) => {
    const confidence = confidenceOf(points);
    return (
      confidence !== undefined &&
      isAtLeast(confidence, minimum) &&
      options.disabledKinds?.includes(kind) !== true
    );
  });
  const chosen: Candidate[] = [];
  let lastEnd = -1;
  for (const candidate of [...strong].sort((a, b) => a.start - b.start || b.points - a.points)) {
    const last = chosen.at(-1);
    if (last !== undefined && candidate.start < lastEnd) {
      if (candidate.points <= last.points) continue;
      chosen.pop();
    }
    chosen.push(candidate);
    lastEnd = candidate.end;
  }
  return chosen.map(detectionOf);
}

function detectionOf(candidate: Candidate): Detection<IdentifierKind> {
  const { kind, label, start, end, evidence, points, value } = candidate;
  return {
    kind,
    label,
    confidence: confidenceOf(points) ?? 'low',
    start,
    end,
    masked: maskOf(value, NUMBER_KINDS.has(kind) ? 'last-four' : 'nothing'),
    evidence,
  };
}
