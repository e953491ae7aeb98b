import type { Container, Pod } from '../../kubernetes/pods.ts';
import type { Entry } from '../../syntax/values.ts';

/** Types of seccomp and AppArmor profiles that confine a container. */
export function isConfiningType(type: string): boolean {
  return type === 'RuntimeDefault' || type === 'Localhost';
}

const APP_ARMOR_PREFIX = 'container.apparmor.security.beta.kubernetes.io/';
const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_PREFIX = 'container.seccomp.security.alpha.kubernetes.io/';

/**
 * Annotations that take AppArmor away from a container. The API server turns them into the field that replaced them.
 *
 * Source: Pod Security Standards, Baseline, "AppArmor"; https://kubernetes.io/docs/reference/labels-annotations-taints/.
 */
export function appArmorAnnotationsOf(pod: Pod): Entry[] {
  return annotationsOf(pod).filter(({ key, value }) => {
    const profile = value.string;
    if (!key.startsWith(APP_ARMOR_PREFIX) || profile === undefined || profile === '') return false;
    return profile !== 'runtime/default' && !profile.startsWith('localhost/');
  });
}

/** An annotation that asked for no seccomp profile, for one container or (undefined) the whole pod. */
export interface SeccompAnnotation {
  readonly entry: Entry;
  readonly container: Container | undefined;
}

/**
 * Annotations that ask for no seccomp profile. Kubernetes obeyed them up to 1.26 and ignores them since.
 *
 * Source: https://kubernetes.io/docs/reference/labels-annotations-taints/#seccomp-security-alpha-kubernetes-io-pod.
 */
export function seccompAnnotationsOf(pod: Pod): SeccompAnnotation[] {
  return annotationsOf(pod)
    .filter(({ value }) => value.string === 'unconfined')
    .flatMap((entry): SeccompAnnotation[] => {
      if (entry.key === SECCOMP_POD) return [{ entry, container: undefined }];
      if (!entry.key.startsWith(SECCOMP_PREFIX)) return [];
      const name = entry.key.slice(SECCOMP_PREFIX.length);
      const container = pod.containers.find((candidate) => candidate.name === name);
      return container === undefined ? [] : [{ entry, container }];
    });
}

function annotationsOf(pod: Pod): readonly Entry[] {
  return pod.metadata?.get('annotations')?.entries ?? [];
}
