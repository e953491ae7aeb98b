import { hostPathVolumesOf, isRuntimeSocket, removeVolume } from '../../analysis/pod-security/volumes.ts';
import { defineRule } from '../rule.ts';

/**
 * A volume that is the socket of the node's container runtime.
 *
 * Source: OWASP Docker Security Cheat Sheet, rule 1; Pod Security Standards, Baseline, "HostPath Volumes".
 */
export const dockerSocketMount = defineRule({
  id: 'docker-socket-mount',
  meta: {
    title: 'Pod controls the container runtime of its node',
    safeguard: 'integrity',
    rationale:
      'Whoever can speak to the container runtime can start a privileged container, read any other and stop them all: it is root on the node without a password. Nothing that Kubernetes enforces holds there, nor is it recorded.',
    remediation:
      'Remove the volume. Build images with a rootless builder such as BuildKit or Buildah, and watch containers through the Kubernetes API.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(b)', '164.312(c)(1)'],
      nist: ['AC-6', 'SC-39'],
      benchmark: 'Pod Security Standards: Baseline, HostPath Volumes; CIS Kubernetes Benchmark 5.2.12',
      urls: [
        'https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html',
        'https://kubernetes.io/docs/concepts/storage/volumes/#hostpath',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      socket:
        'Volume "{name}" is the socket of the container runtime ({path}): the pod can take over its node and all ePHI there, unseen by Kubernetes. Remove the volume.',
    },
  },
  pod(pod, { report }) {
    for (const volume of hostPathVolumesOf(pod)) {
      if (!isRuntimeSocket(volume.path)) continue;
      report({
        at: volume.hostPath.get('path') ?? volume.hostPath,
        messageId: 'socket',
        data: { name: volume.name, path: volume.path ?? '' },
        fixes: [
          {
            title: `Remove the volume "${volume.name}" and its mounts`,
            applicability: 'review',
            operations: removeVolume(pod, volume),
          },
        ],
      });
    }
  },
});
