/**
 * What a setting decides. `minimum` and `maximum`: one version. `versions`: a list of them. `ciphers`: a list of suites. `policy`: a
 * name that stands for versions and suites. `elsewhere`: the name of a policy that is no part of the manifests.
 */
export type Decides = 'minimum' | 'maximum' | 'versions' | 'ciphers' | 'policy' | 'elsewhere';

/*
 * Where each controller or library says which versions and suites it speaks. Adding one is adding a row; what is not said is the default of
 * the product, which current releases have at TLS 1.2 or better.
 */

interface AnnotationRow {
  readonly product: string;
  readonly key: string;
  readonly decides: Decides;
}

export const ANNOTATION_ROWS: readonly AnnotationRow[] = [
  // https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
  {
    product: 'ingress-nginx',
    key: 'nginx.ingress.kubernetes.io/proxy-ssl-protocols',
    decides: 'versions',
  },
  { product: 'ingress-nginx', key: 'nginx.ingress.kubernetes.io/proxy-ssl-ciphers', decides: 'ciphers' },
  { product: 'ingress-nginx', key: 'nginx.ingress.kubernetes.io/ssl-ciphers', decides: 'ciphers' },
  // https://haproxy-ingress.github.io/docs/configuration/keys/#ssl-ciphers
  { product: 'HAProxy Ingress', key: 'haproxy-ingress.github.io/ssl-ciphers', decides: 'ciphers' },
  { product: 'HAProxy Ingress', key: 'haproxy-ingress.github.io/ssl-cipher-suites', decides: 'ciphers' },
  // https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#ssl-policy and guide/service/annotations/
  { product: 'AWS load balancer', key: 'alb.ingress.kubernetes.io/ssl-policy', decides: 'policy' },
  {
    product: 'AWS load balancer',
    key: 'service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy',
    decides: 'policy',
  },
  // https://projectcontour.io/docs/main/config/annotations/
  {
    product: 'Contour',
    key: 'projectcontour.io/tls-minimum-protocol-version',
    decides: 'minimum',
  },
  // https://azure.github.io/application-gateway-kubernetes-ingress/annotations/
  {
    product: 'Application Gateway',
    key: 'appgw.ingress.kubernetes.io/appgw-ssl-profile',
    decides: 'elsewhere',
  },
];

/** Annotations that hold lines of the server's own configuration. */
export const CONFIGURATION_ANNOTATIONS = /(?:-snippets?|\/config-[a-z]+|\/ssl-options(?:-[a-z]+)?)$/;

interface ResourceRow {
  readonly product: string;
  /** API groups of its resources; one that begins with a dot stands for all that end so. */
  readonly groups: readonly string[];
  /** What stands before the dot, for those who have to name the groups. */
  readonly services?: readonly string[];
  /** Keys anywhere in the resource. */
  readonly keys: Readonly<Record<string, Decides>>;
}

/** Whether a group is one of those of a row. */
export function isOfGroups(group: string, groups: readonly string[]): boolean {
  return groups.some((name) => (name.startsWith('.') ? group.endsWith(name) : group === name));
}

