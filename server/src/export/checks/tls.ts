import { LEAST_BITS } from '../../analysis/certificates/certificate.ts';
import { FLAG } from '../../analysis/endpoints/verification-table.ts';
import { type AnnotationRow, INGRESS_ANNOTATIONS } from '../../analysis/tls/http-annotations.ts';
import { CERTIFICATES, ENCRYPTED as ENCRYPTED_BY, PARTS } from '../../analysis/tls/ingress-tls.ts';
import { anyOf, celItems, celMatches, celText, hasAnnotation } from '../cel.ts';
import { type AdmissionCheck, resourceRule } from './check.ts';

const INGRESSES = [resourceRule('networking.k8s.io', ['ingresses'])];
const CERTIFICATE = [resourceRule('cert-manager.io', ['certificates'])];
const HAS_TLS = '(has(object.spec.tls) && size(object.spec.tls) > 0)';

/** Case counts in a policy for the patterns, which are lower case, and not for the values. */
const says = ([key, pattern]: readonly [string, RegExp]) =>
  hasAnnotation(key, (value) => celMatches(`${value}.lowerAscii()`, pattern.source));

/** The class of an Ingress, in the field or in the annotation of before. */
const isOfClass = (pattern: string) =>
  anyOf(
    `(has(object.spec.ingressClassName) && ${celMatches('object.spec.ingressClassName', pattern)})`,
    hasAnnotation('kubernetes.io/ingress.class', (value) => celMatches(value, pattern)),
  );
/** An annotation with which the controller answers plain HTTP, and none that ends that. */
const answersHttp = ({ key, open, unless = [] }: AnnotationRow) =>
  `(${[says([key, open]), ...unless.map((row) => `!${says(row)}`)].join(' && ')})`;

const TRAEFIK = 'traefik.ingress.kubernetes.io/router.';

const IS_ENCRYPTED_OTHERWISE = anyOf(
  ...CERTIFICATES.map((key) => hasAnnotation(key)),
  ...[...ENCRYPTED_BY, ...PARTS].map(says),
  // What the listeners of these have is theirs to know, or stands in other objects.
  isOfClass('alb|tailscale|ngrok|cloudflare'),
  hasAnnotation('alb.ingress.kubernetes.io/scheme'),
  hasAnnotation('alb.ingress.kubernetes.io/listen-ports'),
  hasAnnotation('alb.ingress.kubernetes.io/certificate-arn'),
  hasAnnotation(`${TRAEFIK}entrypoints`, (value) => `!${celMatches(value, '(^|,)\\s*(web|http)\\s*(,|$)')}`),
  hasAnnotation(`${TRAEFIK}middlewares`),
);

/** A name, or a wildcard for its first label. */
const COVERS =
  "(h == r.host || (h.startsWith('*.') && r.host.contains('.') && r.host.substring(r.host.indexOf('.')) == h.substring(1)))";

const KEY_SIZE = 'object.spec.privateKey.size';
const ALGORITHM = "(has(object.spec.privateKey.algorithm) ? object.spec.privateKey.algorithm : 'RSA')";

/** The flags as they are switched on, in small letters. */
const FLAG_ON = FLAG.source.replace('(?:=(\\w*))?$', '(=(true|1|yes|on))?$').toLowerCase();
const WORDS = `(${celItems('c.command')} + ${celItems('c.args')})`;
/** A flag of the program itself: what clients are told with each command, and whether they talk to themselves, is not for CEL. */
const NO_FLAG = `variables.containers.all(c, !${WORDS}.exists(w, ${celMatches('w.lowerAscii()', FLAG_ON)}) || ${WORDS}.exists(w, ${celMatches('w', '(^|/)(curl|wget|mc|grpcurl|argocd|git|sh|bash)$')}))`;

export const TLS_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'ingress-without-tls',
    on: INGRESSES,
    expression: `${HAS_TLS} || ${IS_ENCRYPTED_OTHERWISE}`,
    beyond: 'Ingresses of controllers whose listeners are set up elsewhere',
  },
  {
    rule: 'ingress-tls-host-uncovered',
    on: INGRESSES,
    expression: `!${HAS_TLS} || ${IS_ENCRYPTED_OTHERWISE} || object.spec.tls.exists(t, !has(t.hosts) || size(t.hosts) == 0) || ${celItems('object.spec.rules')}.all(r, !has(r.host) || r.host == '' || object.spec.tls.exists(t, t.hosts.exists(h, ${COVERS})))`,
    beyond: 'Ingresses of controllers whose listeners are set up elsewhere',
  },
  {
    rule: 'ingress-http-allowed',
    on: [
      ...INGRESSES,
      resourceRule('projectcontour.io', ['httpproxies']),
      resourceRule('route.openshift.io', ['routes']),
    ],
    expression: [
      `!(object.kind == 'Ingress' && ${HAS_TLS} && ${anyOf(...INGRESS_ANNOTATIONS.map(answersHttp))})`,
      `!(object.kind == 'HTTPProxy' && ${celItems('object.spec.routes')}.exists(r, has(r.permitInsecure) && r.permitInsecure))`,
      `!(object.kind == 'Route' && has(object.spec.tls) && has(object.spec.tls.insecureEdgeTerminationPolicy) && object.spec.tls.insecureEdgeTerminationPolicy == 'Allow')`,
    ].join(' && '),
    beyond:
      'what controllers do by default, what hangs on their other settings and objects, and their own kinds',
  },
  {
    rule: 'certificate-weak-key',
    on: CERTIFICATE,
    expression: `!(has(object.spec.privateKey) && has(${KEY_SIZE}) && ${KEY_SIZE} > 0) || (${[...LEAST_BITS].map(([algorithm, least]) => `!(${ALGORITHM} == ${celText(algorithm)} && ${KEY_SIZE} < ${least})`).join(' && ')})`,
    beyond: 'certificates that vouch for themselves, and sizes in annotations',
  },
  {
    rule: 'certificate-rotation',
    on: CERTIFICATE,
    expression:
      "(has(object.spec.isCA) && object.spec.isCA) || (!(has(object.spec.privateKey) && has(object.spec.privateKey.rotationPolicy) && object.spec.privateKey.rotationPolicy == 'Never') && (!has(object.spec.duration) || !object.spec.duration.matches('^([0-9]+(h|m|s|ms|us|ns))+$') || duration(object.spec.duration) <= duration('4800h')))",
    beyond: 'what hangs on the issuer, and the times of renewal',
  },
  {
    rule: 'tls-verification-disabled',
    on: 'workloads',
    expression: `variables.containers.all(c, !has(c.env) || c.env.all(e, !(has(e.value) && ((e.name in ['NODE_TLS_REJECT_UNAUTHORIZED', 'PYTHONHTTPSVERIFY'] && e.value == '0') || (e.name == 'GIT_SSL_NO_VERIFY' && e.value in ['1', 'true']))))) && ${NO_FLAG}`,
    beyond: 'commands, connection strings, the settings of programs and the fields of other kinds',
  },
];
