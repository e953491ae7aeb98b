import type { Caller, MeshInUse, ServiceAnswers } from './answers.ts';
import type { Words } from './words.ts';

/** Names that the cluster has to know, which a scaffold can only suppose. The README lists them. */
export const SUPPOSED = {
  internalIssuer: 'internal-ca',
  publicIssuer: 'public-ca',
  secretStore: 'phi-secrets',
  pullSecret: 'registry-credentials',
  storageClass: 'phi-encrypted',
  gatewayAccount: 'replace-with-gateway-account',
  caller: 'replace-with-caller',
} as const;

/** Recommended labels, by which policies tell pods apart. */
export const NAME_LABEL = 'app.kubernetes.io/name';

/** Where the programs of the service find their certificate and their credentials. */
export const CERTIFICATE_FOLDER = '/run/certificate';
export const CREDENTIALS_FOLDER = '/run/secrets/service';

export const DATABASE_PORT = 5432;

/** One of the workloads that are made: the service, or its database. */
export interface Part {
  readonly name: string;
  readonly port: number;
  /** The name of the port: it tells meshes what is spoken. */
  readonly portName: string;
}

export function servicePart(words: Pick<Words, 'name' | 'port' | 'host' | 'entry' | 'mesh'>): Part {
  return { name: words.name, port: words.port, portName: endsTlsInProxy(words) ? 'http' : 'https' };
}

/**
 * Whether TLS ends in the proxy of the service's pod, with plain HTTP from there to the program. Gateways of Istio and Consul are members of the mesh and speak its
 * mutual TLS; TLS of the program's own inside of that they cannot begin. The controllers of Ingresses can: a proxy beside them adds the mesh's.
 *
 * Source: https://github.com/istio/istio/issues/29107, https://github.com/istio/istio/issues/57635 (BackendTLSPolicy instead of the mesh's TLS), and
 * https://developer.hashicorp.com/consul/docs/north-south/api-gateway/k8s/route (control-plane/api-gateway of consul-k8s reads no BackendTLSPolicy)
 */
export function endsTlsInProxy({ mesh, host, entry }: Pick<Words, 'host' | 'entry' | 'mesh'>): boolean {
  return host !== undefined && entry === 'gateway' && (mesh === 'istio' || mesh === 'consul');
}

/** Whether mutual TLS is the work of a proxy in the pod. Who calls from a pod without one is refused. */
export function hasProxies({ mesh }: Pick<Words, 'mesh'>): boolean {
  return mesh === 'istio' || mesh === 'linkerd' || mesh === 'consul';
}

export function databasePart({ name }: Pick<Words, 'name'>): Part {
  return { name: `${name}-db`, port: DATABASE_PORT, portName: 'tls-postgres' };
}

/**
 * Linkerd and Consul take in nothing but mutual TLS, which the kubelet does not speak; a port that only answers probes is let through, as long as it is plain
 * HTTP. Istio rewrites probes of HTTPS, and Cilium always lets the kubelet in.
 *
 * Source: https://linkerd.io/2/features/server-policy/#policy-annotations (probes), https://developer.hashicorp.com/consul/docs/k8s/connect/health
 */
export function healthPortOf({ mesh, port }: Pick<ServiceAnswers, 'mesh' | 'port'>): number | undefined {
  if (mesh !== 'linkerd' && mesh !== 'consul') return undefined;
  return port === USUAL_HEALTH_PORT ? USUAL_HEALTH_PORT + 1 : USUAL_HEALTH_PORT;
}

const USUAL_HEALTH_PORT = 8081;

/**
 * The port of a proxy to which other proxies of the mesh connect, beside the program's own.
 *
 * Source: https://linkerd.io/2/reference/proxy-configuration/ and https://developer.hashicorp.com/consul/docs/connect/proxies/envoy
 */
export const PROXY_PORTS: Readonly<Record<MeshInUse, number | undefined>> = {
  none: undefined,
  istio: undefined,
  linkerd: 4143,
  consul: 20000,
  cilium: undefined,
};

/** The pods through which requests come in from outside. */
export interface EntryPods extends Caller {
  /** The Gateway's class, where it is one. */
  readonly gatewayClass: string | undefined;
}

/** Where the entry's pods run, by the habits of its project, and their ServiceAccount. */
export function entryPodsOf({ entry, mesh, name }: Pick<Words, 'entry' | 'mesh' | 'name'>): EntryPods {
  if (entry === 'nginx')
    return { namespace: 'ingress-nginx', name: 'ingress-nginx', gatewayClass: undefined };
  if (entry === 'traefik') return { namespace: 'traefik', name: 'traefik', gatewayClass: undefined };
  switch (mesh) {
    case 'istio':
      return { namespace: 'ingress', name: `${name}-istio`, gatewayClass: 'istio' };
    case 'consul':
      // It is a service of the mesh by its own name, which cannot be that of another.
      return { namespace: 'ingress', name: `${name}-gateway`, gatewayClass: 'consul' };
    case 'cilium':
      return { namespace: 'ingress', name, gatewayClass: 'cilium' };
    default:
      return {
        namespace: 'envoy-gateway-system',
        name: SUPPOSED.gatewayAccount,
        gatewayClass: 'envoy-gateway',
      };
  }
}