export const RESOURCE_ROWS: readonly ResourceRow[] = [
  {
    // https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/tls/tlsoption/
    product: 'Traefik',
    groups: ['traefik.io', 'traefik.containo.us'],
    keys: { minVersion: 'minimum', maxVersion: 'maximum', cipherSuites: 'ciphers' },
  },
  {
    // https://gateway.envoyproxy.io/docs/api/extension_types/#tlssettings
    product: 'Envoy Gateway',
    groups: ['gateway.envoyproxy.io'],
    keys: { minVersion: 'minimum', maxVersion: 'maximum', ciphers: 'ciphers' },
  },
  {
    // https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings and istio.mesh.v1alpha1/ (meshMTLS, tlsDefaults)
    product: 'Istio',
    groups: ['networking.istio.io', 'install.istio.io', 'sailoperator.io'],
    keys: { minProtocolVersion: 'minimum', maxProtocolVersion: 'maximum', cipherSuites: 'ciphers' },
  },
  {
    // https://projectcontour.io/docs/main/config/api/ (TLS, EnvoyTLS)
    product: 'Contour',
    groups: ['projectcontour.io'],
    keys: {
      minimumProtocolVersion: 'minimum',
      maximumProtocolVersion: 'maximum',
      cipherSuites: 'ciphers',
    },
  },
  {
    // https://developer.hashicorp.com/consul/docs/connect/config-entries/mesh
    product: 'Consul',
    groups: ['consul.hashicorp.com'],
    keys: { tlsMinVersion: 'minimum', tlsMaxVersion: 'maximum', cipherSuites: 'ciphers' },
  },
  {
    // https://emissary-ingress.dev/docs/ (Host and TLSContext)
    product: 'Emissary-ingress',
    groups: ['getambassador.io', 'x.getambassador.io'],
    keys: { min_tls_version: 'minimum', max_tls_version: 'maximum', cipher_suites: 'ciphers' },
  },
  {
    // https://docs.solo.io/gloo-edge/latest/reference/api/ (SslParameters)
    product: 'Gloo',
    groups: ['gateway.solo.io'],
    keys: { minimumProtocolVersion: 'minimum', maximumProtocolVersion: 'maximum', cipherSuites: 'ciphers' },
  },
  {
    // https://docs.nginx.com/nginx-ingress-controller/configuration/policy-resource/#egressmtls
    product: 'NGINX Ingress Controller',
    groups: ['k8s.nginx.org'],
    keys: { protocols: 'versions', ciphers: 'ciphers' },
  },
  {
    // What implementations of the Gateway API read from the TLS options of a listener: kgateway, https://kgateway.dev/docs/;
    // NGINX Gateway Fabric, https://docs.nginx.com/nginx-gateway-fabric/; Consul, https://developer.hashicorp.com/consul/docs/north-south/api-gateway/
    product: 'the Gateway',
    groups: ['gateway.networking.k8s.io', 'gateway.networking.x-k8s.io'],
    keys: {
      'kgateway.dev/min-tls-version': 'minimum',
      'kgateway.dev/max-tls-version': 'maximum',
      'kgateway.dev/cipher-suites': 'ciphers',
      'nginx.org/ssl-protocols': 'versions',
      'nginx.org/ssl-ciphers': 'ciphers',
      'api-gateway.consul.hashicorp.com/tls_min_version': 'minimum',
      'api-gateway.consul.hashicorp.com/tls_max_version': 'maximum',
      'api-gateway.consul.hashicorp.com/tls_cipher_suites': 'ciphers',
    },
  },
  {
    // https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/ingress_class/ and guide/gateway/loadbalancerconfig/
    product: 'AWS load balancer',
    groups: ['elbv2.k8s.aws', 'gateway.k8s.aws'],
    keys: { sslPolicy: 'policy' },
  },
  {
    // https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration#associating_frontendconfig_with_your_ingress
    product: 'Google load balancer',
    groups: ['networking.gke.io'],
    keys: { sslPolicy: 'elsewhere' },
  },
  {
    // https://cloud.google.com/config-connector/docs/reference/resource-docs/compute/computesslpolicy
    product: 'Google Cloud SSL policy',
    groups: ['compute.cnrm.cloud.google.com'],
    keys: { minTlsVersion: 'minimum' },
  },
  {
    // https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
    product: 'kubelet',
    groups: ['kubelet.config.k8s.io'],
    keys: { tlsMinVersion: 'minimum', tlsCipherSuites: 'ciphers' },
  },
  {
    // https://docs.redhat.com/ OpenShift API: config.openshift.io/v1 TLSSecurityProfile
    product: 'OpenShift',
    groups: ['config.openshift.io', 'operator.openshift.io', 'machineconfiguration.openshift.io'],
    keys: { minTLSVersion: 'minimum', ciphers: 'ciphers', tlsSecurityProfile: 'policy' },
  },
  {
    // https://strimzi.io/docs/operators/latest/configuring: the broker's own properties
    product: 'Kafka',
    groups: ['kafka.strimzi.io'],
    keys: { 'ssl.enabled.protocols': 'versions', 'ssl.cipher.suites': 'ciphers' },
  },
  {
    // https://www.elastic.co/docs/reference/elasticsearch/configuration-reference/security-settings
    product: 'Elasticsearch',
    groups: ['.k8s.elastic.co'],
    services: ['elasticsearch', 'kibana', 'logstash', 'beat', 'agent', 'apm', 'enterprisesearch', 'maps'],
    keys: {
      'xpack.security.http.ssl.supported_protocols': 'versions',
      'xpack.security.transport.ssl.supported_protocols': 'versions',
    },
  },
  {
    // Azure Service Operator and Crossplane describe storage, databases and caches with these fields.
    product: 'the Azure service',
    groups: ['.azure.com', '.azure.upbound.io'],
    services: [
      ...[
        'storage',
        'cache',
        'sql',
        'dbformysql',
        'dbforpostgresql',
        'dbformariadb',
        'documentdb',
        'cosmosdb',
      ],
      ...['eventhub', 'servicebus', 'eventgrid', 'web', 'cdn', 'network', 'network.frontdoor', 'devices'],
    ],
    keys: {
      minimumTlsVersion: 'minimum',
      minTlsVersion: 'minimum',
      minimalTlsVersion: 'minimum',
    },
  },
];

