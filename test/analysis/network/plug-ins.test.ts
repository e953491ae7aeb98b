import { describe, expect, it } from 'vitest';
import { parseSelector, satisfies } from '../../../server/src/analysis/network/calico-selectors.ts';
import { internetPassage, passageBetween } from '../../../server/src/analysis/network/points.ts';
import { siteNamed, worldOfText } from './world-of.ts';

const PODS = `apiVersion: v1
kind: Namespace
metadata: { name: phi, labels: { team: clinic } }
---
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: phi, labels: { app: db } }
spec: { serviceAccountName: db, containers: [{ name: a, ports: [{ containerPort: 5432, name: pg }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: phi, labels: { app: api } }
spec: { serviceAccountName: api, containers: [{ name: a }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: web, labels: { app: web } }
spec: { containers: [{ name: a }] }
---
apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: web, labels: { app: agent } }
spec: { hostNetwork: true, containers: [{ name: a }] }
`;

/** Who may connect to the database on 5432, in the world of these policies. */
function callers(policies: string, port = 5432): string[] {
  const world = worldOfText(`${PODS}${policies}`);
  const db = siteNamed(world, 'phi/db');
  return ['phi/api', 'web/web', 'web/agent'].filter(
    (id) => passageBetween(siteNamed(world, id), db, { protocol: 'TCP', port }) !== undefined,
  );
}

function isOnline(policies: string): boolean {
  return internetPassage(siteNamed(worldOfText(`${PODS}${policies}`), 'phi/db'), 'egress') !== undefined;
}

const cilium = (spec: string, kind = 'CiliumNetworkPolicy', namespace = ', namespace: phi') => `---
apiVersion: cilium.io/v2
kind: ${kind}
metadata: { name: p${namespace} }
spec: ${spec}
`;

describe('policies of Cilium', () => {
  it.each([
    ['an empty rule closes', '{ endpointSelector: {}, ingress: [{}] }', []],
    [
      'endpoints are of the own namespace',
      '{ endpointSelector: {}, ingress: [{ fromEndpoints: [{}] }] }',
      ['phi/api'],
    ],
    [
      'a namespace by its label',
      '{ endpointSelector: { matchLabels: { app: db } }, ingress: [{ fromEndpoints: [{ matchLabels: { "k8s:io.kubernetes.pod.namespace": web } }] }] }',
      ['web/web'],
    ],
    [
      'a namespace by its own labels, and pods by their ServiceAccount',
      '{ endpointSelector: {}, ingress: [{ fromEndpoints: [{ matchLabels: { "k8s:io.cilium.k8s.namespace.labels.team": clinic, io.cilium.k8s.policy.serviceaccount: api } }] }] }',
      ['phi/api'],
    ],
    [
      'the cluster',
      '{ endpointSelector: {}, ingress: [{ fromEntities: [cluster] }] }',
      ['phi/api', 'web/web'],
    ],
    [
      'the world is not the cluster',
      '{ endpointSelector: {}, ingress: [{ fromEntities: [world] }] }',
      ['web/agent'],
    ],
    [
      'addresses are not pods',
      '{ endpointSelector: {}, ingress: [{ fromCIDRSet: [{ cidr: 10.0.0.0/8 }] }] }',
      [],
    ],
    [
      'denials come first',
      '{ endpointSelector: {}, ingress: [{ fromEntities: [all] }], ingressDeny: [{ fromEndpoints: [{ matchLabels: { app: api } }] }] }',
      ['web/web', 'web/agent'],
    ],
    [
      'ports alone are for everybody',
      '{ endpointSelector: {}, ingress: [{ toPorts: [{ ports: [{ port: "5432", protocol: TCP }] }] }] }',
      ['phi/api', 'web/web', 'web/agent'],
    ],
    [
      'another port',
      '{ endpointSelector: {}, ingress: [{ fromEntities: [all], toPorts: [{ ports: [{ port: "80", protocol: ANY }] }] }] }',
      [],
    ],
    [
      'a port by its name',
      '{ endpointSelector: {}, ingress: [{ fromEndpoints: [{}], toPorts: [{ ports: [{ port: pg }] }] }] }',
      ['phi/api'],
    ],
    [
      'a policy that closes nothing',
      '{ endpointSelector: {}, enableDefaultDeny: { ingress: false }, ingress: [{ fromEndpoints: [{}] }] }',
      ['phi/api', 'web/web', 'web/agent'],
    ],
    [
      'another workload',
      '{ endpointSelector: { matchLabels: { app: other } }, ingress: [{}] }',
      ['phi/api', 'web/web', 'web/agent'],
    ],
  ])('%s', (_, spec, expected) => {
    expect(callers(cilium(spec))).toEqual(expected);
  });

  it('reads those of the whole cluster, and several in one object', () => {
    const clusterwide = 'CiliumClusterwideNetworkPolicy';
    const everywhere =
      '{ endpointSelector: {}, ingress: [{ fromEndpoints: [{ matchLabels: { app: web } }] }] }';
    expect(callers(cilium(everywhere, clusterwide, ''))).toEqual(['web/web']);
    const specs = `---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: p, namespace: phi }
specs:
- { endpointSelector: {}, ingress: [{}] }
- { endpointSelector: {}, ingress: [{ fromEndpoints: [{ matchLabels: { app: api } }] }] }
`;
    expect(callers(specs)).toEqual(['phi/api']);
  });

  it('knows names of the internet only when they are all of it', () => {
    expect(
      isOnline(cilium('{ endpointSelector: {}, egress: [{ toFQDNs: [{ matchName: api.example.com }] }] }')),
    ).toBe(false);
    expect(isOnline(cilium('{ endpointSelector: {}, egress: [{ toFQDNs: [{ matchPattern: "*" }] }] }'))).toBe(
      true,
    );
    expect(isOnline(cilium('{ endpointSelector: {}, egress: [{ toEntities: [cluster] }] }'))).toBe(false);
  });
});

