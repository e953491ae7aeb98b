import { type EvidenceFinding, type EvidenceReport, STATUS_WORDS, type Statement } from './model.ts';
import { findingsBeside } from './words.ts';

const HEADER = [
  'record',
  'control',
  'part',
  'status',
  'citations',
  'rule',
  'severity',
  'resource',
  'file',
  'line',
  'text',
  'reason',
  'approver',
  'date',
  'until',
  'unit',
];

type Row = Partial<Record<(typeof HEADER)[number], string | number | undefined>>;

/**
 * One table for spreadsheets (RFC 4180): the parts of every control with what speaks for and against them, other findings, exceptions, grants and policies. The first
 * column says what a row is.
 */
export function csvReport(report: EvidenceReport): string {
  const { provenance } = report;
  const rows: Row[] = [
    { record: 'tool', text: `kube-safeguards ${provenance.toolVersion}` },
    { record: 'time', text: provenance.time },
    ...(provenance.commit === undefined ? [] : [{ record: 'commit', text: provenance.commit.id }]),
    {
      record: 'inputs',
      text: `SHA-256 ${provenance.inputs.sha256} of ${provenance.inputs.files} files`,
    },
    ...report.problems.map((text) => ({ record: 'not checked', text })),
    ...controlRows(report),
    ...findingsBeside(report).map(findingRow),
    ...report.exceptions.map(({ rules, scope, reason, approver, date, until, isInForce, place }) => ({
      record: 'exception',
      status: isInForce ? 'in force' : 'ended',
      rule: rules.join(' '),
      text: scope,
      reason,
      approver,
      date,
      until,
      ...place,
    })),
    ...report.namespaces.map(({ name, unit, phi, why, closed, podSecurity = '', workloads, places }) => ({
      record: 'namespace',
      resource: name,
      status: phi ? 'may hold PHI' : 'holds no PHI',
      reason: why,
      text: `${workloads} workloads; closed by default: ${closed.join(' and ') || 'no'}; Pod Security: ${podSecurity || 'not said'}`,
      ...places[0],
      unit,
    })),
    ...report.grants.map(({ subject, role, where, permissions, place }) => ({
      record: 'grant',
      resource: subject,
      text: `${role} in ${where}: ${permissions.join('; ') || 'role not among the manifests'}`,
      ...place,
    })),
    ...report.policies.map(({ kind, name, namespace, selects, closes, rules, place }) => ({
      record: 'network policy',
      resource: `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`,
      text: [`selects ${selects}`, `closes ${closes.join(' and ') || 'nothing'}`, ...rules].join('; '),
      ...place,
    })),
  ];
  return `${[HEADER, ...rows.map(cellsOf)].map((cells) => cells.map(quoted).join(',')).join('\r\n')}\r\n`;
}

function controlRows({ controls }: EvidenceReport): Row[] {
  return controls.flatMap(({ id, citations, aspects }) =>
    aspects.flatMap((aspect): Row[] => {
      const own = { control: id, part: aspect.id };
      const stating = (record: string, statements: readonly Statement[]) =>
        statements.map(({ text, place }) => ({ record, ...own, text, ...place }));
      return [
        {
          record: 'control',
          ...own,
          status: STATUS_WORDS[aspect.status],
          citations: citations.join(' '),
          text: aspect.title,
          reason: aspect.status === 'undecided' ? `Decided by: ${aspect.evidence}` : '',
        },
        ...stating('shown', aspect.shown),
        ...stating('not shown', aspect.open),
        ...[...aspect.violations, ...aspect.exceptions, ...aspect.questions].map((finding) => ({
          ...own,
          ...findingRow(finding),
        })),
      ];
    }),
  );
}

function findingRow(finding: EvidenceFinding): Row {
  const { rule, severity, citations, resource, text, exception, place } = finding;
  return {
    record: 'finding',
    status: exception === undefined ? 'active' : 'excepted',
    ...{ rule, severity, resource, text },
    citations: citations.join(' '),
    reason: exception,
    ...place,
  };
}

function cellsOf(row: Row): string[] {
  return HEADER.map((column) => String(row[column] ?? ''));
}

/** Spreadsheets run what starts like a formula. */
function quoted(cell: string): string {
  const harmless = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
