import { csvReport } from './csv.ts';
import { htmlReport } from './html/page.ts';
import { markdownReport } from './markdown.ts';
import type { EvidenceReport } from './model.ts';
import { oscalReport } from './oscal.ts';

export const EVIDENCE_FORMATS = ['html', 'md', 'csv', 'oscal'] as const;
export type EvidenceFormat = (typeof EVIDENCE_FORMATS)[number];

/** Writes a report in a format. */
export function evidenceAs(format: EvidenceFormat, report: EvidenceReport): string {
  switch (format) {
    case 'html':
      return htmlReport(report);
    case 'md':
      return markdownReport(report);
    case 'csv':
      return csvReport(report);
    case 'oscal':
      return oscalReport(report);
  }
}
