/** The findings of a workspace as a tree, in the grouping that somebody wants. Knows nothing of the editor. */

import type {
  NamedResource,
  Posture,
  PostureFinding,
  PostureRule,
} from '../../../server/src/features/protocol.ts';

export const GROUPINGS = ['safeguard', 'file', 'resource', 'namespace', 'unit', 'regulation'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What a group stands for, which decides its picture. */
export type GroupKind = Grouping | 'rule' | 'covered';

/** A finding and what belongs to it. */
export interface FindingNode {
  readonly type: 'finding';
  /** The same for the same finding as long as the grouping is the same. */
  readonly id: string;
  readonly uri: string;
  readonly unit: string | undefined;
  readonly finding: PostureFinding;
  readonly rule: PostureRule | undefined;
}

export interface GroupNode {
  readonly type: 'group';
  /** The same for the same group as long as the grouping is the same. */
  readonly id: string;
  readonly kind: GroupKind;
  readonly label: string;
  /** More than the label has room for. */
  readonly detail: string | undefined;
  /** Of a group that stands for a file or a folder. */
  readonly uri: string | undefined;
  readonly counts: Counts;
  readonly children: readonly PostureNode[];
}

export type PostureNode = GroupNode | FindingNode;

export interface Counts {
  readonly error: number;
  readonly warning: number;
  readonly information: number;
  readonly covered: number;
}

/** Labels for what has no name of its own, in the user's language. */
export interface Labels {
  readonly manifests: string;
  readonly noResource: string;
  readonly noNamespace: string;
  readonly noUnit: string;
  readonly noProvision: string;
  readonly covered: string;
  readonly exceptions: string;
  readonly suppressions: string;
}

export interface TreeOptions {
  readonly grouping: Grouping;
  /** Words that all have to occur in what is known of a finding; empty: everything is shown. */
  readonly filter: string;
  readonly labels: Labels;
}

/** The top of the tree: what counts by the grouping, then what is covered, apart. */
export function postureTree(posture: Posture, { grouping, filter, labels }: TreeOptions): GroupNode[] {
  const findings = findingsOf(posture).filter((node) => matches(node, filter));
  const active = findings.filter(({ finding }) => finding.covered === undefined);
  const covered = findings.filter(({ finding }) => finding.covered !== undefined);
  const levels = levelsOf(labels)[grouping];
  const groups = grouped(active, levels, grouping);
  if (covered.length === 0) return groups;
  const children = grouped(covered, [coverLevel(labels), ruleLevel], 'covered');
  return [...groups, group('covered', 'covered', { key: 'covered', label: labels.covered }, children)];
}

/** All findings below some node. */
export function findingsBelow(node: PostureNode): FindingNode[] {
  return node.type === 'finding' ? [node] : node.children.flatMap(findingsBelow);
}

/** One way to part findings. A finding may belong to several groups, as a rule serves several provisions. */
interface Level {
  readonly kind: GroupKind;
  of(node: FindingNode): readonly Part[];
}

interface Part {
  readonly key: string;
  readonly label: string;
  readonly detail?: string | undefined;
  readonly uri?: string | undefined;
}

const ruleLevel: Level = {
  kind: 'rule',
  of: ({ finding, rule }) => [{ key: finding.rule, label: finding.rule, detail: rule?.title }],
};

const fileLevel: Level = { kind: 'file', of: ({ uri }) => [{ key: uri, label: uri, uri }] };

function coverLevel({ exceptions, suppressions }: Labels): Level {
  return {
    kind: 'covered',
    of: ({ finding }) => [
      finding.covered?.by === 'exception'
        ? { key: 'exception', label: exceptions }
        : { key: 'suppression', label: suppressions },
    ],
  };
}

function levelsOf(labels: Labels): Readonly<Record<Grouping, readonly Level[]>> {
  const resourceLevel: Level = {
    kind: 'resource',
    of: ({ finding, uri }) => {
      const { resource } = finding;
      return resource === undefined
        ? [{ key: uri, label: labels.noResource, uri }]
        : [{ key: keyOf(resource), label: nameOf(resource) }];
    },
  };
  return {
    safeguard: [
      {
        kind: 'safeguard',
        of: ({ rule }) => {
          const detail = rule?.safeguard ?? labels.manifests;
          return [{ key: detail, label: detail.replace(/:.*/, ''), detail }];
        },
      },
      ruleLevel,
    ],
    file: [fileLevel],
    resource: [resourceLevel],
    namespace: [
      {
        kind: 'namespace',
        of: ({ finding }) => {
          const namespace = finding.resource?.namespace;
          return [{ key: namespace ?? '', label: namespace ?? labels.noNamespace }];
        },
      },
      resourceLevel,
    ],
    unit: [
      {
        kind: 'unit',
        of: ({ unit }) => [{ key: unit ?? '', label: unit ?? labels.noUnit, uri: unit }],
      },
      fileLevel,
    ],
    regulation: [
      {
        kind: 'regulation',
        of: ({ rule }) => {
          const provisions = rule?.provisions ?? [];
          return (provisions.length > 0 ? provisions : [labels.noProvision]).map((label) => ({
            key: label,
            label,
          }));
        },
      },
      ruleLevel,
    ],
  };
}

function keyOf({ kind, namespace = '', name }: NamedResource): string {
  return `${kind} ${namespace}/${name}`;
}

export function nameOf({ kind, namespace, name }: NamedResource): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** Ids say what is found, not where in the file: a menu that is open while others go or lines move stays with its finding. */
function findingsOf({ files, rules }: Posture): FindingNode[] {
  return files.flatMap(({ uri, unit, findings }) => {
    const alike = new Map<string, number>();
    return findings.map((finding) => {
      const { rule, resource, message } = finding;
      const said = JSON.stringify([rule, resource === undefined ? '' : keyOf(resource), message]);
      const before = alike.get(said) ?? 0;
      alike.set(said, before + 1);
      return {
        type: 'finding' as const,
        id: `${uri}#${said}${before}`,
        uri,
        unit,
        finding,
        rule: rules[rule],
      };
    });
  });
}

function matches({ finding, rule, uri }: FindingNode, filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/);
  const { resource, covered } = finding;
  const known = [
    finding.rule,
    finding.severity,
    finding.message,
    uri,
    ...(resource === undefined ? [] : [nameOf(resource)]),
    ...(covered === undefined ? [] : [covered.by, covered.reason, covered.approver]),
    ...(rule === undefined ? [] : [rule.title, rule.safeguard, ...rule.provisions]),
  ];
  const text = known.join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}

