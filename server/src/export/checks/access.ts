import type { Mode } from '../../analysis/pod-security/admission.ts';
import { DISCOVERY_ROLES, EVERYBODY } from '../../rules/access-control/rbac-anonymous-subject.ts';
import { ESCALATIONS, type Escalation } from '../../rules/access-control/rbac-escalation-verbs.ts';
import { DOORS } from '../../rules/access-control/rbac-pod-exec.ts';
import { GENERIC_WORDS } from '../../rules/access-control/shared-identity.ts';
import { celItems, celList, celMatches, celText } from '../cel.ts';
import { type AdmissionCheck, resourceRule } from './check.ts';

const RBAC = 'rbac.authorization.k8s.io';
const ROLES = [resourceRule(RBAC, ['roles', 'clusterroles'])];
const BINDINGS = [resourceRule(RBAC, ['rolebindings', 'clusterrolebindings'])];

/** No rule of the role satisfies something. */
const noRule = (condition: string) => `${celItems('object.rules')}.all(r, !(${condition}))`;
const has = (list: string, ...words: string[]) =>
  `(has(r.${list}) && r.${list}.exists(w, w in ${celList(words)}))`;
const IN_CORE = has('apiGroups', '', '*');
const WORD = `(${[...GENERIC_WORDS].join('|')})`;
/** Nothing but words that fit anybody, before the address of a domain. */
const GENERIC_NAME = `^[-_.0-9]*${WORD}([-_.0-9]+${WORD})*[-_.0-9]*(@.*)?$`;
const SUBJECTS = celItems('object.subjects');

const NAMESPACES = [resourceRule('', ['namespaces'])];
const IS_OF_KUBERNETES = "object.metadata.name.startsWith('kube-')";
const hasLabel = (key: string) =>
  `(has(object.metadata.labels) && ${celText(key)} in object.metadata.labels)`;
const levelLabel = (mode: Mode) => `pod-security.kubernetes.io/${mode}`;
const hasLevel = (mode: Mode) =>
  `(${hasLabel(levelLabel(mode))} && object.metadata.labels[${celText(levelLabel(mode))}] == 'restricted')`;

export const ACCESS_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'rbac-wildcard',
    on: ROLES,
    expression: noRule(
      ['verbs', 'resources', 'apiGroups', 'nonResourceURLs'].map((list) => has(list, '*')).join(' || '),
    ),
  },
  {
    rule: 'rbac-cluster-admin',
    on: BINDINGS,
    expression: `object.roleRef.kind != 'ClusterRole' || (object.roleRef.name != 'cluster-admin' && !(object.kind == 'ClusterRoleBinding' && object.roleRef.name in ['admin', 'edit']) && !${SUBJECTS}.exists(s, s.kind == 'Group' && s.name == 'system:masters')) || (object.metadata.name == 'cluster-admin' && ${SUBJECTS}.exists(s, s.kind == 'Group' && s.name == 'system:masters'))`,
  },
  {
    rule: 'rbac-secrets-access',
    on: ROLES,
    expression: noRule(
      `${IN_CORE} && ${has('resources', 'secrets')} && ${has('verbs', 'get', 'list', 'watch', '*')} && (!has(r.resourceNames) || size(r.resourceNames) == 0 || (${has('resourceNames', '')} && ${has('verbs', 'list', 'watch', '*')}))`,
    ),
  },
  {
    rule: 'rbac-escalation-verbs',
    on: ROLES,
    expression: noRule(ESCALATIONS.map((escalation) => `(${escalates(escalation)})`).join(' || ')),
  },
  {
    rule: 'rbac-pod-exec',
    on: ROLES,
    expression: noRule(
      `${IN_CORE} && (${[...DOORS].map(([resource, verbs]) => `(${resource === 'nodes/proxy' ? "object.kind == 'ClusterRole' && " : ''}${has('resources', resource)} && ${has('verbs', ...verbs)})`).join(' || ')})`,
    ),
  },
  {
    rule: 'rbac-anonymous-subject',
    on: BINDINGS,
    expression: `object.roleRef.name in ${celList(DISCOVERY_ROLES)} || !${SUBJECTS}.exists(s, (s.kind + ' ' + s.name) in ${celList(EVERYBODY.keys())})`,
  },
  {
    rule: 'shared-identity',
    on: BINDINGS,
    expression: `!${SUBJECTS}.exists(s, s.kind == 'User' && ${celMatches('s.name.lowerAscii()', GENERIC_NAME)})`,
    beyond:
      'single Pods and Jobs that share a ServiceAccount with another workload, which cannot be told from those of one application',
  },
  {
    rule: 'default-service-account',
    part: 'bindings',
    on: BINDINGS,
    expression: `!${SUBJECTS}.exists(s, s.kind == 'ServiceAccount' && s.name == 'default')`,
  },
  {
    rule: 'service-account-token-secret',
    on: [resourceRule('', ['secrets'])],
    expression: "!has(object.type) || object.type != 'kubernetes.io/service-account-token'",
  },
  {
    rule: 'default-namespace',
    on: [
      resourceRule('', [
        'pods',
        'replicationcontrollers',
        'services',
        'configmaps',
        'secrets',
        'persistentvolumeclaims',
      ]),
      resourceRule('apps', ['deployments', 'statefulsets', 'daemonsets', 'replicasets']),
      resourceRule('batch', ['jobs', 'cronjobs']),
    ],
    expression:
      "object.metadata.namespace != 'default' || (object.kind == 'ConfigMap' && object.metadata.name in ['kube-root-ca.crt', 'istio-ca-root-cert', 'openshift-service-ca.crt']) || (object.kind == 'Service' && object.metadata.name == 'kubernetes')",
  },
  {
    rule: 'namespace-pod-security',
    on: NAMESPACES,
    expression: `${IS_OF_KUBERNETES} || ${hasLevel('enforce')}`,
  },
  {
    rule: 'namespace-pod-security',
    part: 'reports',
    on: NAMESPACES,
    // Warnings follow "enforce" where no level is named for them.
    expression: `${IS_OF_KUBERNETES} || !${hasLevel('enforce')} || (${hasLevel('audit')} && (${hasLevel('warn')} || !${hasLabel(levelLabel('warn'))}))`,
    isAdvice: true,
  },
];

function escalates({ group, resource, subresource, verbs, isClusterWide }: Escalation): string {
  const names =
    subresource === undefined ? [resource, '*'] : [`${resource}/${subresource}`, `*/${subresource}`, '*'];
  return [
    ...(isClusterWide ? ["object.kind == 'ClusterRole'"] : []),
    // Manifests name several groups for what can be impersonated.
    ...(verbs.includes('impersonate') ? [] : [has('apiGroups', group, '*')]),
    has('resources', ...names),
    has('verbs', ...verbs),
  ].join(' && ');
}

/** Who keeps the roles that Kubernetes brings: the API server itself when it starts, and the controller that adds roles up. */
export const KEEPERS_OF_ROLES = `!(request.userInfo.username in ${celList(['system:apiserver', 'system:serviceaccount:kube-system:clusterrole-aggregation-controller'])})`;

export function isAboutRoles({ on }: AdmissionCheck): boolean {
  return on !== 'workloads' && on.some(({ apiGroups }) => apiGroups.includes(RBAC));
}
