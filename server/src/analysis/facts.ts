import { isNamespaced } from '../kubernetes/namespaced.ts';
import { isWorkload, podOf, serviceAccountOf } from '../kubernetes/pods.ts';
import { type Resource, textsOf } from '../kubernetes/resource.ts';
import {
  KUSTOMIZE_GROUP,
  type KustomizationReferences,
  looksLikeKustomization,
  referencesOf,
} from '../kustomize/references.ts';
import { withOwnTexts } from '../syntax/own-text.ts';
import { parseDocument } from '../syntax/parse.ts';
import type { Value } from '../syntax/values.ts';
import {
  type CaInjectionFact,
  caInjectionFactsOf,
  type ManagedSecretFact,
  managedSecretFactsOf,
} from './certificates/secrets.ts';
import { type AuthenticationFact, authenticationFactOf } from './control-plane/authentication.ts';
import {
  type Encryption,
  encryptionOf,
  isDefaultClass,
  isStorageClass,
} from './encryption/storage-classes.ts';
import { type ApplicationFact, applicationFactsOf } from './gitops/index.ts';
import { bucketLockOf } from './log-retention/bucket-lock.ts';
import { type MeshFact, meshFactsOf } from './mesh/facts.ts';
import { type ConfiguredCallsFact, configuredCallsOf } from './network/calls.ts';
import { type DefaultDeny, defaultDenyOf } from './network/default-deny.ts';
import { isDelegation } from './network/delegations.ts';
import { type PodNetworkFact, podNetworkFactOf } from './network/pod-network.ts';
import type { NetworkPolicyFact } from './network/policy.ts';
import { networkPolicyFactOf } from './network/policy-fact.ts';
import { type ServicePort, servicePortsOf } from './network/service-ports.ts';
import type { Origin } from './origin.ts';
import { mentionsScan } from './pipelines/commands.ts';
import type { Pipeline } from './pipelines/pipeline.ts';
import { type Binding, bindingOf } from './rbac/bindings.ts';
import { type Role, roleOf } from './rbac/roles.ts';
import { isRuntimeSensor } from './runtime-sensors.ts';
import { type TlsFact, tlsFactsOf } from './tls/facts.ts';

export interface NamespaceFact extends Origin {
  readonly type: 'namespace';
}

export interface WorkloadFact extends Origin {
  readonly type: 'workload';
  readonly kind: string;
  readonly podLabels: ReadonlyMap<string, string>;
  /** As written: undefined when the pod names no ServiceAccount and so runs as `default`. */
  readonly serviceAccount: string | undefined;
  readonly images: readonly string[];
}

export interface ServiceAccountFact extends Origin {
  readonly type: 'service-account';
  readonly automountToken: boolean | undefined;
  readonly imagePullSecrets: boolean;
}

export interface RoleFact extends Origin {
  readonly type: 'role';
  readonly role: Role;
}

export interface BindingFact extends Origin {
  readonly type: 'binding';
  readonly binding: Binding;
  readonly annotations: ReadonlyMap<string, string>;
}

export interface ServiceFact extends Origin {
  readonly type: 'service';
  readonly selector: ReadonlyMap<string, string>;
  readonly ports: readonly ServicePort[];
}

/** Something that may bring pods which the manifests do not show: a chart or a repository that is deployed by reference, or what an operator runs. */
export interface DelegationFact extends Origin {
  readonly type: 'delegation';
}

/** A pipeline that scans images. */
export interface ImageScanFact extends Origin {
  readonly type: 'image-scan';
}

/** Something that watches what containers do at run time. */
export interface RuntimeSensorFact extends Origin {
  readonly type: 'runtime-sensor';
}

export interface StorageClassFact extends Origin {
  readonly type: 'storage-class';
  readonly encryption: Encryption;
  readonly isDefault: boolean;
}

/** A lock on the objects of a bucket that is an object of its own. */
export interface BucketLockFact extends Origin {
  readonly type: 'bucket-lock';
  /** Undefined where it is not said by name. */
  readonly bucket: string | undefined;
}

/** A kustomization beside the manifests sets what they leave out. */
export interface KustomizationFact extends Origin {
  readonly type: 'kustomization';
  readonly references: KustomizationReferences;
}

/** A policy that lets nothing through in some direction but what is allowed. */
export interface DefaultDenyFact extends Origin {
  readonly type: 'default-deny';
  readonly deny: DefaultDeny;
}

/**
 * The little that other documents need to know of a resource. Rules across files read facts, never trees, so that the index of a large
 * workspace stays small.
 */
export type Fact =
  | NamespaceFact
  | WorkloadFact
  | PodNetworkFact
  | ConfiguredCallsFact
  | ServiceAccountFact
  | ServiceFact
  | DelegationFact
  | StorageClassFact
  | NetworkPolicyFact
  | DefaultDenyFact
  | RoleFact
  | BindingFact
  | KustomizationFact
  | RuntimeSensorFact
  | ImageScanFact
  | TlsFact
  | BucketLockFact
  | MeshFact
  | ManagedSecretFact
  | AuthenticationFact
  | CaInjectionFact
  | ApplicationFact;

