import type { Pod } from '../../kubernetes/pods.ts';

/**
 * Whether a pod runs on Windows: by `spec.os.name`, or by its node selector where that names none. Linux alone has capabilities, seccomp
 * and privilege escalation, and the API server refuses these fields on a pod with `os.name: windows`.
 *
 * Source: https://kubernetes.io/docs/concepts/security/pod-security-standards/#os-specific-policy-controls
 */
export function isWindows({ spec }: Pod): boolean {
  const os = spec.at(['os', 'name'])?.text ?? OS_LABELS.map(labelIn(spec)).find((name) => name !== undefined);
  return os === 'windows';
}

const OS_LABELS = ['kubernetes.io/os', 'beta.kubernetes.io/os'];

const labelIn = (spec: Pod['spec']) => (label: string) => spec.at(['nodeSelector', label])?.text;

/**
 * Whether a pod has a user namespace of its own: root in its containers is nobody on the node, so the standards let it be root.
 *
 * Source: Kubernetes 1.35, relaxation of runAsNonRoot and runAsUser for `hostUsers: false`.
 */
export function isInUserNamespace({ spec }: Pod): boolean {
  return spec.get('hostUsers')?.boolean === false;
}

/** Whether defaults for containers can be set on the pod. Knative takes a pod's security context only behind a feature flag. */
export function takesPodDefaults({ workload }: Pod): boolean {
  return workload.group !== 'serving.knative.dev';
}
