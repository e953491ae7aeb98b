import { ALB, HTTPS_REDIRECT } from '../../analysis/tls/alb.ts';
import { CONTROLLERS } from '../../analysis/tls/ingress-controllers.ts';
import { PLAIN_ENTRY_POINTS, TRAEFIK_ROUTER } from '../../analysis/tls/traefik.ts';
import { anyOf, celItems, celItemsAt, celList, celTest, celText, hasPath } from '../cel.ts';
import { celAll, celAllIfKnown, celGet } from '../cel-lookup.ts';
import { type AdmissionCheck, resourceRule, type Variable } from './check.ts';
import {
  coversHosts,
  ENTRY_POINTS,
  FORBIDS_HTTP,
  HAS_PLAIN_ENTRY_POINT,
  hasTls,
  INGRESSES,
  isThere,
  listens,
  NAMES_CLASS,
  PORTS,
  REDIRECTS_ALB,
  SPEAKS_TLS,
  textOf,
  VARIABLES,
} from './ingress.ts';

/*
 * What the class of an Ingress, a Middleware of Traefik and a FrontendConfig of Google say of it, where they are there.
 */

const CLASS = 'variables.ingressClass';
const MIDDLEWARES = 'variables.middlewares';
const ROUTER_MIDDLEWARES = `${TRAEFIK_ROUTER}middlewares`;
const OWN = 'object.metadata.namespace';
const FRONTEND_CONFIGS = ['networking.gke.io/v1beta1.FrontendConfig', 'networking.gke.io/v1.FrontendConfig'];

/** Whether there is something at a path of an object. */
const has = (object: string, path: string, condition = 'true') =>
  `[${object}].exists(o, o != null && ${hasPath(`o.${path}`)} && ${condition.replaceAll('VALUE', `o.${path}`)})`;

const byClass = CONTROLLERS.filter(({ controllers }) => controllers.length > 0).map(
  ({ id, controllers }) => `${CLASS}.spec.controller in ${celList(controllers)} ? ${celText(id)} : `,
);
/** Goes before the controller that the class's name, or an annotation, tells. */
const controllerOf = (byName: string) =>
  `${CLASS} == null ? (${byName}) : ${has(CLASS, 'spec.controller')} ? (${byClass.join('')}'') : ''`;

const KNOWN: readonly Variable[] = [
  ...VARIABLES.filter(({ name }) => name !== 'controller'),
  {
    name: 'ingressClass',
    expression: celGet('networking.k8s.io/v1', 'ingressclasses', "''", 'variables.className'),
  },
  ...VARIABLES.filter(({ name }) => name === 'controller').map(({ name, expression }) => ({
    name,
    expression: controllerOf(expression),
  })),
  {
    name: 'known',
    expression: `${isThere(ROUTER_MIDDLEWARES)} ? ${celAllIfKnown('traefik.io', 'v1alpha1', 'middlewares')} : []`,
  },
  {
    // `clinic-redirect@kubernetescrd`: the namespace and the name, between which it is not told where the one ends.
    name: 'middlewares',
    expression: `!(${isThere(ROUTER_MIDDLEWARES)}) ? [] : ${textOf(ROUTER_MIDDLEWARES)}.split(',').map(m, m.split('@')[0].trim()).filter(m, m != '').map(m, variables.known.filter(o, o.metadata.namespace + '-' + o.metadata.name == m))`,
  },
];
const frontendConfig: Variable = {
  name: 'frontendConfig',
  expression: `${FRONTEND_CONFIGS.map((key) => `${isThere(key)} ? ${celGet('networking.gke.io/v1beta1', 'frontendconfigs', OWN, textOf(key))} : `).join('')}dyn(null)`,
};

const redirects = (middleware: string) =>
  anyOf(
    has(middleware, 'spec.redirectScheme.scheme', "VALUE == 'https'"),
    has(middleware, 'spec.redirectRegex.replacement', "VALUE.startsWith('https://')"),
  );
const CLASS_MAY_ADD = `(${NAMES_CLASS} && ${anyOf(`${CLASS} == null`, has(CLASS, 'spec.parameters'))})`;

