import { coverEverything } from '../../analysis/network/cidr.ts';
import { describeDecision } from '../../analysis/network/describe.ts';
import { podNetworkFactOf } from '../../analysis/network/pod-network.ts';
import {
  internetPassage,
  isGoverned,
  type Passage,
  passageBetween,
  portsOf,
  type Site,
  siteOf,
} from '../../analysis/network/points.ts';
import type { NetworkPolicyFact } from '../../analysis/network/policy.ts';
import type { World } from '../../analysis/world.ts';
import { isInPhiScope } from '../phi-scope.ts';
import { objectOf } from '../related-objects.ts';
import { defineRule, type RelatedObject } from '../rule.ts';
import type { RuleSettings } from '../settings.ts';
import { outsidersNear } from './outsiders.ts';
import { SYSTEM_NAMESPACES } from './policy-documents.ts';

/**
 * A way between what holds PHI and what does not, which policies leave open: from a workload outside PHI scope to one inside, or from there to the internet. Where no policy
 * selects the workload at all, `network-policy-missing` says so.
 *
 * Source: 45 CFR 164.312(a)(1) and (e)(1); policies are evaluated in `analysis/network`.
 */
export const phiReachable = defineRule({
  id: 'phi-reachable',
  meta: {
    title: 'PHI within reach of others',
    safeguard: 'network-segmentation',
    rationale:
      'Policies add up, and a way that nobody meant to open is hard to see in any one of them. A program without business with ePHI that can connect to it, or a way from ePHI to the internet, is where data is lost.',
    remediation:
      'Narrow the policy that is named: to the callers that need the data, to the outside addresses that are called. If the way is meant, say why in a suppression.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(e)(1)', '164.502(b)'],
      nist: ['AC-4', 'SC-7'],
      urls: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
    },
    severity: 'warning',
    scope: 'workspace',
    phiOnly: true,
    requiredAsProposed: true,
    messages: {
      byWorkload:
        '{callers} outside PHI scope can connect to {kind} "{name}" on {port}: {chain}. Narrow the policy to the callers that need ePHI.',
      toInternet:
        '{kind} "{name}" can send ePHI to the internet on {port}: {chain}. Narrow the policy to the addresses that it calls.',
    },
  },
  pod({ workload }, { report, world, settings }) {
    const { kind, name, namespace, labels, root } = workload;
    if (kind === 'PodTemplate' || SYSTEM_NAMESPACES.has(namespace ?? '') || !world.complete) return;
    const fact = podNetworkFactOf(workload, { name, namespace, labels });
    if (fact === undefined || fact.hostNetwork || !isInPhiScope(workload, world, settings)) return;
    const site = siteOf(fact, world);
    const at = root.at(['metadata', 'name']) ?? root;
    if (isGoverned(site.ingress, 'ingress')) {
      const found = callersOutside(site, world, settings);
      const [first] = found;
      if (first !== undefined) {
        const data = {
          kind,
          name,
          callers: listOf(found),
          port: portText(first.passage.port),
          chain: chainOf(first),
        };
        report({ at, messageId: 'byWorkload', data, relatedObjects: partiesOf(found) });
      }
    }
    if (isGoverned(site.egress, 'egress')) {
      const way = internetPassage(site, 'egress', ({ port }) => port !== DNS_PORT);
      if (way !== undefined && !way.decision.by.some(isOpenOutright)) {
        const data = {
          kind,
          name,
          port: portText(way.port),
          chain: describeDecision(way.decision, 'egress'),
        };
        report({ at, messageId: 'toInternet', data, relatedObjects: policiesOf(way.decision.by) });
      }
    }
  },
});

/** Rules for DNS often name no resolver, and a resolver passes questions on anyway. */
const DNS_PORT = 53;

/** Whether a policy lets everything out: `network-policy-egress-open` says so, at the policy. */
function isOpenOutright({ specs }: NetworkPolicyFact): boolean {
  return specs.some(({ rules }) =>
    rules.egress.some(
      ({ action, peers, ports }) =>
        action === 'allow' &&
        ports === undefined &&
        (peers === undefined ||
          peers.some(
            (peer) => peer.type === 'addresses' && peer.except.length === 0 && coverEverything(peer.cidrs),
          )),
    ),
  );
}

interface Caller {
  readonly site: Site;
  readonly passage: Passage;
}

/** More callers are not looked for. */
const MOST_CALLERS = 4;

function callersOutside(to: Site, world: World, settings: RuleSettings): Caller[] {
  const callers: Caller[] = [];
  for (const site of outsidersNear(to, world, settings)) {
    if (callers.length === MOST_CALLERS) break;
    const passage = portsOf(to, site)
      .map((port) => passageBetween(site, to, port))
      .find((candidate) => candidate !== undefined);
    if (passage !== undefined) callers.push({ site, passage });
  }
  return callers;
}

function listOf(callers: readonly Caller[]): string {
  const named = callers.slice(0, MOST_CALLERS - 1).map(({ site: { fact } }) => {
    const place = fact.namespace === undefined ? '' : ` of namespace ${fact.namespace}`;
    return `${fact.kind} "${fact.name}"${place}`;
  });
  return [...named, ...(callers.length === MOST_CALLERS ? ['others'] : [])].join(', ');
}

/** The callers, and the policies by which they get through. */
function partiesOf(callers: readonly Caller[]): RelatedObject[] {
  const policies = callers.flatMap(({ passage: { egress, ingress } }) => [
    ...(egress?.by ?? []),
    ...(ingress?.by ?? []),
  ]);
  return [
    ...callers.map(({ site: { fact } }) => objectOf(fact, 'It can connect.')),
    ...policiesOf([...new Set(policies)]),
  ];
}

function policiesOf(policies: readonly NetworkPolicyFact[]): RelatedObject[] {
  return policies.map((fact) => objectOf(fact, 'This policy lets the connection through.'));
}

function portText({ protocol, port }: { protocol: string; port: number }): string {
  return `${protocol} ${port}`;
}

function chainOf({ passage }: Caller): string {
  return [
    passage.egress === undefined
      ? 'no policy reaches its host network'
      : describeDecision(passage.egress, 'egress'),
    passage.ingress === undefined ? '' : describeDecision(passage.ingress, 'ingress'),
  ]
    .filter((part) => part !== '')
    .join(', and ');
}
