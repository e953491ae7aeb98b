import { DocumentText } from '../../syntax/documents.ts';
import { SUPPRESSION_RULE } from '../suppressions.ts';
import type { ChartCheckOptions, ChartFinding, CheckedRendering, CheckedSet } from './chart-check.ts';
import type { ChartSource } from './chart-source.ts';
import { Locator } from './locate.ts';
import { suppressionsOfFile } from './suppressions.ts';
import type { TypedFiles } from './typed-files.ts';

/**
 * The findings of a chart, with what is to be said of its suppressions: whether one covers anything shows when all sets of values have been checked,
 * and nothing has failed to render.
 */
export function withJudgedSuppressions(
  findings: readonly ChartFinding[],
  sets: readonly CheckedSet[],
  source: ChartSource,
  { checker, isBehind = false }: ChartCheckOptions,
  files: TypedFiles,
): ChartFinding[] {
  const [first] = sets;
  if (first === undefined) return [...findings];
  const { rendering } = first;
  const isDecided = !isBehind && sets.every((set) => isWhole(set.rendering));
  const used = new Set(
    sets.flatMap(({ found }) =>
      found.flatMap(({ file, finding: { rule, suppression } }) =>
        suppression === undefined ? [] : `${file} ${suppression.range.start} ${rule}`,
      ),
    ),
  );
  const own = filesWithSuppressions(sets, source).flatMap((file) => {
    if (!rendering.derivation.isOwn(file)) return [];
    const isUsed = ({ range }: { range: { start: number } }, rule: string) =>
      used.has(`${file} ${range.start} ${rule}`) || (isDecided ? false : undefined);
    const document = new DocumentText(source.text(file) ?? '');
    return checker
      .findingsOn(document, suppressionsOfFile(files, file), isUsed)
      .map((finding): ChartFinding => {
        return { file, finding, related: [], occurrences: [], rendering };
      });
  });
  const confirmed = isDecided
    ? unusedInAll(findings, sets, files)
    : findings.filter((found) => !isUnused(found));
  return [...confirmed, ...own];
}

function isWhole({ waiting, problems, derived }: CheckedRendering): boolean {
  return waiting.length === 0 && problems.length === 0 && (derived.broken?.size ?? 0) === 0;
}

/** The values files and templates of the chart that ask to leave something alone. */
function filesWithSuppressions(sets: readonly CheckedSet[], { files }: ChartSource): string[] {
  const values = new Set(sets.flatMap(({ rendering }) => rendering.derivation.valueSet.files));
  return [...files]
    .filter(([file]) => values.has(file) || CAN_SUPPRESS.test(file))
    .filter(([, text]) => typeof text === 'string' && text.includes('kube-safeguards-ignore'))
    .map(([file]) => file);
}

const CAN_SUPPRESS = /^(?:charts\/[^/]+\/)*(?:values\.yaml$|templates\/)/;

/** Of a comment that a template writes, what one document has no use for another may need. */
function unusedInAll(
  findings: readonly ChartFinding[],
  sets: readonly CheckedSet[],
  files: TypedFiles,
): ChartFinding[] {
  if (!findings.some(isUnused)) return [...findings];
  const used = new Set(sets.flatMap(({ rendering }) => usedComments(rendering, files)));
  return findings.filter(
    (found) => !isUnused(found) || !used.has(`${found.file} ${found.finding.range.start}`),
  );
}

function isUnused({ finding, occurrences }: ChartFinding): boolean {
  return finding.rule === SUPPRESSION_RULE && finding.messageId === 'unused' && occurrences.length > 0;
}

function usedComments({ derivation, documents }: CheckedRendering, files: TypedFiles): string[] {
  const locator = new Locator(derivation, files);
  return documents.flatMap(({ derived, inspection, findings }) =>
    findings.flatMap((finding) => {
      const { suppression } = finding;
      if (suppression === undefined || suppression.reach === 'configuration') return [];
      const comment = { ...finding, rule: SUPPRESSION_RULE, range: suppression.range, path: [], fixes: [] };
      const place = locator.placeOf(comment, { derived, parsed: inspection.parsed });
      return place === undefined ? [] : `${place.file} ${place.range.start}`;
    }),
  );
}
