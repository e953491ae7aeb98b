import type { Resource } from '../../kubernetes/resource.ts';
import type { World } from '../world.ts';

/** The programs that serve Ingresses and differ in how they are told about TLS. */
export type ControllerId =
  | 'ingress-nginx'
  | 'nginx'
  | 'gke'
  | 'alb'
  | 'agic'
  | 'traefik'
  | 'haproxy'
  | 'contour'
  | 'kong'
  | 'cilium'
  | 'openshift'
  | 'edge';

interface IngressController {
  readonly id: ControllerId;
  /** Values of `spec.controller` in an IngressClass. */
  readonly controllers: readonly string[];
  /** Class names as their documentation suggests them; people add suffixes such as `-internal`. */
  readonly classes: readonly string[];
  /** Annotation prefixes that only this controller reads. */
  readonly annotations: readonly string[];
}

/** `edge` stands for tunnels and hosted edges, which always speak TLS to the world and take no certificate from the cluster. */
export const CONTROLLERS: readonly IngressController[] = [
  {
    id: 'ingress-nginx',
    controllers: ['k8s.io/ingress-nginx'],
    classes: ['nginx', 'ingress-nginx', 'public', 'webapprouting.kubernetes.azure.com'],
    annotations: ['nginx.ingress.kubernetes.io/'],
  },
  { id: 'nginx', controllers: ['nginx.org/ingress-controller'], classes: [], annotations: ['nginx.org/'] },
  {
    id: 'gke',
    controllers: [],
    classes: ['gce', 'gce-internal', 'gce-multi-cluster'],
    annotations: [
      'networking.gke.io/',
      'ingress.gcp.kubernetes.io/',
      'kubernetes.io/ingress.global-static-ip-name',
      'kubernetes.io/ingress.regional-static-ip-name',
      'cloud.google.com/',
    ],
  },
  {
    id: 'alb',
    controllers: ['ingress.k8s.aws/alb', 'eks.amazonaws.com/alb'],
    classes: ['alb'],
    annotations: ['alb.ingress.kubernetes.io/'],
  },
  {
    id: 'agic',
    controllers: ['azure/application-gateway'],
    classes: ['azure/application-gateway', 'azure-application-gateway'],
    annotations: ['appgw.ingress.kubernetes.io/'],
  },
  {
    id: 'traefik',
    controllers: ['traefik.io/ingress-controller'],
    classes: ['traefik'],
    annotations: ['traefik.ingress.kubernetes.io/'],
  },
  {
    id: 'haproxy',
    controllers: ['haproxy.org/ingress-controller', 'haproxy-ingress.github.io/controller'],
    classes: ['haproxy'],
    annotations: ['haproxy.org/', 'haproxy-ingress.github.io/'],
  },
  {
    id: 'contour',
    controllers: ['projectcontour.io/ingress-controller', 'projectcontour.io/projectcontour/contour'],
    classes: ['contour'],
    annotations: ['projectcontour.io/'],
  },
  {
    id: 'kong',
    controllers: ['ingress-controllers.konghq.com/kong'],
    classes: ['kong'],
    annotations: ['konghq.com/'],
  },
  {
    id: 'cilium',
    controllers: ['cilium.io/ingress-controller'],
    classes: ['cilium'],
    annotations: ['ingress.cilium.io/'],
  },
  {
    id: 'openshift',
    controllers: ['openshift.io/ingress-to-route'],
    classes: ['openshift-default'],
    annotations: ['route.openshift.io/'],
  },
  {
    id: 'edge',
    controllers: [
      'k8s.ngrok.com/ingress-controller',
      'strrl.dev/cloudflare-tunnel-ingress-controller',
      'tailscale.com/ts-ingress',
    ],
    classes: ['ngrok', 'cloudflare-tunnel', 'tailscale'],
    annotations: ['k8s.ngrok.com/'],
  },
];

/**
 * Which controller serves an Ingress: by its class, through the IngressClass of the workspace or the usual names, else by the annotations
 * that it carries. Undefined when that says nothing, so that only what holds for every controller may be said.
 *
 * Source: https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class and each controller's documentation.
 */
export function controllerOf(ingress: Resource, world: World): ControllerId | undefined {
  const className = classOf(ingress);
  if (className !== undefined) {
    const known = world.facts('ingress-class').find(({ name }) => name === className);
    const byController = CONTROLLERS.find(({ controllers }) => controllers.includes(known?.controller ?? ''));
    if (known !== undefined) return byController?.id;
    const byName = CONTROLLERS.find(({ classes }) => classes.some((name) => isNamedLike(className, name)));
    if (byName !== undefined && !(byName.id === 'ingress-nginx' && isNginxOfF5(ingress))) return byName.id;
  }
  return CONTROLLERS.find(({ annotations }) => carriesAny(ingress, annotations))?.id;
}

/** The class that an Ingress asks for, by the field or by the annotation that was there before it. */
export function classOf(ingress: Resource): string | undefined {
  const named =
    ingress.spec?.get('ingressClassName')?.text ?? ingress.annotations.get('kubernetes.io/ingress.class');
  return named === '' ? undefined : named;
}

/** `nginx-internal` and `internal-nginx` are named like `nginx`. */
function isNamedLike(className: string, usual: string): boolean {
  return className === usual || className.startsWith(`${usual}-`) || className.endsWith(`-${usual}`);
}

/** Both NGINX controllers call their class `nginx`. */
function isNginxOfF5(ingress: Resource): boolean {
  return (
    carriesAny(ingress, ['nginx.org/', 'nginx.com/']) &&
    !carriesAny(ingress, ['nginx.ingress.kubernetes.io/'])
  );
}

function carriesAny(ingress: Resource, prefixes: readonly string[]): boolean {
  return [...ingress.annotations.keys()].some((key) => prefixes.some((prefix) => key.startsWith(prefix)));
}