function grouped(findings: readonly FindingNode[], levels: readonly Level[], id: string): GroupNode[] {
  const [level, ...below] = levels;
  if (level === undefined) return [];
  const parts = new Map<string, { part: Part; findings: FindingNode[] }>();
  for (const node of findings) {
    for (const part of level.of(node)) {
      const known = parts.get(part.key);
      if (known === undefined) parts.set(part.key, { part, findings: [node] });
      else known.findings.push(node);
    }
  }
  return [...parts.values()]
    .map(({ part, findings: own }) => {
      const ownId = `${id}/${level.kind}:${part.key}`;
      // A finding may be shown in several groups; each place has an id of its own.
      const leaves = own.map((node) => ({ ...node, id: `${ownId}/${node.id}` })).sort(bySeverity);
      const children = below.length > 0 ? grouped(own, below, ownId) : leaves;
      return group(ownId, level.kind, part, children);
    })
    .sort(byGravity);
}

function group(
  id: string,
  kind: GroupKind,
  { label, detail, uri }: Part,
  children: readonly PostureNode[],
): GroupNode {
  return { type: 'group', id, kind, label, detail, uri, counts: countsOf(children), children };
}

export function countsOf(nodes: readonly PostureNode[]): Counts {
  const counts = { error: 0, warning: 0, information: 0, covered: 0 };
  for (const { finding } of nodes.flatMap(findingsBelow)) {
    if (finding.covered === undefined) counts[finding.severity]++;
    else counts.covered++;
  }
  return counts;
}

const RANKS = { error: 0, warning: 1, information: 2 };

function bySeverity(a: FindingNode, b: FindingNode): number {
  return RANKS[a.finding.severity] - RANKS[b.finding.severity];
}

function byGravity(a: GroupNode, b: GroupNode): number {
  return (
    b.counts.error - a.counts.error ||
    b.counts.warning - a.counts.warning ||
    b.counts.information - a.counts.information ||
    a.label.localeCompare(b.label)
  );
}
