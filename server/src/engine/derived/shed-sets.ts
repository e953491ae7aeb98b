import { DocumentText } from '../../syntax/documents.ts';
import type { ParsedDocument } from '../../syntax/parse.ts';
import type { Inspection } from '../inspection.ts';
import type { ChartFinding, CheckedRendering, CheckedSet } from './chart-check.ts';
import type { DerivedFinding } from './finding.ts';
import type { DerivedDocument } from './source-map.ts';

/** About what each takes, in bytes, as measured on large public charts: of a document that is read, and of the origins of its text. */
const PER_CHARACTER = 12;
const PER_SPAN = 250;

/**
 * What sets of values hold in memory, in bytes and roughly. Documents that several give are counted with the first.
 *
 * @returns by their order
 */
export function costsOf(sets: readonly CheckedSet[]): number[] {
  const seen = new Set<DocumentText>();
  return sets.map(({ rendering }) => {
    let bytes = 0;
    for (const { derived } of rendering.documents) {
      const { text } = derived.document;
      bytes += seen.has(derived.document) ? 0 : text.length * PER_CHARACTER;
      for (const _ of derived.map.spans(0, text.length)) bytes += PER_SPAN;
      seen.add(derived.document);
    }
    return bytes;
  });
}

const NO_DOCUMENT = new DocumentText('');
const NOTHING_PARSED: ParsedDocument = { text: '', root: undefined, problems: [], comments: [], anchors: [] };
const NO_INSPECTION: Inspection = {
  ...{ document: NO_DOCUMENT, parsed: NOTHING_PARSED, role: 'manifest' },
  ...{ resources: [], pipeline: undefined, facts: [], suppressions: [], reports: [] },
};
const NO_MAP = { spans: () => [], conditionsAt: () => [], skipped: [] };

/** A set of values without its documents: what was found stays, and where. */
export function shed(set: CheckedSet): CheckedSet {
  const { derivation, derived, problems } = set.rendering;
  const rendering: CheckedRendering = {
    derivation,
    derived: { ...derived, documents: derived.documents.map(shedDocument) },
    documents: [],
    waiting: [],
    problems,
    isShed: true,
  };
  return { rendering, found: set.found.map(shedFinding) };
}

/** Findings, without the documents of sets that have been shed. */
export function withoutDocuments(
  findings: readonly ChartFinding[],
  shedSets: ReadonlyMap<CheckedRendering, CheckedRendering>,
): ChartFinding[] {
  return findings.map((finding) => {
    const rendering = shedSets.get(finding.rendering);
    return rendering === undefined ? finding : { ...shedFinding(finding), rendering };
  });
}

function shedDocument({ file, name }: DerivedDocument): DerivedDocument {
  return { document: NO_DOCUMENT, map: NO_MAP, file, name };
}

function shedFinding(finding: DerivedFinding): DerivedFinding {
  const occurrences = finding.occurrences.map((occurrence) => ({
    checked: {
      derived: shedDocument(occurrence.checked.derived),
      inspection: NO_INSPECTION,
      findings: [],
    },
    finding: occurrence.finding,
  }));
  return { ...finding, occurrences };
}
