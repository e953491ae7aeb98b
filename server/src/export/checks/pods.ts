import { BASELINE_CAPABILITIES, RESTRICTED_CAPABILITY } from '../../analysis/pod-security/capabilities.ts';
import { HANDLERS } from '../../analysis/pod-security/handlers.ts';
import { SAFE_SYSCTLS } from '../../analysis/pod-security/sysctls.ts';
import { RUNTIME_SOCKETS } from '../../analysis/pod-security/volumes.ts';
import { CONTAINER_TYPES } from '../../rules/integrity/selinux-options.ts';
import { anyOf, celItems, celList, celMatches, celText, IS_DURATION, WORDS } from '../cel.ts';
import { IS_CONTROL_PLANE_POD } from '../cel-control-plane.ts';
import type { AdmissionCheck, Variable } from './check.ts';

const containersIn = (list: string) => celItems(`variables.podSpec.${list}`);

/** What `variables` are for workloads, in the order in which they build upon each other. */
export const WORKLOAD_VARIABLES: readonly Variable[] = [
  {
    name: 'podSpec',
    expression:
      "object.kind == 'Pod' ? object.spec : object.kind == 'CronJob' ? object.spec.jobTemplate.spec.template.spec : object.spec.template.spec",
  },
  {
    name: 'containers',
    expression: ['containers', 'initContainers', 'ephemeralContainers'].map(containersIn).join(' + '),
  },
  {
    name: 'podMetadata',
    expression:
      "object.kind == 'Pod' ? (has(object.metadata) ? object.metadata : {}) : object.kind == 'CronJob' ? (has(object.spec.jobTemplate.spec.template.metadata) ? object.spec.jobTemplate.spec.template.metadata : {}) : (has(object.spec.template.metadata) ? object.spec.template.metadata : {})",
  },
  {
    name: 'podAnnotations',
    expression: 'has(variables.podMetadata.annotations) ? variables.podMetadata.annotations : {}',
  },
  {
    name: 'images',
    expression:
      'variables.containers.filter(c, has(c.image)).map(c, c.image) + (has(variables.podSpec.volumes) ? variables.podSpec.volumes.filter(v, has(v.image) && has(v.image.reference)).map(v, v.image.reference) : [])',
  },
  {
    name: 'isLinux',
    expression:
      "!(has(variables.podSpec.os) && variables.podSpec.os.name == 'windows') && !(!has(variables.podSpec.os) && has(variables.podSpec.nodeSelector) && 'kubernetes.io/os' in variables.podSpec.nodeSelector && variables.podSpec.nodeSelector['kubernetes.io/os'] == 'windows')",
  },
];

/** What breaks Restricted alone; the rest is for `added-capabilities`. */
const NOT_RESTRICTED = [...BASELINE_CAPABILITIES].filter((name) => name !== RESTRICTED_CAPABILITY);
const CONFINING = celList(['RuntimeDefault', 'Localhost']);

/** Every container satisfies something. */
const each = (condition: string) => `variables.containers.all(c, ${condition})`;
const ofContainer = (field: string) => `has(c.securityContext) && has(c.securityContext.${field})`;
const ofPod = (field: string) =>
  `has(variables.podSpec.securityContext) && has(variables.podSpec.securityContext.${field})`;
const POD = 'variables.podSpec.securityContext';
const VOLUMES = celItems('variables.podSpec.volumes');
const IN_USER_NAMESPACE = '(has(variables.podSpec.hostUsers) && !variables.podSpec.hostUsers)';

/** Sources of volumes that Restricted allows, and those of them that the standard does not count. */
const ALLOWED_SOURCES = [
  ...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim'],
  ...['projected', 'secret'],
];

const notOfContainer = (field: string, bad: string) => `!(${ofContainer(field)} && ${bad})`;

/** The value of a field of seLinuxOptions in any of the places where it can stand is right. */
const seLinux = (field: string, isRight: (value: string) => string) =>
  `(!(${ofPod('seLinuxOptions')} && has(${POD}.seLinuxOptions.${field})) || ${isRight(`${POD}.seLinuxOptions.${field}`)}) && ${each(`!(${ofContainer('seLinuxOptions')} && has(c.securityContext.seLinuxOptions.${field})) || ${isRight(`c.securityContext.seLinuxOptions.${field}`)}`)}`;

const withoutHost = (handler: readonly (string | number)[]) => {
  const parts = handler.map((_, index) => `has(c.${handler.slice(0, index + 1).join('.')})`);
  const path = `c.${handler.join('.')}`;
  return ['httpGet', 'tcpSocket'].map(
    (action) =>
      `!(${[...parts, `has(${path}.${action})`, `has(${path}.${action}.host)`].join(' && ')} && ${path}.${action}.host != '')`,
  );
};

