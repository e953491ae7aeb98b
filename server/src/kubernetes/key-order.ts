import type { Path } from '../syntax/paths.ts';

/** The order in which people write the keys of an object: the order of the API reference, with what identifies it first. */
const ORDERS: Readonly<Record<string, readonly string[]>> = {
  '': [
    'apiVersion',
    'kind',
    'metadata',
    'type',
    'automountServiceAccountToken',
    'spec',
    'data',
    'stringData',
    'roleRef',
    'subjects',
    'rules',
  ],
  metadata: ['name', 'generateName', 'namespace', 'labels', 'annotations'],
  labels: [
    'pod-security.kubernetes.io/enforce',
    'pod-security.kubernetes.io/enforce-version',
    'pod-security.kubernetes.io/audit',
    'pod-security.kubernetes.io/audit-version',
    'pod-security.kubernetes.io/warn',
    'pod-security.kubernetes.io/warn-version',
  ],
  podSpec: [
    'serviceAccountName',
    'automountServiceAccountToken',
    'hostNetwork',
    'hostPID',
    'hostIPC',
    'hostUsers',
    'imagePullSecrets',
    'securityContext',
    'initContainers',
    'containers',
    'ephemeralContainers',
    'volumes',
  ],
  container: [
    'name',
    'image',
    'imagePullPolicy',
    'command',
    'args',
    'workingDir',
    'ports',
    'envFrom',
    'env',
    'securityContext',
    'resources',
    'volumeMounts',
    'volumeDevices',
    'livenessProbe',
    'readinessProbe',
    'startupProbe',
    'lifecycle',
  ],
  securityContext: [
    'runAsNonRoot',
    'runAsUser',
    'runAsGroup',
    'fsGroup',
    'fsGroupChangePolicy',
    'supplementalGroups',
    'privileged',
    'allowPrivilegeEscalation',
    'readOnlyRootFilesystem',
    'capabilities',
    'appArmorProfile',
    'seccompProfile',
    'seLinuxOptions',
  ],
  capabilities: ['drop', 'add'],
};

const CONTAINER_LISTS = new Set(['containers', 'initContainers', 'ephemeralContainers']);

/** The usual order of keys in the map at a path of a manifest; empty when there is none. */
export function keyOrderAt(path: Path): readonly string[] {
  const last = path.at(-1);
  if (last === undefined) return ORDERS[''] ?? [];
  if (typeof last === 'number')
    return CONTAINER_LISTS.has(String(path.at(-2))) ? (ORDERS.container ?? []) : [];
  if (last === 'spec' && (path.at(-2) === 'template' || path.length === 1)) return ORDERS.podSpec ?? [];
  return Object.hasOwn(ORDERS, last) && last !== 'container' && last !== 'podSpec'
    ? (ORDERS[last] ?? [])
    : [];
}