interface FlagRow {
  readonly name: RegExp;
  /** The names among them that components of Kubernetes have. */
  readonly flags: readonly string[];
  readonly decides: Decides;
}

/** Flags of kube-apiserver, kubelet, etcd and of most programs that are built from Kubernetes' libraries. */
export const FLAG_ROWS: readonly FlagRow[] = [
  {
    name: /^(?:tls|ssl)[-.]min(?:imum)?[-.]version$|^min(?:imum)?[-.]tls[-.]version$/,
    flags: ['tls-min-version'],
    decides: 'minimum',
  },
  {
    name: /^(?:tls[-.])?cipher[-.]?suites$|^(?:tls|ssl)[-.]ciphers$/,
    flags: ['tls-cipher-suites', 'cipher-suites'],
    decides: 'ciphers',
  },
  { name: /^(?:tls|ssl)[-.](?:protocols|versions)$/, flags: [], decides: 'versions' },
];

interface EnvRow {
  readonly name: RegExp;
  readonly decides: Decides;
}

/** Names of environment variables, and of keys of ConfigMaps, that say it. */
export const ENV_ROWS: readonly EnvRow[] = [
  {
    name: /(?:^|[_.-])(?:min(?:imum)?[_-]?(?:tls|ssl)(?:[_-]?(?:version|protocol))?|(?:tls|ssl)[_-]?min(?:imum)?(?:[_-]?(?:protocol[_-]?)?version|[_-]?protocol)?)$/i,
    decides: 'minimum',
  },
  { name: /(?:^|[_.-])(?:tls|ssl)[_-](?:enabled[_-])?(?:protocols?|versions?)$/i, decides: 'versions' },
  { name: /(?:^|[_.-])(?:tls|ssl)[_-]cipher(?:[_-]?suites?|s|[_-]list)?$/i, decides: 'ciphers' },
];

interface DirectiveRow {
  readonly product: string;
  readonly setting: string;
  /** Finds the setting in a text; the first group is its value. */
  readonly pattern: RegExp;
  readonly decides: Decides;
}

