import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { ConfigurationSource } from '../workspace/configurations.ts';
import { SourceFile } from '../workspace/source-file.ts';
import { type ConfigurationProblem, DIAGNOSTIC_SOURCE } from './protocol.ts';
import { SKIP_REASONS } from './skip-note.ts';

/** The `code` of everything that is wrong in a configuration file. */
const CODE = 'configuration-invalid';

export function configurationDiagnostics({ uri, text, file }: ConfigurationSource): Diagnostic[] {
  const source = new SourceFile(uri, text);
  return file.problems.map(({ range, message }) => ({
    range: { start: source.positionAt(range.start), end: source.positionAt(range.end) },
    severity: DiagnosticSeverity.Error,
    code: CODE,
    source: DIAGNOSTIC_SOURCE,
    message,
  }));
}

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
