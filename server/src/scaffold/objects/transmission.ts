import { block, documents } from '../block.ts';
import {
  CERTIFICATE_FOLDER,
  databasePart,
  endsTlsInProxy,
  entryPodsOf,
  hasProxies,
  SUPPOSED,
} from '../parts.ts';
import type { Words } from '../words.ts';

/** Certificates of the programs, and of the name that is known outside, renewed with new keys. */
export function certificateFile(words: Words): string {
  const { name, namespace, database, host, entry } = words;
  return documents([
    endsTlsInProxy(words)
      ? ''
      : certificate({
          comment: `What the service shows to its callers. The pods find it in ${CERTIFICATE_FOLDER}.`,
          name: `${name}-internal`,
          namespace,
          secret: `${name}-internal-tls`,
          hosts: internalHosts(name, namespace),
          issuer: SUPPOSED.internalIssuer,
        }),
    database
      ? certificate({
          comment: 'What the database shows to the service.',
          name: `${databasePart(words).name}-internal`,
          namespace,
          secret: `${databasePart(words).name}-internal-tls`,
          hosts: internalHosts(databasePart(words).name, namespace),
          issuer: SUPPOSED.internalIssuer,
        })
      : '',
    host === undefined
      ? ''
      : certificate({
          comment: 'What the world sees.',
          name,
          namespace: entry === 'gateway' ? entryPodsOf(words).namespace : namespace,
          secret: `${name}-tls`,
          hosts: [host],
          issuer: SUPPOSED.publicIssuer,
        }),
  ]);
}

function internalHosts(name: string, namespace: string): string[] {
  return ['', '.svc', '.svc.cluster.local'].map((suffix) => `${name}.${namespace}${suffix}`);
}

interface CertificateText {
  readonly comment: string;
  readonly name: string;
  readonly namespace: string;
  readonly secret: string;
  readonly hosts: readonly string[];
  readonly issuer: string;
}

function certificate({ comment, name, namespace, secret, hosts, issuer }: CertificateText): string {
  return block`
    # ${comment}
    apiVersion: cert-manager.io/v1
    kind: Certificate
    metadata:
      name: ${name}
      namespace: ${namespace}
    spec:
      secretName: ${secret}
      dnsNames:
        ${hosts.map((host) => `- ${host}`).join('\n')}
      duration: 2160h
      renewBefore: 720h
      privateKey:
        algorithm: ECDSA
        size: 256
        rotationPolicy: Always
      issuerRef:
        kind: ClusterIssuer
        name: ${issuer}
  `;
}

/** The way in from outside: the file's name and its text. Undefined for a service that has none. */
export function entryFile(words: Words): { path: string; text: string } | undefined {
  const { host, entry } = words;
  if (host === undefined) return undefined;
  if (entry === 'gateway') return { path: 'gateway.yaml', text: gatewayText(words, host) };
  return {
    path: 'ingress.yaml',
    text: entry === 'nginx' ? nginxText(words, host) : traefikText(words, host),
  };
}

function gatewayText(words: Words, host: string): string {
  const { name, namespace, port, mesh } = words;
  const { name: entryName, namespace: entryNamespace, gatewayClass } = entryPodsOf(words);
  const gateway = mesh === 'consul' ? entryName : name;
  return documents([
    block`
      # HTTPS alone: nothing listens on port 80. The implementations take TLS 1.2 or later, unless a policy of theirs lowers that.
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata:
        name: ${gateway}
        namespace: ${entryNamespace}
      spec:
        gatewayClassName: ${gatewayClass ?? ''}
        listeners:
          - name: https
            hostname: ${host}
            protocol: HTTPS
            port: 443
            tls:
              mode: Terminate
              certificateRefs:
                - name: ${name}-tls
            # Routes of this namespace alone.
            allowedRoutes:
              namespaces:
                from: Selector
                selector:
                  matchLabels:
                    kubernetes.io/metadata.name: ${namespace}
    `,
    block`
      ${endsTlsInProxy(words) ? '# From the Gateway to the pods it is mutual TLS of the mesh.' : ''}
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata:
        name: ${name}
        namespace: ${namespace}
      spec:
        parentRefs:
          - name: ${gateway}
            namespace: ${entryNamespace}
        hostnames:
          - ${host}
        rules:
          - backendRefs:
              - name: ${name}
                port: ${port}
    `,
    endsTlsInProxy(words)
      ? ''
      : block`
          # From the Gateway to the pods it is HTTPS again, and the certificate is verified. trust-manager writes the ConfigMap.
          apiVersion: gateway.networking.k8s.io/v1
          kind: BackendTLSPolicy
          metadata:
            name: ${name}
            namespace: ${namespace}
          spec:
            targetRefs:
              - group: ""
                kind: Service
                name: ${name}
            validation:
              hostname: ${name}.${namespace}.svc
              caCertificateRefs:
                - group: ""
                  kind: ConfigMap
                  name: ${SUPPOSED.internalIssuer}
      `,
  ]);
}

