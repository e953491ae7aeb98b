import type { Rule, Severity } from '../rules/rule.ts';
import { rulePage } from '../rules/rule-pages.ts';
import { LineIndex } from '../syntax/lines.ts';
import type { OffsetRange, TextEdit } from '../syntax/ranges.ts';
import { fingerprintOf } from './fingerprint.ts';
import { repeatsSecret } from './json.ts';
import { jsonPieces } from './json-pieces.ts';
import { Redactor } from './redaction.ts';
import {
  type CheckedFile,
  type FileFinding,
  type PlannedFix,
  type Run,
  type RunProblem,
  UNREAD,
  UNREADABLE_RULES,
} from './run.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** Stands for the folder that all addresses are relative to; tools that read the log know where that is. */
const ROOT = '%SRCROOT%';

const LEVELS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
};

/** GitHub sorts alerts by this number: above 7.0 is high, above 4.0 medium. */
const SECURITY_SEVERITIES: Readonly<Record<Severity, string>> = {
  error: '8.0',
  warning: '5.5',
  information: '2.0',
};

/**
 * The run as a SARIF 2.1.0 log: one result a finding, suppressed ones included. It holds no text of the files and no absolute path.
 *
 * Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(run: Run): Generator<string> {
  const frame = (results: readonly unknown[]) => ({
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'kube-safeguards',
            fullName: `Kube Safeguards ${run.toolVersion}`,
            version: run.toolVersion,
            semanticVersion: run.toolVersion,
            rules: run.rules.map(descriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [ROOT]: { description: { text: 'The folder in which the check ran.' } } },
        invocations: [
          {
            executionSuccessful: run.problems.every(({ level }) => level !== 'error'),
            toolExecutionNotifications: [...run.problems, ...unreadIn(run)].map(notification),
          },
        ],
        results,
      },
    ],
  });
  return jsonPieces(frame, resultsIn(run));
}

function* resultsIn({ files, rules }: Run): Generator<unknown> {
  const ruleIndexes = new Map(rules.map(({ id }, index) => [id, index]));
  for (const file of files) yield* resultsOf(file, ruleIndexes);
}

function descriptor({ id, meta }: Rule) {
  const { hipaa, nist, benchmark, urls } = meta.references;
  const law = hipaa.length > 0 ? `45 CFR ${hipaa.join(', ')}` : undefined;
  const controls = nist.length > 0 ? `NIST SP 800-53 r5 ${nist.join(', ')}` : undefined;
  const sources = [law, controls, benchmark].filter((source) => source !== undefined);
  const paragraphs = [
    meta.rationale,
    meta.remediation,
    ...(sources.length > 0 ? [`${sources.join('; ')}.`] : []),
  ];
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: meta.title },
    fullDescription: { text: meta.rationale },
    helpUri: rulePage(id),
    help: {
      text: paragraphs.join('\n\n'),
      markdown: [...paragraphs, ...urls.map((url) => `- <${url}>`)].join('\n\n'),
    },
    defaultConfiguration: { level: LEVELS[meta.severity], enabled: meta.offByDefault !== true },
    properties: {
      tags: ['security', 'hipaa', meta.safeguard, ...hipaa.map((section) => `45 CFR ${section}`), ...nist],
      'security-severity': SECURITY_SEVERITIES[meta.severity],
    },
  };
}

function resultsOf(file: CheckedFile, ruleIndexes: ReadonlyMap<string, number>) {
  const redactor = new Redactor(file);
  const lines = new LineIndex(file.text);
  return file.findings.map((fileFinding) => result(file, fileFinding, { redactor, lines, ruleIndexes }));
}

interface FileTools {
  readonly redactor: Redactor;
  readonly lines: LineIndex;
  readonly ruleIndexes: ReadonlyMap<string, number>;
}

function result(file: CheckedFile, fileFinding: FileFinding, tools: FileTools) {
  const { finding, place, related } = fileFinding;
  const { redactor, lines } = tools;
  const ruleIndex = tools.ruleIndexes.get(finding.rule);
  const fixes = fileFinding.fixes.filter((fix) => !repeatsSecret(fix, redactor));
  return {
    ruleId: finding.rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVELS[finding.severity],
    message: { text: redactor.clean(finding.message) },
    locations: [{ physicalLocation: location(file.path, place.range, lines) }],
    relatedLocations: related.map((other, id) => ({
      id,
      message: { text: redactor.clean(other.message) },
      physicalLocation: {
        artifactLocation: artifact(other.file ?? file.path),
        region: {
          startLine: other.place.start.line + 1,
          startColumn: other.place.start.character + 1,
          endLine: other.place.end.line + 1,
          endColumn: other.place.end.character + 1,
        },
      },
    })),
    partialFingerprints: { 'kubeSafeguards/v1': fingerprintOf(file, fileFinding) },
    fixes: fixes.map((fix) => fixOf(file.path, fix, tools)),
    suppressions: suppressionsOf(file.path, fileFinding, tools),
    properties: { confidence: finding.confidence },
  };
}

function location(path: string, range: OffsetRange, lines: LineIndex) {
  return { artifactLocation: artifact(path), region: region(range, lines) };
}

function artifact(path: string) {
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: ROOT };
}

function region({ start, end }: OffsetRange, lines: LineIndex) {
  const from = lines.positionAt(start);
  const to = lines.positionAt(end);
  return {
    startLine: from.line + 1,
    startColumn: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
    charOffset: start,
    charLength: end - start,
  };
}

function fixOf(path: string, { title, edits, elsewhere = [] }: PlannedFix, { lines, redactor }: FileTools) {
  const own = edits.length === 0 ? [] : [change(path, edits, lines)];
  const others = elsewhere.map((other) => change(other.file, other.edits, new LineIndex(other.text)));
  return { description: { text: redactor.clean(title) }, artifactChanges: [...own, ...others] };
}

function change(path: string, edits: readonly TextEdit[], lines: LineIndex) {
  const replacement = ({ range, newText }: TextEdit) => ({
    deletedRegion: region(range, lines),
    ...(newText === '' ? {} : { insertedContent: { text: newText } }),
  });
  return { artifactLocation: artifact(path), replacements: edits.map(replacement) };
}

function suppressionsOf(
  path: string,
  { finding, suppressedAt }: FileFinding,
  { redactor, lines }: FileTools,
) {
  if (finding.suppression === undefined) return [];
  const { reason, until, approval } = finding.suppression;
  const properties = { ...approval, ...(until === undefined ? {} : { until }) };
  return [
    {
      kind: approval === undefined ? 'inSource' : 'external',
      status: 'accepted',
      justification: redactor.cleanReason(reason),
      ...(suppressedAt === undefined
        ? {}
        : { location: { physicalLocation: location(path, suppressedAt, lines) } }),
      ...(Object.keys(properties).length === 0 ? {} : { properties }),
    },
  ];
}

/** What could not be read is a result, and something that tools should not take for checked. */
function unreadIn({ files }: Run): Notification[] {
  return files.flatMap(({ path, findings }) =>
    findings
      .filter(({ finding }) => UNREADABLE_RULES.has(finding.rule))
      .map(({ place }) => ({ level: 'warning', path, position: place.start, message: UNREAD })),
  );
}

type Notification = Omit<RunProblem, 'level'> & { readonly level: RunProblem['level'] | 'warning' };

function notification({ level, path, position, message }: Notification) {
  const region = position && { startLine: position.line + 1, startColumn: position.character + 1 };
  const location = path !== undefined && {
    physicalLocation: { artifactLocation: artifact(path), ...(region ? { region } : {}) },
  };
  return { level, message: { text: message }, ...(location ? { locations: [location] } : {}) };
}

function pascalCase(id: string): string {
  return id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
