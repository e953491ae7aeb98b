import { csvReport } from './csv.ts';
import { markdownReport } from './markdown.ts';
import type { EvidenceReport } from './model.ts';

export const EVIDENCE_FORMATS = ['md', 'csv'] as const;
export type EvidenceFormat = (typeof EVIDENCE_FORMATS)[number];

/** Writes a report in a format. */
export function evidenceAs(format: EvidenceFormat, report: EvidenceReport): string {
  switch (format) {
    case 'md':
      return markdownReport(report);
    case 'csv':
      return csvReport(report);
  }
}
