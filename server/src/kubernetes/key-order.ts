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

const POD_SPEC: readonly string[] = [
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
];

const CONTAINER: readonly string[] = [
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
];

/** Of the items of a list, by the name of the list. */
const ITEM_ORDERS: Readonly<Record<string, readonly string[]>> = {
  containers: CONTAINER,
  initContainers: CONTAINER,
  ephemeralContainers: CONTAINER,
  // `value` comes last, so that putting `valueFrom` in its place is two edits that stand apart.
  env: ['name', 'valueFrom', 'value'],
  // Of a `List`.
  items: ORDERS[''] ?? [],
};

/** The usual order of keys in the map at a path of a manifest; empty when there is none. */
export function keyOrderAt(path: Path): readonly string[] {
  const last = path.at(-1);
  if (last === undefined) return ORDERS[''] ?? [];
  if (typeof last === 'number') return orderIn(ITEM_ORDERS, String(path.at(-2)));
  if (last === 'spec' && isPodSpec(path)) return POD_SPEC;
  return orderIn(ORDERS, last);
}

/** Of a pod, alone or in a `List`, or of a workload's template. What else has a spec at these places has none of the keys. */
function isPodSpec(path: Path): boolean {
  return path.at(-2) === 'template' || path.length === 1 || (path.length === 3 && path[0] === 'items');
}

function orderIn(orders: Readonly<Record<string, readonly string[]>>, name: string): readonly string[] {
  return Object.hasOwn(orders, name) ? (orders[name] ?? []) : [];
}
