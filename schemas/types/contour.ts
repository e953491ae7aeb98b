/**
 * How Contour exposes services.
 *
 * Source: https://projectcontour.io/docs/main/config/api/
 */
import type { V1ObjectMeta } from '@kubernetes/client-node';

/** Routes of a host name. */
export interface HTTPProxy {
  apiVersion: 'projectcontour.io/v1';
  kind: 'HTTPProxy';
  metadata?: V1ObjectMeta;
  spec: HttpProxySpec;
}

export interface HttpProxySpec {
  virtualhost?: VirtualHost;
  ingressClassName?: string;
  routes?: Route[];
  includes?: { name: string; namespace?: string; conditions?: Condition[] }[];
  tcpproxy?: TcpProxy;
}

export interface VirtualHost {
  fqdn: string;
  tls?: Tls;
  authorization?: Authorization;
  corsPolicy?: CorsPolicy;
  ipAllowPolicy?: AddressRule[];
  ipDenyPolicy?: AddressRule[];
  jwtProviders?: JwtProvider[];
  rateLimitPolicy?: RateLimitPolicy;
}

export interface Tls {
  secretName?: string;
  /** `1.2` or `1.3`. */
  minimumProtocolVersion?: string;
  maximumProtocolVersion?: string;
  /** Leaves TLS to the service. */
  passthrough?: boolean;
  enableFallbackCertificate?: boolean;
  clientValidation?: {
    caSecret?: string;
    crlSecret?: string;
    crlOnlyVerifyLeafCert?: boolean;
    skipClientCertValidation?: boolean;
    optionalClientCertificate?: boolean;
    forwardClientCertificate?: {
      cert?: boolean;
      chain?: boolean;
      dns?: boolean;
      subject?: boolean;
      uri?: boolean;
    };
  };
}

export interface Authorization {
  serviceType?: 'http' | 'grpc';
  extensionRef?: { apiVersion?: string; name?: string; namespace?: string };
  authPolicy?: AuthPolicy;
  /** Lets requests through when the authorization service does not answer. */
  failOpen?: boolean;
  responseTimeout?: string;
  withRequestBody?: { maxRequestBytes?: number; allowPartialMessage?: boolean; packAsBytes?: boolean };
  httpSettings?: {
    pathPrefix?: string;
    allowedAuthorizationHeaders?: HeaderMatch[];
    allowedUpstreamHeaders?: HeaderMatch[];
  };
}

export interface AuthPolicy {
  disabled?: boolean;
  context?: Record<string, string>;
}

export interface HeaderMatch {
  exact?: string;
  prefix?: string;
  suffix?: string;
  contains?: string;
  ignoreCase?: boolean;
}

export interface CorsPolicy {
  allowOrigin: string[];
  allowMethods: string[];
  allowHeaders?: string[];
  exposeHeaders?: string[];
  allowCredentials?: boolean;
  allowPrivateNetwork?: boolean;
  maxAge?: string;
}

export interface AddressRule {
  source: 'Peer' | 'Remote';
  cidr: string;
}

export interface JwtProvider {
  name: string;
  default?: boolean;
  issuer?: string;
  audiences?: string[];
  forwardJWT?: boolean;
  localJWKS?: { secretName: string; key: string };
  remoteJWKS?: {
    uri: string;
    validation?: UpstreamValidation;
    timeout?: string;
    cacheDuration?: string;
    dnsLookupFamily?: 'auto' | 'v4' | 'v6';
  };
}

export interface UpstreamValidation {
  caSecret: string;
  subjectName: string;
  subjectNames?: string[];
}

export interface Route {
  conditions?: Condition[];
  services?: Service[];
  /** Answers plain HTTP instead of redirecting it. */
  permitInsecure?: boolean;
  enableWebsockets?: boolean;
  authPolicy?: AuthPolicy;
  jwtVerificationPolicy?: { require?: string; disabled?: boolean };
  ipAllowPolicy?: AddressRule[];
  ipDenyPolicy?: AddressRule[];
  rateLimitPolicy?: RateLimitPolicy;
  timeoutPolicy?: { response?: string; idle?: string; idleConnection?: string };
  retryPolicy?: object;
  healthCheckPolicy?: object;
  loadBalancerPolicy?: LoadBalancerPolicy;
  pathRewritePolicy?: { replacePrefix?: { prefix?: string; replacement: string }[] };
  requestHeadersPolicy?: HeadersPolicy;
  responseHeadersPolicy?: HeadersPolicy;
  cookieRewritePolicies?: object[];
  requestRedirectPolicy?: {
    scheme?: 'http' | 'https';
    hostname?: string;
    port?: number;
    path?: string;
    prefix?: string;
    statusCode?: number;
  };
  directResponsePolicy?: { statusCode: number; body?: string };
  internalRedirectPolicy?: object;
}

/** All parts of a condition must hold. */
export interface Condition {
  prefix?: string;
  exact?: string;
  regex?: string;
  header?: HeaderCondition;
  queryParameter?: HeaderMatch & { name: string; regex?: string; present?: boolean };
}

export interface HeaderCondition {
  name: string;
  present?: boolean;
  notpresent?: boolean;
  contains?: string;
  notcontains?: string;
  exact?: string;
  notexact?: string;
  regex?: string;
  ignoreCase?: boolean;
  treatMissingAsEmpty?: boolean;
}

export interface Service {
  name: string;
  port: number;
  /** How Envoy speaks to the service; plain HTTP/1.1 unless set. */
  protocol?: 'h2' | 'h2c' | 'tls';
  /** Verifies the service's certificate. */
  validation?: UpstreamValidation;
  weight?: number;
  mirror?: boolean;
  healthPort?: number;
  requestHeadersPolicy?: HeadersPolicy;
  responseHeadersPolicy?: HeadersPolicy;
  cookieRewritePolicies?: object[];
  slowStartPolicy?: { window: string; aggression?: string; minWeightPercent?: number };
}

export interface HeadersPolicy {
  set?: { name: string; value: string }[];
  remove?: string[];
}

export interface LoadBalancerPolicy {
  strategy?: string;
  requestHashPolicies?: object[];
}

export interface RateLimitPolicy {
  local?: {
    requests: number;
    unit: 'second' | 'minute' | 'hour';
    burst?: number;
    responseStatusCode?: number;
    responseHeadersToAdd?: { name: string; value: string }[];
  };
  global?: { disabled?: boolean; descriptors?: object[] };
}

export interface TcpProxy {
  services?: Service[];
  include?: { name: string; namespace?: string };
  includes?: { name: string; namespace?: string };
  loadBalancerPolicy?: LoadBalancerPolicy;
  healthCheckPolicy?: object;
}

/** Lets proxies of other namespaces use certificates of this one. */
export interface TLSCertificateDelegation {
  apiVersion: 'projectcontour.io/v1';
  kind: 'TLSCertificateDelegation';
  metadata?: V1ObjectMeta;
  spec: { delegations: { secretName: string; targetNamespaces: string[] }[] };
}
