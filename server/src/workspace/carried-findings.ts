import type { ChartFinding, CheckedChart, CheckedSet } from '../engine/derived/chart-check.ts';
import type { DerivationProblem } from '../engine/derived/source-map.ts';
import type { FileContents } from '../helm/index.ts';
import type { OffsetRange } from '../syntax/ranges.ts';
import { shiftBetween } from './shifted-ranges.ts';

type Texts = ReadonlyMap<string, FileContents>;

/** Where a range of a file stands after edits; undefined when they touch it. */
export type Moves = (file: string, range: OffsetRange) => OffsetRange | undefined;

/**
 * The findings of a chart, with those of templates that do not render at the moment as they were when they last did: while somebody types, a
 * broken template is no repaired one.
 */
export function carriedOver(
  before: CheckedChart,
  moved: Moves,
  now: CheckedChart,
  texts: Texts,
): ChartFinding[] {
  if (!now.sets.some(({ rendering }) => rendering.problems.some(isBroken))) return [...now.findings];
  const rendered = new Set(
    now.sets.flatMap(({ rendering }) => rendering.derived.documents.map(({ file }) => file)),
  );
  const kept = before.findings.flatMap((finding) => {
    const files = finding.occurrences.map(({ checked }) => checked.derived.file);
    const isLost = files.length > 0 && files.every((file) => !rendered.has(file) && texts.has(file));
    if (!isLost) return [];
    const range = moved(finding.file, finding.finding.range);
    return range === undefined || isTold(finding, range, now)
      ? []
      : [{ ...finding, finding: { ...finding.finding, range, fixes: [] }, related: [] }];
  });
  return [...now.findings, ...kept];
}

/** Whether the text of a broken template says the same by itself. */
function isTold({ file, finding: { rule } }: ChartFinding, range: OffsetRange, now: CheckedChart): boolean {
  return now.findings.some(
    (other) =>
      other.file === file &&
      other.finding.rule === rule &&
      other.finding.range.start < range.end &&
      range.start < other.finding.range.end,
  );
}

/** A chart that stops because it wants other values is as it is meant to be. */
function isBroken({ kind, message }: DerivationProblem): boolean {
  return kind !== 'missing-dependency' && kind !== 'schema' && !message.startsWith('execution error at ');
}

/** The findings of a set of values that is not rendered at the moment, where they stand after edits. */
export function shiftedSet({ rendering, found }: CheckedSet, moved: Moves): CheckedSet {
  const shifted = found.flatMap((finding) => {
    const range = moved(finding.file, finding.finding.range);
    return range === undefined ? [] : [{ ...finding, finding: { ...finding.finding, range } }];
  });
  return { rendering, found: shifted };
}

/** What edits of files do to ranges in them. Each file is compared once. */
export function movesBetween(before: Texts, after: Texts): Moves {
  const moves = new Map<string, (range: OffsetRange) => OffsetRange | undefined>();
  return (file, range) => {
    const move = moves.get(file) ?? moveBetween(before.get(file), after.get(file));
    moves.set(file, move);
    return move(range);
  };
}

function moveBetween(
  before: FileContents | undefined,
  after: FileContents | undefined,
): (range: OffsetRange) => OffsetRange | undefined {
  if (before === after) return (range) => range;
  if (typeof before !== 'string' || typeof after !== 'string') return () => undefined;
  return shiftBetween(before, after);
}