const calico = (spec: string, kind = 'NetworkPolicy', metadata = 'name: p, namespace: phi') => `---
apiVersion: projectcalico.org/v3
kind: ${kind}
metadata: { ${metadata} }
spec: ${spec}
`;

describe('policies of Calico', () => {
  it.each([
    ['nothing is allowed', '{ selector: all(), types: [Ingress] }', []],
    [
      'a selector is about the own namespace',
      `{ ingress: [{ action: Allow, source: { selector: "has(app)" } }] }`,
      ['phi/api'],
    ],
    [
      'another namespace',
      `{ ingress: [{ action: Allow, source: { namespaceSelector: "projectcalico.org/name == 'web'", selector: "app in {'web', 'x'}" } }] }`,
      ['web/web'],
    ],
    [
      'the first rule that matches decides',
      `{ ingress: [{ action: Deny, source: { selector: "app == 'api'" } }, { action: Allow }] }`,
      ['web/web', 'web/agent'],
    ],
    [
      'ports and ranges',
      `{ ingress: [{ action: Allow, protocol: TCP, source: { selector: all() }, destination: { ports: [80, "5000:6000"] } }] }`,
      ['phi/api'],
    ],
    [
      'ports that are left out',
      `{ ingress: [{ action: Allow, protocol: TCP, source: { selector: all() }, destination: { notPorts: [5432] } }] }`,
      [],
    ],
    [
      'ServiceAccounts',
      `{ ingress: [{ action: Allow, source: { serviceAccounts: { names: [api] } } }] }`,
      ['phi/api'],
    ],
    [
      'everybody but some',
      `{ ingress: [{ action: Allow, source: { notSelector: "app == 'api'" } }] }`,
      ['web/web', 'web/agent'],
    ],
    [
      'what is not told allows nothing',
      `{ ingress: [{ action: Allow, source: { domains: [example.com] } }] }`,
      [],
    ],
    ['a policy about others', `{ selector: "app == 'x'", ingress: [] }`, ['phi/api', 'web/web', 'web/agent']],
  ])('%s', (_, spec, expected) => {
    expect(callers(calico(spec))).toEqual(expected);
  });

  it('asks policies by their order, and tiers before the default one', () => {
    const deny = calico('{ order: 20, ingress: [{ action: Deny }] }');
    const allow = calico('{ order: 10, ingress: [{ action: Allow, source: { selector: all() } }] }');
    expect(callers(`${deny}${allow}`)).toEqual(['phi/api']);
    const passing = calico(
      `{ tier: security, namespaceSelector: "team == 'clinic'", ingress: [{ action: Pass, source: { selector: "app == 'api'" } }] }`,
      'GlobalNetworkPolicy',
      'name: security.a',
    );
    expect(callers(`${passing}${calico('{ ingress: [{ action: Allow }] }')}`)).toEqual(['phi/api']);
    expect(callers(passing)).toEqual(['phi/api']);
  });

  it('puts the policies of Kubernetes among its own', () => {
    const kubernetes = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: k, namespace: phi }
spec: { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }
`;
    expect(callers(`${kubernetes}${calico('{ order: 1, ingress: [{ action: Deny }] }')}`)).toEqual([]);
    expect(callers(`${kubernetes}${calico('{ order: 2000, ingress: [{ action: Allow }] }')}`)).toEqual([
      'phi/api',
      'web/web',
      'web/agent',
    ]);
  });
});

describe('selectors of Calico', () => {
  const labels = new Map([
    ['app', 'db'],
    ['example.com/tier', 'back-end'],
  ]);
  it.each([
    ['', true],
    ['all()', true],
    ['global()', false],
    ['has(app)', true],
    ['!has(app)', false],
    ["app == 'db' && has(example.com/tier)", true],
    ['app != "db" || example.com/tier contains "ck-"', true],
    ['(app == "x" || app == "db") && !(example.com/tier starts with "front")', true],
    ["app not in { 'x', 'db' }", false],
    ["missing not in {'x'}", true],
    ["missing != 'x'", true],
    ["example.com/tier ends with 'end'", true],
    ['app ==', false],
    ['app == db', false],
    ['((((', false],
    [`${'!'.repeat(200)}has(app)`, false],
  ])('%s', (text, expected) => {
    expect(satisfies(parseSelector(text), labels)).toBe(expected);
  });
});
