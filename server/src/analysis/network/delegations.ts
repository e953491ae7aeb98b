import type { Resource } from '../../kubernetes/resource.ts';

/** Groups of custom resources that configure something and bring no pods. */
const CONFIGURING: ReadonlySet<string> = new Set([
  'cilium.io',
  'projectcalico.org',
  'crd.projectcalico.org',
  'cert-manager.io',
  'kyverno.io',
  'external-secrets.io',
  'bitnami.com',
  'secrets-store.csi.x-k8s.io',
  'networking.istio.io',
  'security.istio.io',
  'telemetry.istio.io',
  'traefik.io',
  'traefik.containo.us',
  'projectcontour.io',
]);

/** Groups of Kubernetes itself without a domain. */
const BUILT_IN: ReadonlySet<string> = new Set(['', 'apps', 'batch', 'autoscaling', 'policy', 'extensions']);

/**
 * Whether an object may bring pods that the manifests do not show: a chart or a repository that is deployed by reference, or what an operator runs.
 */
export function isDelegation({ group }: Resource): boolean {
  return !BUILT_IN.has(group) && !group.endsWith('.k8s.io') && !CONFIGURING.has(group);
}