const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/';

const programIs = (pattern: string) =>
  anyOf(
    `(has(c.image) && ${celMatches('c.image', pattern)})`,
    `(size(${WORDS}) > 0 && ${celMatches(`${WORDS}[0]`, pattern)})`,
  );
const COOKIE = '--cookie-expire=';
/** As Go reads a duration, within which an attended screen may stay open. */
const IS_ENDLESS_COOKIE = `w.startsWith('${COOKIE}') && (w == '${COOKIE}0' || (${celMatches('w', IS_DURATION.replace('^', `^${COOKIE}`))} && (duration(w.substring(${COOKIE.length})) > duration('12h') || duration(w.substring(${COOKIE.length})) == duration('0s'))))`;
const NO_ENDLESS_SESSIONS = [
  `!(${programIs('dashboard')} && ${WORDS}.exists(w, w == '--token-ttl=0' || (${celMatches('w', '^--enable-skip-login(=.*)?$')} && w != '--enable-skip-login=false')))`,
  `!(${programIs('oauth2-proxy')} && ${WORDS}.exists(w, ${IS_ENDLESS_COOKIE}))`,
].join(' && ');

export const POD_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'privileged-container',
    on: 'workloads',
    expression: each(`!(${ofContainer('privileged')} && c.securityContext.privileged)`),
  },
  {
    rule: 'privilege-escalation',
    on: 'workloads',
    expression: `!variables.isLinux || ${each(`${ofContainer('allowPrivilegeEscalation')} && !c.securityContext.allowPrivilegeEscalation`)}`,
  },
  {
    rule: 'run-as-non-root',
    on: 'workloads',
    expression: `${IN_USER_NAMESPACE} || ((!(${ofPod('runAsNonRoot')}) || ${POD}.runAsNonRoot) && ${each(`${ofContainer('runAsNonRoot')} ? c.securityContext.runAsNonRoot : (${ofPod('runAsNonRoot')})`)})`,
  },
  {
    rule: 'run-as-user-root',
    on: 'workloads',
    expression: `${IN_USER_NAMESPACE} || (!(${ofPod('runAsUser')} && ${POD}.runAsUser == 0) && ${each(`!(${ofContainer('runAsUser')} && c.securityContext.runAsUser == 0)`)})`,
  },
  {
    rule: 'drop-capabilities',
    on: 'workloads',
    expression: `!variables.isLinux || ${each(`${ofContainer('capabilities')} && has(c.securityContext.capabilities.drop) && c.securityContext.capabilities.drop.exists(d, d == 'ALL') && !${celItems('c.securityContext.capabilities.add')}.exists(a, a in ${celList(NOT_RESTRICTED)})`)}`,
  },
  {
    rule: 'added-capabilities',
    on: 'workloads',
    expression: each(
      `!(${ofContainer('capabilities')} && has(c.securityContext.capabilities.add)) || c.securityContext.capabilities.add.all(a, a in ${celList(BASELINE_CAPABILITIES)})`,
    ),
  },
  {
    rule: 'seccomp-profile',
    on: 'workloads',
    expression: `!variables.isLinux || (${ofPod('seccompProfile')}) || ${each(ofContainer('seccompProfile'))}`,
  },
  {
    rule: 'seccomp-unconfined',
    on: 'workloads',
    expression: `(!(${ofPod('seccompProfile')}) || ${POD}.seccompProfile.type in ${CONFINING}) && ${each(`!(${ofContainer('seccompProfile')}) || c.securityContext.seccompProfile.type in ${CONFINING}`)}`,
  },
  {
    rule: 'host-namespaces',
    on: 'workloads',
    expression: ['hostNetwork', 'hostPID', 'hostIPC']
      .map((field) => `!(has(variables.podSpec.${field}) && variables.podSpec.${field})`)
      .join(' && '),
  },
  {
    rule: 'host-path-volume',
    on: 'workloads',
    expression: `${VOLUMES}.all(v, !has(v.hostPath))`,
  },
  {
    rule: 'host-ports',
    on: 'workloads',
    expression: each('!has(c.ports) || c.ports.all(p, !has(p.hostPort) || p.hostPort == 0)'),
  },
  {
    rule: 'volume-types',
    on: 'workloads',
    expression: `${VOLUMES}.all(v, has(v.hostPath) || size(v) == 1 || ${ALLOWED_SOURCES.map((source) => `has(v.${source})`).join(' || ')})`,
  },
  {
    rule: 'proc-mount',
    on: 'workloads',
    expression: each(`!(${ofContainer('procMount')} && c.securityContext.procMount != 'Default')`),
  },
  {
    rule: 'windows-host-process',
    on: 'workloads',
    expression: `!(${ofPod('windowsOptions')} && has(${POD}.windowsOptions.hostProcess) && ${POD}.windowsOptions.hostProcess) && ${each(`!(${ofContainer('windowsOptions')} && has(c.securityContext.windowsOptions.hostProcess) && c.securityContext.windowsOptions.hostProcess)`)}`,
  },
  {
    rule: 'read-only-root-filesystem',
    on: 'workloads',
    // An ephemeral container is for a person who looks for an error.
    expression: `!variables.isLinux || (${containersIn('containers')} + ${containersIn('initContainers')}).all(c, ${ofContainer('readOnlyRootFilesystem')} && c.securityContext.readOnlyRootFilesystem)`,
  },
  {
    rule: 'share-process-namespace',
    on: 'workloads',
    expression: '!(has(variables.podSpec.shareProcessNamespace) && variables.podSpec.shareProcessNamespace)',
  },
  {
    rule: 'default-service-account',
    on: 'workloads',
    expression: `${IS_CONTROL_PLANE_POD} || ['', 'default'].all(name, name != (has(variables.podSpec.serviceAccountName) ? variables.podSpec.serviceAccountName : has(variables.podSpec.serviceAccount) ? variables.podSpec.serviceAccount : ''))`,
  },
  {
    rule: 'apparmor-profile',
    on: 'workloads',
    expression: `(!(${ofPod('appArmorProfile')}) || ${POD}.appArmorProfile.type in ${CONFINING}) && ${each(`!(${ofContainer('appArmorProfile')}) || c.securityContext.appArmorProfile.type in ${CONFINING}`)} && variables.podAnnotations.all(k, !k.startsWith(${celText(APP_ARMOR)}) || variables.podAnnotations[k] in ['', 'runtime/default'] || variables.podAnnotations[k].startsWith('localhost/'))`,
  },
  {
    rule: 'selinux-options',
    on: 'workloads',
    expression: [
      seLinux('type', (value) => `${value} in ${celList(CONTAINER_TYPES)}`),
      seLinux('user', (value) => `${value} == ''`),
      seLinux('role', (value) => `${value} == ''`),
    ].join(' && '),
  },
  {
    rule: 'unsafe-sysctls',
    on: 'workloads',
    expression: `!(${ofPod('sysctls')}) || ${POD}.sysctls.all(s, s.name in ${celList(SAFE_SYSCTLS)})`,
  },
  {
    rule: 'host-probes',
    on: 'workloads',
    expression: each(HANDLERS.flatMap(withoutHost).join(' && ')),
  },
  {
    rule: 'docker-socket-mount',
    on: 'workloads',
    expression: `${VOLUMES}.all(v, !(has(v.hostPath) && ${celMatches('v.hostPath.path', RUNTIME_SOCKETS.source.replaceAll('\\/', '/'))}))`,
  },
  {
    rule: 'run-as-high-uid',
    on: 'workloads',
    expression: `!variables.isLinux || ((!(${ofPod('runAsUser')}) || ${POD}.runAsUser >= 10000 || ${POD}.runAsUser == 0) && ${each(notOfContainer('runAsUser', 'c.securityContext.runAsUser > 0 && c.securityContext.runAsUser < 10000'))})`,
  },
  {
    rule: 'service-account-token-automount',
    on: 'workloads',
    expression: `!(has(variables.podSpec.automountServiceAccountToken) && variables.podSpec.automountServiceAccountToken) || ${IS_CONTROL_PLANE_POD}`,
  },
  {
    rule: 'secret-env-exposure',
    on: 'workloads',
    expression: each(
      '!(has(c.envFrom) && c.envFrom.exists(e, has(e.secretRef))) && !(has(c.env) && c.env.exists(e, has(e.valueFrom) && has(e.valueFrom.secretKeyRef)))',
    ),
  },
  {
    rule: 'session-timeout-disabled',
    on: 'workloads',
    expression: `${VOLUMES}.all(v, !has(v.projected) || !has(v.projected.sources) || v.projected.sources.all(s, !(has(s.serviceAccountToken) && has(s.serviceAccountToken.expirationSeconds) && s.serviceAccountToken.expirationSeconds > 86400))) && ${each(NO_ENDLESS_SESSIONS)}`,
  },
];
