import { block, documents, lines } from '../block.ts';
import {
  databasePart,
  type EntryPods,
  entryPodsOf,
  NAME_LABEL,
  type Part,
  PROXY_PORTS,
  servicePart,
} from '../parts.ts';
import type { Words } from '../words.ts';
import { traefikAnnotations } from './transmission.ts';

export function serviceFile(words: Words): string {
  const { namespace, database } = words;
  const service = (
    comment: string,
    { name, port, portName }: Part,
    annotations: string,
    more: string,
  ) => block`
    # ${comment}
    apiVersion: v1
    kind: Service
    metadata:
      name: ${name}
      namespace: ${namespace}
      labels:
        ${NAME_LABEL}: ${name}
      ${annotations}
    spec:
      ${more}
      selector:
        ${NAME_LABEL}: ${name}
      ports:
        - name: ${portName}
          port: ${port}
          targetPort: ${portName}
  `;
  return documents([
    service('Inside of the cluster alone.', servicePart(words), traefikAnnotations(words), 'type: ClusterIP'),
    database ? service('The database.', databasePart(words), '', databaseAddress(words)) : '',
  ]);
}

/**
 * Without an address of its own the database is reached at its pod's. Consul would leave such a Service out: its proxies find others by their addresses.
 *
 * Source: https://github.com/hashicorp/consul-k8s/blob/main/control-plane/connect-inject/controllers/endpoints/endpoints_controller.go ("skipping syncing service cluster IP")
 */
function databaseAddress({ mesh }: Words): string {
  return mesh === 'consul' ? 'type: ClusterIP' : 'clusterIP: None';
}

/** Who may connect to whom, on which port. What is not said here, the namespace's default-deny policy refuses. */
export function networkPolicyFile(words: Words): string {
  const { name, namespace, database, host, mesh } = words;
  const part = servicePart(words);
  const entry = host === undefined ? '' : peerOfEntry(entryPodsOf(words));
  const callers = words.callers((caller) => peer(caller.namespace, caller.name));
  // Cilium decides about callers by their identity, in its own policy.
  const ingress = mesh === 'cilium' ? '' : allowedFrom(words, callers, entry, portsOf(part, mesh));
  return documents([
    block`
      # Whom the service calls and who calls it. Add what it needs, no more: ePHI leaves where egress is open.
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: ${name}
        namespace: ${namespace}
      spec:
        podSelector:
          matchLabels:
            ${NAME_LABEL}: ${name}
        policyTypes:
          - Ingress
          - Egress
        ${ingress}
        ${database ? egressTo(databasePart(words), words) : ''}
    `,
    database ? databasePolicy(words) : '',
  ]);
}

function allowedFrom(words: Words, callers: string, entry: string, ports: string): string {
  const rule = (peers: string) => block`
    ingress:
      - from:
          ${peers}
        ports:
          ${ports}
  `;
  if (entry === '')
    return words.ifCalled(rule(callers), '# Nobody may call yet: name callers here.\ningress: []');
  return rule(lines([callers, entry]));
}

function egressTo(part: Part, { mesh }: Words): string {
  return block`
    egress:
      - to:
          - podSelector:
              matchLabels:
                ${NAME_LABEL}: ${part.name}
        ports:
          ${portsOf(part, mesh)}
  `;
}

function databasePolicy(words: Words): string {
  const part = databasePart(words);
  const isByIdentity = words.mesh === 'cilium';
  const ingress = block`
    ingress:
      - from:
          - podSelector:
              matchLabels:
                ${NAME_LABEL}: ${words.name}
        ports:
          ${portsOf(part, words.mesh)}
  `;
  return block`
    # The database talks to its service, and to nobody else.
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: ${part.name}
      namespace: ${words.namespace}
    spec:
      podSelector:
        matchLabels:
          ${NAME_LABEL}: ${part.name}
      policyTypes:
        - Ingress
        - Egress
      ${isByIdentity ? '' : ingress}
  `;
}

function portsOf({ port }: Part, mesh: Words['mesh']): string {
  const proxy = PROXY_PORTS[mesh];
  const ports = proxy === undefined ? [port] : [port, proxy];
  return ports.map((number) => `- protocol: TCP\n  port: ${number}`).join('\n');
}

function peer(namespace: string, name: string): string {
  return block`
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: ${namespace}
      podSelector:
        matchLabels:
          ${NAME_LABEL}: ${name}
  `;
}

/** Pods of a Gateway are named by the controller that makes them, so that their namespace has to do. */
function peerOfEntry({ namespace }: EntryPods): string {
  return block`
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: ${namespace}
  `;
}
