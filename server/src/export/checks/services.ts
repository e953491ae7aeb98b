import { INTERNAL_SUFFIXES, PRIVATE_SERVICES } from '../../analysis/network/hosts.ts';
import {
  INTERNAL_ANNOTATIONS,
  INTERNAL_CLASSES,
  SOURCE_RANGES,
} from '../../analysis/network/load-balancers.ts';
import {
  ENCRYPTED_WORD,
  LOAD_BALANCER_TLS,
  PLAINTEXT_NAMES,
  PLAINTEXT_PORTS,
} from '../../analysis/tls/service-ports.ts';
import { anyOf, celItems, celList, celMatches, hasAnnotation } from '../cel.ts';
import { type AdmissionCheck, resourceRule } from './check.ts';

const SERVICES = [resourceRule('', ['services'])];
const isOfType = (...types: string[]) => `(has(object.spec.type) && object.spec.type in ${celList(types)})`;

const EVERYBODY = celList(['0.0.0.0/0', '::/0']);
const AWS = 'service.beta.kubernetes.io/aws-load-balancer-';

/** For one's own network alone, by what the cloud reads. */
const IS_INTERNAL = anyOf(
  ...[...INTERNAL_ANNOTATIONS].map(([key, values]) =>
    hasAnnotation(
      key,
      values.length === 0 ? undefined : (value) => `${value}.lowerAscii() in ${celList(values)}`,
    ),
  ),
  `(!${hasAnnotation(`${AWS}scheme`)} && !${hasAnnotation(`${AWS}internal`, (value) => `${value} == 'false'`)} && ${anyOf(
    hasAnnotation(`${AWS}type`, (value) => `${value} in ['external', 'nlb-ip']`),
    `(has(object.spec.loadBalancerClass) && object.spec.loadBalancerClass in ${celList(INTERNAL_CLASSES)})`,
  )})`,
);
const PRIVATE_ADDRESS = '^(10\\.|127\\.|192\\.168\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|169\\.254\\.|[fF][cCdD])';
const HAS_PRIVATE_ADDRESS = anyOf(
  `(has(object.spec.loadBalancerIP) && ${celMatches('object.spec.loadBalancerIP', PRIVATE_ADDRESS)})`,
  ...[
    ...['metallb.universe.tf/loadBalancerIPs', 'metallb.io/loadBalancerIPs', 'io.cilium/lb-ipam-ips'],
    ...['lbipam.cilium.io/ips', 'kube-vip.io/loadbalancerIPs'],
  ].map((key) => hasAnnotation(key, (value) => celMatches(value, PRIVATE_ADDRESS))),
);
const IS_LIMITED = anyOf(
  `(has(object.spec.loadBalancerSourceRanges) && size(object.spec.loadBalancerSourceRanges) > 0 && !object.spec.loadBalancerSourceRanges.exists(r, r in ${EVERYBODY}))`,
  ...SOURCE_RANGES.map((key) =>
    hasAnnotation(
      key,
      (value) => `${value} != '' && !${value}.contains('0.0.0.0/0') && !${value}.contains('::/0')`,
    ),
  ),
);

const isNamed = (field: string, pattern: string) =>
  `(has(p.${field}) && ${celMatches(`string(p.${field}).lowerAscii()`, pattern)})`;
const PORT_FIELDS = ['name', 'appProtocol', 'targetPort'];
const ENCRYPTED = ENCRYPTED_WORD.source;
const PLAIN_WORD = `(^|[^a-z0-9])(${[...PLAINTEXT_NAMES.keys()].join('|')})($|[^a-z0-9])`;
const IS_PLAIN_PORT = anyOf(
  `(p.port in [${[...PLAINTEXT_PORTS.keys()].join(', ')}] && !(has(p.protocol) && p.protocol == 'UDP'))`,
  isNamed('name', PLAIN_WORD),
  isNamed('appProtocol', PLAIN_WORD),
);
const IS_ENCRYPTED_PORT = anyOf(
  ...PORT_FIELDS.map((field) => isNamed(field, ENCRYPTED)),
  isNamed('targetPort', '^(443|8443|6443)$'),
);
const EDGE =
  '(has(object.metadata.name) && ' +
  celMatches(
    'object.metadata.name',
    'ingress|gateway|traefik|envoy|haproxy|nginx-controller|contour|kong|emissary|ambassador|istio|caddy',
  ) +
  ')';
const HAS_TLS_PORT = `object.spec.ports.exists(t, t.port in [443, 8443] || (has(t.name) && ${celMatches('t.name', ENCRYPTED)}))`;
const ENDS_TLS = anyOf(...LOAD_BALANCER_TLS.map(([certificate]) => hasAnnotation(certificate)));

/** `ExternalName` is written without the dot at its end by everybody. */
const IS_INTERNAL_HOST = anyOf(
  `!object.spec.externalName.contains('.')`,
  celMatches('object.spec.externalName.lowerAscii()', INTERNAL_SUFFIXES.source.replace(/\$$/, '\\.?$')),
  celMatches('object.spec.externalName.lowerAscii()', PRIVATE_SERVICES.source.replaceAll('(?:', '(')),
  celMatches('object.spec.externalName', PRIVATE_ADDRESS),
);

export const SERVICE_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'service-node-port',
    on: SERVICES,
    expression: "!has(object.spec.type) || object.spec.type != 'NodePort'",
  },
  {
    rule: 'service-external-ips',
    on: SERVICES,
    expression: '!has(object.spec.externalIPs) || size(object.spec.externalIPs) == 0',
  },
  {
    rule: 'service-load-balancer-public',
    on: SERVICES,
    expression: `!${isOfType('LoadBalancer')} || ${IS_INTERNAL} || ${HAS_PRIVATE_ADDRESS} || ${IS_LIMITED}`,
    beyond: 'source ranges that only together cover every address',
  },
  {
    rule: 'external-name-service',
    on: SERVICES,
    expression: `!${isOfType('ExternalName')} || !has(object.spec.externalName) || ${IS_INTERNAL_HOST}`,
  },
  {
    rule: 'service-plaintext-exposure',
    on: SERVICES,
    expression: `!${isOfType('LoadBalancer')} || ${ENDS_TLS} || ${celItems('object.spec.ports')}.all(p, !${IS_PLAIN_PORT} || ${IS_ENCRYPTED_PORT} || (p.port in [80, 8080, 8000] && ${HAS_TLS_PORT} && ${EDGE}))`,
    beyond:
      'node ports, which service-node-port refuses, and single ports that a load balancer with a certificate leaves in clear text',
  },
];