/** What is not there yet may bring TLS. */
const MAY_REDIRECT = `${MIDDLEWARES}.exists(l, size(l) == 0 || l.exists(m, ${redirects('m')}))`;
const MAY_BE_ENCRYPTED = `(variables.controller == 'alb' ? !(${isThere(PORTS)}) && ${CLASS_MAY_ADD} : variables.controller == 'traefik' ? ${MAY_REDIRECT} : true)`;

const ANSWERS_HTTP = [
  `variables.controller == 'alb' ? !(${isThere(PORTS)}) && !(${isThere(`${ALB}certificate-arn`)}) && !${CLASS_MAY_ADD} && !(${isThere(`${ALB}group.name`)}) && !${REDIRECTS_ALB}`,
  `variables.controller == 'gke' ? !${FORBIDS_HTTP} && variables.frontendConfig != null && !${has('variables.frontendConfig', 'spec.redirectToHttps.enabled', 'VALUE')}`,
  `variables.controller == 'traefik' ? ${isThere(ENTRY_POINTS)} && ${HAS_PLAIN_ENTRY_POINT} && !${SPEAKS_TLS} && size(${MIDDLEWARES}) > 0 && !${MAY_REDIRECT}`,
  'false',
].join(' : ');

const GROUP = `${ALB}group.name`;
const REDIRECT = celText(`${ALB}ssl-redirect`);
/** Another Ingress `i` has the load balancer of the group redirect. */
const REDIRECTS_GROUP = `has(i.metadata.annotations) && [i.metadata.annotations].exists(a, ${celText(GROUP)} in a && a[${celText(GROUP)}] == ${textOf(GROUP)} && (${REDIRECT} in a ? !(a[${REDIRECT}] in ['', 'false']) : a.exists(k, k.startsWith('${ALB}actions.') && ${HTTPS_REDIRECT.map((part) => celTest('a[k]', part)).join(' && ')})))`;
const IS_REDIRECTED_BY_GROUP = [
  `!(${hasTls()}) || variables.controller != 'alb' || !(${isThere(GROUP)}) || ${REDIRECTS_ALB}`,
  `!(${isThere(PORTS)} ? ${listens('HTTP')} : !(${isThere(`${ALB}certificate-arn`)} || ${CLASS_MAY_ADD}))`,
  `${celAll('networking.k8s.io/v1', 'ingresses')}.exists(i, ${REDIRECTS_GROUP})`,
].join(' || ');

const asked = (rule: string, expression: string, more: readonly Variable[] = []): AdmissionCheck => ({
  rule,
  part: 'others',
  on: INGRESSES,
  looksUp: true,
  reports: 'too',
  variables: [...KNOWN, ...more],
  expression,
});

export const INGRESS_LOOKUP_CHECKS: readonly AdmissionCheck[] = [
  asked('ingress-without-tls', hasTls(MAY_BE_ENCRYPTED)),
  asked('ingress-tls-host-uncovered', coversHosts(MAY_BE_ENCRYPTED)),
  asked('ingress-http-allowed', `!(${hasTls()}) || !(${ANSWERS_HTTP})`, [frontendConfig]),
  {
    ...asked('ingress-http-allowed', IS_REDIRECTED_BY_GROUP),
    part: 'groups',
    reports: 'only',
  },
  {
    rule: 'ingress-http-allowed',
    part: 'routers',
    on: [resourceRule('traefik.io', ['ingressroutes'], ['*'])],
    looksUp: true,
    reports: 'too',
    expression: `!${celItemsAt('object.spec.entryPoints')}.exists(p, p in ${celList(PLAIN_ENTRY_POINTS)}) || has(object.spec.tls) || !${celItemsAt('object.spec.routes')}.exists(r, size(${celItems('r.middlewares')}) > 0 && !r.middlewares.map(m, ${celGet('traefik.io/v1alpha1', 'middlewares', `(has(m.namespace) ? m.namespace : ${OWN})`, 'm.name')}).exists(m, m == null || ${redirects('m')}))`,
  },
];
