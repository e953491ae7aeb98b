import { GATEWAY_API } from '../../analysis/tls/gateway-routes.ts';
import { HOW_TO_SPEAK } from '../../rules/transmission-security/gateway-plaintext-listener.ts';
import {
  CLEAR_TEXT,
  ENCRYPTED,
  REDIRECTABLE,
} from '../../rules/transmission-security/istio-gateway-plaintext.ts';
import {
  anyOf,
  celIsSet,
  celItems,
  celItemsAt,
  celList,
  celMatches,
  celText,
  hasAnnotation,
  hasPath,
} from '../cel.ts';
import { celAll, celGet } from '../cel-lookup.ts';
import { type AdmissionCheck, resourceRule } from './check.ts';

const gatewaysOf = (group: string) => [resourceRule(group, ['gateways'], ['*'])];
const isNamed = (texts: Iterable<string>) =>
  `s.port.protocol.lowerAscii() in ${celList([...texts].map((text) => text.toLowerCase()))}`;

/** Certificates that stand elsewhere: in options or parameters of the implementation. */
const HAS_CERTIFICATES = anyOf(
  hasAnnotation('networking.gke.io/certmap'),
  hasPath('object.spec.infrastructure.parametersRef'),
  `(has(l.tls) && ${anyOf(
    "(has(l.tls.mode) && l.tls.mode == 'Passthrough')",
    celIsSet('l.tls.certificateRefs'),
    `(has(l.tls.options) && l.tls.options.exists(k, !${celMatches('k.lowerAscii()', HOW_TO_SPEAK.source)}))`,
  )})`,
);

const VERSION = `${GATEWAY_API}/v1`;
const SOLVER = 'acme.cert-manager.io/http01-solver';
/** Whether a route does more than redirect, or than show an authority for a moment whose host this is. */
const serves = (route: string) =>
  `!(has(${route}.metadata.labels) && ${celText(SOLVER)} in ${route}.metadata.labels) && (size(${celItemsAt(`${route}.spec.rules`)}) == 0 || !${route}.spec.rules.all(u, ${celItems('u.filters')}.exists(f, f.type == 'RequestRedirect' && ${hasPath('f.requestRedirect.scheme')} && f.requestRedirect.scheme == 'https')))`;
const isOf = (reference: string, route: string, gateway: string) =>
  `${reference}.name == ${gateway}.metadata.name && ${namespaceOf(reference, route)} == ${gateway}.metadata.namespace`;
const isParent = (reference: string) => `(!has(${reference}.kind) || ${reference}.kind == 'Gateway')`;
const namespaceOf = (reference: string, route: string) =>
  `(has(${reference}.namespace) ? ${reference}.namespace : ${route}.metadata.namespace)`;
const hasPlainListener = (gateway: string, condition = 'true') =>
  `${celItemsAt(`${gateway}.spec.listeners`)}.exists(l, l.protocol == 'HTTP' && ${condition})`;
/** Whether a reference to a Gateway is about a listener `l` of it. */
const meansListener = (reference: string) =>
  `(!has(${reference}.sectionName) || ${reference}.sectionName == l.name) && (!has(${reference}.port) || ${reference}.port == l.port)`;
const attaches = (reference: string, gateway: string) => hasPlainListener(gateway, meansListener(reference));

export const GATEWAY_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'istio-gateway-plaintext',
    on: gatewaysOf('networking.istio.io'),
    expression: `${celItemsAt('object.spec.servers')}.all(s, !has(s.port) || !has(s.port.protocol) || (has(s.tls) && has(s.tls.mode)) || (!(${isNamed(CLEAR_TEXT)}) && !(${isNamed(ENCRYPTED)}) && (!(${isNamed(REDIRECTABLE)}) || (has(s.tls) && has(s.tls.httpsRedirect) && s.tls.httpsRedirect))))`,
  },
  {
    rule: 'gateway-plaintext-listener',
    on: gatewaysOf('gateway.networking.k8s.io'),
    expression: `${celItemsAt('object.spec.listeners')}.all(l, !(l.protocol in ['TCP', 'UDP']) && (!(l.protocol in ['HTTPS', 'TLS']) || ${HAS_CERTIFICATES}))`,
    beyond:
      'listeners for HTTP without a route, since one that redirects may come later: Kyverno reports them',
  },
  {
    rule: 'gateway-plaintext-listener',
    part: 'serving',
    on: [resourceRule(GATEWAY_API, ['gateways'])],
    looksUp: true,
    variables: [
      {
        name: 'serving',
        expression: `${hasPlainListener('object')} ? ${celAll(VERSION, 'httproutes')}.filter(r, ${serves('r')}) : []`,
      },
    ],
    expression: `!variables.serving.exists(r, ${celItemsAt('r.spec.parentRefs')}.exists(p, ${isParent('p')} && ${isOf('p', 'r', 'object')} && ${attaches('p', 'object')}))`,
  },
  {
    rule: 'gateway-plaintext-listener',
    part: 'unanswered',
    on: [resourceRule(GATEWAY_API, ['gateways'])],
    looksUp: true,
    reports: 'only',
    variables: [
      { name: 'routes', expression: `${hasPlainListener('object')} ? ${celAll(VERSION, 'httproutes')} : []` },
    ],
    expression: `!${hasPlainListener('object', `!variables.routes.exists(r, ${celItemsAt('r.spec.parentRefs')}.exists(p, ${isOf('p', 'r', 'object')} && ${meansListener('p')}))`)}`,
  },
  {
    rule: 'gateway-plaintext-listener',
    part: 'routes',
    on: [resourceRule(GATEWAY_API, ['httproutes', 'grpcroutes'])],
    looksUp: true,
    expression: `!(${serves('object')}) || !${celItemsAt('object.spec.parentRefs')}.exists(p, ${isParent('p')} && [${celGet(VERSION, 'gateways', namespaceOf('p', 'object'), 'p.name')}].exists(g, g != null && ${attaches('p', 'g')}))`,
  },
];
