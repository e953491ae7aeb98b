import type { Resource } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';
import { CALICO_KINDS, CALICO_PEER_FIELDS, calicoDirectionsOf } from './calico.ts';
import { parseSelector, type SelectorExpression } from './calico-selectors.ts';
import type { Direction } from './network-policy.ts';
import {
  EVERY_ADDRESS,
  EVERYTHING,
  type Peer,
  type PolicyRule,
  type PolicySpec,
  type PortMatch,
} from './policy.ts';

/**
 * The policies of Calico: tiers in order, in each of them policies in order, and of those the first rule that matches. A pod that some policy of a tier selects is
 * closed there but for what is allowed or passed on.
 *
 * Sources: https://docs.tigera.io/calico/latest/reference/resources/networkpolicy, globalnetworkpolicy and tier.
 */
export function calicoPolicySpecs({ kind, spec }: Resource): PolicySpec[] {
  if (!CALICO_KINDS.has(kind) || spec === undefined) return [];
  // Policies of this kind are about nodes.
  if (spec.get('preDNAT')?.boolean === true || spec.get('doNotTrack')?.boolean === true) return [];
  const isGlobal = kind === 'GlobalNetworkPolicy';
  const directions = calicoDirectionsOf(spec);
  const tier = spec.get('tier')?.text ?? 'default';
  const rules = (direction: Direction) =>
    directions.includes(direction)
      ? (spec.get(direction)?.items ?? []).flatMap((rule) => ruleOf(rule, direction, isGlobal) ?? [])
      : [];
  return [
    {
      precedence: {
        tier: tier === 'default' ? 'default' : 'named',
        tierName: tier === 'default' ? '' : tier,
        order: spec.get('order')?.number ?? Number.POSITIVE_INFINITY,
      },
      subject: {
        namespaces: isGlobal ? parseSelector(spec.get('namespaceSelector')?.text) : 'own',
        pods: spec.has(['serviceAccountSelector'])
          ? { op: 'none' }
          : parseSelector(spec.get('selector')?.text),
      },
      isolates: directions,
      rules: { ingress: rules('ingress'), egress: rules('egress') },
    },
  ];
}

const ACTIONS: ReadonlyMap<string, PolicyRule['action']> = new Map([
  ['allow', 'allow'],
  ['deny', 'deny'],
  ['pass', 'pass'],
]);

const PROTOCOL_NUMBERS: ReadonlyMap<string, string> = new Map([
  ['6', 'TCP'],
  ['17', 'UDP'],
  ['132', 'SCTP'],
]);

function ruleOf(rule: Value, direction: Direction, isGlobal: boolean): PolicyRule | undefined {
  const action = ACTIONS.get(rule.get('action')?.text?.toLowerCase() ?? '');
  if (action === undefined) return undefined;
  const source = rule.get('source');
  const destination = rule.get('destination');
  const [other, own] = direction === 'ingress' ? [source, destination] : [destination, source];
  const isNarrower =
    source?.has(['ports']) === true ||
    source?.has(['notPorts']) === true ||
    rule.has(['notProtocol']) ||
    CALICO_PEER_FIELDS.some((key) => own?.has([key]) === true);
  return {
    action,
    peers: isNarrower ? [{ type: 'unknown' }] : peersOf(other, isGlobal),
    ports: portsOf(rule.get('protocol')?.text, destination),
  };
}

/** Undefined when the side of a rule names nobody. */
function peersOf(side: Value | undefined, isGlobal: boolean): Peer[] | undefined {
  if (side === undefined || !CALICO_PEER_FIELDS.some((key) => side.has([key]))) return undefined;
  const textsOf = (key: string) => side.get(key)?.items.flatMap(({ text }) => text ?? []) ?? [];
  const isByLabels = ['selector', 'notSelector', 'namespaceSelector', 'serviceAccounts'].some((key) =>
    side.has([key]),
  );
  const isByAddress = side.has(['nets']) || side.has(['notNets']);
  const isUntold =
    side.has(['services']) || side.has(['domains']) || side.has(['serviceAccounts', 'selector']);
  if (isUntold || (isByLabels && isByAddress)) return [{ type: 'unknown' }];
  if (isByAddress) {
    const cidrs = side.has(['nets']) ? textsOf('nets') : EVERY_ADDRESS;
    return [{ type: 'addresses', cidrs, except: textsOf('notNets'), withPods: true }];
  }
  const not = side.has(['notSelector']) ? parseSelector(side.get('notSelector')?.text) : undefined;
  if (not !== undefined && !POSITIVE.some((key) => side.has([key]))) {
    // Everything but the pods with these labels: other pods, of any namespace, and whatever is no pod.
    return [
      { type: 'pods', match: { namespaces: EVERYTHING, pods: EVERYTHING }, not },
      { type: 'addresses', cidrs: EVERY_ADDRESS, except: [], withPods: false },
    ];
  }
  const isAnywhere = isGlobal || side.has(['namespaceSelector']);
  const namespaces = isAnywhere ? parseSelector(side.get('namespaceSelector')?.text) : 'own';
  return [{ type: 'pods', match: { namespaces, pods: podsOf(side) }, not }];
}

const POSITIVE = ['selector', 'namespaceSelector', 'serviceAccounts'];

function podsOf(side: Value): SelectorExpression {
  const selector = parseSelector(side.get('selector')?.text);
  const names = side.at(['serviceAccounts', 'names'])?.items.flatMap(({ text }) => text ?? []) ?? [];
  if (names.length === 0) return selector;
  return {
    op: '&&',
    operands: [selector, { op: 'in', key: 'projectcalico.org/serviceaccount', values: names }],
  };
}

function portsOf(named: string | undefined, destination: Value | undefined): PortMatch[] | undefined {
  const protocol = named === undefined ? undefined : (PROTOCOL_NUMBERS.get(named) ?? named.toUpperCase());
  const ports = destination?.get('ports')?.items.flatMap((port) => portOf(port.text) ?? []) ?? [];
  const without = destination?.get('notPorts')?.items.flatMap((port) => portOf(port.text) ?? []) ?? [];
  if (ports.length > 0) return ports.map((port) => ({ protocol, port }));
  if (without.length > 0) return complementOf(without).map((port) => ({ protocol, port }));
  return protocol === undefined ? undefined : [{ protocol, port: undefined }];
}

/** A number, a range `80:90`, or a name. */
function portOf(text: string | undefined): PortMatch['port'] {
  const match = /^(\d{1,5})(?::(\d{1,5}))?$/.exec(text ?? '');
  if (match === null) return text;
  return { first: Number(match[1]), last: Number(match[2] ?? match[1]) };
}

function complementOf(ports: readonly PortMatch['port'][]): { first: number; last: number }[] {
  const ranges = ports.filter((port) => typeof port === 'object').sort((a, b) => a.first - b.first);
  const gaps: { first: number; last: number }[] = [];
  let next = 0;
  for (const { first, last } of ranges) {
    if (first > next) gaps.push({ first: next, last: first - 1 });
    next = Math.max(next, last + 1);
  }
  return next > 65_535 ? gaps : [...gaps, { first: next, last: 65_535 }];
}
