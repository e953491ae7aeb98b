import type { Checker } from '../checker.ts';
import type { Inspection } from '../inspection.ts';
import type { ChartSource } from './chart-source.ts';
import type { CheckedDerived } from './finding.ts';
import type { DerivedDocument } from './source-map.ts';

/** Documents that a chart gives, looked at each by itself. */
export interface LookedAt {
  readonly inspections: ReadonlyMap<DerivedDocument, Inspection>;
  /** Documents that have been left for later, as they were when they were last looked at. */
  readonly waiting: readonly CheckedDerived[];
}

/** How documents that somebody edits are looked at. */
export interface Editing {
  /** The documents of the last time. */
  readonly before: readonly CheckedDerived[];
  /** So many documents have all rules run over them; others that were looked at before then wait. Absent: all. */
  readonly documents?: number | undefined;
  /** Files whose own documents come first. */
  readonly edited: ReadonlySet<string>;
}

/**
 * Looks at documents. Of one that differs from what it was before in some values alone, only the rules that have read these run again, so
 * such documents never wait.
 *
 * @param editing absent where no edits are expected: then nothing is remembered for them
 */
export function lookAt(
  documents: readonly DerivedDocument[],
  source: ChartSource,
  checker: Checker,
  editing: Editing | undefined,
): LookedAt {
  const inspections = new Map<DerivedDocument, Inspection>();
  const before = new Map(editing?.before.map((one) => [one.derived.name, one]));
  const changed = documents.filter((derived) => {
    const known = source.inspected(checker, derived.document);
    if (known !== undefined) inspections.set(derived, known);
    return known === undefined;
  });
  const isFirst = ({ file }: DerivedDocument) => editing?.edited.has(file) === true;
  const inOrder = [...changed.filter(isFirst), ...changed.filter((one) => !isFirst(one))];
  const waiting: CheckedDerived[] = [];
  let left = editing?.documents ?? Number.POSITIVE_INFINITY;
  for (const derived of inOrder) {
    const last = before.get(derived.name);
    if (left <= 0 && last !== undefined) {
      waiting.push(last);
      continue;
    }
    const { document } = derived;
    // The same text may be there twice.
    const known = source.inspected(checker, document);
    const inspection =
      known ??
      (editing === undefined ? checker.inspect(document) : checker.inspectAgain(document, last?.inspection));
    if (inspection.watched?.isTakenOver !== true) left--;
    source.keepInspection(checker, inspection);
    inspections.set(derived, inspection);
  }
  return { inspections, waiting };
}
