import { BASELINE_CAPABILITIES } from '../analysis/pod-security/capabilities.ts';

/** Which requests a policy is asked about. */
export interface ResourceRule {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly resources: readonly string[];
}

/** What the API server can ask of an object before it lets it in, for one rule. */
export interface AdmissionCheck {
  readonly rule: string;
  /** `workloads`: pods, and the templates of everything built in that makes pods. */
  readonly on: 'workloads' | readonly ResourceRule[];
  /**
   * CEL that is true for what may come in. On workloads it may use `variables.podSpec`, `variables.containers` (of all kinds) and
   * `variables.isLinux`.
   */
  readonly expression: string;
}

export const WORKLOADS: readonly ResourceRule[] = [
  {
    apiGroups: [''],
    apiVersions: ['v1'],
    resources: ['pods', 'pods/ephemeralcontainers', 'replicationcontrollers'],
  },
  {
    apiGroups: ['apps'],
    apiVersions: ['v1'],
    resources: ['deployments', 'statefulsets', 'daemonsets', 'replicasets'],
  },
  { apiGroups: ['batch'], apiVersions: ['v1'], resources: ['jobs', 'cronjobs'] },
];

const SERVICES: readonly ResourceRule[] = [{ apiGroups: [''], apiVersions: ['v1'], resources: ['services'] }];
const ROLES: readonly ResourceRule[] = [
  { apiGroups: ['rbac.authorization.k8s.io'], apiVersions: ['v1'], resources: ['roles', 'clusterroles'] },
];
const NAMESPACES: readonly ResourceRule[] = [
  { apiGroups: [''], apiVersions: ['v1'], resources: ['namespaces'] },
];

const containersIn = (list: string) => `(has(variables.podSpec.${list}) ? variables.podSpec.${list} : [])`;

/** What `variables` are for workloads, in the order in which they build upon each other. */
export const WORKLOAD_VARIABLES: readonly { readonly name: string; readonly expression: string }[] = [
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
    name: 'isLinux',
    expression:
      "!(has(variables.podSpec.os) && variables.podSpec.os.name == 'windows') && !(!has(variables.podSpec.os) && has(variables.podSpec.nodeSelector) && 'kubernetes.io/os' in variables.podSpec.nodeSelector && variables.podSpec.nodeSelector['kubernetes.io/os'] == 'windows')",
  },
];

const listOf = (texts: Iterable<string>) => `[${[...texts].map((text) => `'${text}'`).join(', ')}]`;
const CONFINING = listOf(['RuntimeDefault', 'Localhost']);

/** Every container satisfies something. */
const each = (condition: string) => `variables.containers.all(c, ${condition})`;
const ofContainer = (field: string) => `has(c.securityContext) && has(c.securityContext.${field})`;
const ofPod = (field: string) =>
  `has(variables.podSpec.securityContext) && has(variables.podSpec.securityContext.${field})`;
const POD = 'variables.podSpec.securityContext';
const VOLUMES = '(has(variables.podSpec.volumes) ? variables.podSpec.volumes : [])';
const IN_USER_NAMESPACE = '(has(variables.podSpec.hostUsers) && !variables.podSpec.hostUsers)';

/** Sources of volumes that Restricted allows, and those of them that the standard does not count. */
const ALLOWED_SOURCES = [
  ...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim'],
  ...['projected', 'secret'],
];

/** The rules that hang on one object alone, as the API server can check it. */
export const ADMISSION_CHECKS: readonly AdmissionCheck[] = [
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
    expression: `!variables.isLinux || ${each(`${ofContainer('capabilities')} && has(c.securityContext.capabilities.drop) && c.securityContext.capabilities.drop.exists(d, d == 'ALL')`)}`,
  },
  {
    rule: 'added-capabilities',
    on: 'workloads',
    expression: each(
      `!(${ofContainer('capabilities')} && has(c.securityContext.capabilities.add)) || c.securityContext.capabilities.add.all(a, a in ${listOf(BASELINE_CAPABILITIES)})`,
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
    expression:
      "['', 'default'].all(name, name != (has(variables.podSpec.serviceAccountName) ? variables.podSpec.serviceAccountName : has(variables.podSpec.serviceAccount) ? variables.podSpec.serviceAccount : ''))",
  },
  {
    rule: 'service-node-port',
    on: SERVICES,
    expression: "!has(object.spec.type) || object.spec.type != 'NodePort'",
  },
  {
    rule: 'service-external-ips',
    on: SERVICES,
    expression: '!has(object.spec.externalIPs) || size(object.spec.externalIPs) == 0',
  },
  {
    rule: 'rbac-wildcard',
    on: ROLES,
    expression:
      "!has(object.rules) || object.rules.all(r, !(has(r.verbs) && r.verbs.exists(v, v == '*')) && !(has(r.resources) && r.resources.exists(v, v == '*')) && !(has(r.apiGroups) && r.apiGroups.exists(v, v == '*')))",
  },
  {
    rule: 'namespace-pod-security',
    on: NAMESPACES,
    expression:
      "object.metadata.name.startsWith('kube-') || (has(object.metadata.labels) && 'pod-security.kubernetes.io/enforce' in object.metadata.labels && object.metadata.labels['pod-security.kubernetes.io/enforce'] == 'restricted')",
  },
];
