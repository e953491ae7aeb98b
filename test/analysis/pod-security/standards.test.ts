import { describe, expect, it } from 'vitest';
import { ruleOf } from '../../../server/src/rules/index.ts';
import type { Rule } from '../../../server/src/rules/rule.ts';
import { checkText } from '../../support/check-text.ts';

/**
 * The Pod Security Standards, control by control, over pods that pass Restricted but for one change. Semantics: Kubernetes 1.37.
 *
 * Source: https://kubernetes.io/docs/concepts/security/pod-security-standards/.
 */

const BASELINE = [
  'windows-host-process',
  'host-namespaces',
  'privileged-container',
  'added-capabilities',
  'host-path-volume',
  'host-ports',
  'host-probes',
  'apparmor-profile',
  'selinux-options',
  'proc-mount',
  'seccomp-unconfined',
  'unsafe-sysctls',
];
const RESTRICTED = [
  ...BASELINE,
  'volume-types',
  'privilege-escalation',
  'run-as-non-root',
  'run-as-user-root',
  'seccomp-profile',
  'drop-capabilities',
];

const rulesNamed = (ids: readonly string[]): Rule[] =>
  ids.map((id) => {
    const rule = ruleOf(id);
    if (rule === undefined) throw new Error(`no rule ${id}`);
    return rule;
  });
const baselineRules = rulesNamed(BASELINE);
const restrictedRules = rulesNamed(RESTRICTED);

// Manifests as data, whose shape the tests break at will.
// biome-ignore lint/suspicious/noExplicitAny: a manifest may hold anything
type Data = any;
type Change = (pod: Data) => void;
const LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

function container(name: string): Data {
  return {
    name,
    image: 'registry.clinic.example/api:1.4.2',
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  };
}

function restrictedPod(): Data {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'records' },
    spec: {
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      initContainers: [container('initContainers')],
      containers: [container('containers')],
      ephemeralContainers: [container('ephemeralContainers')],
    },
  };
}

function broken(change: Change, rules: readonly Rule[] = restrictedRules): string[] {
  const pod = restrictedPod();
  change(pod);
  const findings = checkText(JSON.stringify(pod, undefined, 2), { rules });
  return [...new Set(findings.map(({ finding }) => finding.rule))].sort();
}

/** A change of the pod's own security context. */
const onPod =
  (fields: Data): Change =>
  ({ spec }) =>
    Object.assign(spec.securityContext, fields);

/** A change of the one container of a list. */
const onContainer =
  (list: string, fields: Data): Change =>
  ({ spec }) =>
    Object.assign(spec[list][0], fields);

const onContext =
  (list: string, fields: Data): Change =>
  ({ spec }) =>
    Object.assign(spec[list][0].securityContext, fields);

const onSpec =
  (fields: Data): Change =>
  ({ spec }) =>
    Object.assign(spec, fields);

const all =
  (...changes: readonly Change[]): Change =>
  (pod) => {
    for (const change of changes) change(pod);
  };

