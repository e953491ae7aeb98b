import {
  ingressPorts,
  knownCallees,
  knownCallers,
  type TargetPort,
} from '../../analysis/network/known-calls.ts';
import type { Direction } from '../../analysis/network/network-policy.ts';
import type { PodNetworkFact } from '../../analysis/network/pod-network.ts';
import type { World } from '../../analysis/world.ts';
import { freeName } from '../../kubernetes/free-names.ts';
import type { PlainValue } from '../../syntax/edit/operations.ts';
import type { Fix } from '../rule.ts';
import { DNS_EGRESS, networkPolicy, policyNames } from './policy-documents.ts';

/**
 * The least policy that lets through what the manifests show: the workloads that name a Service of this one, or take in a ConfigMap that does, the Ingresses that lead to it, the Services that it names,
 * and DNS. Undefined for pods without labels, which no policy can single out, and for Ingress controllers.
 */
export function leastPolicyFor(
  fact: PodNetworkFact,
  directions: readonly Direction[],
  world: World,
): Fix | undefined {
  if (fact.selector.size === 0) return undefined;
  const ingress = directions.includes('ingress') ? ingressRules(fact, world) : [];
  const egress = directions.includes('egress') ? egressRules(fact, world) : [];
  // Whom a controller serves and where it leads to is in Ingresses and outside of the cluster.
  if (CONTROLLER_NAMES.test(fact.name) && ingress.length === 0) return undefined;
  const spec: PlainValue = {
    podSelector: labels(fact.selector),
    policyTypes: directions.map((direction) => (direction === 'ingress' ? 'Ingress' : 'Egress')),
    ...(ingress.length > 0 ? { ingress } : {}),
    ...(egress.length > 0 ? { egress } : {}),
  };
  const name = freeName(fact.name, policyNames(fact.namespace, world));
  return {
    title: `Add a NetworkPolicy for ${directions.join(' and ')} that allows what the manifests show`,
    applicability: 'review',
    operations: [
      {
        op: 'add-document',
        value: networkPolicy(name, fact.namespace, spec),
        comment: 'Allows what the manifests show. Add other callers, and hosts outside of the cluster.',
      },
    ],
  };
}

function ingressRules(fact: PodNetworkFact, world: World): PlainValue[] {
  const rules = knownCallers(fact, world)
    .filter(({ workload }) => workload.selector.size > 0)
    .map(({ workload, ports }) => ruleOf('from', [peerOf(workload, fact)], ports));
  const ports = ingressPorts(fact, world);
  return ports.length === 0 ? rules : [...rules, ruleOf('from', controllers(fact, world), ports)];
}

function egressRules(fact: PodNetworkFact, world: World): PlainValue[] {
  const calls = knownCallees(fact, world)
    .filter(({ workload }) => workload.selector.size > 0)
    .map(({ workload, ports }) => ruleOf('to', [peerOf(workload, fact)], ports));
  return [DNS_EGRESS, ...calls];
}

function ruleOf(key: 'from' | 'to', peers: readonly PlainValue[], ports: readonly TargetPort[]): PlainValue {
  return { [key]: peers, ports: ports.map(({ protocol, port }) => ({ protocol, port })) };
}

function peerOf(workload: PodNetworkFact, home: PodNetworkFact): PlainValue {
  const podSelector = labels(workload.selector);
  if (workload.namespace === home.namespace || workload.namespace === undefined) return { podSelector };
  return { namespaceSelector: namespaceNamed(workload.namespace), podSelector };
}

const CONTROLLER_NAMES = /ingress|traefik|haproxy|contour|kong|emissary/;

/** The Ingress controllers of the workspace; otherwise a place for their namespace. */
function controllers(home: PodNetworkFact, world: World): PlainValue[] {
  const known = world
    .facts('pod-network')
    .filter(
      (workload) =>
        workload.kind !== 'Job' && workload.selector.size > 0 && CONTROLLER_NAMES.test(workload.name),
    );
  if (known.length > 0) return known.map((workload) => peerOf(workload, home));
  return [{ namespaceSelector: namespaceNamed('replace-with-ingress-namespace') }];
}

function namespaceNamed(name: string): PlainValue {
  return { matchLabels: { 'kubernetes.io/metadata.name': name } };
}

function labels(selector: ReadonlyMap<string, string>): PlainValue {
  return { matchLabels: Object.fromEntries(selector) };
}