function ingress(words: Words, host: string, comment: string, annotations: string): string {
  const { name, namespace, entry } = words;
  return block`
    # ${comment}
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: ${name}
      namespace: ${namespace}
      annotations:
        ${annotations}
    spec:
      ingressClassName: ${entry}
      tls:
        - hosts:
            - ${host}
          secretName: ${name}-tls
      rules:
        - host: ${host}
          http:
            paths:
              - path: /
                pathType: Prefix
                backend:
                  service:
                    name: ${name}
                    port:
                      name: https
  `;
}

/**
 * Proxies begin mutual TLS for addresses of Services. What goes to an address of a pod they may pass on as it is, and the proxy there refuses it.
 *
 * Source: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#service-upstream,
 * https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/ (service.nativelb), https://github.com/istio/istio/issues/51482 and
 * https://linkerd.io/2/tasks/using-ingress/
 */
const TO_SERVICE = 'To the Service, and not to its pods: the mesh begins its mutual TLS there.';

function nginxText(words: Words, host: string): string {
  const { name, namespace } = words;
  return documents([
    ingress(
      words,
      host,
      'HTTPS alone, up to the pods, whose certificate is verified. The controller takes TLS 1.2 and 1.3 (ssl-protocols).',
      block`
        nginx.ingress.kubernetes.io/force-ssl-redirect: "true"
        nginx.ingress.kubernetes.io/backend-protocol: HTTPS
        nginx.ingress.kubernetes.io/proxy-ssl-secret: ${namespace}/${name}-internal-tls
        nginx.ingress.kubernetes.io/proxy-ssl-verify: "on"
        nginx.ingress.kubernetes.io/proxy-ssl-name: ${name}.${namespace}.svc
        nginx.ingress.kubernetes.io/proxy-ssl-protocols: TLSv1.2 TLSv1.3
        ${hasProxies(words) ? `# ${TO_SERVICE}\nnginx.ingress.kubernetes.io/service-upstream: "true"` : ''}
      `,
    ),
  ]);
}

function traefikText(words: Words, host: string): string {
  const { name, namespace } = words;
  return documents([
    block`
      apiVersion: traefik.io/v1alpha1
      kind: TLSOption
      metadata:
        name: ${name}
        namespace: ${namespace}
      spec:
        minVersion: VersionTLS12
        sniStrict: true
    `,
    block`
      # From Traefik to the pods it is HTTPS again, and the certificate is verified.
      apiVersion: traefik.io/v1alpha1
      kind: ServersTransport
      metadata:
        name: ${name}
        namespace: ${namespace}
      spec:
        serverName: ${name}.${namespace}.svc
        rootCAs:
          - secret: ${name}-internal-tls
    `,
    ingress(
      words,
      host,
      'HTTPS alone, TLS 1.2 or later.',
      block`
        traefik.ingress.kubernetes.io/router.entrypoints: websecure
        traefik.ingress.kubernetes.io/router.tls: "true"
        traefik.ingress.kubernetes.io/router.tls.options: ${namespace}-${name}@kubernetescrd
      `,
    ),
  ]);
}

/** What Traefik reads on a Service about the way to its pods. */
export function traefikAnnotations(words: Words): string {
  const { name, namespace, entry, host } = words;
  if (host === undefined || entry !== 'traefik') return '';
  return block`
    annotations:
      traefik.ingress.kubernetes.io/service.serversscheme: https
      traefik.ingress.kubernetes.io/service.serverstransport: ${namespace}-${name}@kubernetescrd
      ${hasProxies(words) ? `# ${TO_SERVICE}\ntraefik.ingress.kubernetes.io/service.nativelb: "true"` : ''}
  `;
}
