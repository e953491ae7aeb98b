import type { SelectorExpression } from '../../analysis/network/calico-selectors.ts';
import type { Direction } from '../../analysis/network/network-policy.ts';
import type { LabelTest, Peer, PolicyRule, PolicySpec, PortMatch } from '../../analysis/network/policy.ts';
import type { LabelSelector } from '../../kubernetes/selectors.ts';

/** Which pods a policy is about, in words. */
export function describeSubjects({ subject: { namespaces, pods } }: PolicySpec): string {
  const chosen = describeLabels(pods, 'pods');
  return namespaces === 'own' ? chosen : `${chosen} in ${describeLabels(namespaces, 'namespaces')}`;
}

/** The rules of a policy in words: `allow ingress from pods with app=api on TCP 5432`. */
export function describeRules({ rules }: PolicySpec): string[] {
  return (['ingress', 'egress'] as const).flatMap((direction) =>
    rules[direction].map((rule) => describeRule(rule, direction)),
  );
}

function describeRule({ action, peers, ports }: PolicyRule, direction: Direction): string {
  const way = direction === 'ingress' ? 'from' : 'to';
  const others = peers === undefined ? 'anybody' : peers.map(describePeer).join(' or ');
  const on = ports === undefined ? '' : ` on ${ports.map(describePort).join(', ')}`;
  return `${action} ${direction} ${way} ${others === '' ? 'nobody' : others}${on}`;
}

/** Pods of the policy's own namespace are told without it. */
export function describePeer(peer: Peer): string {
  switch (peer.type) {
    case 'unknown':
      return 'what the manifests do not tell';
    case 'addresses': {
      const except = peer.except.length === 0 ? '' : ` except ${peer.except.join(', ')}`;
      return `${peer.cidrs.join(', ')}${except}`;
    }
    case 'pods': {
      const { namespaces, pods } = peer.match;
      const chosen = describeLabels(pods, 'pods');
      return namespaces === 'own' ? chosen : `${chosen} in ${describeLabels(namespaces, 'namespaces')}`;
    }
  }
}

export function describePort({ protocol, port }: PortMatch): string {
  const number =
    port === undefined
      ? 'any port'
      : typeof port === 'string'
        ? port
        : port.first === port.last
          ? String(port.first)
          : `${port.first}-${port.last}`;
  return protocol === undefined ? number : `${protocol} ${number}`;
}

export function describeLabels(test: LabelTest, what: string): string {
  const said = 'op' in test ? describeExpression(test) : describeSelector(test);
  return said === '' ? `all ${what}` : `${what} with ${said}`;
}

function describeSelector({ matchLabels, matchExpressions }: LabelSelector): string {
  return [
    ...[...matchLabels].map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values }) =>
      values.length === 0 ? `${key} ${operator}` : `${key} ${operator} (${values.join(', ')})`,
    ),
  ].join(', ');
}

function describeExpression(_: SelectorExpression): string {
  return 'a selector of Calico';
}
