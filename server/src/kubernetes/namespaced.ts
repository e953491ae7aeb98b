import type { Resource } from './resource.ts';

/** Kinds whose objects belong to no namespace, beside those whose names say so. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  ...[
    'Namespace',
    'Node',
    'PersistentVolume',
    'ComponentStatus',
    'PodSecurityPolicy',
    'CertificateSigningRequest',
  ],
  ...[
    'StorageClass',
    'VolumeAttachment',
    'VolumeAttributesClass',
    'CSIDriver',
    'CSINode',
    'VolumeSnapshotClass',
  ],
  ...['IngressClass', 'GatewayClass', 'RuntimeClass', 'PriorityClass', 'DeviceClass', 'ResourceSlice'],
  ...[
    'FlowSchema',
    'PriorityLevelConfiguration',
    'APIService',
    'CustomResourceDefinition',
    'IPAddress',
    'ServiceCIDR',
  ],
  ...['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration', 'MutatingAdmissionPolicy'],
  ...['MutatingAdmissionPolicyBinding', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'],
  ...[
    'SecurityContextConstraints',
    'Tier',
    'IPPool',
    'HostEndpoint',
    'FelixConfiguration',
    'ConstraintTemplate',
  ],
]);

/** `ClusterRole`, `CiliumClusterwideNetworkPolicy`, `GlobalNetworkPolicy`, `AdminNetworkPolicy`, `BaselineAdminNetworkPolicy`. */
const NAMED_SO = /^(?:Cluster[A-Z]|CiliumClusterwide|Global[A-Z]|Admin[A-Z]|BaselineAdmin|StagedGlobal)/;

/** Groups of which all kinds are for the whole cluster: constraints of Gatekeeper, providers of Crossplane. */
const CLUSTER_GROUPS = /^(?:constraints\.gatekeeper\.sh|templates\.gatekeeper\.sh|pkg\.crossplane\.io)$/;

/** Whether the objects of a kind belong to a namespace, as far as is known; files of nodes have no group and no place in a cluster. */
export function isNamespaced({ kind, group }: Pick<Resource, 'kind' | 'group'>): boolean {
  return !CLUSTER_SCOPED.has(kind) && !NAMED_SO.test(kind) && !CLUSTER_GROUPS.test(group);
}

/** A resource as it is where one that names no namespace goes to this one. */
export function inNamespace(resource: Resource, namespace: string | undefined): Resource {
  const isBare = namespace !== undefined && resource.namespace === undefined && isNamespaced(resource);
  return isBare ? { ...resource, namespace } : resource;
}
