import { isActive } from '../engine/finding.ts';
import type { Severity } from '../rules/rule.ts';
import { Redactor } from './redaction.ts';
import type { CheckedFile, Run } from './run.ts';

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
};

/**
 * Workflow commands that make GitHub annotate the lines of a pull request.
 *
 * Source: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function githubReport(run: Run): string {
  return run.files.flatMap(annotationsOf).join('');
}

function annotationsOf(file: CheckedFile): string[] {
  const redactor = new Redactor(file);
  return file.findings
    .filter(({ finding }) => isActive(finding))
    .map(({ finding, place: { start, end } }) => {
      const properties = {
        title: finding.rule,
        file: file.path,
        line: start.line + 1,
        // GitHub takes columns only for ranges on one line.
        ...(start.line === end.line ? { col: start.character + 1, endColumn: end.character + 1 } : {}),
        endLine: end.line + 1,
      };
      const list = Object.entries(properties).map(
        ([key, value]) => `${key}=${escapeProperty(String(value))}`,
      );
      return `::${COMMANDS[finding.severity]} ${list.join(',')}::${escapeData(redactor.clean(finding.message))}\n`;
    });
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
