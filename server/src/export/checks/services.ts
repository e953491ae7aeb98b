import { INTERNAL_SUFFIXES, PRIVATE_SERVICES } from '../../analysis/network/hosts.ts';
import {
  ADDRESSES,
  INTERNAL_ANNOTATIONS,
  INTERNAL_CLASSES,
  SOURCE_RANGES,
} from '../../analysis/network/load-balancers.ts';
import { GKE_MARKS } from '../../analysis/network/node-ports.ts';
import { ALB } from '../../analysis/tls/alb.ts';
import { CONTROLLERS } from '../../analysis/tls/ingress-controllers.ts';
import {
  EDGE_LABELS,
  EDGE_NAMES,
  ENCRYPTED_TARGETS,
  ENCRYPTED_WORD,
  GATEWAY_LABEL,
  HTTP_PORTS,
  HTTPS_PORTS,
  LOAD_BALANCER_TLS,
  OF_INGRESSES,
  PLAINTEXT_NAMES,
  PLAINTEXT_PORTS,
} from '../../analysis/tls/service-ports.ts';
import { anyOf, celIsSet, celItems, celList, celMatches, celText, hasAnnotation } from '../cel.ts';
import { celCoverEverything, celIsPrivateAddress } from '../cel-cidr.ts';
import { celAll } from '../cel-lookup.ts';
import { type AdmissionCheck, resourceRule, type Variable } from './check.ts';
import { isNamedLike } from './ingress.ts';

const SERVICES = [resourceRule('', ['services'])];
const isOfType = (...types: string[]) => `(has(object.spec.type) && object.spec.type in ${celList(types)})`;

const AWS = 'service.beta.kubernetes.io/aws-load-balancer-';
const ANNOTATIONS = '(has(object.metadata.annotations) ? object.metadata.annotations : {})';
const inAnnotations = (keys: readonly string[]) =>
  `${celList(keys)}.filter(k, k in variables.annotations).map(k, variables.annotations[k].split(','))`;

/** Of a cloud that connects to nodes, as the Service itself tells. */
const IS_FOR_LOAD_BALANCER = `${ANNOTATIONS}.exists(k, k.startsWith(${celText(ALB)}) || k in ${celList(GKE_MARKS)})`;

/** For one's own network alone, by what the cloud reads. */
const IS_INTERNAL = anyOf(
  ...[...INTERNAL_ANNOTATIONS].map(([key, values]) =>
    hasAnnotation(
      key,
      values.length === 0 ? undefined : (value) => `${value}.trim().lowerAscii() in ${celList(values)}`,
    ),
  ),
);
const IS_OF_CONTROLLER = `(!${hasAnnotation(`${AWS}scheme`)} && ${anyOf(
  hasAnnotation(`${AWS}type`, (value) => `${value} in ['external', 'nlb-ip']`),
  `(has(object.spec.loadBalancerClass) && object.spec.loadBalancerClass in ${celList(INTERNAL_CLASSES)})`,
)})`;
/** What the controller of AWS makes is internal unless told otherwise; else each of the addresses that are asked for has to be. */
const IS_PRIVATE = `(${IS_OF_CONTROLLER} ? !${hasAnnotation(`${AWS}internal`, (value) => `${value} == 'false'`)} : variables.addresses.exists(l, l.exists(a, a != '')) && variables.addresses.all(l, l.all(a, a == '' || ${celIsPrivateAddress('a.trim()')})))`;
const LOAD_BALANCER_VARIABLES: readonly Variable[] = [
  { name: 'annotations', expression: ANNOTATIONS },
  {
    name: 'addresses',
    expression: `[has(object.spec.loadBalancerIP) ? [object.spec.loadBalancerIP] : []] + ${inAnnotations(ADDRESSES)}`,
  },
  {
    // The field goes before the annotations, of which the first one counts that names something.
    name: 'ranges',
    expression: `${celIsSet('object.spec.loadBalancerSourceRanges')} ? [object.spec.loadBalancerSourceRanges] : ${inAnnotations(SOURCE_RANGES)}.filter(l, l.exists(r, r.trim() != ''))`,
  },
];
const IS_LIMITED = `(size(variables.ranges) > 0 && !${celCoverEverything('variables.ranges[0]')})`;
const IS_NOT_FOR_EVERYBODY = [`!${isOfType('LoadBalancer')}`, IS_INTERNAL, IS_PRIVATE, IS_LIMITED].join(
  ' || ',
);

