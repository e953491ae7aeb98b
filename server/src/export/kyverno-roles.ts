import {
  CLUSTER_SCOPED,
  NAMESPACED_GROUPS,
  NAMESPACED_OF_NETWORKING,
  NAMESPACED_OF_RBAC,
} from '../analysis/rbac/cluster-scoped.ts';
import { LOG_AGENT, LOG_NAMESPACE } from '../analysis/rbac/log-keepers.ts';
import { holds, type KyvernoPolicy, refusal, some } from './kyverno-policy.ts';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
/** The rules of the role that a binding names, with those that the control plane has added. */
const RULES_OF_ROLE = `items[?metadata.name == '{{ request.object.roleRef.name }}'].rules[] || \`[]\``;

const typesOf = (types: Iterable<string>) => `regex_match('^(${[...types].join('|')})(/|$)', @)`;
const KNOWN_GROUPS = ['', ...NAMESPACED_GROUPS];
const listed = (words: readonly string[]) => `\`${JSON.stringify(words)}\``;
const NETWORKING = 'networking.k8s.io';
const OF_RBAC = 'rbac.authorization.k8s.io';

/** A rule of a role that is not about objects of namespaces alone, or may not be. */
const BEYOND_NAMESPACES = [
  'length(nonResourceURLs || `[]`) > `0`',
  some('resources', "regex_match('^[*](/|$)', @)"),
  some('apiGroups', `!contains(${listed([...KNOWN_GROUPS, NETWORKING, OF_RBAC])}, @)`),
  `${some('apiGroups', `contains(${listed(KNOWN_GROUPS)}, @)`)} && ${some('resources', typesOf(CLUSTER_SCOPED))}`,
  `${holds('apiGroups', NETWORKING)} && ${some('resources', `!${typesOf(NAMESPACED_OF_NETWORKING)}`)}`,
  `${holds('apiGroups', OF_RBAC)} && ${some('resources', `!${typesOf(NAMESPACED_OF_RBAC)}`)}`,
].map((condition) => `(${condition})`);

/** A ClusterRoleBinding of people to a role that needs no cluster-wide objects. `view` reads Namespaces as well, but that is not what it is for. */
export const CLUSTER_WIDE_BINDING: KyvernoPolicy = {
  rule: 'rbac-cluster-scope',
  beyond: 'bindings that come before their role: Kyverno reports them',
  spec: (action) => ({
    background: true,
    rules: [
      refusal(action, [], {
        name: 'namespaced',
        kinds: ['ClusterRoleBinding'],
        lookups: [{ name: 'granted', path: `${RBAC}/clusterroles`, take: RULES_OF_ROLE }],
        condition: [
          'length(request.object.subjects || `[]`) > `0`',
          `!(${some('request.object.subjects', "kind != 'User' && kind != 'Group' || starts_with(name, 'system:')")})`,
          `(request.object.roleRef.name == 'view' || length(granted) > \`0\` && !(${some('granted', BEYOND_NAMESPACES.join(' || '))}))`,
        ].join(' && '),
        message:
          'rbac-cluster-scope: this grants people a role that is about objects of namespaces in every namespace, those with ePHI included. Use RoleBindings (45 CFR 164.312(a)(1)).',
      }),
    ],
  }),
};

const WRITING = ['delete', 'deletecollection', 'update', 'patch', 'create', '*'];
const KEEPING_LOGS = ['persistentvolumeclaims', 'configmaps', 'pods', '*'];
const CHANGES_LOGS = [
  holds('verbs', ...WRITING),
  holds('apiGroups', '', '*'),
  holds('resources', ...KEEPING_LOGS),
  'length(resourceNames || `[]`) == `0`',
].join(' && ');
const IS_AGENT = `(kind == 'ServiceAccount' && regex_match('(?i)${LOG_AGENT.source}', name) || kind != 'ServiceAccount' && starts_with(name, 'system:'))`;

/** Somebody other than the log agents who may change what keeps the logs. */
export const LOG_KEEPERS: KyvernoPolicy = {
  rule: 'audit-log-access',
  spec: (action, namespaces) => ({
    background: true,
    rules: [
      refusal(action, namespaces, {
        name: 'agents-alone',
        kinds: ['RoleBinding'],
        lookups: [
          { name: 'shared', path: `${RBAC}/clusterroles`, take: RULES_OF_ROLE },
          {
            name: 'local',
            path: `${RBAC}/namespaces/{{ request.namespace }}/roles`,
            take: RULES_OF_ROLE,
          },
        ],
        condition: [
          `regex_match('${LOG_NAMESPACE.source}', request.namespace)`,
          some('request.object.subjects', `!${IS_AGENT}`),
          `(request.object.roleRef.kind == 'ClusterRole' && ${some('shared', CHANGES_LOGS)} || request.object.roleRef.kind == 'Role' && ${some('local', CHANGES_LOGS)})`,
        ].join(' && '),
        message:
          'audit-log-access: others than the log agents may change what keeps the logs here. Give them read access (45 CFR 164.312(b)).',
      }),
    ],
  }),
};
