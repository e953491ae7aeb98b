import { isActive } from '../engine/finding.ts';
import { formatPath } from '../syntax/paths.ts';
import { jsonPieces } from './json-pieces.ts';
import { Redactor } from './redaction.ts';
import {
  type CheckedFile,
  countFindings,
  type FileFinding,
  type FilePlace,
  type PlannedFix,
  type Run,
} from './run.ts';

/** Raised when a field changes its meaning or goes away; new fields may come at any time. */
const FORMAT_VERSION = 1;

/**
 * Everything known of a run, for scripts. Lines and columns count from one, offsets from zero, both in UTF-16 code units; ends are
 * exclusive.
 */
export function jsonReport(run: Run): Generator<string> {
  const { error, warning, information, suppressed } = countFindings(run.files);
  const frame = (findings: readonly unknown[]) => ({
    formatVersion: FORMAT_VERSION,
    tool: { name: 'kube-safeguards', version: run.toolVersion },
    summary: { files: run.files.length, error, warning, information, suppressed },
    fixed: run.fixed,
    findings,
    problems: run.problems.map(({ level, path, position, message }) => ({
      level,
      file: path,
      line: position && position.line + 1,
      column: position && position.character + 1,
      message,
    })),
  });
  return jsonPieces(frame, findingsIn(run));
}

function* findingsIn({ files, rules }: Run): Generator<unknown> {
  const citations = new Map(rules.map(({ id, meta }) => [id, meta.references.hipaa]));
  for (const file of files) yield* findingsOf(file, citations);
}

function findingsOf(file: CheckedFile, citations: ReadonlyMap<string, readonly string[]>): unknown[] {
  const redactor = new Redactor(file);
  return file.findings.map(({ finding, place, related, fixes }: FileFinding) => ({
    rule: finding.rule,
    messageId: finding.messageId,
    message: redactor.clean(finding.message),
    severity: finding.severity,
    confidence: finding.confidence,
    citations: citations.get(finding.rule) ?? [],
    file: file.path,
    range: rangeOf(place),
    path: redactor.clean(formatPath(finding.path)),
    resource: finding.resource && {
      kind: finding.resource.kind,
      name: redactor.clean(finding.resource.name),
      namespace: finding.resource.namespace && redactor.clean(finding.resource.namespace),
    },
    related: related.map((other) => ({
      file: other.file ?? file.path,
      range: rangeOf(other.place),
      message: redactor.clean(other.message),
    })),
    fixes: fixes
      .filter((fix) => !repeatsSecret(fix, redactor))
      .map(({ elsewhere, ...fix }) => ({
        ...fix,
        title: redactor.clean(fix.title),
        ...(elsewhere && { elsewhere: elsewhere.map(({ file, edits }) => ({ file, edits })) }),
      })),
    suppression: isActive(finding)
      ? undefined
      : {
          reason: finding.suppression && redactor.cleanReason(finding.suppression.reason),
          until: finding.suppression?.until,
          ...finding.suppression?.approval,
        },
  }));
}

function rangeOf({ range, start, end }: FilePlace) {
  return {
    start: { line: start.line + 1, column: start.character + 1, offset: range.start },
    end: { line: end.line + 1, column: end.character + 1, offset: range.end },
  };
}

/** Whether a fix writes PHI or a credential elsewhere, as when it expands an alias; reports do not carry it then. */
export function repeatsSecret(fix: PlannedFix, redactor: Redactor): boolean {
  const edits = [...fix.edits, ...(fix.elsewhere ?? []).flatMap((other) => other.edits)];
  return edits.some(({ newText }) => redactor.reveals(newText));
}