const isNamed = (field: string, pattern: string) =>
  `(has(p.${field}) && ${celMatches(`string(p.${field}).lowerAscii()`, pattern)})`;
const PORT_FIELDS = ['name', 'appProtocol', 'targetPort'];
const ENCRYPTED = ENCRYPTED_WORD.source;
type Counts = (protocol: string) => boolean;
const keysOf = <K>(protocols: ReadonlyMap<K, string>, counts: Counts) =>
  [...protocols].flatMap(([key, protocol]) => (counts(protocol) ? [key] : []));
const isByNumber = (counts: Counts) =>
  `(p.port in [${keysOf(PLAINTEXT_PORTS, counts).join(', ')}] && !(has(p.protocol) && p.protocol == 'UDP'))`;
function isByName(counts: Counts): string {
  const word = `(^|[^a-z0-9])(${keysOf(PLAINTEXT_NAMES, counts).join('|')})($|[^a-z0-9])`;
  return anyOf(isNamed('name', word), isNamed('appProtocol', word));
}
const ofAny: Counts = () => true;
const ofIngresses: Counts = (protocol) => OF_INGRESSES.has(protocol);
const ofOthers: Counts = (protocol) => !OF_INGRESSES.has(protocol);
const IS_PLAIN_PORT = anyOf(isByNumber(ofAny), isByName(ofAny));
/** Nothing that an Ingress has a load balancer connect to; the number tells before the name. */
const IS_NO_HTTP = anyOf(
  isByNumber(ofOthers),
  `(!${isByNumber(ofIngresses)} && ${isByName(ofOthers)} && !${isByName(ofIngresses)})`,
);
const IS_ENCRYPTED_PORT = anyOf(
  ...PORT_FIELDS.map((field) => isNamed(field, ENCRYPTED)),
  isNamed('targetPort', `^(${ENCRYPTED_TARGETS.join('|')})$`),
);
const LABELS = 'object.metadata.labels';
const isEdgeName = (text: string) => celMatches(text, EDGE_NAMES.source);
const IS_EDGE = anyOf(
  `(has(object.metadata.name) && ${isEdgeName('object.metadata.name')})`,
  `(has(${LABELS}) && (${celText(GATEWAY_LABEL)} in ${LABELS} || ${celList(EDGE_LABELS)}.exists(k, k in ${LABELS} && ${isEdgeName(`${LABELS}[k]`)})))`,
);
const HAS_TLS_PORT = `object.spec.ports.exists(t, t.port in [${HTTPS_PORTS.join(', ')}] || (has(t.name) && ${celMatches('t.name', ENCRYPTED)}))`;
const ONLY_REDIRECTS = `(p.port in [${HTTP_PORTS.join(', ')}] && ${HAS_TLS_PORT} && ${IS_EDGE})`;
/** All ports, or those that are listed, by number or name. */
const ENDS_TLS = anyOf(
  ...LOAD_BALANCER_TLS.map(([certificate, ports]) =>
    ports === ''
      ? hasAnnotation(certificate)
      : `(${hasAnnotation(certificate)} && (!${hasAnnotation(ports)} || ${hasAnnotation(ports, (value) => `${value}.split(',').exists(i, i.trim() in ['*', string(p.port), has(p.name) ? p.name.lowerAscii() : ''])`)}))`,
  ),
);