/** Whether a Service's selector selects the pods of a workload; without a selector it selects none. */
export function selectsPods(selector: ReadonlyMap<string, string>, { podLabels }: WorkloadFact): boolean {
  return selector.size > 0 && [...selector].every(([key, value]) => podLabels.get(key) === value);
}

/** Facts as they are where what names no namespace goes to this one. */
export function factsIn(namespace: string, facts: readonly Fact[]): readonly Fact[] {
  return facts.map((fact) => (fact.isBare === true ? { ...fact, namespace } : fact));
}

/** The facts of the resources in a document, and of the CI pipeline that it may be. */
export function factsOfDocument(resources: readonly Resource[], pipeline: Pipeline | undefined): Fact[] {
  const facts = withOwnTexts(resources.flatMap(factsOf));
  return pipeline !== undefined && mentionsScan(pipeline.text)
    ? [...facts, { type: 'image-scan', name: '', namespace: undefined, labels: new Map() }]
    : facts;
}

export function factsOf(resource: Resource): Fact[] {
  const { name, namespace, labels } = resource;
  const isBare = namespace === undefined && isNamespaced(resource);
  const origin = { name, namespace, labels, ...(isBare && { isBare }) };
  const facts = factsOfKind(resource, origin);
  const deny = defaultDenyOf(resource);
  return [
    ...facts,
    ...meshFactsOf(resource, origin),
    ...managedSecretFactsOf(resource, origin),
    ...caInjectionFactsOf(resource, origin),
    ...applicationFactsOf(resource, origin),
    ...(isDelegation(resource) && !isWorkload(resource) ? [{ type: 'delegation' as const, ...origin }] : []),
    ...(deny === undefined ? [] : [{ type: 'default-deny' as const, ...origin, deny }]),
    ...(isRuntimeSensor(resource) ? [{ type: 'runtime-sensor' as const, ...origin }] : []),
  ];
}

function factsOfKind(resource: Resource, origin: Origin): Fact[] {
  if (resource.kind === 'Namespace' && resource.group === '') return [{ type: 'namespace', ...origin }];
  const policy = networkPolicyFactOf(resource, origin);
  if (policy !== undefined) return [policy];
  if (resource.kind === 'ServiceAccount' && resource.group === '') {
    const automountToken = resource.root.get('automountServiceAccountToken')?.boolean;
    const imagePullSecrets = (resource.root.get('imagePullSecrets')?.items.length ?? 0) > 0;
    return [{ type: 'service-account', ...origin, automountToken, imagePullSecrets }];
  }
  const configured = configuredCallsOf(resource, origin);
  if (configured !== undefined) return [configured];
  if (resource.kind === 'Service' && resource.group === '') {
    const ports = servicePortsOf(resource);
    return [{ type: 'service', ...origin, selector: textsOf(resource.spec?.get('selector')), ports }];
  }
  if (isStorageClass(resource)) {
    const encryption = encryptionOf(resource);
    return [{ type: 'storage-class', ...origin, encryption, isDefault: isDefaultClass(resource) }];
  }
  if (resource.group === KUSTOMIZE_GROUP) return [kustomizationFact(resource.root, origin)];
  if (isWorkload(resource)) {
    const network = podNetworkFactOf(resource, origin);
    return [workloadFact(resource, origin, network), ...(network === undefined ? [] : [network])];
  }
  const authentication = authenticationFactOf(resource, origin);
  if (authentication !== undefined) return [authentication];
  const lock = bucketLockOf(resource);
  if (lock !== undefined) return [{ type: 'bucket-lock', ...origin, bucket: lock.bucket }];
  const role = roleOf(resource);
  if (role !== undefined) return [{ type: 'role', ...origin, role }];
  const binding = bindingOf(resource);
  if (binding !== undefined)
    return [{ type: 'binding', ...origin, binding, annotations: resource.annotations }];
  return tlsFactsOf(resource, origin);
}

/** The facts of a document that is neither manifest nor pipeline: it may be a kustomization that leaves out its kind. */
export function otherFactsOf(text: string): Fact[] {
  if (!looksLikeKustomization(text)) return [];
  const { root } = parseDocument(text);
  if (root?.kind !== 'map' || root.has(['kind'])) return [];
  return withOwnTexts([kustomizationFact(root, { name: '', namespace: undefined, labels: new Map() })]);
}

function kustomizationFact(root: Value, origin: Origin): KustomizationFact {
  return { type: 'kustomization', ...origin, references: referencesOf(root) };
}

/** @param network what is the same there is there once */
function workloadFact(resource: Resource, origin: Origin, network: PodNetworkFact | undefined): WorkloadFact {
  const pod = podOf(resource);
  return {
    type: 'workload',
    kind: resource.kind,
    ...origin,
    podLabels: network?.podLabels ?? textsOf(pod?.metadata?.get('labels')),
    serviceAccount: pod && serviceAccountOf(pod)?.text,
    images: pod?.containers.flatMap(({ image }) => image?.text ?? []) ?? [],
  };
}
