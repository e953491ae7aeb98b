import { ALB, HTTPS_REDIRECT } from '../../analysis/tls/alb.ts';
import { type AnnotationRow, INGRESS_ANNOTATIONS } from '../../analysis/tls/http-annotations.ts';
import { CONTROLLERS } from '../../analysis/tls/ingress-controllers.ts';
import { CERTIFICATES, ENCRYPTED as ENCRYPTED_BY, PARTS } from '../../analysis/tls/ingress-tls.ts';
import { NAMED_AS_REDIRECT, PLAIN_ENTRY_POINTS, TRAEFIK_ROUTER } from '../../analysis/tls/traefik.ts';
import { anyOf, celItems, celList, celMatches, celTest, celText, wildcardPattern } from '../cel.ts';
import { type AdmissionCheck, resourceRule, type Variable } from './check.ts';

export const INGRESSES = [resourceRule('networking.k8s.io', ['ingresses'])];
const HAS_TLS = '(has(object.spec.tls) && size(object.spec.tls) > 0)';
const KEYS = 'variables.annotations';
export const isThere = (key: string) => `${celText(key)} in ${KEYS}`;
export const textOf = (key: string) => `${KEYS}[${celText(key)}]`;
/** An annotation whose value satisfies a condition. */
const holds = (key: string, condition: (value: string) => string) =>
  `(${isThere(key)} && ${condition(textOf(key))})`;
const says = ([key, pattern]: readonly [string, RegExp]) =>
  holds(key, (value) => celTest(`${value}.trim()`, pattern));

const carriesAny = (prefixes: readonly string[]) =>
  `${KEYS}.exists(k, ${prefixes.map((prefix) => `k.startsWith(${celText(prefix)})`).join(' || ')})`;
/** `nginx-internal` and `internal-nginx` are named like `nginx`. */
export const isNamedLike = (names: readonly string[], className = 'variables.className') => {
  const usual = names.map((name) => wildcardPattern(name)).join('|');
  return celMatches(className, `^((${usual})(-.*)?|.*-(${usual}))$`);
};
/** Both NGINX controllers call their class `nginx`. */
const IS_OF_F5 = `(${carriesAny(['nginx.org/', 'nginx.com/'])} && !${carriesAny(['nginx.ingress.kubernetes.io/'])})`;

/** As `controllerOf` tells the controller, but for IngressClasses, which are other objects. */
const CONTROLLER = [
  ...CONTROLLERS.filter(({ classes }) => classes.length > 0).map(
    ({ id, classes }) =>
      `${isNamedLike(classes)}${id === 'ingress-nginx' ? ` && !${IS_OF_F5}` : ''} ? ${celText(id)}`,
  ),
  ...CONTROLLERS.map(({ id, annotations }) => `${carriesAny(annotations)} ? ${celText(id)}`),
  "''",
].join(' : ');

const CLASS = 'kubernetes.io/ingress.class';
export const VARIABLES: readonly Variable[] = [
  {
    name: 'annotations',
    expression: 'has(object.metadata.annotations) ? object.metadata.annotations : {}',
  },
  {
    name: 'className',
    expression: `has(object.spec.ingressClassName) ? object.spec.ingressClassName : ${isThere(CLASS)} ? ${textOf(CLASS)} : ''`,
  },
  { name: 'controller', expression: CONTROLLER },
];

export const PORTS = `${ALB}listen-ports`;
export const listens = (protocol: string) => celMatches(textOf(PORTS), `"${protocol}"\\s*:`);
export const ENTRY_POINTS = `${TRAEFIK_ROUTER}entrypoints`;
const isPlain = (entryPoint: string) => `${entryPoint}.trim() in ${celList(PLAIN_ENTRY_POINTS)}`;
export const HAS_PLAIN_ENTRY_POINT = `${textOf(ENTRY_POINTS)}.split(',').exists(p, ${isPlain('p')})`;
const someMiddleware = (condition: string) =>
  holds(`${TRAEFIK_ROUTER}middlewares`, (value) => `${value}.split(',').exists(m, ${condition})`);

/** What says in its controller's own way that clients reach it by TLS, as far as one object tells. */
const IS_ENCRYPTED_OTHERWISE = anyOf(
  ...CERTIFICATES.map(isThere),
  ...[...ENCRYPTED_BY, ...PARTS].map(says),
  "variables.controller == 'edge'",
  `(variables.controller == 'alb' && (${isThere(PORTS)} ? (!${listens('HTTP')} || ${listens('HTTPS')}) : ${isThere(`${ALB}certificate-arn`)}))`,
  `(variables.controller == 'traefik' && ${anyOf(
    `(${isThere(ENTRY_POINTS)} && !${HAS_PLAIN_ENTRY_POINT})`,
    someMiddleware(celTest("m.split('@')[0]", NAMED_AS_REDIRECT)),
  )})`,
);
/** AWS reads no settings of a class that the old annotation names. */
export const NAMES_CLASS = 'has(object.spec.ingressClassName)';
/** What other objects may say: parameters of the class, a middleware that redirects. */
const MAY_BE_ENCRYPTED = anyOf(
  `(variables.controller == 'alb' && !(${isThere(PORTS)}) && ${NAMES_CLASS})`,
  `(variables.controller == 'traefik' && ${someMiddleware("m.split('@')[0].trim() != ''")})`,
);
const BY_OTHERS =
  'load balancers of AWS that come before their class, and routers of Traefik before their Middleware: Kyverno reports them';

