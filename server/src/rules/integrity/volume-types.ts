import { forbiddenVolumesOf } from '../../analysis/pod-security/volumes.ts';
import { defineRule } from '../rule.ts';

/**
 * A volume of a type that the Restricted standard does not allow. A hostPath is for `host-path-volume` to report.
 *
 * Source: Pod Security Standards, Restricted, "Volume Types".
 */
export const volumeTypes = defineRule({
  id: 'volume-types',
  meta: {
    title: 'Volume type outside the Restricted standard',
    safeguard: 'integrity',
    rationale:
      'A storage system named in the pod itself is reached with whatever the author of the manifest writes there. Only a claim brings in the StorageClass and the PersistentVolume, by which ePHI is encrypted, quotas hold and access is granted.',
    remediation:
      'Describe the storage in a PersistentVolume or StorageClass, and use a persistentVolumeClaim in the pod.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
      nist: ['AC-6', 'CM-7'],
      benchmark: 'Pod Security Standards: Restricted, Volume Types; CIS Kubernetes Benchmark 5.7.3',
      urls: [
        'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
        'https://kubernetes.io/docs/concepts/storage/volumes/',
      ],
    },
    severity: 'warning',
    scope: 'document',
    messages: {
      type: 'Volume "{name}" reaches its storage directly ({type}), past the StorageClass that would see to encryption and access of ePHI. Use a persistentVolumeClaim.',
    },
  },
  pod(pod, { report }) {
    for (const { value, name, type } of forbiddenVolumesOf(pod)) {
      const source = value.get(type);
      if (source === undefined || type === 'hostPath') continue;
      report({ at: source, missing: [], messageId: 'type', data: { name, type } });
    }
  },
});