describe('a pod that passes Restricted', () => {
  it('breaks nothing', () => expect(broken(() => undefined)).toEqual([]));

  const allowed: readonly (readonly [string, Change])[] = [
    ['null fields', onPod({ runAsUser: null, sysctls: null, windowsOptions: null, seLinuxOptions: null })],
    ['a user', all(onPod({ runAsUser: 1000 }), onContext('containers', { runAsUser: 1001 }))],
    ['a local seccomp profile', onPod({ seccompProfile: { type: 'Localhost', localhostProfile: 'a.json' } })],
    ['AppArmor', onPod({ appArmorProfile: { type: 'RuntimeDefault' } })],
    ['SELinux', onPod({ seLinuxOptions: { type: 'container_kvm_t', level: 's0', user: '', role: '' } })],
    ['masked /proc', onContext('containers', { procMount: 'Default' })],
    ['not privileged', onContext('initContainers', { privileged: false })],
    ['namespaces of its own', onSpec({ hostNetwork: false, hostPID: false, hostIPC: false })],
    ['ports', onContainer('containers', { ports: [{ containerPort: 80, hostPort: 0 }] })],
    ['probes', onContainer('containers', { livenessProbe: { httpGet: { port: 80, host: '' } } })],
    [
      'safe sysctls',
      onPod({
        sysctls: [
          'kernel.shm_rmid_forced',
          'net.ipv4.ip_local_port_range',
          'net.ipv4.tcp_syncookies',
          'net.ipv4.ping_group_range',
          'net.ipv4.ip_unprivileged_port_start',
          'net.ipv4.ip_local_reserved_ports',
          'net.ipv4.tcp_keepalive_time',
          'net.ipv4.tcp_fin_timeout',
          'net.ipv4.tcp_keepalive_intvl',
          'net.ipv4.tcp_keepalive_probes',
          'net.ipv4.tcp_rmem',
          'net.ipv4.tcp_wmem',
          'net.ipv4.tcp_slow_start_after_idle',
          'net.ipv4.tcp_notsent_lowat',
        ].map((name) => ({ name, value: '1' })),
      }),
    ],
    [
      'volumes of every allowed type',
      onSpec({
        volumes: [
          ...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image'],
          ...['persistentVolumeClaim', 'projected', 'secret'],
        ].map((type) => ({ name: type.toLowerCase(), [type]: {} })),
      }),
    ],
    ['a volume without a source', onSpec({ volumes: [{ name: 'scratch' }] })],
    [
      'runAsNonRoot on every container instead of the pod',
      all(
        onPod({ runAsNonRoot: undefined }),
        ...LISTS.map((list) => onContext(list, { runAsNonRoot: true })),
      ),
    ],
    [
      'a seccomp profile on every container instead of the pod',
      all(
        onPod({ seccompProfile: undefined }),
        ...LISTS.map((list) => onContext(list, { seccompProfile: { type: 'RuntimeDefault' } })),
      ),
    ],
    [
      'root in a user namespace',
      all(onSpec({ hostUsers: false }), onPod({ runAsNonRoot: false, runAsUser: 0 })),
    ],
    [
      'the annotations of AppArmor',
      (pod) => {
        pod.metadata.annotations = {
          'container.apparmor.security.beta.kubernetes.io/containers': 'runtime/default',
          'container.apparmor.security.beta.kubernetes.io/initContainers': 'localhost/a',
        };
      },
    ],
    [
      'a Windows pod with nothing that Linux alone has',
      ({ spec }) => {
        spec.os = { name: 'windows' };
        spec.securityContext = { runAsNonRoot: true };
        for (const list of LISTS) delete spec[list][0].securityContext;
      },
    ],
  ];
  it.each(allowed)('may have %s', (_, change) => expect(broken(change)).toEqual([]));
  for (const list of LISTS) {
    it(`may add NET_BIND_SERVICE to ${list}`, () => {
      const change = onContext(list, { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } });
      expect(broken(change)).toEqual([]);
    });
  }
});

describe.each([...LISTS])('each of %s', (list) => {
  const host = '127.0.0.1';
  const forbidden: readonly (readonly [string, string, Change])[] = [
    ['privileged-container', 'privileged', onContext(list, { privileged: true })],
    ['privilege-escalation', 'set', onContext(list, { allowPrivilegeEscalation: true })],
    ['privilege-escalation', 'not unset', onContext(list, { allowPrivilegeEscalation: undefined })],
    ['drop-capabilities', 'nothing dropped', onContext(list, { capabilities: {} })],
    ['drop-capabilities', 'no capabilities said', onContext(list, { capabilities: undefined })],
    ['drop-capabilities', 'some dropped', onContext(list, { capabilities: { drop: ['NET_RAW', 'all'] } })],
    [
      'drop-capabilities',
      'one of Baseline',
      onContext(list, { capabilities: { drop: ['ALL'], add: ['CHOWN'] } }),
    ],
    ['added-capabilities', 'NET_RAW', onContext(list, { capabilities: { drop: ['ALL'], add: ['NET_RAW'] } })],
    [
      'added-capabilities',
      'a prefix',
      onContext(list, { capabilities: { drop: ['ALL'], add: ['CAP_CHOWN'] } }),
    ],
    ['run-as-non-root', 'may be root', onContext(list, { runAsNonRoot: false })],
    ['run-as-user-root', 'is root', onContext(list, { runAsUser: 0 })],
    ['seccomp-unconfined', 'unconfined', onContext(list, { seccompProfile: { type: 'Unconfined' } })],
    ['apparmor-profile', 'unconfined', onContext(list, { appArmorProfile: { type: 'Unconfined' } })],
    ['selinux-options', 'type', onContext(list, { seLinuxOptions: { type: 'spc_t' } })],
    ['selinux-options', 'user', onContext(list, { seLinuxOptions: { user: 'a' } })],
    ['selinux-options', 'role', onContext(list, { seLinuxOptions: { role: 'a' } })],
    ['proc-mount', 'unmasked', onContext(list, { procMount: 'Unmasked' })],
    ['windows-host-process', 'on the node', onContext(list, { windowsOptions: { hostProcess: true } })],
    ['host-ports', 'a port', onContainer(list, { ports: [{ containerPort: 80, hostPort: 80 }] })],
    ['host-probes', 'liveness', onContainer(list, { livenessProbe: { httpGet: { port: 80, host } } })],
    ['host-probes', 'readiness', onContainer(list, { readinessProbe: { tcpSocket: { port: 80, host } } })],
    ['host-probes', 'startup', onContainer(list, { startupProbe: { httpGet: { port: 80, host } } })],
    [
      'host-probes',
      'postStart',
      onContainer(list, { lifecycle: { postStart: { httpGet: { port: 80, host } } } }),
    ],
    [
      'host-probes',
      'preStop',
      onContainer(list, { lifecycle: { preStop: { tcpSocket: { port: 80, host } } } }),
    ],
    [
      'run-as-non-root',
      'left out by the others',
      all(
        onPod({ runAsNonRoot: undefined }),
        ...LISTS.filter((other) => other !== list).map((other) => onContext(other, { runAsNonRoot: true })),
      ),
    ],
    [
      'seccomp-profile',
      'left out by the others',
      all(
        onPod({ seccompProfile: undefined }),
        ...LISTS.filter((other) => other !== list).map((other) =>
          onContext(other, { seccompProfile: { type: 'Localhost', localhostProfile: 'a.json' } }),
        ),
      ),
    ],
  ];
  it.each(forbidden)('%s: %s', (rule, _, change) => {
    expect(broken(change)).toEqual([rule]);
    expect(broken(change, baselineRules)).toEqual(BASELINE.includes(rule) ? [rule] : []);
  });
});

