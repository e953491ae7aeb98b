/** The policies of Kyverno that look other objects up, run over the rules' own tables: all objects of a case are in the cluster. */

import { describe, expect, it } from 'vitest';
import { type Configuration, DEFAULT_CONFIGURATION } from '../../server/src/engine/configuration.ts';
import { clusterPolicies } from '../../server/src/export/policies.ts';
import { rules } from '../../server/src/rules/index.ts';
import { checkText, TODAY } from '../support/check-text.ts';
import { clusterOf, objectsOf, podsOf } from '../support/cluster.ts';
import { type ApiObject, decide, type KyvernoRule, VARIABLE } from '../support/kyverno.ts';
import { unmark } from '../support/marked-text.ts';
import type { RuleCases } from '../support/rule-cases.ts';
import { loadKubernetesSchemas } from '../support/schemas.ts';
import { isPlain } from './admission.ts';
import { type Json, mutantsOf } from './mutants.ts';
import { BEYOND_KYVERNO, BY_KYVERNO } from './remainder.ts';

interface Policy {
  readonly kind: string;
  readonly metadata: ApiObject['metadata'];
  readonly spec: { readonly rules: readonly KyvernoRule[] };
}

const policiesWith = (configuration: Partial<Configuration> = {}) =>
  clusterPolicies(rules, {
    action: 'deny',
    configuration: { ...DEFAULT_CONFIGURATION, ...configuration },
    today: TODAY,
  }) as unknown as Policy[];

const policies = policiesWith();

/** What the cluster judges otherwise than the rule, and why. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'policies that Kyverno makes for every namespace': 'by then they are there',
  'workloads that stay out of the mesh, or hold no PHI': 'a label counts that stands on the pod',
};

const rulesOf = (id: string, of = policies) => {
  const policy = of.find(
    ({ kind, metadata }) => kind === 'ClusterPolicy' && metadata.name === `kube-safeguards-${id}`,
  );
  if (policy === undefined) throw new Error(`no policy for ${id}`);
  return policy.spec.rules;
};

/** The names of objects of a file, and of pods made of them, that are refused in a cluster that has all of them. */
function refusedIn(id: string, objects: readonly ApiObject[], of = policies): string[] {
  const kyvernoRules = rulesOf(id, of);
  const pods = podsOf(objects);
  const cluster = clusterOf([...objects.filter(({ kind }) => kind !== 'Pod'), ...pods]);
  return [...objects.filter(({ kind }) => kind !== 'Pod'), ...pods]
    .filter((object) => kyvernoRules.some((rule) => decide(rule, object, cluster) === 'denied'))
    .map(({ metadata }) => metadata.name);
}

/** Whether the API server takes an object at all. */
const isServed = (object: object) =>
  checkText(JSON.stringify(object), { rules: schemaRule, schemas, isolated: true }).length === 0;
const schemaRule = rules.filter(({ id }) => id === 'kubernetes-schema');
const schemas = await loadKubernetesSchemas();

const isRefused = (id: string, code: string) =>
  refusedIn(id, inhabited(id, objectsOf(unmark(code).text))).length > 0;

/** For a rule that asks for pods of no Namespace, the first of each Namespace that has none. */
function inhabited(id: string, objects: readonly ApiObject[]): readonly ApiObject[] {
  if (id !== 'mesh-injection-missing') return objects;
  const homes = new Set(podsOf(objects).map(({ metadata }) => metadata.namespace));
  const empty = objects.filter(({ kind, metadata }) => kind === 'Namespace' && !homes.has(metadata.name));
  const pods = empty.map(({ metadata }) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'first', namespace: metadata.name },
    spec: { containers: [] },
  }));
  return [...objects, ...pods];
}

describe.each([
  'network-policy-missing',
  'rbac-cluster-scope',
  'audit-log-access',
  'mesh-injection-missing',
  'mesh-mtls-missing',
  'mesh-authorization-missing',
  'mesh-access-log-disabled',
  'namespace-mixed-workloads',
  'dashboard-exposed',
  'certificate-automation-missing',
])('%s', async (id) => {
  const safeguard = rules.find((rule) => rule.id === id)?.meta.safeguard;
  const { cases } = (await import(`../rules/${safeguard}/${id}.cases.ts`)) as { cases: RuleCases };
  const seen = ({ isolated, ...one }: RuleCases['valid'][number]) => isPlain(one) && isolated !== true;

  it('lets in what the rule finds nothing in', () => {
    const refused = cases.valid.filter(seen).filter(({ code }) => isRefused(id, code));
    expect(refused.map(({ name }) => name).filter((name) => !(name in OTHERWISE))).toEqual([]);
  });

  it('refuses what the rule flags, but for what it owns up to', () => {
    const admitted = cases.invalid.filter(seen).filter(({ code }) => !isRefused(id, code));
    const names = admitted.map(({ name }) => name);
    // Where CEL refuses most, Kyverno does the rest.
    const rest = BY_KYVERNO[id];
    if (rest !== undefined) expect(names.filter((name) => rest.includes(name))).toEqual([]);
    else expect(names.toSorted()).toEqual((BEYOND_KYVERNO[id] ?? []).toSorted());
  });

  it('refuses nothing that the rule accepts, one field or item away from the cases', () => {
    const rule = rules.filter((known) => known.id === id);
    const wrong = [...cases.valid, ...cases.invalid].filter(seen).flatMap(({ name, code }) => {
      if (name in OTHERWISE) return [];
      const objects = inhabited(id, objectsOf(unmark(code).text));
      return objects.flatMap((object, index) =>
        [...mutantsOf(object as unknown as Json)].flatMap((mutant) => {
          const mutated = objects.with(index, mutant as unknown as ApiObject);
          const text = mutated.map((one) => JSON.stringify(one)).join('\n---\n');
          if (!isServed(mutant) || refusedIn(id, mutated).length === 0) return [];
          return checkText(text, { rules: rule }).length > 0 ? [] : [`${name}: ${JSON.stringify(mutant)}`];
        }),
      );
    });
    expect(wrong).toEqual([]);
  });
});

