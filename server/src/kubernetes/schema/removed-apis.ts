/** An API version of a kind that Kubernetes no longer serves. */
export interface Removal {
  /** The first release without it, `MAJOR.MINOR`. */
  readonly removedIn: string;
  /** The API version to use instead; absent when the kind is gone. */
  readonly successor?: string;
  /** Whether a manifest is right under the successor without any other change. */
  readonly sameShape: boolean;
}

/** When an API version of a kind was removed, or undefined when it is still served or was never part of Kubernetes. */
export function removalOf(apiVersion: string, kind: string): Removal | undefined {
  return REMOVALS.get(`${apiVersion}/${kind}`);
}

/** Every removal. */
export function* removals(): Iterable<Removal & { readonly apiVersion: string; readonly kind: string }> {
  for (const [key, removal] of REMOVALS) {
    const slash = key.lastIndexOf('/');
    yield { ...removal, apiVersion: key.slice(0, slash), kind: key.slice(slash + 1) };
  }
}

type Row = readonly [
  removedIn: string,
  apiVersion: string,
  kinds: string,
  successor: string | undefined,
  shape: 'same' | 'changed',
];

/**
 * A shape counts as changed when fields moved or were renamed, when a field became required, or when a default
 * changed that an author must now write out.
 *
 * Source: https://kubernetes.io/docs/reference/using-api/deprecation-guide/
 */
const ROWS: readonly Row[] = [
  [
    '1.32',
    'flowcontrol.apiserver.k8s.io/v1beta3',
    'FlowSchema PriorityLevelConfiguration',
    'flowcontrol.apiserver.k8s.io/v1',
    'same',
  ],

  ['1.29', 'flowcontrol.apiserver.k8s.io/v1beta2', 'FlowSchema', 'flowcontrol.apiserver.k8s.io/v1', 'same'],
  [
    '1.29',
    'flowcontrol.apiserver.k8s.io/v1beta2',
    'PriorityLevelConfiguration',
    'flowcontrol.apiserver.k8s.io/v1',
    'changed',
  ],

  ['1.27', 'storage.k8s.io/v1beta1', 'CSIStorageCapacity', 'storage.k8s.io/v1', 'same'],

  ['1.26', 'flowcontrol.apiserver.k8s.io/v1beta1', 'FlowSchema', 'flowcontrol.apiserver.k8s.io/v1', 'same'],
  [
    '1.26',
    'flowcontrol.apiserver.k8s.io/v1beta1',
    'PriorityLevelConfiguration',
    'flowcontrol.apiserver.k8s.io/v1',
    'changed',
  ],
  ['1.26', 'autoscaling/v2beta2', 'HorizontalPodAutoscaler', 'autoscaling/v2', 'same'],

  ['1.25', 'batch/v1beta1', 'CronJob', 'batch/v1', 'same'],
  ['1.25', 'discovery.k8s.io/v1beta1', 'EndpointSlice', 'discovery.k8s.io/v1', 'changed'],
  ['1.25', 'events.k8s.io/v1beta1', 'Event', 'events.k8s.io/v1', 'changed'],
  ['1.25', 'autoscaling/v2beta1', 'HorizontalPodAutoscaler', 'autoscaling/v2', 'changed'],
  ['1.25', 'policy/v1beta1', 'PodDisruptionBudget', 'policy/v1', 'same'],
  ['1.25', 'policy/v1beta1', 'PodSecurityPolicy', undefined, 'changed'],
  ['1.25', 'node.k8s.io/v1beta1', 'RuntimeClass', 'node.k8s.io/v1', 'same'],

  [
    '1.22',
    'admissionregistration.k8s.io/v1beta1',
    'MutatingWebhookConfiguration ValidatingWebhookConfiguration',
    'admissionregistration.k8s.io/v1',
    'changed',
  ],
  ['1.22', 'apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', 'apiextensions.k8s.io/v1', 'changed'],
  ['1.22', 'apiregistration.k8s.io/v1beta1', 'APIService', 'apiregistration.k8s.io/v1', 'same'],
  ['1.22', 'authentication.k8s.io/v1beta1', 'TokenReview', 'authentication.k8s.io/v1', 'same'],
  [
    '1.22',
    'authorization.k8s.io/v1beta1',
    'SelfSubjectAccessReview SelfSubjectRulesReview',
    'authorization.k8s.io/v1',
    'same',
  ],
  [
    '1.22',
    'authorization.k8s.io/v1beta1',
    'LocalSubjectAccessReview SubjectAccessReview',
    'authorization.k8s.io/v1',
    'changed',
  ],
  ['1.22', 'certificates.k8s.io/v1beta1', 'CertificateSigningRequest', 'certificates.k8s.io/v1', 'changed'],
  ['1.22', 'coordination.k8s.io/v1beta1', 'Lease', 'coordination.k8s.io/v1', 'same'],
  ['1.22', 'extensions/v1beta1', 'Ingress', 'networking.k8s.io/v1', 'changed'],
  ['1.22', 'networking.k8s.io/v1beta1', 'Ingress', 'networking.k8s.io/v1', 'changed'],
  ['1.22', 'networking.k8s.io/v1beta1', 'IngressClass', 'networking.k8s.io/v1', 'same'],
  [
    '1.22',
    'rbac.authorization.k8s.io/v1beta1',
    'ClusterRole ClusterRoleBinding Role RoleBinding',
    'rbac.authorization.k8s.io/v1',
    'same',
  ],
  ['1.22', 'scheduling.k8s.io/v1beta1', 'PriorityClass', 'scheduling.k8s.io/v1', 'same'],
  [
    '1.22',
    'storage.k8s.io/v1beta1',
    'CSIDriver CSINode StorageClass VolumeAttachment',
    'storage.k8s.io/v1',
    'same',
  ],

  ['1.21', 'batch/v2alpha1', 'CronJob', 'batch/v1', 'same'],

  ['1.16', 'extensions/v1beta1', 'NetworkPolicy', 'networking.k8s.io/v1', 'same'],
  ['1.16', 'extensions/v1beta1', 'DaemonSet Deployment ReplicaSet', 'apps/v1', 'changed'],
  ['1.16', 'extensions/v1beta1', 'PodSecurityPolicy', undefined, 'changed'],
  ['1.16', 'apps/v1beta1', 'Deployment ReplicaSet StatefulSet', 'apps/v1', 'changed'],
  ['1.16', 'apps/v1beta2', 'DaemonSet Deployment ReplicaSet StatefulSet', 'apps/v1', 'same'],
];

const REMOVALS: ReadonlyMap<string, Removal> = new Map(
  ROWS.flatMap(([removedIn, apiVersion, kinds, successor, shape]) =>
    kinds.split(' ').map((kind) => {
      const removal: Removal = {
        removedIn,
        sameShape: shape === 'same',
        ...(successor === undefined ? {} : { successor }),
      };
      return [`${apiVersion}/${kind}`, removal] as const;
    }),
  ),
);
