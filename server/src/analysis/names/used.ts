import { podOf } from '../../kubernetes/pods.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';
import { isClusterScoped, type ObjectName } from './kinds.ts';

/** The name of another object, where a resource writes it. */
export interface UsedName extends ObjectName {
  readonly at: Value;
  /** Whether the resource does without. */
  readonly isOptional: boolean;
}

/** Where a field names an object of one kind. `*` stands for every item of a list. */
type Use = readonly [path: string, kind: string];

/** In the `spec` of a pod. */
const IN_PODS: readonly Use[] = [
  ['serviceAccountName', 'ServiceAccount'],
  ['serviceAccount', 'ServiceAccount'],
  ['priorityClassName', 'PriorityClass'],
  ['imagePullSecrets.*.name', 'Secret'],
  ['volumes.*.configMap.name', 'ConfigMap'],
  ['volumes.*.secret.secretName', 'Secret'],
  ['volumes.*.persistentVolumeClaim.claimName', 'PersistentVolumeClaim'],
  ['volumes.*.projected.sources.*.configMap.name', 'ConfigMap'],
  ['volumes.*.projected.sources.*.secret.name', 'Secret'],
  ['volumes.*.csi.nodePublishSecretRef.name', 'Secret'],
];

const IN_CONTAINERS: readonly Use[] = [
  ['envFrom.*.configMapRef.name', 'ConfigMap'],
  ['envFrom.*.secretRef.name', 'Secret'],
  ['env.*.valueFrom.configMapKeyRef.name', 'ConfigMap'],
  ['env.*.valueFrom.secretKeyRef.name', 'Secret'],
];

/** In a resource, by its kind. */
const IN_KINDS: Readonly<Record<string, readonly Use[]>> = {
  ServiceAccount: [
    ['secrets.*.name', 'Secret'],
    ['imagePullSecrets.*.name', 'Secret'],
  ],
  Ingress: [
    ['spec.ingressClassName', 'IngressClass'],
    ['spec.tls.*.secretName', 'Secret'],
    ['spec.defaultBackend.service.name', 'Service'],
    ['spec.backend.serviceName', 'Service'],
    ['spec.rules.*.http.paths.*.backend.service.name', 'Service'],
    ['spec.rules.*.http.paths.*.backend.serviceName', 'Service'],
  ],
  StatefulSet: [
    ['spec.serviceName', 'Service'],
    ['spec.volumeClaimTemplates.*.spec.storageClassName', 'StorageClass'],
  ],
  PersistentVolumeClaim: [
    ['spec.storageClassName', 'StorageClass'],
    ['spec.volumeName', 'PersistentVolume'],
  ],
  PersistentVolume: [['spec.storageClassName', 'StorageClass']],
  ValidatingWebhookConfiguration: [['webhooks.*.clientConfig.service.name', 'Service']],
  MutatingWebhookConfiguration: [['webhooks.*.clientConfig.service.name', 'Service']],
  APIService: [['spec.service.name', 'Service']],
  Gateway: [['spec.gatewayClassName', 'GatewayClass']],
};

/** References that say the kind themselves, with the kind that goes without saying; '' where there is none. */
const TYPED: Readonly<Record<string, readonly Use[]>> = {
  RoleBinding: [
    ['roleRef', ''],
    ['subjects.*', ''],
  ],
  ClusterRoleBinding: [
    ['roleRef', ''],
    ['subjects.*', ''],
  ],
  HorizontalPodAutoscaler: [['spec.scaleTargetRef', '']],
  VerticalPodAutoscaler: [['spec.targetRef', '']],
  ScaledObject: [['spec.scaleTargetRef', 'Deployment']],
  Certificate: [['spec.issuerRef', 'Issuer']],
  ExternalSecret: [['spec.secretStoreRef', 'SecretStore']],
  Gateway: [['spec.listeners.*.tls.certificateRefs.*', 'Secret']],
  HTTPRoute: [
    ['spec.parentRefs.*', 'Gateway'],
    ['spec.rules.*.backendRefs.*', 'Service'],
  ],
  GRPCRoute: [
    ['spec.parentRefs.*', 'Gateway'],
    ['spec.rules.*.backendRefs.*', 'Service'],
  ],
  TLSRoute: [
    ['spec.parentRefs.*', 'Gateway'],
    ['spec.rules.*.backendRefs.*', 'Service'],
  ],
};

/** Objects of other APIs than the cluster's: groups and users have no manifest. */
const NO_OBJECTS: ReadonlySet<string> = new Set(['', 'User', 'Group']);

/** The names of other objects that a resource uses, in the order of the tables. */
export function usedNames(resource: Resource): UsedName[] {
  const { root, kind, namespace } = resource;
  const pod = podOf(resource);
  const found = [
    ...(kind === 'Namespace' ? [] : usesIn(root, [['metadata.namespace', 'Namespace']], undefined)),
    ...(pod === undefined ? [] : usesIn(pod.spec, IN_PODS, namespace)),
    ...(pod?.containers ?? []).flatMap(({ value }) => usesIn(value, IN_CONTAINERS, namespace)),
    ...usesIn(root, tableOf(IN_KINDS, kind), namespace),
    ...typedUsesIn(root, tableOf(TYPED, kind), namespace),
  ];
  return found;
}

function tableOf(table: Readonly<Record<string, readonly Use[]>>, kind: string): readonly Use[] {
  return Object.hasOwn(table, kind) ? (table[kind] ?? []) : [];
}

function usesIn(from: Value, uses: readonly Use[], namespace: string | undefined): UsedName[] {
  return uses.flatMap(([path, kind]) =>
    valuesAt(from, path.split('.')).flatMap((at) => used(at, kind, at.parent, namespace)),
  );
}

function typedUsesIn(from: Value, uses: readonly Use[], namespace: string | undefined): UsedName[] {
  return uses.flatMap(([path, usualKind]) =>
    valuesAt(from, path.split('.')).flatMap((reference) => {
      const kind = reference.get('kind')?.text ?? usualKind;
      const at = reference.get('name');
      return at === undefined || NO_OBJECTS.has(kind) ? [] : used(at, kind, reference, namespace);
    }),
  );
}

function used(at: Value, kind: string, beside: Value | undefined, namespace: string | undefined): UsedName[] {
  const name = at.text;
  if (name === undefined || name === '') return [];
  const own = kind === 'Namespace' ? undefined : (beside?.get('namespace')?.text ?? namespace);
  const isOptional = beside?.get('optional')?.boolean === true;
  return [{ kind, name, namespace: isClusterScoped(kind) ? undefined : own, at, isOptional }];
}

/** The values at a path in which `*` stands for every item. */
function valuesAt(from: Value, path: readonly string[]): Value[] {
  return path.reduce<Value[]>(
    (values, key) => values.flatMap((value) => (key === '*' ? value.items : (value.get(key) ?? []))),
    [from],
  );
}