describe('what comes first', () => {
  const inOrder = (id: string, safeguard: string, name: string) => async () => {
    const { cases } = (await import(`../rules/${safeguard}/${id}.cases.ts`)) as { cases: RuleCases };
    const code = cases.invalid.find((one) => one.name === name)?.code ?? '';
    return refusedIn(id, objectsOf(unmark(code).text));
  };

  it('decides about what comes second, whichever that is', async () => {
    const tool = inOrder('dashboard-exposed', 'access-control', 'a load balancer');
    expect(await tool()).toEqual(['grafana', 'grafana-7d4b9']);
    const way = inOrder('dashboard-exposed', 'access-control', 'an Ingress');
    expect(await way()).toEqual(['tools', 'grafana-7d4b9']);
    const added = inOrder(
      'rbac-secrets-access',
      'access-control',
      'by aggregation into a role that is bound to the whole cluster',
    );
    expect((await added()).length).toBe(2);
  });
});

describe('Kyverno is asked about', () => {
  const pod = (name: string, namespace: string, more: object = {}, spec: object = {}): ApiObject =>
    ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, ...more },
      spec: { containers: [{ name: 'a', image: 'registry.clinic.example/team/a:1' }], ...spec },
    }) as ApiObject;
  const namespace = (name: string, labels: Record<string, string>): ApiObject => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels },
  });
  const config = (mesh: string): ApiObject =>
    ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'istio', namespace: 'istio-system' },
      data: { mesh },
    }) as ApiObject;
  const strictIn = (home: string): ApiObject =>
    ({
      apiVersion: 'security.istio.io/v1',
      kind: 'PeerAuthentication',
      metadata: { name: 'default', namespace: home },
      spec: { mtls: { mode: 'STRICT' } },
    }) as ApiObject;

  it.each([
    [
      'the root namespace of Istio as the mesh has it',
      [config('rootNamespace: mesh-root\n'), strictIn('mesh-root')],
      [],
    ],
    ['no other namespace', [config('rootNamespace: mesh-root\n'), strictIn('istio-system')], ['api']],
    ['a namespace that holds no PHI', [namespace('clinic', { 'kube-safeguards.io/phi': 'false' })], []],
  ])('%s', (_, others, refused) => {
    expect(refusedIn('mesh-mtls-missing', [pod('api', 'clinic'), ...others])).toEqual(refused);
  });

  it.each([
    [
      'a proxy that is there although nobody said so',
      { annotations: { 'sidecar.istio.io/status': '{}' } },
      {},
      [],
    ],
    ['a pod that is its node', {}, { hostNetwork: true }, []],
    ['any other pod', {}, {}, ['api']],
  ])('%s', (_, metadata, spec, refused) => {
    const mesh = namespace('web', { 'istio-injection': 'enabled' });
    expect(refusedIn('mesh-injection-missing', [pod('api', 'clinic', metadata, spec), mesh])).toEqual(
      refused,
    );
  });

  it.each([
    ['with a policy that has clients prove who they are', ['required'], ['api']],
    ['with one that does so for some', ['required', 'disabled'], []],
    ['with none such', ['disabled'], []],
  ])('the mesh of Cilium: a cluster %s', (_, modes, refused) => {
    const policy = {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: { name: 'web', namespace: 'web' },
      spec: {
        endpointSelector: { matchLabels: { app: 'web' } },
        ingress: modes.map((mode) => ({ authentication: { mode } })),
      },
    } as ApiObject;
    const decided = { ...policy, metadata: { name: 'all', namespace: 'clinic' } };
    const id = 'mesh-authorization-missing';
    expect(refusedIn(id, [pod('api', 'clinic'), policy])).toEqual(refused);
    expect(refusedIn(id, [pod('api', 'clinic', { labels: { app: 'web' } }), decided])).toEqual([]);
    expect(
      refusedIn(id, [pod('api', 'clinic', { labels: { 'istio.io/dataplane-mode': 'none' } }), policy]),
    ).toEqual([]);
  });

  it('the gateways of a mesh, whose proxy is all there is, but not about pods beside a proxy', () => {
    const mesh = namespace('clinic', { 'istio-injection': 'enabled' });
    const proxy = { name: 'istio-proxy', image: 'docker.io/istio/proxyv2:1.27.0' };
    const gateway = pod('gateway', 'clinic', {}, { containers: [proxy] });
    const injected = pod('api', 'clinic', {}, { containers: [{ name: 'a', image: 'a' }, proxy] });
    expect(refusedIn('mesh-authorization-missing', [mesh, gateway, injected])).toEqual(['api']);
  });
});

