import { githubReport } from './github.ts';
import { gitlabReport } from './gitlab.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import { prettyReport } from './pretty.ts';
import type { Run } from './run.ts';
import { sarifReport } from './sarif.ts';

export const REPORT_FORMATS = ['pretty', 'json', 'sarif', 'junit', 'github', 'gitlab'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Those in which other programs read the findings of a report. */
export const FINDINGS_FORMATS = ['sarif', 'junit', 'github'] as const satisfies readonly ReportFormat[];
export type FindingsFormat = (typeof FINDINGS_FORMATS)[number];

export function isFindingsFormat(format: string): format is FindingsFormat {
  return FINDINGS_FORMATS.some((one) => one === format);
}

/** Writes a run in a format, in pieces where it may be long. Colour counts for `pretty` alone. */
export function reportAs(
  format: ReportFormat,
  run: Run,
  { colour }: { readonly colour: boolean },
): Iterable<string> {
  switch (format) {
    case 'pretty':
      return [prettyReport(run, { colour })];
    case 'json':
      return jsonReport(run);
    case 'sarif':
      return sarifReport(run);
    case 'junit':
      return [junitReport(run)];
    case 'github':
      return [githubReport(run)];
    case 'gitlab':
      return [gitlabReport(run)];
  }
}
