import {
  type AdminPeer,
  type AdminRule,
  type Cluster,
  NAMESPACES,
  type PeerObject,
  type PodObject,
  type PortObject,
  type Selector,
} from './random-cluster.ts';

type End = PodObject | { address: string };

/**
 * An evaluator that knows nothing of the model: it reads the objects as the API server has them, and goes through every pair, port and
 * address.
 */
export class BruteForce {
  readonly #cluster: Cluster;
  readonly #namespaces: Record<string, Record<string, string>>;

  constructor(value: Cluster) {
    this.#cluster = value;
    this.#namespaces = Object.fromEntries(
      NAMESPACES.map((name, index) => [
        name,
        { ...value.namespaces[index], 'kubernetes.io/metadata.name': name },
      ]),
    );
  }

  mayPass(
    direction: 'ingress' | 'egress',
    own: PodObject,
    other: End,
    protocolName: string,
    number: number,
  ): boolean {
    const destination = direction === 'ingress' ? own : other;
    const { admin, baseline, policies } = this.#cluster;
    for (const { subject: about, [direction]: rules } of admin) {
      if (!this.#isAdminPeer(about, own)) continue;
      const hit = rules.find((rule) => this.#adminRule(rule, other, destination, protocolName, number));
      if (hit?.action === 'Allow') return true;
      if (hit?.action === 'Deny') return false;
      if (hit?.action === 'Pass') break;
    }
    const mine = policies.filter((policy) => {
      const types = policy.policyTypes ?? [
        'Ingress',
        ...((policy.egress ?? []).length > 0 ? ['Egress'] : []),
      ];
      const wanted = direction === 'ingress' ? 'Ingress' : 'Egress';
      return (
        policy.namespace === own.namespace &&
        selected(policy.podSelector, own.labels) &&
        types.includes(wanted)
      );
    });
    if (mine.length > 0) {
      return mine.some((policy) =>
        (policy[direction] ?? []).some((rule) => {
          const peers = ('from' in rule ? rule.from : 'to' in rule ? rule.to : []) ?? [];
          const portsOk =
            (rule.ports ?? []).length === 0 ||
            (rule.ports ?? []).some((item) => this.#port(item, destination, protocolName, number));
          return (
            portsOk && (peers.length === 0 || peers.some((item) => this.#peer(item, policy.namespace, other)))
          );
        }),
      );
    }
    for (const { subject: about, [direction]: rules } of baseline) {
      if (!this.#isAdminPeer(about, own)) continue;
      const hit = rules.find((rule) => this.#adminRule(rule, other, destination, protocolName, number));
      if (hit !== undefined) return hit.action === 'Allow';
    }
    return true;
  }

  #port(
    { protocol: name = 'TCP', port: wanted, endPort }: PortObject,
    to: End,
    protocolName: string,
    number: number,
  ) {
    if (name !== protocolName) return false;
    if (wanted === undefined) return true;
    if (typeof wanted === 'string') return isNamed(to, wanted, protocolName, number);
    return number >= wanted && number <= (endPort ?? wanted);
  }

  #peer(
    { podSelector, namespaceSelector: inNamespaces, ipBlock }: PeerObject,
    home: string,
    other: End,
  ): boolean {
    if (ipBlock !== undefined) return inBlock(ipBlock.cidr, ipBlock.except ?? [], other);
    if ('address' in other) return false;
    const there =
      inNamespaces === undefined
        ? other.namespace === home
        : selected(inNamespaces, this.#namespaces[other.namespace] ?? {});
    return there && selected(podSelector ?? {}, other.labels);
  }

  #isAdminPeer(item: AdminPeer, other: End): boolean {
    if ('networks' in item) return item.networks.some((cidr) => inBlock(cidr, [], other));
    if ('address' in other) return false;
    const on = this.#namespaces[other.namespace] ?? {};
    if ('namespaces' in item) return selected(item.namespaces, on);
    return selected(item.pods.namespaceSelector, on) && selected(item.pods.podSelector, other.labels);
  }

  #adminRule(rule: AdminRule, other: End, to: End, protocolName: string, number: number): boolean {
    const portsOk =
      rule.ports === undefined ||
      rule.ports.some((item) => {
        if ('namedPort' in item) return isNamed(to, item.namedPort, protocolName, number);
        if ('portNumber' in item)
          return item.portNumber.protocol === protocolName && item.portNumber.port === number;
        const { protocol: name, start, end } = item.portRange;
        return name === protocolName && start <= number && number <= end;
      });
    return portsOk && (rule.from ?? rule.to ?? []).some((item) => this.#isAdminPeer(item, other));
  }
}

function isNamed(to: End, name: string, protocolName: string, number: number): boolean {
  if ('address' in to) return false;
  return to.ports.some(
    (item) => item.name === name && item.protocol === protocolName && item.containerPort === number,
  );
}

/** Bit by bit, on the text of the address; a block that leaves out nothing holds pods, too. */
function inBlock(cidr: string, except: readonly string[], other: End): boolean {
  if (!('address' in other)) return cidr === '0.0.0.0/0' && except.length === 0;
  const inside = (block: string) => {
    const [base = '', length = ''] = block.split('/');
    if (base.includes(':') !== other.address.includes(':')) return false;
    return bits(base).slice(0, Number(length)) === bits(other.address).slice(0, Number(length));
  };
  return inside(cidr) && !except.some(inside);
}

function bits(address: string): string {
  if (!address.includes(':')) {
    return address
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('');
  }
  const [head = '', tail = ''] = address.split('::');
  const left = head.split(':').filter((part) => part !== '');
  const right = tail.split(':').filter((part) => part !== '');
  const middle = Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...middle, ...right]
    .map((part) => Number.parseInt(part, 16).toString(2).padStart(16, '0'))
    .join('');
}

function selected(
  { matchLabels = {}, matchExpressions = [] }: Selector,
  on: Record<string, string>,
): boolean {
  const equal = Object.keys(matchLabels).every((key) => on[key] === matchLabels[key]);
  return (
    equal &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const has = Object.hasOwn(on, key);
      if (operator === 'Exists') return has;
      if (operator === 'DoesNotExist') return !has;
      const listed = has && values.includes(on[key] ?? '');
      return operator === 'In' ? listed : !listed;
    })
  );
}
