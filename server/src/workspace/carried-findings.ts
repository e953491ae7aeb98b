import type { ChartFinding, CheckedChart } from '../engine/derived/chart-check.ts';
import { TEMPLATE_ERROR_RULE } from '../engine/derived/chart-problems.ts';
import type { FileContents } from '../helm/index.ts';
import type { OffsetRange } from '../syntax/ranges.ts';

type Texts = ReadonlyMap<string, FileContents>;

/**
 * The findings of a chart, with those of templates that do not render at the moment as they were when they last did: while somebody types, a
 * broken template is no repaired one.
 */
export function carriedOver(before: CheckedChart, oldTexts: Texts, now: CheckedChart, texts: Texts): ChartFinding[] {
  const rendered = filesRendered(now);
  const isBroken = now.renderings.some(({ problems }) => problems.length > 0);
  const lost = isBroken ? [...filesRendered(before)].filter((file) => !rendered.has(file)) : [];
  if (lost.length === 0) return [...now.findings];
  const kept = before.findings.flatMap((finding) => {
    const files = finding.occurrences.map(({ checked }) => checked.derived.file);
    if (finding.finding.rule === TEMPLATE_ERROR_RULE || !files.every((file) => lost.includes(file))) return [];
    const range = moved(finding.finding.range, oldTexts.get(finding.file), texts.get(finding.file));
    return range === undefined ? [] : [{ ...finding, finding: { ...finding.finding, range, fixes: [] }, related: [] }];
  });
  return [...now.findings, ...kept];
}

function filesRendered({ renderings }: CheckedChart): Set<string> {
  return new Set(renderings.flatMap(({ derived }) => derived.documents.map(({ file }) => file)));
}

/** Where a range stands after an edit; undefined when the edit touches it. */
function moved(
  range: OffsetRange,
  before: FileContents | undefined,
  after: FileContents | undefined,
): OffsetRange | undefined {
  if (before === after) return range;
  if (typeof before !== 'string' || typeof after !== 'string') return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  if (range.end <= start) return range;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  if (range.start < before.length - tail) return undefined;
  const shift = after.length - before.length;
  return { start: range.start + shift, end: range.end + shift };
}
