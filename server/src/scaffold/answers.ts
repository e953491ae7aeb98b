/** How a request from outside the cluster comes in. */
export const ENTRIES = ['gateway', 'nginx', 'traefik'] as const;
export type Entry = (typeof ENTRIES)[number];

/**
 * What somebody has to know who lets requests in by ingress-nginx.
 *
 * Source: https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/
 */
export const NGINX_RETIRED =
  'ingress-nginx was retired in March 2026 and gets no security updates. Let no PHI through it: choose the Gateway API for a new service.';

export const MESHES = ['none', 'istio', 'linkerd', 'consul', 'cilium'] as const;
export type MeshInUse = (typeof MESHES)[number];

/** Where volumes are made, which decides how they are encrypted. */
export const CLOUDS = ['none', 'aws', 'azure', 'gcp'] as const;
export type Cloud = (typeof CLOUDS)[number];

export const OUTPUTS = ['manifests', 'kustomize', 'helm'] as const;
export type Output = (typeof OUTPUTS)[number];

/** A workload that may call the service: its namespace, and its name, which is also that of its ServiceAccount. */
export interface Caller {
  readonly namespace: string;
  readonly name: string;
}

/** What a person has told about the service to be. */
export interface ServiceAnswers {
  readonly name: string;
  readonly namespace: string;
  /** With registry, and with a tag or a digest. */
  readonly image: string;
  /** On which the program speaks HTTPS, or HTTP to its proxy in the pod (`endsTlsInProxy`). */
  readonly port: number;
  readonly callers: readonly Caller[];
  readonly database: boolean;
  /** The name under which the service is reached from outside of the cluster; absent, it is not. */
  readonly host: string | undefined;
  readonly entry: Entry;
  readonly mesh: MeshInUse;
  readonly cloud: Cloud;
  readonly output: Output;
}