/** Settings in the configuration of servers, as ConfigMaps embed it. */
export const DIRECTIVE_ROWS: readonly DirectiveRow[] = [
  {
    // https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_protocols
    product: 'NGINX',
    setting: 'ssl_protocols',
    pattern: /^[ \t]*(?:proxy_|grpc_|uwsgi_)?ssl_protocols[ \t]+([^;#\r\n]+);/gm,
    decides: 'versions',
  },
  {
    product: 'NGINX',
    setting: 'ssl_ciphers',
    pattern: /^[ \t]*(?:proxy_|grpc_|uwsgi_)?ssl_ciphers[ \t]+["']?([^;"'\r\n]+)/gm,
    decides: 'ciphers',
  },
  {
    // https://httpd.apache.org/docs/current/mod/mod_ssl.html#sslprotocol
    product: 'Apache',
    setting: 'SSLProtocol',
    pattern: /^[ \t]*SSLProtocol[ \t]+([^#\r\n]+)/gim,
    decides: 'versions',
  },
  {
    product: 'Apache',
    setting: 'SSLCipherSuite',
    pattern: /^[ \t]*SSLCipherSuite[ \t]+["']?([^#"'\r\n]+)/gim,
    decides: 'ciphers',
  },
  {
    // https://docs.haproxy.org/ (ssl-min-ver)
    product: 'HAProxy',
    setting: 'ssl-min-ver',
    pattern: /\bssl-min-ver[ \t]+([\w.]+)/g,
    decides: 'minimum',
  },
  {
    product: 'HAProxy',
    setting: 'force-tlsv…',
    pattern: /\bforce-(tlsv1[01])\b/g,
    decides: 'minimum',
  },
  {
    product: 'HAProxy',
    setting: 'ssl-default-bind-ciphers',
    pattern: /\bssl-default-(?:bind|server)-ciphers[ \t]+([^\s#]+)/g,
    decides: 'ciphers',
  },
  {
    // https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-SSL-MIN-PROTOCOL-VERSION
    product: 'PostgreSQL',
    setting: 'ssl_min_protocol_version',
    pattern: /^[ \t]*ssl_min_protocol_version[ \t]*=[ \t]*'?([\w.]+)/gm,
    decides: 'minimum',
  },
  {
    // https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_tls_version
    product: 'MySQL',
    setting: 'tls_version',
    pattern: /^[ \t]*tls[-_]version[ \t]*=[ \t]*["']?([\w.,]+)/gm,
    decides: 'versions',
  },
  {
    // https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/common.proto
    product: 'Envoy',
    setting: 'tls_minimum_protocol_version',
    pattern: /\btls_minimum_protocol_version["']?:[ \t]*["']?(\w+)/g,
    decides: 'minimum',
  },
  {
    // https://doc.traefik.io/traefik/reference/routing-configuration/http/tls/tls-options/, in files
    product: 'Traefik',
    setting: 'minVersion',
    pattern: /\bminVersion["']?[ \t]*[:=][ \t]*["']?(VersionTLS\w+)/g,
    decides: 'minimum',
  },
  {
    // Istio's mesh configuration, Contour's, Consul's, and programs that name it so.
    product: 'the program',
    setting: 'the minimum TLS version',
    pattern:
      /\b(?:minProtocolVersion|minimum-protocol-version|min_?tls_?version|tls_?min_?version|minimum_?tls_?version)["']?[ \t]*[:=][ \t]*["']?([\w.]+)/gi,
    decides: 'minimum',
  },
  {
    // https://docs.oracle.com/en/java/javase/21/security/java-secure-socket-extension-jsse-reference-guide.html; Spring Boot; Kafka
    product: 'Java',
    setting: 'the TLS protocols',
    pattern:
      /(?:\b|-D)(?:server\.ssl\.enabled-protocols|ssl\.enabled\.protocols|https\.protocols|jdk\.tls\.(?:client|server)\.protocols)[ \t]*[=:][ \t]*([\w.]+(?:[ \t]*,[ \t]*[\w.]+)*)/g,
    decides: 'versions',
  },
  {
    product: 'Java',
    setting: 'the cipher suites',
    pattern: /(?:\b|-D)(?:server\.ssl\.ciphers|ssl\.cipher\.suites)[ \t]*[=:][ \t]*([\w,: \t-]+)/g,
    decides: 'ciphers',
  },
];

/** Names of policies that allow TLS below 1.2, and the one to take instead. */
export const WEAK_POLICIES: readonly { readonly names: RegExp; readonly instead: string }[] = [
  {
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
    names: /^ELBSecurityPolicy-(?:2015-05|2016-08|TLS-1-[01]-|FS-2018-06|FS-1-1-|TLS13-1-[01]-)/,
    instead: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
  },
  // OpenShift, after Mozilla's profiles: https://wiki.mozilla.org/Security/Server_Side_TLS
  { names: /^Old$/, instead: 'Intermediate' },
];
