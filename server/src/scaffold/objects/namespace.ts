import type { ServiceAnswers } from '../answers.ts';
import { block, documents } from '../block.ts';
import { SUPPOSED } from '../parts.ts';
import { plainWords } from '../words.ts';

/** The Namespace: pods that pass Restricted alone, and its part in the mesh. */
export function namespaceFile(answers: ServiceAnswers): string {
  const { namespace, mesh } = answers;
  return documents([
    block`
      # Holds PHI. Every pod has to pass the strictest of the Pod Security Standards.
      apiVersion: v1
      kind: Namespace
      metadata:
        name: ${namespace}
        ${exception(answers)}
        ${mesh === 'linkerd' ? LINKERD : ''}
        labels:
          kube-safeguards.io/phi: "true"
          ${mesh === 'istio' ? 'istio-injection: enabled' : ''}
          pod-security.kubernetes.io/enforce: restricted
          pod-security.kubernetes.io/enforce-version: latest
          pod-security.kubernetes.io/audit: restricted
          pod-security.kubernetes.io/warn: restricted
    `,
  ]);
}

/** Why no mutual TLS is demanded, where none is. A chart names no namespace, so that nothing would be excepted there. */
function exception({ mesh, output, host, entry }: ServiceAnswers): string {
  const isByGateway = mesh === 'cilium' && host !== undefined && entry === 'gateway';
  if (output === 'helm' || (mesh !== 'none' && !isByGateway)) return '';
  const reason = isByGateway ? 'Cilium cannot ask its own Gateway for an identity.' : 'No mesh is in use.';
  return block`
    annotations:
      ignore.kube-safeguards.io/mesh-mtls-missing: >-
        ${reason} Every program of this namespace speaks TLS 1.2 or later itself, with a certificate from cert-manager.
  `;
}

/** Who is no client of the mesh, or not named by a policy, is turned away; who came is logged. */
const LINKERD = block`
  annotations:
    linkerd.io/inject: enabled
    config.linkerd.io/default-inbound-policy: deny
    config.linkerd.io/access-log: json
`;

interface ControlPlane {
  readonly namespace: string;
  readonly ports: readonly number[];
}

/**
 * What the proxies of a mesh have to reach.
 *
 * Source: https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio, https://linkerd.io/2/features/protocol-detection/ and the ports
 * of the linkerd-control-plane chart, https://developer.hashicorp.com/consul/docs/install/ports
 */
const CONTROL_PLANES: Readonly<Record<ServiceAnswers['mesh'], ControlPlane | undefined>> = {
  none: undefined,
  istio: { namespace: 'istio-system', ports: [15012] },
  linkerd: { namespace: 'linkerd', ports: [8080, 8086, 8090] },
  consul: { namespace: 'consul', ports: [8501, 8502] },
  cilium: undefined,
};

/** Policies for all pods of the namespace, those to come among them. */
export function namespacePoliciesFile({ namespace, mesh }: ServiceAnswers): string {
  const controlPlane = CONTROL_PLANES[mesh];
  return documents([
    block`
      # Nothing may talk to anything, unless another policy allows it.
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: default-deny
        namespace: ${namespace}
      spec:
        podSelector: {}
        policyTypes:
          - Ingress
          - Egress
    `,
    block`
      # Names have to be resolved.
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: allow-dns
        namespace: ${namespace}
      spec:
        podSelector: {}
        policyTypes:
          - Egress
        egress:
          - to:
              - namespaceSelector:
                  matchLabels:
                    kubernetes.io/metadata.name: kube-system
                podSelector:
                  matchLabels:
                    k8s-app: kube-dns
            ports:
              - protocol: UDP
                port: 53
              - protocol: TCP
                port: 53
    `,
    controlPlane === undefined
      ? ''
      : block`
        # Proxies get their certificates and their policies from the control plane of the mesh.
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: allow-mesh-control-plane
          namespace: ${namespace}
        spec:
          podSelector: {}
          policyTypes:
            - Egress
          egress:
            - to:
                - namespaceSelector:
                    matchLabels:
                      kubernetes.io/metadata.name: ${controlPlane.namespace}
              ports:
                ${controlPlane.ports.map((port) => `- protocol: TCP\n  port: ${port}`).join('\n')}
      `,
  ]);
}

/** What a mesh demands of every workload of the namespace; empty where labels and annotations of the Namespace say it all. */
export function namespaceMeshFile({ namespace, mesh }: ServiceAnswers): string {
  if (mesh === 'consul')
    return documents([
      block`
        # Without a policy that names the caller, no service of the mesh calls another.
        apiVersion: consul.hashicorp.com/v1alpha1
        kind: ServiceIntentions
        metadata:
          name: deny-all
          namespace: ${namespace}
        spec:
          destination:
            name: "*"
          sources:
            - name: "*"
              action: deny
      `,
    ]);
  if (mesh !== 'istio') return '';
  return documents([
    block`
      # Pods talk to each other by mutual TLS alone.
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata:
        name: default
        namespace: ${namespace}
      spec:
        mtls:
          mode: STRICT
    `,
    block`
      # Nobody may call anybody, unless another policy allows it.
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata:
        name: deny-all
        namespace: ${namespace}
      spec: {}
    `,
    block`
      # Who called whom, for reviews of access.
      apiVersion: telemetry.istio.io/v1
      kind: Telemetry
      metadata:
        name: access-log
        namespace: ${namespace}
      spec:
        accessLogging:
          - providers:
              - name: envoy
    `,
  ]);
}

/** The Secret with which images are pulled; empty where nodes have an identity for that. */
export function pullSecretFile(answers: ServiceAnswers): string {
  const { namespace } = answers;
  if (!plainWords(answers).needsPullSecret) return '';
  return documents([
    block`
      # Credentials for the registry, kept in the secret store and brought here. No manifest holds them.
      apiVersion: external-secrets.io/v1
      kind: ExternalSecret
      metadata:
        name: ${SUPPOSED.pullSecret}
        namespace: ${namespace}
      spec:
        refreshInterval: 1h
        secretStoreRef:
          kind: ClusterSecretStore
          name: ${SUPPOSED.secretStore}
        target:
          name: ${SUPPOSED.pullSecret}
          template:
            type: kubernetes.io/dockerconfigjson
        data:
          - secretKey: .dockerconfigjson
            remoteRef:
              key: ${SUPPOSED.pullSecret}
    `,
  ]);
}
