import type { ChartFinding } from '../engine/derived/chart-check.ts';
import { DocumentText } from '../syntax/documents.ts';
import type { CheckedDocument, ElsewherePlace } from './file-checker.ts';
import type { WorkspaceChart } from './workspace-chart.ts';

/** The findings of a chart by its files, in each as if they were those of one document. */
export function findingsByFile(
  findings: readonly ChartFinding[],
  chart: Pick<WorkspaceChart, 'text' | 'uriOf'>,
): ReadonlyMap<string, CheckedDocument> {
  const documents = new Map<string, DocumentText>();
  const documentOf = (file: string) => {
    const document = documents.get(file) ?? new DocumentText(chart.text(file) ?? '');
    documents.set(file, document);
    return document;
  };
  const placeOf = ({ file, range, message }: ChartFinding['related'][number]): ElsewherePlace => {
    const { lines } = documentOf(file);
    const [start, end] = [lines.positionAt(range.start), lines.positionAt(range.end)];
    return { uri: chart.uriOf(file), start, end, message };
  };
  const byFile = new Map<string, ChartFinding[]>();
  for (const finding of findings) byFile.set(finding.file, [...(byFile.get(finding.file) ?? []), finding]);
  return new Map(
    [...byFile].map(([file, found]): [string, CheckedDocument] => {
      const elsewhere = new Map(found.map(({ finding, related }) => [finding, related.map(placeOf)]));
      const own = found
        .map(({ finding }) => finding)
        .sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
      const placed = { document: documentOf(file), start: 0, startLine: 0 };
      return [file, { placed, result: { findings: own, failures: [], elsewhere } }];
    }),
  );
}