describe('the pod', () => {
  const forbidden: readonly (readonly [string, string, Change])[] = [
    ['host-namespaces', 'network', onSpec({ hostNetwork: true })],
    ['host-namespaces', 'processes', onSpec({ hostPID: true })],
    ['host-namespaces', 'memory', onSpec({ hostIPC: true })],
    ['run-as-non-root', 'may be root', onPod({ runAsNonRoot: false })],
    ['run-as-non-root', 'says nothing', onPod({ runAsNonRoot: undefined })],
    [
      'run-as-non-root',
      'may be root though no container may',
      all(onPod({ runAsNonRoot: false }), ...LISTS.map((list) => onContext(list, { runAsNonRoot: true }))),
    ],
    ['run-as-user-root', 'is root', onPod({ runAsUser: 0 })],
    ['seccomp-unconfined', 'unconfined', onPod({ seccompProfile: { type: 'Unconfined' } })],
    ['seccomp-profile', 'says nothing', onPod({ seccompProfile: undefined })],
    ['apparmor-profile', 'unconfined', onPod({ appArmorProfile: { type: 'Unconfined' } })],
    ['selinux-options', 'type', onPod({ seLinuxOptions: { type: 'unconfined_t' } })],
    ['windows-host-process', 'on the node', onPod({ windowsOptions: { hostProcess: true } })],
    ['unsafe-sysctls', 'one', onPod({ sysctls: [{ name: 'kernel.msgmax', value: '1' }] })],
    ['host-path-volume', 'a path', onSpec({ volumes: [{ name: 'a', hostPath: { path: '/a' } }] })],
    [
      'proc-mount',
      'in a user namespace',
      all(onSpec({ hostUsers: false }), onContext('containers', { procMount: 'Unmasked' })),
    ],
    [
      'apparmor-profile',
      'by an annotation, of a container that is not there',
      (pod) => {
        pod.metadata.annotations = { 'container.apparmor.security.beta.kubernetes.io/gone': 'unconfined' };
      },
    ],
    [
      'run-as-non-root',
      'on Windows',
      all(onSpec({ os: { name: 'windows' } }), onPod({ runAsNonRoot: undefined })),
    ],
    ...[
      ...[
        'gcePersistentDisk',
        'awsElasticBlockStore',
        'gitRepo',
        'nfs',
        'iscsi',
        'glusterfs',
        'rbd',
        'flexVolume',
      ],
      ...['cinder', 'cephfs', 'flocker', 'fc', 'azureFile', 'azureDisk', 'vsphereVolume', 'quobyte'],
      ...['portworxVolume', 'photonPersistentDisk', 'scaleIO', 'storageos'],
    ].map((type) => ['volume-types', type, onSpec({ volumes: [{ name: 'a', [type]: {} }] })] as const),
  ];
  it.each(forbidden)('%s: %s', (rule, _, change) => {
    expect(broken(change)).toEqual([rule]);
    expect(broken(change, baselineRules)).toEqual(BASELINE.includes(rule) ? [rule] : []);
  });
});
