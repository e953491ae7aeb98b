import { Redactor } from '../redaction.ts';
import type { CheckedFile } from '../run.ts';
import type { EvidenceReport } from './model.ts';

/** Parts of a report in which nothing comes from the files. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  'provenance',
  'rules',
  'citations',
  'title',
  'id',
  'rulesOff',
  'safeguard',
  'status',
]);

/** Parts whose `id` is a name from the files. */
const NAMED_BY_FILES: ReadonlySet<string> = new Set(['reach']);

/**
 * A report without anything that was flagged as PHI or as a credential in any of the files: also names of objects, which the report repeats far from
 * where they stand, may tell who somebody is.
 */
export function cleaned(report: EvidenceReport, files: readonly CheckedFile[]): EvidenceReport {
  const redactors = files
    .filter(({ findings }) => findings.length > 0)
    .map((file) => new Redactor(file))
    .filter(({ hidden }) => hidden.length > 0);
  if (redactors.length === 0) return report;
  const clean = (text: string) => redactors.reduce((said, redactor) => redactor.clean(said), text);
  return mapTexts(report, clean, OWN_WORDS) as EvidenceReport;
}

function mapTexts(value: unknown, clean: (text: string) => string, kept: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, clean, kept));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (NAMED_BY_FILES.has(key)) return [key, mapTexts(item, clean, new Set())];
      return [key, kept.has(key) ? item : mapTexts(item, clean, kept)];
    }),
  );
}
