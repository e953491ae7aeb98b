/**
 * Files that kube-apiserver reads at its start: what it audits, encrypts, admits and whom it lets in.
 *
 * Source: https://kubernetes.io/docs/reference/config-api/
 */
import type { V1ObjectMeta } from '@kubernetes/client-node';

/** What the API server records. The first rule that matches a request decides; without one, nothing is recorded. */
export interface Policy {
  apiVersion: 'audit.k8s.io/v1';
  kind: 'Policy';
  metadata?: V1ObjectMeta;
  /** In order: the first rule that matches a request decides. */
  rules: PolicyRule[];
  /** Stages that are not recorded for any request. */
  omitStages?: Stage[];
  /** Leaves `managedFields` out of recorded bodies. */
  omitManagedFields?: boolean;
}

export type Level = 'None' | 'Metadata' | 'Request' | 'RequestResponse';
export type Stage = 'RequestReceived' | 'ResponseStarted' | 'ResponseComplete' | 'Panic';

/** A rule matches a request when each of its fields does; a field that is left out matches everything. */
export interface PolicyRule {
  /** `Metadata` records who did what and when; `Request` and `RequestResponse` add the bodies. */
  level: Level;
  /** User names, as authenticated. */
  users?: string[];
  userGroups?: string[];
  /** Such as get, list, watch, create, update, patch, delete. */
  verbs?: string[];
  /** Not together with `nonResourceURLs`. */
  resources?: GroupResources[];
  /** The empty string stands for resources outside namespaces. */
  namespaces?: string[];
  /** Paths such as `/healthz*`; the `*` only at the end. */
  nonResourceURLs?: string[];
  /** Stages that are not recorded, besides those of the whole policy. */
  omitStages?: Stage[];
  omitManagedFields?: boolean;
}

export interface GroupResources {
  /** The API group; the empty string is the core group. */
  group?: string;
  /** Such as `pods`, `pods/log`, `pods/*`, or `*` for all; all of the group when left out. */
  resources?: string[];
  /** Names of objects; needs `resources`. */
  resourceNames?: string[];
}

/** How the API server encrypts what it stores in etcd. */
export interface EncryptionConfiguration {
  apiVersion: 'apiserver.config.k8s.io/v1';
  kind: 'EncryptionConfiguration';
  resources: ResourceConfiguration[];
}

export interface ResourceConfiguration {
  /** Such as `secrets`, `configmaps`, `*.apps`, `*.*`. */
  resources: string[];
  /** The first provider writes; all of them read. */
  providers: ProviderConfiguration[];
}

/** Exactly one of its fields is set. */
export interface ProviderConfiguration {
  /** AES-GCM with a random nonce: keys must be rotated often. */
  aesgcm?: KeysConfiguration;
  /** AES-CBC: weak against padding oracle attacks. */
  aescbc?: KeysConfiguration;
  /** XSalsa20 and Poly1305. */
  secretbox?: KeysConfiguration;
  /** No encryption. */
  identity?: object;
  /** Envelope encryption with a key that a key management service keeps. */
  kms?: KmsConfiguration;
}

export interface KeysConfiguration {
  keys: Key[];
}

export interface Key {
  name: string;
  /** The key itself, in base64. */
  secret: string;
}

export interface KmsConfiguration {
  /** `v1` is deprecated. */
  apiVersion?: 'v1' | 'v2';
  name: string;
  /** Objects in the cache, for `v1` only. */
  cachesize?: number;
  /** The socket of the plugin: `unix:///run/kms.sock`. */
  endpoint: string;
  /** Such as `3s`. */
  timeout?: string;
}

/** Configuration of admission plugins. */
export interface AdmissionConfiguration {
  apiVersion: 'apiserver.config.k8s.io/v1';
  kind: 'AdmissionConfiguration';
  plugins?: AdmissionPlugin[];
}

export interface AdmissionPlugin {
  name: string;
  /** A file with the plugin's configuration, unless `configuration` holds it. */
  path?: string;
  configuration?: object;
}

/** The Pod Security Standards that namespaces without labels follow. */
export interface PodSecurityConfiguration {
  apiVersion: 'pod-security.admission.config.k8s.io/v1';
  kind: 'PodSecurityConfiguration';
  defaults?: PodSecurityDefaults;
  exemptions?: PodSecurityExemptions;
}

export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted';

