import { READ_ONLY_ROOT_FILESYSTEM } from '../../analysis/pod-security/fields.ts';
import { isWindows } from '../../analysis/pod-security/pod.ts';
import { decisionFor, pathOfField } from '../../analysis/pod-security/settings.ts';
import { titleOf } from '../../analysis/pod-security/wording.ts';
import type { Container, Pod } from '../../kubernetes/pods.ts';
import { type DocumentOperation, insert, set } from '../../syntax/edit/operations.ts';
import { defineRule, type Fix } from '../rule.ts';

/**
 * A container that can write to its own image: `readOnlyRootFilesystem` is not true. Windows has no such setting, and an ephemeral container
 * is there for a person who looks for an error.
 *
 * Source: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/ and NSA/CISA Kubernetes Hardening Guidance, "Immutable
 * container file systems".
 */
export const readOnlyRootFilesystem = defineRule({
  id: 'read-only-root-filesystem',
  meta: {
    title: 'Container can change its own files',
    safeguard: 'integrity',
    rationale:
      'An intruder who can write to the file system of a container installs tools there and alters the programs that process ePHI. With a read-only root, what runs stays what was built and scanned.',
    remediation:
      'Set readOnlyRootFilesystem: true, and mount an emptyDir at each path where the program writes, such as /tmp.',
    references: {
      hipaa: ['164.312(c)(1)', '164.308(a)(5)(ii)(B)'],
      nist: ['CM-5', 'SI-7'],
      urls: [
        'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
        'https://kubernetes.io/docs/concepts/security/linux-kernel-security-constraints/',
      ],
    },
    severity: 'warning',
    scope: 'document',
    messages: {
      missing:
        '{subject} can change its own programs and files, so an intruder can alter what processes ePHI. Set readOnlyRootFilesystem: true, with an emptyDir where it must write.',
      writable:
        '{subject} is set to change its own programs and files, so an intruder can alter what processes ePHI. Set readOnlyRootFilesystem: true, with an emptyDir where it must write.',
    },
  },
  pod(pod, { report }) {
    if (isWindows(pod)) return;
    for (const container of pod.containers) {
      if (container.type === 'ephemeralContainer') continue;
      const decision = decisionFor(pod, container, READ_ONLY_ROOT_FILESYSTEM);
      const data = { subject: titleOf(container) };
      const fixes = fixesFor(pod, container);
      if (decision.by === 'default') {
        const missing = pathOfField(READ_ONLY_ROOT_FILESYSTEM);
        report({ at: container.value, missing, messageId: 'missing', data, fixes });
      } else if ('value' in decision && !decision.value) {
        report({ at: decision.at, messageId: 'writable', data, fixes });
      }
    }
  },
});

function fixesFor(pod: Pod, container: Container): Fix[] {
  const readOnly = set([...container.value.path, ...pathOfField(READ_ONLY_ROOT_FILESYSTEM)], true);
  const fix: Fix = {
    title: 'Set readOnlyRootFilesystem: true',
    applicability: 'review',
    operations: [readOnly],
  };
  const scratch = scratchOperations(pod, container);
  if (scratch === undefined) return [fix];
  return [
    fix,
    {
      title: 'Set readOnlyRootFilesystem: true and mount an emptyDir at /tmp',
      applicability: 'review',
      operations: [readOnly, ...scratch],
    },
  ];
}

const SCRATCH_VOLUME = 'tmp';
const SCRATCH_PATH = '/tmp';

/** Mounts an emptyDir at /tmp; undefined where something is mounted there already or the volume's name is taken by something else. */
function scratchOperations(pod: Pod, container: Container): DocumentOperation[] | undefined {
  const mounts = container.value.get('volumeMounts')?.items ?? [];
  if (mounts.some((mount) => mount.get('mountPath')?.text?.replace(/\/$/, '') === SCRATCH_PATH))
    return undefined;
  const volume = (pod.spec.get('volumes')?.items ?? []).find(
    (candidate) => candidate.get('name')?.text === SCRATCH_VOLUME,
  );
  if (volume !== undefined && !volume.has(['emptyDir'])) return undefined;
  const mount = insert([...container.value.path, 'volumeMounts'], {
    name: SCRATCH_VOLUME,
    mountPath: SCRATCH_PATH,
  });
  const addVolume = insert([...pod.spec.path, 'volumes'], { name: SCRATCH_VOLUME, emptyDir: {} });
  return volume === undefined ? [mount, addVolume] : [mount];
}