/** Whether an Ingress has a certificate, by its own word or by that of others. */
export const hasTls = (byOthers = 'false') => `${HAS_TLS} || ${IS_ENCRYPTED_OTHERWISE} || ${byOthers}`;
/** Whether each host is in a certificate, where the Ingress names some. */
export const coversHosts = (byOthers: string) =>
  `!${HAS_TLS} || ${IS_ENCRYPTED_OTHERWISE} || ${byOthers} || object.spec.tls.exists(t, !has(t.hosts) || size(t.hosts) == 0) || ${celItems('object.spec.rules')}.all(r, !has(r.host) || r.host == '' || object.spec.tls.exists(t, t.hosts.exists(h, ${COVERS})))`;

/** A name, or a wildcard for its first label. */
const COVERS =
  "(h == r.host || (h.startsWith('*.') && r.host.contains('.') && r.host.substring(r.host.indexOf('.')) == h.substring(1)))";

/** An annotation with which the controller answers plain HTTP, or the want of one, and none that ends that. */
function answersHttp({ key, open, openByDefaultOf, unless = [] }: AnnotationRow): string {
  const isOpen =
    openByDefaultOf === undefined
      ? says([key, open])
      : `(${isThere(key)} ? ${celTest(`${textOf(key)}.trim()`, open)} : variables.controller == ${celText(openByDefaultOf)})`;
  return `(${[isOpen, ...unless.map((row) => `!${says(row)}`)].join(' && ')})`;
}

const ACTION = `${ALB}actions.`;
const leadsTo = (backend: string) =>
  `(has(${backend}.service) && ${backend}.service.name == k.substring(${ACTION.length}))`;
/** By the annotation, or by an action that a path uses. */
export const REDIRECTS_ALB = `(${isThere(`${ALB}ssl-redirect`)} ? !(${textOf(`${ALB}ssl-redirect`)} in ['', 'false']) : ${KEYS}.exists(k, k.startsWith(${celText(ACTION)}) && ${HTTPS_REDIRECT.map((part) => celTest(`${KEYS}[k]`, part)).join(' && ')} && ((has(object.spec.defaultBackend) && ${leadsTo('object.spec.defaultBackend')}) || ${celItems('object.spec.rules')}.exists(r, has(r.http) && ${celItems('r.http.paths')}.exists(p, ${leadsTo('p.backend')})))))`;

/** At GKE. */
export const FORBIDS_HTTP = says(['kubernetes.io/ingress.allow-http', /^false$/i]);
/** Of a router of Traefik. */
export const SPEAKS_TLS = `${KEYS}.exists(k, k.startsWith('${TRAEFIK_ROUTER}tls') && ${KEYS}[k].lowerAscii() != 'false')`;

/** The controllers whose answer hangs on more than an annotation. */
const ANSWERS_HTTP: readonly (readonly [controller: string, condition: string])[] = [
  [
    'alb',
    `(${isThere(PORTS)} ? ${listens('HTTP')} : !(${isThere(`${ALB}certificate-arn`)} || ${NAMES_CLASS})) && !(${isThere(`${ALB}group.name`)}) && !${REDIRECTS_ALB}`,
  ],
  [
    'gke',
    `!${FORBIDS_HTTP} && !${KEYS}.exists(k, ${celMatches('k', '^networking\\.gke\\.io/v1(beta1)?\\.FrontendConfig$')})`,
  ],
  [
    'traefik',
    `${isThere(ENTRY_POINTS)} && ${HAS_PLAIN_ENTRY_POINT} && !${SPEAKS_TLS} && !${someMiddleware("m.split('@')[0].trim() != ''")}`,
  ],
];

export const INGRESS_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'ingress-without-tls',
    on: INGRESSES,
    variables: VARIABLES,
    expression: hasTls(MAY_BE_ENCRYPTED),
    beyond: BY_OTHERS,
  },
  {
    rule: 'ingress-tls-host-uncovered',
    on: INGRESSES,
    variables: VARIABLES,
    expression: coversHosts(MAY_BE_ENCRYPTED),
    beyond: BY_OTHERS,
  },
  {
    rule: 'ingress-http-allowed',
    on: INGRESSES,
    variables: VARIABLES,
    expression: `!(${hasTls()}) || !(${[
      ...ANSWERS_HTTP.map(([id, condition]) => `variables.controller == ${celText(id)} ? (${condition})`),
      anyOf(...INGRESS_ANNOTATIONS.map(answersHttp)),
    ].join(' : ')})`,
    beyond:
      'what comes before an object that decides (the class, another Ingress of a group, a FrontendConfig, a Middleware): Kyverno reports it',
  },
];
