import { describe, expect, it } from 'vitest';
import {
  findingsBelow,
  GROUPINGS,
  type Grouping,
  type Labels,
  type PostureNode,
  postureTree,
} from '../../client/src/posture/model.ts';
import type { Posture, PostureFinding } from '../../server/src/features/protocol.ts';

const labels: Labels = {
  manifests: 'manifests',
  noResource: 'no resource',
  noNamespace: 'no namespace',
  noUnit: 'no unit',
  noProvision: 'no provision',
  covered: 'covered',
  exceptions: 'exceptions',
  suppressions: 'suppressions',
};

function finding(
  rule: string,
  severity: PostureFinding['severity'],
  more: Partial<PostureFinding> = {},
): PostureFinding {
  const at = { line: 0, character: 0 };
  return { rule, severity, message: `${rule} is wrong`, range: { start: at, end: at }, ...more };
}

const web = { kind: 'Pod', name: 'web', namespace: 'clinic' };
const POSTURE: Posture = {
  files: [
    {
      uri: 'file:///work/dev/web.yaml',
      unit: 'file:///work/dev',
      findings: [
        finding('loud', 'warning', { resource: web }),
        finding('open', 'error', { resource: web }),
        finding('open', 'error', {
          resource: web,
          covered: { by: 'exception', reason: 'A firewall stands before it.', approver: 'Ann' },
        }),
      ],
    },
    {
      uri: 'file:///work/values.yaml',
      findings: [
        finding('open', 'error', { covered: { by: 'suppression', reason: 'old' } }),
        finding('open', 'error'),
      ],
    },
  ],
  rules: {
    open: { title: 'Open door', safeguard: 'Access', provisions: ['45 CFR 1: A', '45 CFR 2: B'] },
    loud: { title: 'Loud log', safeguard: 'Audit', provisions: [] },
  },
  leftOut: 0,
};

function outline(nodes: readonly PostureNode[]): unknown[] {
  return nodes.map((node) =>
    node.type === 'finding' ? node.finding.rule : { [node.label]: outline(node.children) },
  );
}

const tree = (grouping: Grouping, filter = '') => postureTree(POSTURE, { grouping, filter, labels });

describe('the tree of the posture', () => {
  it.each<[Grouping, unknown[]]>([
    ['safeguard', [{ Access: [{ open: ['open', 'open'] }] }, { Audit: [{ loud: ['loud'] }] }]],
    ['file', [{ 'file:///work/dev/web.yaml': ['open', 'loud'] }, { 'file:///work/values.yaml': ['open'] }]],
    ['resource', [{ 'Pod clinic/web': ['open', 'loud'] }, { 'no resource': ['open'] }]],
    [
      'namespace',
      [
        { clinic: [{ 'Pod clinic/web': ['open', 'loud'] }] },
        { 'no namespace': [{ 'no resource': ['open'] }] },
      ],
    ],
    [
      'unit',
      [
        { 'file:///work/dev': [{ 'file:///work/dev/web.yaml': ['open', 'loud'] }] },
        { 'no unit': [{ 'file:///work/values.yaml': ['open'] }] },
      ],
    ],
    [
      'regulation',
      [
        { '45 CFR 1: A': [{ open: ['open', 'open'] }] },
        { '45 CFR 2: B': [{ open: ['open', 'open'] }] },
        { 'no provision': [{ loud: ['loud'] }] },
      ],
    ],
  ])('groups by %s, the gravest first', (grouping, expected) => {
    expect(outline(tree(grouping).filter(({ kind }) => kind !== 'covered'))).toEqual(expected);
  });

  it('shows what is covered apart, whatever the grouping', () => {
    for (const grouping of GROUPINGS) {
      const [covered, ...others] = tree(grouping).filter(({ kind }) => kind === 'covered');
      expect(others).toEqual([]);
      expect(outline(covered?.children ?? [])).toEqual([
        { exceptions: [{ open: ['open'] }] },
        { suppressions: [{ open: ['open'] }] },
      ]);
      expect(covered?.counts).toEqual({ error: 0, warning: 0, information: 0, covered: 2 });
    }
  });

  it('keeps the id of a finding when others before it are gone, and tells those alike apart', () => {
    const idsOf = (posture: Posture, grouping: Grouping) =>
      postureTree(posture, { grouping, filter: '', labels }).flatMap((node) =>
        findingsBelow(node).map(({ id }) => id),
      );
    const withFindings = (findings: PostureFinding[]) => ({
      ...POSTURE,
      files: [{ uri: 'file:///work/dev/web.yaml', unit: 'file:///work/dev', findings }],
    });
    const [first, ...others] = POSTURE.files[0]?.findings ?? [];
    expect(first?.rule).toBe('loud');
    const repaired = withFindings(others);
    const twice = withFindings([...others, ...others]);
    for (const grouping of GROUPINGS) {
      expect(idsOf(POSTURE, grouping)).toEqual(expect.arrayContaining(idsOf(repaired, grouping)));
      const alike = idsOf(twice, grouping);
      expect(new Set(alike).size).toBe(alike.length);
    }
  });

  it('counts what is below', () => {
    const [first] = tree('namespace');
    expect(first?.counts).toEqual({ error: 1, warning: 1, information: 0, covered: 0 });
  });

  it.each([
    ['audit', ['loud']],
    ['WEB.yaml door', ['open', 'open']],
    ['firewall', ['open']],
    ['warning', ['loud']],
    ['nothing like it', []],
  ])('keeps what has all words of the filter %j', (filter, expected) => {
    const found = tree('safeguard', filter).flatMap(findingsBelow);
    expect(found.map(({ finding: { rule } }) => rule)).toEqual(expected);
  });

  it('has an id of its own for each place', () => {
    for (const grouping of GROUPINGS) {
      const idsOf = (node: PostureNode): string[] =>
        node.type === 'group' ? [node.id, ...node.children.flatMap(idsOf)] : [node.id];
      const ids = tree(grouping).flatMap(idsOf);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});
