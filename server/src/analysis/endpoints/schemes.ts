/** A protocol that has a form in clear text and one over TLS. */
export interface Protocol {
  readonly name: string;
  /** The scheme of the form over TLS; undefined where the protocol has no such scheme. */
  readonly tlsScheme: string | undefined;
  /** The registered port in the clear and the one over TLS, where they differ. */
  readonly ports?: readonly [string, string];
  /** The connection may still turn to TLS when a setting beside it says so. */
  readonly startTls?: true;
}

/**
 * Schemes that say clear text.
 *
 * Source: https://www.iana.org/assignments/uri-schemes and service-names-port-numbers; the manuals of the products for those not registered.
 */
export const PLAIN_SCHEMES: Readonly<Record<string, Protocol>> = {
  http: { name: 'HTTP', tlsScheme: 'https', ports: ['80', '443'] },
  ws: { name: 'WebSocket', tlsScheme: 'wss', ports: ['80', '443'] },
  ftp: { name: 'FTP', tlsScheme: 'ftps', ports: ['21', '990'] },
  ldap: { name: 'LDAP', tlsScheme: 'ldaps', ports: ['389', '636'], startTls: true },
  smtp: { name: 'SMTP', tlsScheme: 'smtps', ports: ['25', '465'], startTls: true },
  amqp: { name: 'AMQP', tlsScheme: 'amqps', ports: ['5672', '5671'] },
  mqtt: { name: 'MQTT', tlsScheme: 'mqtts', ports: ['1883', '8883'] },
  redis: { name: 'the Redis protocol', tlsScheme: 'rediss' },
  'redis-sentinel': { name: 'the Redis protocol', tlsScheme: 'rediss-sentinel' },
  // https://docs.nats.io/using-nats/developer/connecting/tls: clients take `tls://`.
  nats: { name: 'NATS', tlsScheme: 'tls', startTls: true },
  stomp: { name: 'STOMP', tlsScheme: 'stomp+ssl', ports: ['61613', '61614'] },
  imap: { name: 'IMAP', tlsScheme: 'imaps', ports: ['143', '993'], startTls: true },
  pop3: { name: 'POP3', tlsScheme: 'pop3s', ports: ['110', '995'], startTls: true },
  telnet: { name: 'Telnet', tlsScheme: undefined },
  tftp: { name: 'TFTP', tlsScheme: undefined },
  // https://neo4j.com/docs/bolt/current/driver-api/#uri-schemes
  bolt: { name: 'Bolt', tlsScheme: 'bolt+s' },
  neo4j: { name: 'Bolt', tlsScheme: 'neo4j+s' },
  // https://pulsar.apache.org/docs/next/security-tls-transport/
  pulsar: { name: 'the Pulsar protocol', tlsScheme: 'pulsar+ssl', ports: ['6650', '6651'] },
  // https://docs.couchbase.com/server/current/learn/security/on-the-wire-security.html
  couchbase: { name: 'the Couchbase protocol', tlsScheme: 'couchbases' },
  memcached: { name: 'the memcached protocol', tlsScheme: undefined },
  memcache: { name: 'the memcached protocol', tlsScheme: undefined },
  mllp: { name: 'HL7 MLLP', tlsScheme: undefined },
  // Kafka's listeners: https://kafka.apache.org/documentation/#listener_configuration
  plaintext: { name: 'the Kafka protocol', tlsScheme: 'SSL' },
  sasl_plaintext: { name: 'the Kafka protocol', tlsScheme: 'SASL_SSL' },
};

/** What a scheme says of the protocol; undefined for those that encrypt, or that do not tell. */
export function plainProtocolOf(scheme: string, port: string | undefined): Protocol | undefined {
  if (Object.hasOwn(PLAIN_SCHEMES, scheme)) return PLAIN_SCHEMES[scheme];
  // Paho's clients write `tcp://` and `ssl://`; the API of Docker without TLS has a port of its own.
  if (scheme === 'tcp' && port === '1883') return { name: 'MQTT', tlsScheme: 'ssl', ports: ['1883', '8883'] };
  // https://activemq.apache.org/components/classic/documentation/ssl-transport-reference
  if (scheme === 'tcp' && port === '61616')
    return { name: 'OpenWire', tlsScheme: 'ssl', ports: ['61616', '61617'] };
  if (scheme === 'tcp' && port === '2375') return { name: 'the Docker API', tlsScheme: undefined };
  return undefined;
}

/** Hosts of identifiers: namespaces of XML, contexts of JSON-LD, code systems, licenses. Nobody connects to them. */
export const IDENTIFIER_HOST =
  /^(?:(?:www\.)?w3\.org|xmlns\..+|schemas?\..+|.+\.xmlsoap\.org|json-schema\.org|(?:.+\.)?hl7\.org|(?:.+\.)?fhir\.org|loinc\.org|snomed\.info|(?:.+\.)?unitsofmeasure\.org|(?:.+\.)?ihe\.net|(?:.+\.)?nlm\.nih\.gov|(?:.+\.)?nema\.org|(?:.+\.)?iso\.org|(?:.+\.)?ama-assn\.org|purl\.(?:org|oclc\.org)|schema\.org|(?:.+\.)?apache\.org|java\.sun\.com|(?:.+\.)?jcp\.org|(?:.+\.)?springframework\.org|(?:.+\.)?opensource\.org|creativecommons\.org|(?:www\.)?gnu\.org|ogp\.me|rdfs\.org|(?:.+\.)?iana\.org|(?:.+\.)?ietf\.org|(?:.+\.)?openid\.net|(?:.+\.)?oasis-open\.org|(?:.+\.)?docbook\.org|(?:.+\.)?hibernate\.org|mybatis\.org|ns\.adobe\.com|(?:.+\.)?jboss\.org|specs\.openid\.net|(?:.+\.)?dublincore\.org|(?:www\.)?opengis\.net|(?:.+\.)?ogc\.org|(?:.+\.)?tempuri\.org|(?:.+\.)?cloudevents\.io|(?:.+\.)?swagger\.io)$/;

export function isIdentifierHost(host: string): boolean {
  return IDENTIFIER_HOST.test(host.toLowerCase());
}

const WORD = '(?:^|[^a-z])';
const END = '(?:[^a-z]|$)';
/** Keys whose value is a link for people, a name, an origin or a proxy, through which TLS passes untouched. */
export const NO_ENDPOINT = new RegExp(
  `^[@$](?:schema|id|ref|context|vocab|type|base)$|^(?:xmlns|xsi)(?::|$)|(?:^|[._-])(?:no_?|https?_?|all_?|ftp_?)?proxy(?:[._-]?(?:url|host|uri|address|server))?$|${WORD}(?:docs?|documentation|homepage|help|licen[cs]e|schema|schema_?location|namespace|namespaces|runbook|runbook_?url|description|summary|comment|title|message|example|samples?|origins?|cors|allowed|allow|referr?er|redirect|audience|realm|claims?|scopes?|(?:code_?)?system|canonical|identifier|listen|bind|user_?agent|content_security_policy|csp|icon|logo|privacy|terms|about|see|regex|pattern|match)${END}`,
);

/** @param key as written; camel case counts as several words */
export function isNoEndpointKey(key: string): boolean {
  return NO_ENDPOINT.test(key.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase());
}
