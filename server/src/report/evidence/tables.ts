import type { EvidencePlace, EvidenceReport } from './model.ts';
import { placeText } from './words.ts';

/** A table of the report, which each format writes in its own way. */
export interface EvidenceTable {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly EvidenceCell[])[];
  /** Said instead of a table without rows. */
  readonly whenEmpty: string;
}

/** Words, or names as a program knows them: ids of rules, and places in files. */
export type EvidenceCell = string | { readonly names: readonly string[] };

export function exceptionsTable({ exceptions }: EvidenceReport): EvidenceTable {
  return {
    caption: 'Exceptions and suppressions',
    head: ['Rules', 'For', 'Reason', 'Approved by', 'On', 'Until', 'State', 'Findings', 'Written in'],
    rows: exceptions.map(({ rules, scope, reason, approver, date, until, isInForce, findings, place }) => [
      { names: rules },
      scope,
      reason,
      approver ?? 'not said',
      date ?? 'not said',
      until ?? 'open',
      isInForce ? 'in force' : 'ended',
      String(findings),
      placeCell(place),
    ]),
    whenEmpty: 'There are no exceptions.',
  };
}

export function namespacesTable({ namespaces }: EvidenceReport): EvidenceTable {
  return {
    caption: 'Namespaces',
    head: ['Namespace', 'Deployed by', 'PHI', 'Why', 'Workloads', 'Closed by default', 'Pod Security'],
    rows: namespaces.map(({ name, unit, phi, why, workloads, closed, podSecurity }) => [
      name,
      unit ?? '',
      phi ? 'may hold PHI' : 'no',
      why,
      String(workloads),
      closed.join(', ') || 'no',
      podSecurity ?? 'not said',
    ]),
    whenEmpty: 'No namespace is named.',
  };
}

/** Who can connect to workloads that may hold PHI, and where they can connect to. */
export function waysTable({ reach: { nodes, edges } }: EvidenceReport): EvidenceTable {
  const labels = new Map(nodes.map(({ id, label, type }) => [id, type === 'phi' ? `${label} (PHI)` : label]));
  return {
    caption: 'Ways that the policies in view leave open',
    head: ['From', 'To', 'On'],
    rows: edges.map(({ from, to, ports }) => [
      labels.get(from) ?? from,
      labels.get(to) ?? to,
      ports.join(', ') || 'any port',
    ]),
    whenEmpty: 'The policies in view let nobody connect.',
  };
}

export function grantsTable({ grants }: EvidenceReport): EvidenceTable {
  return {
    caption: 'Who may do what',
    head: ['Who', 'Role', 'Where', 'May', 'Written in'],
    rows: grants.map(({ subject, role, where, permissions, place }) => [
      subject,
      role,
      where,
      permissions.join('; ') || 'the role is not among the manifests',
      placeCell(place),
    ]),
    whenEmpty: 'No binding is among the manifests.',
  };
}

export function policiesTable({ policies }: EvidenceReport): EvidenceTable {
  return {
    caption: 'Network policies',
    head: ['Policy', 'Namespace', 'Selects', 'Closes', 'Rules', 'Written in'],
    rows: policies.map(({ kind, name, namespace, selects, closes, rules, place }) => [
      `${kind} ${name}`,
      namespace ?? '',
      selects,
      closes.join(', ') || 'nothing',
      rules.join('; ') || 'none',
      placeCell(place),
    ]),
    whenEmpty: 'No network policy is among the manifests.',
  };
}

export function findingsTable({ findings }: EvidenceReport): EvidenceTable {
  return {
    caption: 'Findings',
    head: ['Rule', 'Severity', 'Object', 'What', '45 CFR', 'Place'],
    rows: findings.map(({ rule, severity, resource, text, citations, place, exception }) => [
      { names: [rule] },
      exception === undefined ? severity : `${severity}, excepted`,
      resource,
      text,
      citations.join(', '),
      placeCell(place),
    ]),
    whenEmpty: 'There are no findings.',
  };
}

export function rulesTable({ rules }: EvidenceReport): EvidenceTable {
  return {
    caption: 'Rules',
    head: ['Rule', 'Finds', 'Severity', '45 CFR'],
    rows: rules.map(({ id, title, severity, citations }) => [
      { names: [id] },
      title,
      severity,
      citations.join(', '),
    ]),
    whenEmpty: 'There are no rules.',
  };
}

function placeCell(place: EvidencePlace): EvidenceCell {
  return { names: [placeText(place)] };
}
