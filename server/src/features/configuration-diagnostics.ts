import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { Finding } from '../engine/finding.ts';
import type { Severity } from '../rules/rule.ts';
import type { OffsetRange } from '../syntax/ranges.ts';
import type { ConfigurationSource } from '../workspace/configurations.ts';
import { SourceFile } from '../workspace/source-file.ts';
import { type ConfigurationProblem, DIAGNOSTIC_SOURCE } from './protocol.ts';
import { SKIP_REASONS } from './skip-note.ts';

/** The `code` of everything that is wrong in a configuration file. */
const CODE = 'configuration-invalid';

/** @param evidence what in the file no longer counts as evidence */
export function configurationDiagnostics(
  { uri, text, file }: ConfigurationSource,
  evidence: readonly Finding[],
  pageOf: (rule: string) => string,
): Diagnostic[] {
  const source = new SourceFile(uri, text);
  const rangeOf = ({ start, end }: OffsetRange) => ({
    start: source.positionAt(start),
    end: source.positionAt(end),
  });
  const problems = file.problems.map(({ range, message }) => ({
    range: rangeOf(range),
    severity: DiagnosticSeverity.Error,
    code: CODE,
    source: DIAGNOSTIC_SOURCE,
    message,
  }));
  const findings = evidence.map(({ range, severity, rule, message }) => ({
    range: rangeOf(range),
    severity: SEVERITIES[severity],
    code: rule,
    codeDescription: { href: pageOf(rule) },
    source: DIAGNOSTIC_SOURCE,
    message,
  }));
  return [...problems, ...findings];
}

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

/** The same for those who do not have the file open. */
export function configurationProblems({
  uri,
  text,
  file,
  skipped,
}: ConfigurationSource): ConfigurationProblem[] {
  if (skipped !== undefined) {
    return [{ uri, line: 0, message: `The configuration file does not count: ${SKIP_REASONS[skipped]}.` }];
  }
  const source = new SourceFile(uri, text);
  return file.problems.map(({ range, message }) => ({
    uri,
    line: source.positionAt(range.start).line,
    message,
  }));
}
