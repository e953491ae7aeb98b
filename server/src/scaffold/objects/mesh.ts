import type { Caller } from '../answers.ts';
import { block, documents, lines } from '../block.ts';
import { databasePart, entryPodsOf, NAME_LABEL, type Part, SUPPOSED, servicePart } from '../parts.ts';
import type { Words } from '../words.ts';

/** Who may call the service and its database, by identities that mutual TLS proves; empty without a mesh. */
export function authorizationFile(words: Words): string {
  if (words.mesh === 'none') return '';
  const rules = RULES[words.mesh];
  const own = { namespace: words.namespace, name: words.name };
  return documents([
    rules(words, servicePart(words), callersOf(words)),
    words.database
      ? rules(words, databasePart(words), {
          each: (render) => render(own),
          withAny: (text) => text,
          isOpenToEntry: false,
        })
      : '',
  ]);
}

/** The identities that may call a part. */
interface Callers {
  each(render: (caller: Caller) => string): string;
  /** Lines that only make sense with somebody who calls. */
  withAny(text: string, otherwise: string): string;
  readonly isOpenToEntry: boolean;
}

function callersOf(words: Words): Callers {
  const isOpenToEntry = words.host !== undefined;
  const entry = entryPodsOf(words);
  return {
    each: (render) => (isOpenToEntry ? lines([words.callers(render), render(entry)]) : words.callers(render)),
    withAny: (text, otherwise) => (isOpenToEntry ? text : words.ifCalled(text, otherwise)),
    isOpenToEntry,
  };
}

type Rules = (words: Words, part: Part, callers: Callers) => string;

const RULES: Readonly<Record<Exclude<Words['mesh'], 'none'>, Rules>> = {
  istio: istioPolicy,
  linkerd: linkerdPolicies,
  consul: consulIntentions,
  cilium: ciliumPolicy,
};

function istioPolicy(words: Words, { name, port, portName }: Part, callers: Callers): string {
  const principals = callers.each((caller) => `- cluster.local/ns/${caller.namespace}/sa/${caller.name}`);
  const rules = block`
    rules:
      - from:
          - source:
              principals:
                ${principals}
        to:
          - operation:
              ports:
                - "${port}"
  `;
  return block`
    # Who may call, by ServiceAccount. Mutual TLS proves who it is.
    apiVersion: security.istio.io/v1
    kind: AuthorizationPolicy
    metadata:
      name: ${name}
      namespace: ${words.namespace}
    spec:
      selector:
        matchLabels:
          ${NAME_LABEL}: ${name}
      action: ALLOW
      ${callers.withAny(rules, '# Nobody may call yet: name callers here.\nrules: []')}
    ${portName === 'http' ? istioTls(words) : ''}
  `;
}

/**
 * By itself Istio calls pods without a proxy in clear text.
 *
 * Source: https://istio.io/latest/docs/ops/configuration/traffic-management/tls-configuration/#auto-mtls
 */
function istioTls({ name, namespace }: Words): string {
  return block`
    ---
    # Who calls speaks mutual TLS or not at all, even to a pod that were to start without a proxy.
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata:
      name: ${name}
      namespace: ${namespace}
    spec:
      host: ${name}.${namespace}.svc.cluster.local
      trafficPolicy:
        tls:
          mode: ISTIO_MUTUAL
  `;
}

function linkerdPolicies({ namespace }: Words, { name, portName }: Part, callers: Callers): string {
  const identities = callers.each(
    (caller) => `- ${caller.name}.${caller.namespace}.serviceaccount.identity.linkerd.cluster.local`,
  );
  const server = block`
    # The port that policies are about. Programs speak TLS on it, which the proxy passes on.
    apiVersion: policy.linkerd.io/v1beta3
    kind: Server
    metadata:
      name: ${name}
      namespace: ${namespace}
    spec:
      podSelector:
        matchLabels:
          ${NAME_LABEL}: ${name}
      port: ${portName}
      proxyProtocol: TLS
  `;
  const authorization = block`
    ---
    # The callers, by ServiceAccount. Mutual TLS proves who they are.
    apiVersion: policy.linkerd.io/v1alpha1
    kind: MeshTLSAuthentication
    metadata:
      name: ${name}-callers
      namespace: ${namespace}
    spec:
      identities:
        ${identities}
    ---
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata:
      name: ${name}
      namespace: ${namespace}
    spec:
      targetRef:
        group: policy.linkerd.io
        kind: Server
        name: ${name}
      requiredAuthenticationRefs:
        - group: policy.linkerd.io
          kind: MeshTLSAuthentication
          name: ${name}-callers
  `;
  return lines([server, callers.withAny(authorization, '')]);
}

function consulIntentions({ namespace }: Words, { name, portName }: Part, callers: Callers): string {
  const isPlain = portName === 'http';
  return block`
    # ${isPlain ? 'TLS ends in the proxy of the pod: the program listens to nobody else.' : "The program speaks TLS inside of the mesh's own."}
    apiVersion: consul.hashicorp.com/v1alpha1
    kind: ServiceDefaults
    metadata:
      name: ${name}
      namespace: ${namespace}
    spec:
      protocol: ${isPlain ? 'http' : 'tcp'}
      mutualTLSMode: strict
    ---
    # Who may call, by the names of services.
    apiVersion: consul.hashicorp.com/v1alpha1
    kind: ServiceIntentions
    metadata:
      name: ${name}
      namespace: ${namespace}
    spec:
      destination:
        name: ${name}
      sources:
        ${callers.withAny(
          callers.each((caller) => `- name: ${caller.name}\n  action: allow`),
          '',
        )}
        - name: "*"
          action: deny
  `;
}

function ciliumPolicy(words: Words, { name, port }: Part, callers: Callers): string {
  const ports = block`
    toPorts:
      - ports:
          - port: "${port}"
            protocol: TCP
  `;
  const isGateway = words.host !== undefined && words.entry === 'gateway' && callers.isOpenToEntry;
  const endpoint = (caller: Caller) => block`
    - matchLabels:
        k8s:io.kubernetes.pod.namespace: ${caller.namespace}
        k8s:${NAME_LABEL}: ${caller.name}
  `;
  const endpoints = isGateway ? words.callers(endpoint) : callers.each(endpoint);
  const byIdentity = (clients: string) => block`
    - fromEndpoints:
        ${clients}
      authentication:
        mode: required
      ${ports}
  `;
  const byGateway = block`
    # Cilium's own proxy, which is the Gateway.
    - fromEntities:
        - ingress
      ${ports}
  `;
  const nobody = lines([
    '# Nobody may call yet: put a caller in the place of this one.',
    byIdentity(endpoint({ namespace: words.namespace, name: SUPPOSED.caller })),
  ]);
  const ingress = isGateway
    ? lines([words.ifCalled(byIdentity(endpoints)), byGateway])
    : callers.withAny(byIdentity(endpoints), nobody);
  return block`
    # Who may call, by identities that are proven before a connection is made.
    apiVersion: cilium.io/v2
    kind: CiliumNetworkPolicy
    metadata:
      name: ${name}
      namespace: ${words.namespace}
    spec:
      endpointSelector:
        matchLabels:
          ${NAME_LABEL}: ${name}
      ingress:
        ${ingress}
  `;
}
