import type { World } from '../../analysis/world.ts';
import type { PlainValue } from '../../syntax/edit/operations.ts';

/** Namespaces of Kubernetes itself: its own components break when their traffic is denied. */
export const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set([
  'kube-system',
  'kube-public',
  'kube-node-lease',
]);

/** Source: https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/: the label `k8s-app: kube-dns` stays for CoreDNS, too. */
export const DNS_EGRESS: PlainValue = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};

/** @param namespace undefined: the one that the manifest is applied to */
export function networkPolicy(name: string, namespace: string | undefined, spec: PlainValue): PlainValue {
  const metadata: PlainValue = namespace === undefined ? { name } : { name, namespace };
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec };
}

/** The names of policies in a namespace, those of policies that name none among them. */
export function policyNames(namespace: string | undefined, world: World): ReadonlySet<string> {
  return new Set(
    world
      .facts('network-policy')
      .filter((policy) => (policy.namespace ?? namespace) === namespace)
      .map(({ name }) => name),
  );
}
