import type { Resource } from '../../kubernetes/resource.ts';
import type { Path } from '../../syntax/paths.ts';
import type { Value } from '../../syntax/values.ts';
import type { World } from '../world.ts';
import type { HttpFallback } from './http-fallback.ts';
import { isPlainEntryPoint, middlewareId, middlewaresIn, redirectsToHttps } from './traefik.ts';

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
  { kind: 'IngressGateway', groups: ['consul.hashicorp.com'], find: consulIngressGateway },
  { kind: 'ConfigMap', groups: [''], find: controllerConfigMap },
];

/** A value that says so, with the one to write instead. */
function openedBy(
  at: Value,
  { secure, ...said }: Pick<HttpFallback, 'product' | 'setting'> & { readonly secure: string | boolean },
): HttpFallback {
  return { ...said, because: 'on', at, close: [{ path: at.path, value: secure }] };
}

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
  return [openedBy(policy, { product: 'OpenShift', setting, secure: 'Redirect' })];
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
    return openedBy(permit, { product: 'Contour', setting: 'permitInsecure', secure: false });
  });
}

/** An IngressRoute on the plain entry point whose routes do more than redirect. */
function ingressRoute(route: Resource, world: World): HttpFallback[] {
  const { spec, namespace } = route;
  const entryPoint = spec
    ?.get('entryPoints')
    ?.items.find(({ text }) => text !== undefined && isPlainEntryPoint(text));
  if (entryPoint === undefined || spec?.get('tls')?.kind === 'map') return [];
  const serving = (spec?.get('routes')?.items ?? [])
    .map((item) =>
      (item.get('middlewares')?.items ?? []).map((middleware) =>
        middlewareId(middleware.get('name')?.text ?? '', middleware.get('namespace')?.text ?? namespace),
      ),
    )
    .find((middlewares) => redirectsToHttps(middlewares, world) === false);
  if (serving === undefined) return [];
  const idle = middlewaresIn(serving, world);
  return [{ product: 'Traefik', because: 'on', at: entryPoint, setting: 'entryPoints', close: [], idle }];
}

/** Source: https://emissary-ingress.dev/docs/ (Host: `requestPolicy.insecure.action`, Redirect unless said). */
function emissaryHost(host: Resource): HttpFallback[] {
  const action = host.spec?.at(['requestPolicy', 'insecure', 'action']);
  if (action?.text !== 'Route') return [];
  const setting = 'requestPolicy.insecure.action';
  return [openedBy(action, { product: 'Emissary-ingress', setting, secure: 'Redirect' })];
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

/** Source: https://developer.hashicorp.com/consul/docs/reference/config-entry/ingress-gateway (TLS.Enabled, for all listeners or one). */
function consulIngressGateway(gateway: Resource): HttpFallback[] {
  const enabled: Path = ['tls', 'enabled'];
  const listeners = gateway.spec?.get('listeners')?.items ?? [];
  if (listeners.length === 0 || gateway.spec?.at(enabled)?.boolean === true) return [];
  if (listeners.every((listener) => listener.at(enabled)?.boolean === true)) return [];
  const value = gateway.spec?.at(enabled);
  const path: Path = ['spec', ...enabled];
  return [
    {
      product: 'Consul',
      because: 'no-tls',
      ...(value === undefined ? { at: gateway.root, missing: path } : { at: value }),
      setting: 'tls.enabled',
      close: [{ path: [...gateway.root.path, ...path], value: true }],
    },
  ];
}

/** Controllers whose settings for all Ingresses stand in a ConfigMap, which has no kind of its own: the name and the labels of the charts tell. */
export const CONTROLLER_SETTINGS: readonly {
  readonly product: string;
  readonly names: readonly string[];
  readonly chart: string;
}[] = [
  {
    // https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#ssl-redirect
    product: 'ingress-nginx',
    names: ['ingress-nginx-controller', 'nginx-configuration', 'nginx-ingress-controller'],
    chart: 'ingress-nginx',
  },
  {
    // https://docs.nginx.com/nginx-ingress-controller/configuration/global-configuration/configmap-resource/#ssl
    product: 'NGINX Ingress Controller',
    names: ['nginx-config'],
    chart: 'nginx-ingress',
  },
  {
    // https://www.haproxy.com/documentation/kubernetes-ingress/community/configuration-reference/ingress/#ssl-redirect
    product: 'HAProxy',
    names: ['haproxy-kubernetes-ingress'],
    chart: 'kubernetes-ingress',
  },
  {
    // https://haproxy-ingress.github.io/docs/configuration/keys/#ssl-redirect
    product: 'HAProxy Ingress',
    names: ['haproxy-ingress'],
    chart: 'haproxy-ingress',
  },
];

/** The controller whose settings a ConfigMap holds. */
function controllerOfSettings({ name, labels }: Resource) {
  return CONTROLLER_SETTINGS.find(
    ({ names, chart }) => names.includes(name) || labels.get('app.kubernetes.io/name') === chart,
  );
}

export function isIngressNginxConfig(configMap: Resource): boolean {
  return controllerOfSettings(configMap)?.product === 'ingress-nginx';
}

function controllerConfigMap(configMap: Resource): HttpFallback[] {
  const controller = controllerOfSettings(configMap);
  const value = configMap.root.at(['data', 'ssl-redirect']);
  if (controller === undefined || value?.text === undefined || !/^false$/i.test(value.text.trim())) return [];
  return [openedBy(value, { product: controller.product, setting: 'ssl-redirect', secure: 'true' })];
}
