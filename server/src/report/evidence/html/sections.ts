import { plural } from '../../run.ts';
import {
  type EvidenceFinding,
  type EvidencePlace,
  type EvidenceReport,
  type JudgedAspect,
  type JudgedControl,
  STATUS_WORDS,
  type Statement,
  type Status,
} from '../model.ts';
import { placeText } from '../words.ts';
import { MARKS } from './bars.ts';
import { html, type Markup, table } from './markup.ts';

/** More statements of one kind are folded away. */
const MOST_STATEMENTS = 12;

export function statusMark(status: Status): Markup {
  return html`<span class="status ${status}"><span aria-hidden="true">${MARKS[status]}</span> ${STATUS_WORDS[status]}</span>`;
}

export function controlSection({ id, title, status, citations, aspects }: JudgedControl): Markup {
  return html`<section aria-labelledby="control-${id}"><h3 id="control-${id}">${title} ${statusMark(status)}</h3>
<p class="soft">45 CFR ${citations.join(', ')}</p>
${aspects.map(aspectSection)}</section>\n`;
}

function aspectSection(aspect: JudgedAspect): Markup {
  const { title, status, shown, open, violations, exceptions, questions, rulesOff, evidence } = aspect;
  return html`<h4>${title} ${statusMark(status)}</h4>
${list('Speaks against it', violations.map(findingItem))}${list('Left by decision', exceptions.map(findingItem))}${list('Somebody should look', questions.map(findingItem))}${list('Shown by', shown.map(statementItem))}${list('Not shown for', open.map(statementItem))}${list(
  'Rules that the configuration switches off',
  rulesOff.map((rule) => html`<code>${rule}</code>`),
)}${status === 'undecided' ? html`<p><strong>What would decide it:</strong> ${evidence}</p>\n` : undefined}`;
}

function list(title: string, items: readonly Markup[]): Markup {
  if (items.length === 0) return html``;
  const written = (some: readonly Markup[]) =>
    html`<ul class="statements">${some.map((item) => html`<li>${item}</li>\n`)}</ul>\n`;
  const rest = items.slice(MOST_STATEMENTS);
  const folded =
    rest.length === 0
      ? undefined
      : html`<details><summary>${rest.length} more</summary>${written(rest)}</details>\n`;
  return html`<p>${title}:</p>\n${written(items.slice(0, MOST_STATEMENTS))}${folded}`;
}

function statementItem({ text, place }: Statement): Markup {
  return html`${text} ${placeMark(place)}`;
}

function findingItem(finding: EvidenceFinding): Markup {
  const reason = finding.exception === undefined ? '' : ` Reason: ${finding.exception}`;
  return html`<code>${finding.rule}</code> (${finding.severity}): ${finding.text}${reason} ${placeMark(finding.place)}`;
}

function placeMark(place: EvidencePlace): Markup {
  return html`<code>${placeText(place)}</code>`;
}

export function exceptionsTable({ exceptions }: EvidenceReport): Markup {
  if (exceptions.length === 0) return html`<p>There are no exceptions.</p>\n`;
  return table(
    'Exceptions and suppressions',
    ['Rules', 'For', 'Reason', 'Approved by', 'On', 'Until', 'State', 'Findings', 'Written in'],
    exceptions.map(({ rules, scope, reason, approver, date, until, isInForce, findings, place }) => [
      rules.join(', '),
      scope,
      reason,
      approver ?? 'not said',
      date ?? 'not said',
      until ?? 'open',
      isInForce ? 'in force' : 'ended',
      String(findings),
      placeMark(place),
    ]),
  );
}

export function namespacesTable({ namespaces }: EvidenceReport): Markup {
  if (namespaces.length === 0) return html`<p>No namespace is named.</p>\n`;
  return table(
    'Namespaces',
    ['Namespace', 'Deployed by', 'PHI', 'Why', 'Workloads', 'Closed by default', 'Pod Security'],
    namespaces.map(({ name, unit, phi, why, workloads, closed, podSecurity }) => [
      name,
      unit ?? '',
      phi ? 'may hold PHI' : 'no',
      why,
      String(workloads),
      closed.join(', ') || 'no',
      podSecurity ?? 'not said',
    ]),
  );
}

export function waysTable({ reach: { nodes, edges, leftOut } }: EvidenceReport): Markup {
  const labels = new Map(nodes.map(({ id, label, type }) => [id, type === 'phi' ? `${label} (PHI)` : label]));
  const note =
    leftOut > 0 ? html`<p>${plural(leftOut, 'workload')} more are not looked at here.</p>\n` : undefined;
  if (edges.length === 0) return html`<p>The policies in view let nobody connect.</p>\n${note}`;
  const rows = edges.map(({ from, to, ports }) => [
    labels.get(from) ?? from,
    labels.get(to) ?? to,
    ports.join(', ') || 'any port',
  ]);
  return html`${table('Ways that the policies in view leave open', ['From', 'To', 'On'], rows)}${note}`;
}

export function grantsTable({ grants }: EvidenceReport): Markup {
  if (grants.length === 0) return html`<p>No binding is among the manifests.</p>\n`;
  return table(
    'Who may do what',
    ['Who', 'Role', 'Where', 'May', 'Written in'],
    grants.map(({ subject, role, where, permissions, place }) => [
      subject,
      role,
      where,
      permissions.join('; ') || 'the role is not among the manifests',
      placeMark(place),
    ]),
  );
}

export function policiesTable({ policies }: EvidenceReport): Markup {
  if (policies.length === 0) return html`<p>No network policy is among the manifests.</p>\n`;
  return table(
    'Network policies',
    ['Policy', 'Namespace', 'Selects', 'Closes', 'Rules', 'Written in'],
    policies.map(({ kind, name, namespace, selects, closes, rules, place }) => [
      `${kind} ${name}`,
      namespace ?? '',
      selects,
      closes.join(', ') || 'nothing',
      rules.join('; ') || 'none',
      placeMark(place),
    ]),
  );
}

export function findingsTable({ findings }: EvidenceReport): Markup {
  if (findings.length === 0) return html`<p>There are no findings.</p>\n`;
  return table(
    'Findings',
    ['Rule', 'Severity', 'Object', 'What', '45 CFR', 'Place'],
    findings.map(({ rule, severity, resource, text, citations, place, exception }) => [
      rule,
      exception === undefined ? severity : `${severity}, excepted`,
      resource,
      text,
      citations.join(', '),
      placeMark(place),
    ]),
  );
}

export function rulesTable({ rules }: EvidenceReport): Markup {
  return table(
    'Rules',
    ['Rule', 'Finds', 'Severity', '45 CFR'],
    rules.map(({ id, title, severity, citations }) => [id, title, severity, citations.join(', ')]),
  );
}
