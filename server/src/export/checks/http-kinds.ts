import { CONTROLLER_SETTINGS } from '../../analysis/tls/http-resources.ts';
import { PLAIN_ENTRY_POINTS } from '../../analysis/tls/traefik.ts';
import { anyOf, celItems, celList, celText, hasPath } from '../cel.ts';
import { type AdmissionCheck, type ResourceRule, resourceRule } from './check.ts';

const ANY_VERSION = ['*'];
const isTrue = (path: string) => `(${hasPath(path)} && ${path} == true)`;
const CHART = 'app.kubernetes.io/name';
const HOLDS_SETTINGS = anyOf(
  `object.metadata.name in ${celList(CONTROLLER_SETTINGS.flatMap(({ names }) => names))}`,
  `(has(object.metadata.labels) && ${celText(CHART)} in object.metadata.labels && object.metadata.labels[${celText(CHART)}] in ${celList(CONTROLLER_SETTINGS.map(({ chart }) => chart))})`,
);
const LISTENERS = celItems('object.spec.listeners');

/** The kinds of `HTTP_RESOURCES`, where they stand in the API, and under what they answer plain HTTP. */
const KINDS: readonly (readonly [
  kind: string,
  on: readonly ResourceRule[],
  answersHttp: readonly string[],
])[] = [
  [
    'Route',
    [resourceRule('route.openshift.io', ['routes'])],
    [
      '!has(object.spec.tls)',
      "(has(object.spec.tls.insecureEdgeTerminationPolicy) && object.spec.tls.insecureEdgeTerminationPolicy == 'Allow')",
    ],
  ],
  [
    'HTTPProxy',
    [resourceRule('projectcontour.io', ['httpproxies'])],
    [
      '(has(object.spec.virtualhost) && !has(object.spec.virtualhost.tls))',
      `${celItems('object.spec.routes')}.exists(r, ${isTrue('r.permitInsecure')})`,
    ],
  ],
  [
    'IngressRoute',
    ['traefik.io', 'traefik.containo.us'].map((group) => resourceRule(group, ['ingressroutes'], ANY_VERSION)),
    [
      `(${celItems('object.spec.entryPoints')}.exists(p, p in ${celList(PLAIN_ENTRY_POINTS)}) && !has(object.spec.tls) && ${celItems('object.spec.routes')}.exists(r, size(${celItems('r.middlewares')}) == 0))`,
    ],
  ],
  [
    'Host',
    [resourceRule('getambassador.io', ['hosts'], ANY_VERSION)],
    [
      `(${hasPath('object.spec.requestPolicy.insecure.action')} && object.spec.requestPolicy.insecure.action == 'Route')`,
    ],
  ],
  [
    'VirtualServer',
    [resourceRule('k8s.nginx.org', ['virtualservers'])],
    [`!${isTrue('object.spec.tls.redirect.enable')}`],
  ],
  [
    'IngressGateway',
    [resourceRule('consul.hashicorp.com', ['ingressgateways'], ANY_VERSION)],
    [
      `(size(${LISTENERS}) > 0 && !${isTrue('object.spec.tls.enabled')} && !${LISTENERS}.all(l, ${isTrue('l.tls.enabled')}))`,
    ],
  ],
  [
    'ConfigMap',
    [resourceRule('', ['configmaps'])],
    [
      `(has(object.data) && 'ssl-redirect' in object.data && object.data['ssl-redirect'].trim().lowerAscii() == 'false' && ${HOLDS_SETTINGS})`,
    ],
  ],
];

export const HTTP_KIND_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'ingress-http-allowed',
    part: 'kinds',
    on: KINDS.flatMap(([, on]) => on),
    expression: KINDS.map(
      ([kind, , answersHttp]) =>
        `!(object.kind == '${kind}'${kind === 'ConfigMap' ? '' : ' && has(object.spec)'} && ${anyOf(...answersHttp)})`,
    ).join(' && '),
  },
];
