import { isControlPlanePod } from '../../analysis/control-plane/static-pod.ts';
import { hostPathVolumesOf, isRuntimeSocket } from '../../analysis/pod-security/volumes.ts';
import { remove, set } from '../../syntax/edit/operations.ts';
import { defineRule, type Fix } from '../rule.ts';

/**
 * A volume that is a folder or file of the node. For the socket of a container runtime, `docker-socket-mount` has the fix.
 *
 * Source: Pod Security Standards, Baseline, "HostPath Volumes".
 */
export const hostPathVolume = defineRule({
  id: 'host-path-volume',
  meta: {
    title: "Pod mounts its node's file system",
    safeguard: 'integrity',
    rationale:
      'Through a folder of the node a pod can read the volumes and credentials of other pods, or change what the node runs. ePHI that is written there stays behind, unencrypted and without an owner.',
    remediation:
      'Use an emptyDir for scratch files and a PersistentVolumeClaim with an encrypted class for what must last.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
      nist: ['AC-6', 'SC-39'],
      benchmark: 'Pod Security Standards: Baseline, HostPath Volumes; CIS Kubernetes Benchmark 5.2.12',
      urls: [
        'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
        'https://kubernetes.io/docs/concepts/storage/volumes/#hostpath',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      hostPath:
        'Volume "{name}" is a path of the node ({path}): the pod can reach ePHI that others keep there, and leaves its own behind. Use an emptyDir or a PersistentVolumeClaim.',
    },
  },
  pod(pod, { report }) {
    for (const { name, path, hostPath, value } of hostPathVolumesOf(pod)) {
      const replace: Fix = {
        title: 'Use an emptyDir instead, for scratch files',
        applicability: 'review',
        operations: [remove(hostPath.path), set([...value.path, 'emptyDir'], {})],
      };
      report({
        at: hostPath,
        missing: [],
        messageId: 'hostPath',
        data: { name, path: path ?? 'unnamed' },
        // Control planes read their certificates and settings from the node.
        fixes: isRuntimeSocket(path) || isControlPlanePod(pod) ? [] : [replace],
      });
    }
  },
});
