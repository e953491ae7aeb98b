import { SAFEGUARDS } from '../rule-list.ts';
import { plural } from '../run.ts';
import {
  DISCLAIMER,
  type EvidenceFinding,
  type EvidencePlace,
  type EvidenceReport,
  type JudgedAspect,
  type JudgedControl,
  STATUS_WORDS,
  STATUSES,
  type Statement,
} from './model.ts';
import { placeText, provenanceRows, summaryOf } from './words.ts';

/** More statements of one kind are counted. */
const MOST_STATEMENTS = 20;

/** The report in GitHub's Markdown. */
export function markdownReport(report: EvidenceReport): string {
  const sections = [
    ['# Evidence of technical safeguards', '', DISCLAIMER],
    ['## Summary', '', summaryOf(report), '', ...summaryTable(report)],
    ['## Controls', ...report.controls.flatMap(controlSection)],
    ['## Exceptions', '', ...exceptions(report)],
    ['## Namespaces', '', ...namespaces(report)],
    ['## Reachability of PHI', '', ...reachability(report)],
    ['## Who may do what', '', ...grants(report)],
    ['## Network policies', '', ...policies(report)],
    ['## Rules', '', ...rules(report)],
    ['## Where this comes from', '', ...provenance(report)],
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function summaryTable({ controls }: EvidenceReport): string[] {
  return table(
    ['Control', 'Status', '45 CFR'],
    controls.map(({ title, status, citations }) => [
      title,
      `**${STATUS_WORDS[status]}**`,
      citations.join(', '),
    ]),
  );
}

function controlSection({ title, status, citations, aspects }: JudgedControl): string[] {
  return [
    '',
    `### ${escaped(title)}: ${STATUS_WORDS[status]}`,
    '',
    `45 CFR ${citations.join(', ')}`,
    ...aspects.flatMap(aspectSection),
  ];
}

function aspectSection(aspect: JudgedAspect): string[] {
  const {
    title,
    status,
    shown,
    open,
    violations,
    exceptions: excepted,
    questions,
    rulesOff,
    evidence,
  } = aspect;
  return [
    '',
    `#### ${escaped(title)}: ${STATUS_WORDS[status]}`,
    ...list('Speaks against it:', violations.map(findingText)),
    ...list('Left by decision:', excepted.map(findingText)),
    ...list('Somebody should look:', questions.map(findingText)),
    ...list('Shown by:', shown.map(statementText)),
    ...list('Not shown for:', open.map(statementText)),
    ...list('Rules that the configuration switches off:', rulesOff.map(code)),
    ...(status === 'undecided' ? ['', `What would decide it: ${escaped(evidence)}`] : []),
  ];
}

function list(title: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  const more = items.length - MOST_STATEMENTS;
  return [
    '',
    title,
    '',
    ...items.slice(0, MOST_STATEMENTS).map((item) => `- ${item}`),
    ...(more > 0 ? [`- ${more} more`] : []),
  ];
}

function statementText({ text, place }: Statement): string {
  return `${escaped(text)} (${placeCode(place)})`;
}

function findingText(finding: EvidenceFinding): string {
  const reason = finding.exception === undefined ? '' : ` Reason: ${escaped(finding.exception)}`;
  return `${code(finding.rule)} ${finding.severity}: ${escaped(finding.text)}${reason} (${placeCode(finding.place)})`;
}

function exceptions({ exceptions: records }: EvidenceReport): string[] {
  if (records.length === 0) return ['There are no exceptions.'];
  return table(
    ['Rules', 'For', 'Reason', 'Approved by', 'On', 'Until', 'State', 'Findings', 'Written in'],
    records.map(({ rules: ids, scope, reason, approver, date, until, isInForce, findings, place }) => [
      ids.map(code).join(', '),
      scope,
      reason,
      approver ?? 'not said',
      date ?? 'not said',
      until ?? 'open',
      isInForce ? 'in force' : 'ended',
      String(findings),
      placeCode(place),
    ]),
  );
}

function namespaces({ namespaces: records, coverage }: EvidenceReport): string[] {
  if (records.length === 0) return ['No namespace is named.'];
  return [
    ...table(
      ['Namespace', 'Deployed by', 'PHI', 'Why', 'Workloads', 'Closed by default', 'Pod Security'],
      records.map(({ name, unit, phi, why, workloads, closed, podSecurity }) => [
        name,
        unit ?? '',
        phi ? 'may hold PHI' : 'no',
        why,
        String(workloads),
        closed.join(', ') || 'no',
        podSecurity ?? 'not said',
      ]),
    ),
    '',
    'Safeguards by namespace; "not decidable" also where nothing was looked at.',
    '',
    ...table(
      ['Namespace', ...(coverage[0]?.cells ?? []).map(({ safeguard }) => shortTitle(SAFEGUARDS[safeguard]))],
      coverage.map(({ namespace, cells }) => [
        namespace ?? 'the cluster',
        ...cells.map(({ status, violations }) =>
          status === 'violated'
            ? plural(violations, 'finding')
            : status === 'undecided'
              ? 'not decidable'
              : status,
        ),
      ]),
    ),
  ];
}

function shortTitle(title: string): string {
  return title.split(':')[0] ?? title;
}

function reachability({ reach: { nodes, edges, leftOut } }: EvidenceReport): string[] {
  if (nodes.length === 0) return ['No workload that may hold PHI is in view.'];
  const labels = new Map(nodes.map(({ id, label, type }) => [id, type === 'phi' ? `${label} (PHI)` : label]));
  const rows = edges.map(({ from, to, ports }) => [
    labels.get(from) ?? from,
    labels.get(to) ?? to,
    ports.join(', ') || 'any port',
  ]);
  return [
    ...(rows.length === 0 ? ['The policies in view let nobody connect.'] : table(['From', 'To', 'On'], rows)),
    ...(leftOut > 0 ? ['', `${plural(leftOut, 'workload')} more are not looked at here.`] : []),
  ];
}

function grants({ grants: records }: EvidenceReport): string[] {
  if (records.length === 0) return ['No binding is among the manifests.'];
  return table(
    ['Who', 'Role', 'Where', 'May', 'Written in'],
    records.map(({ subject, role, where, permissions, place }) => [
      subject,
      role,
      where,
      permissions.join('; ') || 'the role is not among the manifests',
      placeCode(place),
    ]),
  );
}

function policies({ policies: records }: EvidenceReport): string[] {
  if (records.length === 0) return ['No network policy is among the manifests.'];
  return table(
    ['Policy', 'Namespace', 'Selects', 'Closes', 'Rules', 'Written in'],
    records.map(({ kind, name, namespace, selects, closes, rules: words, place }) => [
      `${kind} ${name}`,
      namespace ?? '',
      selects,
      closes.join(', ') || 'nothing',
      words.join('; ') || 'none',
      placeCode(place),
    ]),
  );
}

function rules({ rules: records }: EvidenceReport): string[] {
  return table(
    ['Rule', 'Finds', 'Severity', '45 CFR'],
    records.map(({ id, title, severity, citations }) => [code(id), title, severity, citations.join(', ')]),
  );
}

function provenance(report: EvidenceReport): string[] {
  return [
    ...table(['', ''], provenanceRows(report)),
    ...list('What could not be checked:', report.problems.map(escaped)),
    '',
    `Statuses: ${STATUSES.map((status) => STATUS_WORDS[status]).join(', ')}.`,
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `| ${head.map(() => '---').join(' | ')} |`, ...rows.map(line)];
}

/** Cells that are made of Markdown already come with backticks or stars; anything else is text. */
function cell(text: string): string {
  return text.startsWith('`') || text.startsWith('**') ? text : escaped(text);
}

function placeCode(place: EvidencePlace): string {
  return code(placeText(place));
}

function code(text: string): string {
  const plain = text.replaceAll('`', "'").replaceAll('|', '\\|').replace(/\s+/g, ' ');
  return `\`${plain}\``;
}

function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|#]/g, (character) => `\\${character}`).replace(/\s+/g, ' ');
}
