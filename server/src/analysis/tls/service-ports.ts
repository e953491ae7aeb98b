import type { Resource } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';

/** Ports whose protocol is in clear text unless something else is said. Sources: IANA; DICOM PS3.8 (104, 11112); HL7 MLLP (2575). */
export const PLAINTEXT_PORTS: ReadonlyMap<number, string> = new Map([
  [21, 'FTP'],
  [23, 'Telnet'],
  [25, 'SMTP'],
  [80, 'HTTP'],
  [104, 'DICOM'],
  [110, 'POP3'],
  [143, 'IMAP'],
  [389, 'LDAP'],
  [1883, 'MQTT'],
  [2181, 'ZooKeeper'],
  [2575, 'HL7 MLLP'],
  [3000, 'HTTP'],
  [3306, 'MySQL'],
  [4222, 'NATS'],
  [5432, 'PostgreSQL'],
  [5672, 'AMQP'],
  [5984, 'HTTP'],
  [6379, 'Redis'],
  [8000, 'HTTP'],
  [8008, 'HTTP'],
  [8080, 'HTTP'],
  [8081, 'HTTP'],
  [8086, 'HTTP'],
  [9042, 'Cassandra'],
  [9092, 'Kafka'],
  [9200, 'HTTP'],
  [11112, 'DICOM'],
  [11211, 'memcached'],
  [27017, 'MongoDB'],
]);

/** Words in the name of a port, or in its appProtocol, for protocols in clear text. */
export const PLAINTEXT_NAMES: ReadonlyMap<string, string> = new Map([
  ['http', 'HTTP'],
  ['http2', 'HTTP'],
  ['h2c', 'HTTP'],
  ['ws', 'WebSocket'],
  ['ftp', 'FTP'],
  ['ldap', 'LDAP'],
  ['mllp', 'HL7 MLLP'],
  ['hl7', 'HL7 MLLP'],
  ['dicom', 'DICOM'],
  ['mysql', 'MySQL'],
  ['postgres', 'PostgreSQL'],
  ['postgresql', 'PostgreSQL'],
  ['redis', 'Redis'],
  ['mongo', 'MongoDB'],
  ['mongodb', 'MongoDB'],
  ['amqp', 'AMQP'],
  ['mqtt', 'MQTT'],
  ['memcached', 'memcached'],
  ['telnet', 'Telnet'],
]);

/** What the load balancer of an Ingress speaks to node ports. */
export const OF_INGRESSES: ReadonlySet<string> = new Set(['HTTP', 'WebSocket']);

export const ENCRYPTED_WORD =
  /(?:^|[^a-z])(?:https|tls|ssl|mtls|wss|grpcs|ldaps|rediss|amqps|mqtts|ftps|sftp|ssh|secure|websecure)(?:$|[^a-z])/;

/** Ports of pods that speak TLS, and the ports beside which one for HTTP may be there to redirect. */
export const ENCRYPTED_TARGETS: readonly number[] = [443, 8443, 6443];
export const HTTP_PORTS: readonly number[] = [80, 8080, 8000];
export const HTTPS_PORTS: readonly number[] = [443, 8443];

/**
 * The protocol in clear text that a port of a Service speaks, as far as its number, its name and its appProtocol say; undefined when they
 * do not, or say that it is encrypted.
 */
export function plaintextProtocolOf(service: Resource, port: Value): string | undefined {
  const number = port.get('port')?.number;
  const names = [port.get('name'), port.get('appProtocol'), port.get('targetPort')].map(
    (value) => value?.text?.toLowerCase() ?? '',
  );
  if (names.some((name) => ENCRYPTED_WORD.test(name)) || ENCRYPTED_TARGETS.includes(Number(names[2])))
    return undefined;
  if (endsTls(service, number, names[0] ?? '') || onlyRedirects(service, number)) return undefined;
  const words = [names[0] ?? '', names[1] ?? ''].flatMap((name) => name.split(/[^a-z0-9]+/));
  const named = words.map((word) => PLAINTEXT_NAMES.get(word)).find((protocol) => protocol !== undefined);
  const isUdp = port.get('protocol')?.text === 'UDP';
  const known = isUdp || number === undefined ? undefined : PLAINTEXT_PORTS.get(number);
  return known ?? named;
}

/** Annotations by which a cloud's load balancer ends TLS, and those that list the ports for it. */
export const LOAD_BALANCER_TLS: readonly (readonly [certificate: string, ports: string])[] = [
  [
    'service.beta.kubernetes.io/aws-load-balancer-ssl-cert',
    'service.beta.kubernetes.io/aws-load-balancer-ssl-ports',
  ],
  [
    'service.beta.kubernetes.io/do-loadbalancer-certificate-id',
    'service.beta.kubernetes.io/do-loadbalancer-tls-ports',
  ],
  [
    'service.beta.kubernetes.io/oci-load-balancer-tls-secret',
    'service.beta.kubernetes.io/oci-load-balancer-ssl-ports',
  ],
  ['load-balancer.hetzner.cloud/http-certificates', ''],
];

function endsTls({ annotations }: Resource, port: number | undefined, name: string): boolean {
  return LOAD_BALANCER_TLS.some(([certificate, ports]) => {
    if (!annotations.has(certificate)) return false;
    const listed = annotations
      .get(ports)
      ?.split(',')
      .map((item) => item.trim());
    return (
      listed === undefined || listed.includes('*') || listed.includes(String(port)) || listed.includes(name)
    );
  });
}

/** Programs that are there to end TLS: their port for HTTP is there to redirect, which their own settings decide. */
export const EDGE_NAMES =
  /ingress|gateway|traefik|envoy|haproxy|nginx-controller|contour|kong|emissary|ambassador|istio|caddy/;

/** Labels that name such a program, and the one that a Gateway puts on the Service which it makes. */
export const EDGE_LABELS: readonly string[] = ['app.kubernetes.io/name', 'app', 'istio'];
export const GATEWAY_LABEL = 'gateway.networking.k8s.io/gateway-name';

/** Whether a Service is the front door of a cluster, by its name and labels: an Ingress controller or a gateway. */
export function isEdgeService({ name, labels }: Resource): boolean {
  if (labels.has(GATEWAY_LABEL)) return true;
  return [name, ...EDGE_LABELS.map((label) => labels.get(label))].some(
    (text) => text !== undefined && EDGE_NAMES.test(text),
  );
}

function onlyRedirects(service: Resource, port: number | undefined): boolean {
  const { spec } = service;
  if (port === undefined || !HTTP_PORTS.includes(port)) return false;
  const hasTls = (spec?.get('ports')?.items ?? []).some(
    (item) =>
      HTTPS_PORTS.includes(item.get('port')?.number ?? 0) ||
      ENCRYPTED_WORD.test(item.get('name')?.text ?? ''),
  );
  return hasTls && isEdgeService(service);
}