describe('certificates of Gateways', () => {
  const certificate = (namespace: string, secretName = 'web-tls') =>
    ({
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: 'web', namespace },
      spec: { secretName },
    }) as ApiObject;
  const gateway = (apiVersion: string, spec: object) =>
    ({ apiVersion, kind: 'Gateway', metadata: { name: 'web', namespace: 'edge' }, spec }) as ApiObject;
  const refersTo = (...certificateRefs: object[]) =>
    gateway('gateway.networking.k8s.io/v1', { listeners: [{ tls: { certificateRefs } }] });
  const ofIstio = gateway('networking.istio.io/v1', {
    servers: [{ tls: { credentialName: 'web-tls' } }, {}],
  });

  it.each([
    ['where the reference says', refersTo({ name: 'web-tls', namespace: 'certs' }), 'certs', false],
    ['not in another namespace', refersTo({ name: 'web-tls', namespace: 'certs' }), 'edge', true],
    ['not elsewhere', refersTo({ name: 'web-tls' }), 'certs', true],
    ['anywhere, for pods of Istio', ofIstio, 'certs', false],
  ])('are renewed %s', (_, asked, home, isRefused) => {
    const refused = (...others: ApiObject[]) =>
      refusedIn('certificate-automation-missing', [asked, ...others]).length > 0;
    expect(refused(certificate(home))).toBe(isRefused);
    expect(refused(certificate(home, 'other-tls'))).toBe(true);
  });
});

describe('Kyverno takes', () => {
  const made = policies.filter(({ kind }) => kind === 'ClusterPolicy');

  it('nothing for a reference', () => {
    // Source: https://kyverno.io/docs/policy-types/cluster-policy/variables/
    expect(made.length).toBeGreaterThan(10);
    expect(made.filter((policy) => JSON.stringify(policy).includes('$('))).toEqual([]);
  });

  it.each(made.flatMap(({ metadata, spec }) => spec.rules.map((rule) => [metadata.name, rule] as const)))(
    'all variables of %s',
    (_, rule) => {
      // Each begins with a name of the context, or has one of these in it: kyverno/kyverno, pkg/engine/context (ReservedKeys).
      const names = (rule.context ?? []).map(({ name }) => name);
      const isKnown = (variable: string) =>
        /request|element|@|images?|[a-z_0-9]+\(/.test(variable) ||
        names.some((name) => variable.startsWith(name));
      const unknown = textsIn(rule)
        .flatMap((text) => variablesOf(text))
        .filter((variable) => !isKnown(variable));
      expect(unknown).toEqual([]);
    },
  );
});

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The variables of a text, those inside of others first, which are null by then. */
function variablesOf(text: string): string[] {
  const [variable] = VARIABLE.exec(text) ?? [];
  if (variable === undefined) {
    expect(text).not.toContain('{{');
    return [];
  }
  return [variable.slice(2, -2).trim(), ...variablesOf(text.replace(variable, 'null'))];
}

describe('the configuration', () => {
  const workload = (name: string): ApiObject =>
    ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace: 'clinic' },
      spec: { template: { spec: { containers: [] } } },
    }) as ApiObject;

  it('exempts what has an exception, and what is made from it', () => {
    const decided = { reason: 'It is moved.', approver: 'Ann', date: '2026-01-01' };
    const resource = { kind: 'Deployment', name: 'router-*', namespace: 'clinic' };
    const exceptions = [{ rule: 'network-policy-missing', resource, ...decided }];
    const objects = [workload('router-1'), workload('web')];
    const id = 'network-policy-missing';
    expect(refusedIn(id, objects)).toEqual(['router-1-7d4b9', 'web-7d4b9']);
    expect(refusedIn(id, objects, policiesWith({ exceptions }))).toEqual(['web-7d4b9']);
    const elsewhere = [{ ...exceptions[0], resource: { ...resource, namespace: 'other' } }];
    expect(refusedIn(id, objects, policiesWith({ exceptions: elsewhere as typeof exceptions }))).toHaveLength(
      2,
    );
  });

  it('has advice only reported', () => {
    const actionsOf = (severity: 'information' | 'error') =>
      ['network-policy-missing', 'audit-log-access'].flatMap((id) =>
        rulesOf(id, policiesWith({ rules: { [id]: severity } })).map(
          ({ validate }) => (validate as { failureAction?: string }).failureAction,
        ),
      );
    expect(new Set(actionsOf('error'))).toEqual(new Set(['Enforce']));
    expect(new Set(actionsOf('information'))).toEqual(new Set(['Audit']));
  });
});
