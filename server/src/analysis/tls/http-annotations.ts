import { GO_FALSE, GO_TRUE } from '../../kubernetes/go-booleans.ts';
import type { ControllerId } from './ingress-controllers.ts';

/** An annotation of Ingresses that decides whether plain HTTP is answered. */
export interface AnnotationRow {
  readonly product: string;
  readonly key: string;
  /** Values under which plain HTTP is answered. */
  readonly open: RegExp;
  /** The value that ends it. */
  readonly secure: string;
  /** The controller that answers plain HTTP when the annotation is absent. */
  readonly openByDefaultOf?: ControllerId;
  /** Other annotations that end it, too. */
  readonly unless?: readonly (readonly [key: string, value: RegExp])[];
}

/** One row a controller. Adding a controller is adding a row. */
export const INGRESS_ANNOTATIONS: readonly AnnotationRow[] = [
  {
    // https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#server-side-https-enforcement-through-redirect
    product: 'ingress-nginx',
    key: 'nginx.ingress.kubernetes.io/ssl-redirect',
    open: GO_FALSE,
    secure: 'true',
    unless: [['nginx.ingress.kubernetes.io/force-ssl-redirect', GO_TRUE]],
  },
  {
    // https://docs.nginx.com/nginx-ingress-controller/configuration/ingress-resources/advanced-configuration-with-annotations/
    product: 'NGINX Ingress Controller',
    key: 'nginx.org/ssl-redirect',
    open: GO_FALSE,
    secure: 'true',
    unless: [['nginx.org/redirect-to-https', GO_TRUE]],
  },
  {
    // The name before controllers had prefixes of their own; NGINX, HAProxy and others still read it.
    product: 'the Ingress controller',
    key: 'ingress.kubernetes.io/ssl-redirect',
    open: GO_FALSE,
    secure: 'true',
    unless: [
      ['nginx.org/redirect-to-https', GO_TRUE],
      ['ingress.kubernetes.io/force-ssl-redirect', GO_TRUE],
    ],
  },
  {
    // https://www.haproxy.com/documentation/kubernetes-ingress/community/configuration-reference/ingress/#ssl-redirect
    product: 'HAProxy',
    key: 'haproxy.org/ssl-redirect',
    open: GO_FALSE,
    secure: 'true',
  },
  {
    // https://haproxy-ingress.github.io/docs/configuration/keys/#ssl-redirect
    product: 'HAProxy Ingress',
    key: 'haproxy-ingress.github.io/ssl-redirect',
    open: GO_FALSE,
    secure: 'true',
  },
  {
    // https://projectcontour.io/docs/main/config/annotations/
    product: 'Contour',
    key: 'ingress.kubernetes.io/force-ssl-redirect',
    open: GO_FALSE,
    secure: 'true',
    openByDefaultOf: 'contour',
    unless: [['kubernetes.io/ingress.allow-http', /^false$/]],
  },
  {
    // https://developer.konghq.com/kubernetes-ingress-controller/reference/annotations/#konghq-com-protocols
    product: 'Kong',
    key: 'konghq.com/protocols',
    open: /(?:^|,)\s*(?:http|grpc|ws)\s*(?:,|$)/i,
    secure: 'https',
    openByDefaultOf: 'kong',
    unless: [['konghq.com/override', /./]],
  },
  {
    // https://docs.cilium.io/en/stable/network/servicemesh/ingress/#supported-ingress-annotations
    product: 'Cilium',
    key: 'ingress.cilium.io/force-https',
    open: /^(?:disabled|false)$/i,
    secure: 'enabled',
  },
  {
    // https://docs.netscaler.com/en-us/netscaler-k8s-ingress-controller/configure/annotations
    product: 'NetScaler',
    key: 'ingress.citrix.com/insecure-termination',
    open: /^allow$/i,
    secure: 'redirect',
  },
];
