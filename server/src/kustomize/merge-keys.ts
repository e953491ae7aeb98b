/** How a strategic merge patch merges the values below a field. */
export interface MergeSchema {
  readonly fields?: Readonly<Record<string, MergeField>>;
}

export interface MergeField {
  /** The keys by which the items of a list are the same; empty for lists of plain values. Absent where a list is replaced. */
  readonly keys?: readonly string[];
  /** What is known of the value, or of the items of the list. */
  readonly schema?: MergeSchema;
}

const METADATA: MergeSchema = { fields: { finalizers: { keys: [] }, ownerReferences: { keys: ['uid'] } } };

const EPHEMERAL_CONTAINER: MergeSchema = {
  fields: {
    env: { keys: ['name'] },
    volumeDevices: { keys: ['devicePath'] },
    volumeMounts: { keys: ['mountPath'] },
  },
};

const CONTAINER: MergeSchema = {
  fields: { ...EPHEMERAL_CONTAINER.fields, ports: { keys: ['containerPort', 'protocol'] } },
};

const VOLUME: MergeSchema = {
  fields: {
    ephemeral: {
      schema: { fields: { volumeClaimTemplate: { schema: { fields: { metadata: { schema: METADATA } } } } } },
    },
  },
};

const POD_SPEC: MergeSchema = {
  fields: {
    containers: { keys: ['name'], schema: CONTAINER },
    initContainers: { keys: ['name'], schema: CONTAINER },
    ephemeralContainers: { keys: ['name'], schema: EPHEMERAL_CONTAINER },
    hostAliases: { keys: ['ip'] },
    imagePullSecrets: { keys: ['name'] },
    topologySpreadConstraints: { keys: ['topologyKey', 'whenUnsatisfiable'] },
    volumes: { keys: ['name'], schema: VOLUME },
  },
};

const POD_TEMPLATE: MergeField = {
  schema: { fields: { metadata: { schema: METADATA }, spec: { schema: POD_SPEC } } },
};

const OBJECT: MergeSchema = {
  fields: {
    metadata: { schema: METADATA },
    status: { schema: { fields: { conditions: { keys: ['type'] } } } },
  },
};

function object(fields: Readonly<Record<string, MergeField>>): MergeSchema {
  return { fields: { ...OBJECT.fields, ...fields } };
}

function withSpec(fields: Readonly<Record<string, MergeField>>): MergeSchema {
  return object({ spec: { schema: { fields } } });
}

const CONTROLLER = withSpec({ template: POD_TEMPLATE });
const CRON_JOB = withSpec({
  jobTemplate: {
    schema: {
      fields: { metadata: { schema: METADATA }, spec: { schema: { fields: { template: POD_TEMPLATE } } } },
    },
  },
});
const WEBHOOKS = object({ webhooks: { keys: ['name'] } });
const CSI_NODE = withSpec({ drivers: { keys: ['name'] } });

/** By apiVersion and kind, for those that merge more than every object of Kubernetes does. */
const KINDS: Readonly<Record<string, MergeSchema>> = {
  'admissionregistration.k8s.io/v1 MutatingWebhookConfiguration': WEBHOOKS,
  'admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration': WEBHOOKS,
  'admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration': WEBHOOKS,
  'admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfiguration': WEBHOOKS,
  'apps/v1 DaemonSet': CONTROLLER,
  'apps/v1 Deployment': CONTROLLER,
  'apps/v1 ReplicaSet': CONTROLLER,
  'apps/v1 StatefulSet': withSpec({
    template: POD_TEMPLATE,
    volumeClaimTemplates: { schema: object({}) },
  }),
  'batch/v1 CronJob': CRON_JOB,
  'batch/v1beta1 CronJob': CRON_JOB,
  'batch/v1 Job': CONTROLLER,
  'storage.k8s.io/v1 CSINode': CSI_NODE,
  'storage.k8s.io/v1beta1 CSINode': CSI_NODE,
  'v1 Node': withSpec({ podCIDRs: { keys: [] } }),
  'v1 Pod': object({ spec: { schema: POD_SPEC } }),
  'v1 PodTemplate': object({ template: POD_TEMPLATE }),
  'v1 ReplicationController': CONTROLLER,
  'v1 Service': withSpec({ ports: { keys: ['port', 'protocol'] } }),
  'v1 ServiceAccount': object({ secrets: { keys: ['name'] } }),
};

