import type { Resource } from '../../kubernetes/resource.ts';
import type { Path } from '../../syntax/paths.ts';
import type { World } from '../world.ts';
import type { HttpFallback } from './http-fallback.ts';
import { isPlainEntryPoint, middlewareId, redirectsToHttps } from './traefik.ts';

/** A kind, other than Ingress, that says whether plain HTTP is answered. */
interface HttpResource {
  readonly kind: string;
  readonly groups: readonly string[];
  readonly find: (resource: Resource, world: World) => HttpFallback[];
}

/** Adding a controller with resources of its own is adding a row. */
export const HTTP_RESOURCES: readonly HttpResource[] = [
  { kind: 'Route', groups: ['route.openshift.io', ''], find: openShiftRoute },
  { kind: 'HTTPProxy', groups: ['projectcontour.io'], find: httpProxy },
  { kind: 'IngressRoute', groups: ['traefik.io', 'traefik.containo.us'], find: ingressRoute },
  { kind: 'Host', groups: ['getambassador.io', 'x.getambassador.io'], find: emissaryHost },
  { kind: 'VirtualServer', groups: ['k8s.nginx.org'], find: nginxVirtualServer },
  { kind: 'ConfigMap', groups: [''], find: ingressNginxConfigMap },
];

/**
 * Source: https://docs.redhat.com/en/documentation/openshift_container_platform/ (Route: `tls.insecureEdgeTerminationPolicy`, absent means None).
 */
function openShiftRoute(route: Resource): HttpFallback[] {
  const setting = 'tls.insecureEdgeTerminationPolicy';
  const tls = route.spec?.get('tls');
  if (route.spec === undefined) return [];
  if (tls === undefined || tls.isNull) {
    const value = { termination: 'edge', insecureEdgeTerminationPolicy: 'Redirect' };
    const close = [{ path: [...route.root.path, 'spec', 'tls'], value }];
    return [
      {
        product: 'OpenShift',
        because: 'no-tls',
        at: route.root,
        missing: ['spec', 'tls'],
        setting: 'tls',
        close,
      },
    ];
  }
  const policy = tls.get('insecureEdgeTerminationPolicy');
  if (policy?.text !== 'Allow') return [];
  return [
    {
      product: 'OpenShift',
      because: 'on',
      at: policy,
      setting,
      close: [{ path: policy.path, value: 'Redirect' }],
    },
  ];
}

/** Source: https://projectcontour.io/docs/main/config/tls-termination/ (permitInsecure; a virtual host without tls has no HTTPS listener). */
function httpProxy(proxy: Resource): HttpFallback[] {
  const host = proxy.spec?.get('virtualhost');
  if (host !== undefined && host.kind === 'map' && !host.has(['tls'])) {
    return [
      {
        product: 'Contour',
        because: 'no-tls',
        at: proxy.root,
        missing: ['spec', 'virtualhost', 'tls'],
        setting: 'tls',
        close: [],
      },
    ];
  }
  return (proxy.spec?.get('routes')?.items ?? []).flatMap((route) => {
    const permit = route.get('permitInsecure');
    if (permit?.boolean !== true) return [];
    return {
      product: 'Contour',
      because: 'on',
      at: permit,
      setting: 'permitInsecure',
      close: [{ path: permit.path, value: false }],
    };
  });
}

/** An IngressRoute on the plain entry point whose routes do more than redirect. */
function ingressRoute(route: Resource, world: World): HttpFallback[] {
  const { spec, namespace } = route;
  const entryPoint = spec
    ?.get('entryPoints')
    ?.items.find(({ text }) => text !== undefined && isPlainEntryPoint(text));
  if (entryPoint === undefined || spec?.get('tls')?.kind === 'map') return [];
  const serving = (spec?.get('routes')?.items ?? []).some((item) => {
    const middlewares = (item.get('middlewares')?.items ?? []).map((middleware) =>
      middlewareId(middleware.get('name')?.text ?? '', middleware.get('namespace')?.text ?? namespace),
    );
    return redirectsToHttps(middlewares, world) === false;
  });
  if (!serving) return [];
  return [{ product: 'Traefik', because: 'on', at: entryPoint, setting: 'entryPoints', close: [] }];
}

/** Source: https://emissary-ingress.dev/docs/ (Host: `requestPolicy.insecure.action`, Redirect unless said). */
function emissaryHost(host: Resource): HttpFallback[] {
  const action = host.spec?.at(['requestPolicy', 'insecure', 'action']);
  if (action?.text !== 'Route') return [];
  const setting = 'requestPolicy.insecure.action';
  return [
    {
      product: 'Emissary-ingress',
      because: 'on',
      at: action,
      setting,
      close: [{ path: action.path, value: 'Redirect' }],
    },
  ];
}

/** Source: https://docs.nginx.com/nginx-ingress-controller/configuration/virtualserver-and-virtualserverroute-resources/ (tls.redirect, off unless said). */
function nginxVirtualServer(server: Resource): HttpFallback[] {
  const product = 'NGINX Ingress Controller';
  if (server.spec === undefined) return [];
  const tls: Path = ['spec', 'tls'];
  if (server.root.at(tls)?.kind !== 'map') {
    return [{ product, because: 'no-tls', at: server.root, missing: tls, setting: 'tls', close: [] }];
  }
  const path: Path = [...tls, 'redirect', 'enable'];
  const enable = server.root.at(path);
  if (enable?.boolean === true) return [];
  const base = {
    product,
    setting: 'tls.redirect.enable',
    close: [{ path: [...server.root.path, ...path], value: true }],
  };
  return enable === undefined
    ? [{ ...base, because: 'default', at: server.root, missing: path }]
    : [{ ...base, because: 'on', at: enable }];
}

/** The settings of ingress-nginx for all Ingresses. Source: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#ssl-redirect */
function ingressNginxConfigMap(configMap: Resource): HttpFallback[] {
  if (!isIngressNginxConfig(configMap)) return [];
  const value = configMap.root.at(['data', 'ssl-redirect']);
  if (value?.text === undefined || !/^false$/i.test(value.text.trim())) return [];
  return [
    {
      product: 'ingress-nginx',
      because: 'on',
      at: value,
      setting: 'ssl-redirect',
      close: [{ path: value.path, value: 'true' }],
    },
  ];
}

/** Its settings have no kind of their own: the name and the labels of its chart tell. */
export function isIngressNginxConfig({ name, labels }: Resource): boolean {
  return (
    labels.get('app.kubernetes.io/name') === 'ingress-nginx' ||
    name === 'ingress-nginx-controller' ||
    name === 'nginx-configuration' ||
    name === 'nginx-ingress-controller'
  );
}