const PORTS = celItems('object.spec.ports');
const IS_COVERED = anyOf(IS_ENCRYPTED_PORT, ENDS_TLS, ONLY_REDIRECTS);
/** An Ingress `i` that may have a load balancer connect to the nodes: of a class that is none of the controllers that run in the cluster. */
const INGRESS_CLASS = "'kubernetes.io/ingress.class'";
const CLASS = `(has(i.spec.ingressClassName) ? i.spec.ingressClassName : has(i.metadata.annotations) && ${INGRESS_CLASS} in i.metadata.annotations ? i.metadata.annotations[${INGRESS_CLASS}] : '')`;
const [OF_CLOUDS, OF_CLUSTER] = [true, false].map((isOfCloud) =>
  isNamedLike(
    CONTROLLERS.filter(({ id }) => ['alb', 'gke'].includes(id) === isOfCloud).flatMap(
      ({ classes }) => classes,
    ),
    CLASS,
  ),
);
const leadsHere = (backend: string) =>
  `(has(${backend}.service) && ${backend}.service.name == object.metadata.name)`;
const LEADS_HERE = `((has(i.spec.defaultBackend) && ${leadsHere('i.spec.defaultBackend')}) || ${celItems('i.spec.rules')}.exists(r, has(r.http) && r.http.paths.exists(p, ${leadsHere('p.backend')})))`;

/** `ExternalName` is written without the dot at its end by everybody. */
const IS_INTERNAL_HOST = anyOf(
  `!object.spec.externalName.contains('.')`,
  celMatches('object.spec.externalName.lowerAscii()', INTERNAL_SUFFIXES.source.replace(/\$$/, '\\.?$')),
  celMatches('object.spec.externalName.lowerAscii()', PRIVATE_SERVICES.source.replaceAll('(?:', '(')),
  `(${celMatches('object.spec.externalName', '^[0-9.]+$|:')} && ${celIsPrivateAddress('object.spec.externalName')})`,
);

export const SERVICE_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'service-node-port',
    on: SERVICES,
    expression: `!${isOfType('NodePort')} || ${IS_FOR_LOAD_BALANCER}`,
  },
  {
    rule: 'service-node-port',
    part: 'load-balancers',
    on: SERVICES,
    expression: `!${isOfType('NodePort')} || !${IS_FOR_LOAD_BALANCER}`,
    isAdvice: true,
  },
  {
    rule: 'service-external-ips',
    on: SERVICES,
    expression: '!has(object.spec.externalIPs) || size(object.spec.externalIPs) == 0',
  },
  {
    rule: 'service-load-balancer-public',
    on: SERVICES,
    variables: LOAD_BALANCER_VARIABLES,
    expression: `${IS_EDGE} || ${IS_NOT_FOR_EVERYBODY}`,
  },
  {
    rule: 'service-load-balancer-public',
    part: 'front-door',
    on: SERVICES,
    variables: LOAD_BALANCER_VARIABLES,
    expression: `!${IS_EDGE} || ${IS_NOT_FOR_EVERYBODY}`,
    isAdvice: true,
  },
  {
    rule: 'external-name-service',
    on: SERVICES,
    expression: `!${isOfType('ExternalName')} || !has(object.spec.externalName) || ${IS_INTERNAL_HOST}`,
  },
  {
    rule: 'service-plaintext-exposure',
    on: SERVICES,
    expression: `!${isOfType('LoadBalancer', 'NodePort')} || ${PORTS}.all(p, !(object.spec.type == 'LoadBalancer' ? ${IS_PLAIN_PORT} : ${IS_NO_HTTP}) || ${IS_COVERED})`,
    beyond:
      'node ports for HTTP, since an Ingress whose load balancer is to connect to them may come later: Kyverno reports them',
  },
  {
    rule: 'service-plaintext-exposure',
    part: 'node-ports',
    on: SERVICES,
    looksUp: true,
    reports: 'only',
    expression: `!${isOfType('NodePort')} || ${IS_FOR_LOAD_BALANCER} || ${PORTS}.all(p, !${IS_PLAIN_PORT} || ${IS_COVERED}) || ${celAll('networking.k8s.io/v1', 'ingresses', 'object.metadata.namespace')}.exists(i, ${LEADS_HERE} && (${OF_CLOUDS} || !${OF_CLUSTER}))`,
  },
];
