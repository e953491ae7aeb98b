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
import {
  type EvidenceCell,
  type EvidenceTable,
  exceptionsTable,
  findingsTable,
  grantsTable,
  namespacesTable,
  policiesTable,
  rulesTable,
  waysTable,
} from './tables.ts';
import { placeText, provenanceRows, summaryOf } from './words.ts';

/** More statements of one kind are counted. */
const MOST_STATEMENTS = 20;

/** The report in GitHub's Markdown. */
export function markdownReport(report: EvidenceReport): string {
  const sections = [
    ['# Evidence of technical safeguards', '', DISCLAIMER],
    ['## Summary', '', summaryOf(report), '', ...summaryTable(report)],
    ['## Controls', ...report.controls.flatMap(controlSection)],
    ['## Exceptions', '', ...evidenceTable(exceptionsTable(report))],
    ['## Namespaces', '', ...namespaces(report)],
    ['## Reachability of PHI', '', ...reachability(report)],
    ['## Who may do what', '', ...evidenceTable(grantsTable(report))],
    ['## Network policies', '', ...evidenceTable(policiesTable(report))],
    ['## Findings', '', ...evidenceTable(findingsTable(report))],
    ['## Rules', '', ...evidenceTable(rulesTable(report))],
    ['## Where this comes from', '', ...provenance(report)],
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function summaryTable({ controls }: EvidenceReport): string[] {
  return table(
    ['Control', 'Status', '45 CFR'],
    controls.map(({ title, status, citations }) => [
      title,
      { strong: STATUS_WORDS[status] },
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

function namespaces(report: EvidenceReport): string[] {
  const { coverage } = report;
  if (report.namespaces.length === 0) return evidenceTable(namespacesTable(report));
  return [
    ...evidenceTable(namespacesTable(report)),
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

function reachability(report: EvidenceReport): string[] {
  const { nodes, leftOut } = report.reach;
  if (nodes.length === 0) return ['No workload that may hold PHI is in view.'];
  const note = leftOut > 0 ? ['', `${plural(leftOut, 'workload')} more are not looked at here.`] : [];
  return [...evidenceTable(waysTable(report)), ...note];
}

function provenance(report: EvidenceReport): string[] {
  return [
    ...table(['', ''], provenanceRows(report)),
    ...list('What could not be checked:', report.problems.map(escaped)),
    '',
    `Statuses: ${STATUSES.map((status) => STATUS_WORDS[status]).join(', ')}.`,
  ];
}

/** A table, or what is said when it would be empty. */
function evidenceTable({ head, rows, whenEmpty }: EvidenceTable): string[] {
  return rows.length === 0 ? [whenEmpty] : table(head, rows);
}

function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string[] {
  const line = (cells: readonly Cell[]) => `| ${cells.map(cellText).join(' | ')} |`;
  return [line(head), `| ${head.map(() => '---').join(' | ')} |`, ...rows.map(line)];
}

type Cell = EvidenceCell | { readonly strong: string };

function cellText(cell: Cell): string {
  if (typeof cell === 'string') return escaped(cell);
  return 'strong' in cell ? `**${escaped(cell.strong)}**` : cell.names.map(code).join(', ');
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
