import type { WorkloadFact } from '../../analysis/facts.ts';
import { authorizationsFor } from '../../analysis/mesh/authorization.ts';
import { isMeshItself } from '../../analysis/mesh/enrolment.ts';
import { enrolmentFactsFor, isKeptOut, isSystemNamespace, meshOf } from '../../analysis/mesh/meshes.ts';
import type { World } from '../../analysis/world.ts';
import type { Pod } from '../../kubernetes/pods.ts';
import { callerSkeleton, istioPolicy } from '../mesh-fixes.ts';
import { isInPhiScope } from '../phi-scope.ts';
import { namespaceOf } from '../related-objects.ts';
import { defineRule, type Fix, type Operation } from '../rule.ts';
import type { RuleSettings } from '../settings.ts';

/** Kinds whose pods do their work and answer nobody. */
const UNCALLED: ReadonlySet<string> = new Set(['Job', 'CronJob', 'ScaledJob']);

/**
 * A PHI workload in a mesh for which no policy decides who may call it, so that everybody may. Pods that stay out of the mesh are what
 * `mesh-injection-disabled` reports; policies that let everybody in, `mesh-authorization-allow-all`.
 *
 * Source: https://istio.io/latest/docs/ops/best-practices/security/#use-default-deny-patterns
 */
export const meshAuthorizationMissing = defineRule({
  id: 'mesh-authorization-missing',
  meta: {
    title: 'No policy of the mesh says who may call a workload',
    safeguard: 'transmission-security',
    rationale:
      'Mutual TLS proves who calls, but without an authorization policy every workload of the mesh may. One compromised pod then reads ePHI from every service.',
    remediation:
      'Deny by default in the namespace, and allow the callers of each workload by their ServiceAccounts and ports.',
    references: {
      hipaa: ['164.312(e)(1)', '164.312(a)(1)'],
      nist: ['AC-3', 'AC-4', 'AC-6'],
      urls: [
        'https://istio.io/latest/docs/ops/best-practices/security/#use-default-deny-patterns',
        'https://linkerd.io/2/reference/authorization-policy/',
        'https://developer.hashicorp.com/consul/docs/connect/config-entries/service-intentions',
      ],
    },
    severity: 'warning',
    scope: 'workspace',
    phiOnly: true,
    requiredAsProposed: true,
    messages: {
      missing:
        'No {policy} says who may call {kind} "{name}", so every workload of the mesh reaches its ePHI. Deny by default, and allow its callers.',
    },
  },
  pod(pod, { report, world, settings }) {
    const { workload } = pod;
    if (!world.complete || isSystemNamespace(workload.namespace ?? '')) return;
    if (UNCALLED.has(workload.kind) || isMeshItself(workload)) return;
    // No mesh puts a proxy into the network of a node.
    if (pod.spec.get('hostNetwork')?.boolean === true) return;
    const fact = factOf(pod, world);
    const enrolled = fact === undefined ? [] : enrolmentFactsFor(fact, world);
    const mesh = fact && meshOf(enrolled, world);
    if (fact === undefined || mesh === undefined || !isOpen(fact, world)) return;
    const { root, kind, name } = workload;
    report({
      at: root.at(['metadata', 'name']) ?? root,
      messageId: 'missing',
      data: { kind, name, policy: POLICIES[mesh] },
      relatedObjects: enrolled
        .filter((each) => each.kind === 'Namespace' && each.enrolments.some(({ isIn }) => isIn))
        .map((each) => namespaceOf(each.name, 'The namespace is in the mesh.')),
      fixes: mesh === 'cilium' ? [] : allowFixes(pod, fact, mesh, world, settings),
    });
  },
});

const POLICIES = {
  istio: 'AuthorizationPolicy',
  linkerd: 'Server with an AuthorizationPolicy',
  consul: 'ServiceIntentions',
  cilium: 'CiliumNetworkPolicy',
};

function factOf({ workload }: Pod, world: World): WorkloadFact | undefined {
  const { kind, name, namespace } = workload;
  return world
    .matching('workload', 'name', name)
    .find((fact) => fact.kind === kind && fact.namespace === namespace);
}

function isOpen(workload: WorkloadFact, world: World): boolean {
  return !isKeptOut(workload, world) && authorizationsFor(workload, world).length === 0;
}

/** Calls are refused until a person has named the caller, so that a person decides. */
function allowFixes(
  pod: Pod,
  workload: WorkloadFact,
  mesh: 'istio' | 'linkerd' | 'consul',
  world: World,
  settings: RuleSettings,
): Fix[] {
  const deny = mesh === 'istio' ? denialFor(workload, world, settings) : [];
  const allow = callerSkeleton(pod, workload, mesh);
  const title = [
    ...(deny.length === 0 ? [] : ['deny by default']),
    ...(allow.length === 0 ? [] : [`let in one caller of "${workload.name}", which has to be named`]),
  ].join(', and ');
  if (title === '') return [];
  const operations = [...deny, ...allow];
  return [{ title: title.charAt(0).toUpperCase() + title.slice(1), applicability: 'review', operations }];
}

/** The denial of the whole namespace, which comes with the first of its open workloads, so that it is added once. */
function denialFor(workload: WorkloadFact, world: World, settings: RuleSettings): Operation[] {
  const { namespace } = workload;
  const first = world
    .matching('workload', 'namespace', namespace)
    .filter(
      (other) => !UNCALLED.has(other.kind) && isInPhiScope(other, world, settings) && isOpen(other, world),
    )
    .map(({ kind, name }) => `${name} ${kind}`)
    .sort()[0];
  const isFirst = first === `${workload.name} ${workload.kind}`;
  return isFirst ? [istioPolicy('AuthorizationPolicy', 'deny-all', namespace, {})] : [];
}