export interface PodSecurityDefaults {
  enforce?: PodSecurityLevel;
  'enforce-version'?: string;
  audit?: PodSecurityLevel;
  'audit-version'?: string;
  warn?: PodSecurityLevel;
  'warn-version'?: string;
}

export interface PodSecurityExemptions {
  usernames?: string[];
  namespaces?: string[];
  runtimeClasses?: string[];
}

/** Whom the API server believes: tokens of identity providers, and anonymous requests. */
export interface AuthenticationConfiguration extends AuthenticationSettings {
  apiVersion: 'apiserver.config.k8s.io/v1';
  kind: 'AuthenticationConfiguration';
}

/** Whom the API server believes: tokens of identity providers, and anonymous requests. */
export interface AuthenticationConfigurationV1beta1 extends AuthenticationSettings {
  apiVersion: 'apiserver.config.k8s.io/v1beta1';
  kind: 'AuthenticationConfiguration';
}

/** Whom the API server believes: tokens of identity providers, and anonymous requests. */
export interface AuthenticationConfigurationV1alpha1 extends AuthenticationSettings {
  apiVersion: 'apiserver.config.k8s.io/v1alpha1';
  kind: 'AuthenticationConfiguration';
}

export interface AuthenticationSettings {
  jwt?: JwtAuthenticator[];
  anonymous?: AnonymousConfiguration;
}

export interface AnonymousConfiguration {
  enabled: boolean;
  /** Paths to which anonymous requests are limited. */
  conditions?: { path: string }[];
}

export interface JwtAuthenticator {
  issuer: Issuer;
  /** Rules that a token must satisfy. */
  claimValidationRules?: ClaimValidationRule[];
  claimMappings: ClaimMappings;
  userValidationRules?: Rule[];
}

export interface Issuer {
  url: string;
  discoveryURL?: string;
  /** Certificates in PEM that vouch for the issuer. */
  certificateAuthority?: string;
  audiences: string[];
  audienceMatchPolicy?: 'MatchAny';
  egressSelectorType?: 'controlplane' | 'cluster';
}

/** Either a claim and the value it must have, or an expression in CEL over `claims`. */
export interface ClaimValidationRule {
  claim?: string;
  requiredValue?: string;
  expression?: string;
  message?: string;
}

export interface Rule {
  expression: string;
  message?: string;
}

export interface ClaimMappings {
  username: PrefixedClaimOrExpression;
  groups?: PrefixedClaimOrExpression;
  uid?: { claim?: string; expression?: string };
  extra?: { key: string; valueExpression: string }[];
}

export interface PrefixedClaimOrExpression {
  claim?: string;
  prefix?: string;
  expression?: string;
}

/** The authorizers that the API server asks, in order. */
export interface AuthorizationConfiguration extends AuthorizationSettings {
  apiVersion: 'apiserver.config.k8s.io/v1';
  kind: 'AuthorizationConfiguration';
}

/** The authorizers that the API server asks, in order. */
export interface AuthorizationConfigurationV1beta1 extends AuthorizationSettings {
  apiVersion: 'apiserver.config.k8s.io/v1beta1';
  kind: 'AuthorizationConfiguration';
}

/** The authorizers that the API server asks, in order. */
export interface AuthorizationConfigurationV1alpha1 extends AuthorizationSettings {
  apiVersion: 'apiserver.config.k8s.io/v1alpha1';
  kind: 'AuthorizationConfiguration';
}

export interface AuthorizationSettings {
  authorizers: Authorizer[];
}

export interface Authorizer {
  type: 'Webhook' | 'Node' | 'RBAC' | 'ABAC' | 'AlwaysAllow' | 'AlwaysDeny';
  name: string;
  webhook?: AuthorizationWebhook;
}

export interface AuthorizationWebhook {
  authorizedTTL?: string;
  cacheAuthorizedRequests?: boolean;
  unauthorizedTTL?: string;
  cacheUnauthorizedRequests?: boolean;
  timeout: string;
  subjectAccessReviewVersion: 'v1' | 'v1beta1';
  matchConditionSubjectAccessReviewVersion?: 'v1';
  /** What a webhook that cannot be reached means. */
  failurePolicy: 'NoOpinion' | 'Deny';
  connectionInfo: { type: 'KubeConfigFile' | 'InClusterConfig'; kubeConfigFile?: string };
  matchConditions?: { expression: string }[];
}
