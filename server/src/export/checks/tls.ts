import { LEAST_BITS } from '../../analysis/certificates/certificate.ts';
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
      `!(object.kind == 'Ingress' && ${HAS_TLS} && ${hasAnnotation('nginx.ingress.kubernetes.io/ssl-redirect', (value) => `${value} == 'false'`)} && !${hasAnnotation('nginx.ingress.kubernetes.io/force-ssl-redirect', (value) => `${value} == 'true'`)})`,
      `!(object.kind == 'HTTPProxy' && ${celItems('object.spec.routes')}.exists(r, has(r.permitInsecure) && r.permitInsecure))`,
      `!(object.kind == 'Route' && has(object.spec.tls) && has(object.spec.tls.insecureEdgeTerminationPolicy) && object.spec.tls.insecureEdgeTerminationPolicy == 'Allow')`,
    ].join(' && '),
    beyond: 'what other controllers do by default or by their own settings',
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
    expression:
      "variables.containers.all(c, !has(c.env) || c.env.all(e, !(has(e.value) && ((e.name in ['NODE_TLS_REJECT_UNAUTHORIZED', 'PYTHONHTTPSVERIFY'] && e.value == '0') || (e.name == 'GIT_SSL_NO_VERIFY' && e.value in ['1', 'true'])))))",
    beyond: 'commands, connection strings and the settings of programs',
  },
];
