import { isActive } from '../engine/finding.ts';
import type { Severity } from '../rules/rule.ts';
import { fingerprintOf } from './fingerprint.ts';
import { Redactor } from './redaction.ts';
import type { CheckedFile, Run } from './run.ts';

const SEVERITIES: Readonly<Record<Severity, string>> = {
  error: 'critical',
  warning: 'major',
  information: 'info',
};

/**
 * A Code Quality report, which GitLab shows in merge requests. Suppressed findings are left out: the format has no place for them.
 *
 * Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function gitlabReport(run: Run): string {
  const seen = new Map<string, number>();
  const issues = run.files.flatMap((file) => issuesOf(file, seen));
  return `${JSON.stringify(issues, undefined, 2)}\n`;
}

/** @param seen how often each fingerprint has been used, since GitLab shows only one issue of each */
function issuesOf(file: CheckedFile, seen: Map<string, number>) {
  const redactor = new Redactor(file);
  return file.findings
    .filter(({ finding }) => isActive(finding))
    .map((fileFinding) => {
      const { finding, place } = fileFinding;
      const fingerprint = fingerprintOf(file, fileFinding);
      const before = seen.get(fingerprint) ?? 0;
      seen.set(fingerprint, before + 1);
      return {
        description: redactor.clean(finding.message),
        check_name: finding.rule,
        fingerprint: before === 0 ? fingerprint : `${fingerprint}-${before + 1}`,
        severity: SEVERITIES[finding.severity],
        location: { path: file.path, lines: { begin: place.start.line + 1, end: place.end.line + 1 } },
      };
    });
}
