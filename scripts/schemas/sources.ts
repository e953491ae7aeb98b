import { join } from 'node:path';

/** The package that declares the kinds of Kubernetes itself. */
export const CLIENT = '@kubernetes/client-node';

interface PackageSource {
  /** Family name, also that of its files. */
  readonly name: string;
  readonly package: string;
  /** The API groups to take; all when absent. */
  readonly groups?: readonly string[];
  /** Set where the types require fields that have a default in the cluster. */
  readonly defaultsRequired?: boolean;
  /** Classes of the client of which this API requires no fields. */
  readonly lenient?: readonly string[];
}

/** The packages that declare custom resources which rules read, or which hold a pod template. */
export const CUSTOM_RESOURCES: readonly PackageSource[] = [
  { name: 'argo-rollouts', package: '@kubernetes-models/argo-rollouts' },
  { name: 'cert-manager', package: '@kubernetes-models/cert-manager' },
  {
    name: 'external-secrets',
    package: '@kubernetes-models/external-secrets',
    groups: ['external-secrets.io'],
    defaultsRequired: true,
  },
  { name: 'gateway-api', package: '@kubernetes-models/gateway-api' },
  { name: 'istio', package: '@kubernetes-models/istio' },
  { name: 'keda', package: '@kubernetes-models/keda', groups: ['keda.sh'] },
  // Knative names containers, and probes the port that it serves, by itself.
  {
    name: 'knative',
    package: '@kubernetes-models/knative',
    groups: ['serving.knative.dev'],
    lenient: ['V1Container', 'V1Probe', 'V1HTTPGetAction', 'V1TCPSocketAction', 'V1GRPCAction'],
  },
  { name: 'traefik', package: '@kubernetes-models/traefik' },
];

/** Families that list every field there is. Custom resources, the kubelet and kubeadm change with each release. */
export const COMPLETE_FAMILIES: readonly string[] = ['kubernetes', 'apiserver'];

/** Files of `schemas/types/` whose kinds are read by a component, not stored under a name. */
export const NAMELESS_FAMILIES: ReadonlySet<string> = new Set(['apiserver', 'kubeadm', 'kubelet']);

/** Every package whose declarations are in the generated files, for their licences. */
export const SOURCE_PACKAGES: readonly string[] = [
  CLIENT,
  ...CUSTOM_RESOURCES.map((source) => source.package),
];

export function packageFolder(root: string, name: string): string {
  return join(root, 'node_modules', ...name.split('/'));
}