/** Kinds of Kubernetes 1.21, whose schema Kustomize has built in; of newer versions it knows no more than of custom resources. */
const OTHER_KINDS: ReadonlySet<string> = new Set(
  Object.entries({
    'apiextensions.k8s.io/v1': 'CustomResourceDefinition',
    'apiextensions.k8s.io/v1beta1': 'CustomResourceDefinition',
    'apiregistration.k8s.io/v1': 'APIService',
    'apiregistration.k8s.io/v1beta1': 'APIService',
    'apps/v1': 'ControllerRevision',
    'autoscaling/v1': 'HorizontalPodAutoscaler Scale',
    'autoscaling/v2beta1': 'HorizontalPodAutoscaler',
    'autoscaling/v2beta2': 'HorizontalPodAutoscaler',
    'certificates.k8s.io/v1': 'CertificateSigningRequest',
    'certificates.k8s.io/v1beta1': 'CertificateSigningRequest',
    'coordination.k8s.io/v1': 'Lease',
    'coordination.k8s.io/v1beta1': 'Lease',
    'discovery.k8s.io/v1': 'EndpointSlice',
    'discovery.k8s.io/v1beta1': 'EndpointSlice',
    'events.k8s.io/v1': 'Event',
    'events.k8s.io/v1beta1': 'Event',
    'extensions/v1beta1': 'Ingress',
    'flowcontrol.apiserver.k8s.io/v1beta1': 'FlowSchema PriorityLevelConfiguration',
    'networking.k8s.io/v1': 'Ingress IngressClass NetworkPolicy',
    'networking.k8s.io/v1beta1': 'Ingress IngressClass',
    'node.k8s.io/v1': 'RuntimeClass',
    'node.k8s.io/v1beta1': 'RuntimeClass',
    'policy/v1': 'PodDisruptionBudget',
    'policy/v1beta1': 'PodDisruptionBudget PodSecurityPolicy',
    'rbac.authorization.k8s.io/v1': 'ClusterRole ClusterRoleBinding Role RoleBinding',
    'rbac.authorization.k8s.io/v1beta1': 'ClusterRole ClusterRoleBinding Role RoleBinding',
    'scheduling.k8s.io/v1': 'PriorityClass',
    'scheduling.k8s.io/v1beta1': 'PriorityClass',
    'storage.k8s.io/v1': 'CSIDriver StorageClass VolumeAttachment',
    'storage.k8s.io/v1beta1': 'CSIDriver CSIStorageCapacity StorageClass VolumeAttachment',
    v1: 'ConfigMap Endpoints Event LimitRange Namespace PersistentVolume PersistentVolumeClaim ResourceQuota Secret',
  }).flatMap(([apiVersion, kinds]) => kinds.split(' ').map((kind) => `${apiVersion} ${kind}`)),
);

/**
 * How patches merge into a kind; undefined where Kustomize knows nothing of it and replaces lists.
 *
 * Source: `x-kubernetes-patch-strategy`, `-patch-merge-key` and `-list-map-keys` in the OpenAPI document of Kubernetes 1.21.2, which
 * Kustomize carries.
 */
export function mergeSchemaOf(apiVersion: string, kind: string): MergeSchema | undefined {
  const name = `${apiVersion} ${kind}`;
  if (Object.hasOwn(KINDS, name)) return KINDS[name];
  return OTHER_KINDS.has(name) ? OBJECT : undefined;
}

const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  ...['v1', 'v1beta1'].flatMap((version) => [
    `admissionregistration.k8s.io/${version} MutatingWebhookConfiguration`,
    `admissionregistration.k8s.io/${version} ValidatingWebhookConfiguration`,
    `apiextensions.k8s.io/${version} CustomResourceDefinition`,
    `apiregistration.k8s.io/${version} APIService`,
    `certificates.k8s.io/${version} CertificateSigningRequest`,
    `networking.k8s.io/${version} IngressClass`,
    `node.k8s.io/${version} RuntimeClass`,
    `rbac.authorization.k8s.io/${version} ClusterRole`,
    `rbac.authorization.k8s.io/${version} ClusterRoleBinding`,
    `scheduling.k8s.io/${version} PriorityClass`,
    ...['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment'].map(
      (kind) => `storage.k8s.io/${version} ${kind}`,
    ),
  ]),
  'flowcontrol.apiserver.k8s.io/v1beta1 FlowSchema',
  'flowcontrol.apiserver.k8s.io/v1beta1 PriorityLevelConfiguration',
  'policy/v1beta1 PodSecurityPolicy',
  ...['ComponentStatus', 'Namespace', 'Node', 'NodeProxyOptions', 'PersistentVolume'].map(
    (kind) => `v1 ${kind}`,
  ),
]);

/** Whether a kind is known to be in no namespace: a custom resource never is, to Kustomize. */
export function isClusterScoped(apiVersion: string, kind: string): boolean {
  return CLUSTER_SCOPED.has(`${apiVersion} ${kind}`);
}
