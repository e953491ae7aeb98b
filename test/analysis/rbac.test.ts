import { describe, expect, it } from 'vitest';
import { factsOf } from '../../server/src/analysis/facts.ts';
import { allows } from '../../server/src/analysis/rbac/authorize.ts';
import { describeHolders, describeReach, effectiveRules } from '../../server/src/analysis/rbac/grants.ts';
import { roleOf } from '../../server/src/analysis/rbac/roles.ts';
import { worldOf } from '../../server/src/analysis/world.ts';
import { resourcesOf } from '../../server/src/kubernetes/resource.ts';
import { splitDocuments } from '../../server/src/syntax/documents.ts';
import { parseDocument } from '../../server/src/syntax/parse.ts';

const rule = (more: object) => ({
  apiGroups: [''],
  resources: [],
  verbs: ['get'],
  resourceNames: [],
  nonResourceURLs: [],
  ...more,
});

/** Each row is what kubernetes/pkg/apis/rbac/v1/evaluation_helpers.go decides. */
describe('allows', () => {
  it.each([
    {
      name: 'the resource itself',
      rule: { resources: ['pods'] },
      request: { resource: 'pods' },
      allowed: true,
    },
    {
      name: 'not its subresources',
      rule: { resources: ['pods'] },
      request: { resource: 'pods', subresource: 'log' },
      allowed: false,
    },
    {
      name: 'one subresource',
      rule: { resources: ['pods/log'] },
      request: { resource: 'pods', subresource: 'log' },
      allowed: true,
    },
    {
      name: 'a star is everything, subresources too',
      rule: { resources: ['*'] },
      request: { resource: 'pods', subresource: 'exec' },
      allowed: true,
    },
    {
      name: 'that subresource of anything',
      rule: { resources: ['*/exec'] },
      request: { resource: 'pods', subresource: 'exec' },
      allowed: true,
    },
    {
      name: '*/exec is not the resource',
      rule: { resources: ['*/exec'] },
      request: { resource: 'pods' },
      allowed: false,
    },
    {
      name: 'pods/* is no wildcard',
      rule: { resources: ['pods/*'] },
      request: { resource: 'pods', subresource: 'exec' },
      allowed: false,
    },
    {
      name: 'another group',
      rule: { apiGroups: ['apps'], resources: ['pods'] },
      request: { resource: 'pods' },
      allowed: false,
    },
    {
      name: 'every group',
      rule: { apiGroups: ['*'], resources: ['pods'] },
      request: { resource: 'pods' },
      allowed: true,
    },
    {
      name: 'every verb',
      rule: { verbs: ['*'], resources: ['pods'] },
      request: { resource: 'pods', verb: 'delete' },
      allowed: true,
    },
    {
      name: 'a named object',
      rule: { resources: ['secrets'], resourceNames: ['a'] },
      request: { resource: 'secrets', name: 'a' },
      allowed: true,
    },
    {
      name: 'another object',
      rule: { resources: ['secrets'], resourceNames: ['a'] },
      request: { resource: 'secrets', name: 'b' },
      allowed: false,
    },
    {
      name: 'a list names no object',
      rule: { verbs: ['list'], resources: ['secrets'], resourceNames: ['a'] },
      request: { resource: 'secrets', verb: 'list' },
      allowed: false,
    },
    {
      name: 'an empty name is the one of requests that name no object',
      rule: { verbs: ['list'], resources: ['secrets'], resourceNames: [''] },
      request: { verb: 'list', resource: 'secrets' },
      allowed: true,
    },
  ])('$name: $allowed', ({ rule: more, request, allowed }) => {
    expect(allows(rule(more), { verb: 'get', group: '', ...request })).toBe(allowed);
  });
});

const MANIFESTS = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: monitoring }
aggregationRule: { clusterRoleSelectors: [{ matchLabels: { monitoring: "true" } }] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: endpoints, labels: { monitoring: "true" } }
rules: [{ apiGroups: [""], resources: [endpoints], verbs: [get] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: a, namespace: clinic }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: monitoring }
subjects:
  - { kind: ServiceAccount, name: prometheus, namespace: monitoring }
  - { kind: Group, name: ops }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: b }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects: [{ kind: Group, name: nurses }]
`;

describe('grants', () => {
  const resources = splitDocuments(MANIFESTS).flatMap(({ document }) =>
    resourcesOf(parseDocument(document.text)),
  );
  const world = worldOf(resources.flatMap(factsOf), true);
  const clusterRole = (name: string, labels: Record<string, string>) => ({
    kind: 'ClusterRole',
    name,
    namespace: undefined,
    labels: new Map(Object.entries(labels)),
  });
  const monitoring = clusterRole('monitoring', {});

  it('adds the rules of roles that are aggregated', () => {
    const role = resources[0] && roleOf(resources[0]);
    expect(role && effectiveRules(role, world).flatMap((added) => added.resources)).toEqual(['endpoints']);
  });

  it('names holders, and counts a ClusterRole bound in a namespace there alone', () => {
    expect(describeHolders(monitoring, world)).toBe('ServiceAccount monitoring/prometheus and group ops');
    expect(describeReach(monitoring, world)).toBe('of namespace "clinic"');
  });

  it('counts the holders of roles that aggregate it, those that every cluster has too', () => {
    expect(describeHolders(clusterRole('endpoints', { monitoring: 'true' }), world)).toBe(
      'ServiceAccount monitoring/prometheus and group ops',
    );
    const toView = { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' };
    expect(describeHolders(clusterRole('records', toView), world)).toBe('group nurses');
    expect(describeHolders(clusterRole('records', {}), world)).toBe('whoever holds ClusterRole "records"');
  });
});
