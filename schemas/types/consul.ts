/**
 * How a Consul mesh encrypts, allows and logs.
 *
 * Source: https://developer.hashicorp.com/consul/docs/connect/config-entries
 */
import type { V1ObjectMeta } from '@kubernetes/client-node';

/** Settings of the whole mesh. */
export interface Mesh {
  apiVersion: 'consul.hashicorp.com/v1alpha1';
  kind: 'Mesh';
  metadata?: V1ObjectMeta;
  spec?: {
    tls?: { incoming?: TlsVersions; outgoing?: TlsVersions };
    /** Lets services accept traffic without mutual TLS. */
    allowEnablingPermissiveMutualTLS?: boolean;
    http?: {
      sanitizeXForwardedClientCert?: boolean;
      incoming?: {
        requestNormalization?: {
          insecureDisablePathNormalization?: boolean;
          mergeSlashes?: boolean;
          pathWithEscapedSlashesAction?: string;
          headersWithUnderscoresAction?: string;
        };
      };
    };
    peering?: { peerThroughMeshGateways?: boolean };
    transparentProxy?: { meshDestinationsOnly?: boolean };
    validateClusters?: boolean;
  };
}

export interface TlsVersions {
  tlsMinVersion?: string;
  tlsMaxVersion?: string;
  cipherSuites?: string[];
}

export type MutualTlsMode = '' | 'strict' | 'permissive';

/** Defaults of all proxies. */
export interface ProxyDefaults {
  apiVersion: 'consul.hashicorp.com/v1alpha1';
  kind: 'ProxyDefaults';
  metadata?: V1ObjectMeta;
  spec?: {
    /** `permissive` accepts traffic without mutual TLS. */
    mutualTLSMode?: MutualTlsMode;
    accessLogs?: AccessLogs;
    config?: object;
    envoyExtensions?: EnvoyExtension[];
    expose?: Expose;
    failoverPolicy?: { mode?: string; regions?: string[] };
    meshGateway?: { mode?: string };
    mode?: string;
    prioritizeByLocality?: { mode?: string };
    transparentProxy?: TransparentProxy;
  };
}

export interface AccessLogs {
  enabled?: boolean;
  disableListenerLogs?: boolean;
  type?: string;
  path?: string;
  jsonFormat?: string;
  textFormat?: string;
}

export interface EnvoyExtension {
  name?: string;
  required?: boolean;
  arguments?: object;
}

export interface Expose {
  checks?: boolean;
  paths?: { path?: string; localPathPort?: number; listenerPort?: number; protocol?: string }[];
}

export interface TransparentProxy {
  outboundListenerPort?: number;
  dialedDirectly?: boolean;
}

/** Defaults of one service. */
export interface ServiceDefaults {
  apiVersion: 'consul.hashicorp.com/v1alpha1';
  kind: 'ServiceDefaults';
  metadata?: V1ObjectMeta;
  spec?: {
    protocol?: string;
    /** `permissive` accepts traffic without mutual TLS. */
    mutualTLSMode?: MutualTlsMode;
    mode?: string;
    transparentProxy?: TransparentProxy;
    meshGateway?: { mode?: string };
    expose?: Expose;
    externalSNI?: string;
    envoyExtensions?: EnvoyExtension[];
    destination?: { addresses?: string[]; port?: number };
    balanceInboundConnections?: string;
    maxInboundConnections?: number;
    localConnectTimeoutMs?: number;
    localRequestTimeoutMs?: number;
    rateLimits?: object;
    upstreamConfig?: object;
  };
}

/** Who may reach a service. */
export interface ServiceIntentions {
  apiVersion: 'consul.hashicorp.com/v1alpha1';
  kind: 'ServiceIntentions';
  metadata?: V1ObjectMeta;
  spec?: {
    /** `*` stands for every service. */
    destination?: { name?: string; namespace?: string };
    sources?: IntentionSource[];
    jwt?: IntentionJwt;
  };
}

export interface IntentionSource {
  name?: string;
  namespace?: string;
  partition?: string;
  peer?: string;
  samenessGroup?: string;
  description?: string;
  action?: '' | 'allow' | 'deny';
  permissions?: IntentionPermission[];
}

export interface IntentionPermission {
  action?: '' | 'allow' | 'deny';
  http?: {
    pathExact?: string;
    pathPrefix?: string;
    pathRegex?: string;
    methods?: string[];
    header?: IntentionHeader[];
  };
  jwt?: IntentionJwt;
}

export interface IntentionHeader {
  name?: string;
  present?: boolean;
  exact?: string;
  prefix?: string;
  suffix?: string;
  contains?: string;
  regex?: string;
  invert?: boolean;
  ignoreCase?: boolean;
}

export interface IntentionJwt {
  providers?: { name?: string; verifyClaims?: { path?: string[]; value?: string }[] }[];
}
