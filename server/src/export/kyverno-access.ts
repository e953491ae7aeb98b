import type { PlainValue } from '../syntax/edit/operations.ts';
import {
  failureAction,
  holds,
  type KyvernoPolicy,
  NOT_ASKED,
  OF_KUBERNETES,
  selects,
  some,
  WITHOUT_PHI,
} from './kyverno-policy.ts';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const OR_NONE = '|| `[]`';
/** Rules of a role that read Secrets by their names. */
const READING = `[?${holds('resources', 'secrets')} && ${holds('apiGroups', '', '*')} && ${holds('verbs', 'get', 'list', 'watch', '*')} && length(resourceNames ${OR_NONE}) > \`0\`]`;
const readsSecrets = (role: string) => `length((${role} ${OR_NONE})${READING}) > \`0\``;

const KEEPERS = [
  { kind: 'User', name: 'system:apiserver' },
  { kind: 'User', name: 'system:serviceaccount:kube-system:clusterrole-aggregation-controller' },
];
const EXCLUDED = { any: [OF_KUBERNETES, WITHOUT_PHI, { subjects: KEEPERS }] };

/**
 * A role that reads Secrets by their names, and a ClusterRoleBinding that grants it in every namespace: whichever comes second is refused.
 *
 * Source: https://kyverno.io/docs/policy-types/cluster-policy/external-data-sources/#variables-from-kubernetes-api-server-calls
 */
export const READS_NAMED_SECRETS: KyvernoPolicy = {
  rule: 'rbac-secrets-access',
  spec: (action) => {
    const rule = (name: string, kind: string, context: PlainValue[], condition: string): PlainValue => ({
      name,
      match: { any: [{ resources: { kinds: [kind], operations: ['CREATE', 'UPDATE'] } }] },
      exclude: EXCLUDED,
      context,
      preconditions: { all: [{ key: `{{ ${condition} }}`, operator: 'Equals', value: true }] },
      validate: {
        failureAction: failureAction(action),
        message:
          'rbac-secrets-access: a ClusterRoleBinding grants the named Secrets in every namespace. Grant them with a Role in theirs (45 CFR 164.312(a)(1)).',
        deny: {},
      },
    });
    const bound = {
      name: 'bound',
      apiCall: {
        urlPath: `${RBAC}/clusterrolebindings`,
        jmesPath: `items[?roleRef.kind == 'ClusterRole' && length(subjects ${OR_NONE}) > \`0\`].roleRef.name`,
      },
    };
    // The control plane adds the rules of a role to those of the roles that select it.
    const aggregators = {
      name: 'aggregators',
      apiCall: {
        urlPath: `${RBAC}/clusterroles`,
        jmesPath: `items[?${some('aggregationRule.clusterRoleSelectors', selects('@'))}].metadata.name`,
      },
    };
    const readers = {
      name: 'readers',
      apiCall: {
        urlPath: `${RBAC}/clusterroles`,
        jmesPath: `items[?${readsSecrets('rules')}].metadata.name`,
      },
    };
    return {
      background: false,
      rules: [
        rule(
          'role',
          'ClusterRole',
          [bound, aggregators],
          `${readsSecrets('request.object.rules')} && (contains(bound, request.object.metadata.name) || ${some('aggregators', 'contains(`{{ bound }}`, @)')})`,
        ),
        rule(
          'binding',
          'ClusterRoleBinding',
          [readers],
          `length(request.object.subjects ${OR_NONE}) > \`0\` && contains(readers, request.object.roleRef.name)`,
        ),
      ],
    };
  },
};

/** Kinds that people make, by the path of the list and of the pod's template. */
const APPLICATIONS = [
  { kind: 'Deployment', list: 'apps/v1', plural: 'deployments', template: 'spec.template' },
  { kind: 'StatefulSet', list: 'apps/v1', plural: 'statefulsets', template: 'spec.template' },
  { kind: 'DaemonSet', list: 'apps/v1', plural: 'daemonsets', template: 'spec.template' },
  { kind: 'CronJob', list: 'batch/v1', plural: 'cronjobs', template: 'spec.jobTemplate.spec.template' },
];

/** What an application is part of, as the rule has it. */
const serviceIn = (kind: string, template: string, object: string) => {
  const labels = `${object}${template}.metadata.labels`;
  return `${labels}."app.kubernetes.io/name" || ${labels}.app || join(' ', ['${kind}', ${object}metadata.name])`;
};

/**
 * A new application that acts under the ServiceAccount of another one, unless the account is named after it.
 *
 * Source: https://kyverno.io/docs/policy-types/cluster-policy/variables/#nested-variables
 */
export const SHARED_ACCOUNT: KyvernoPolicy = {
  rule: 'shared-identity',
  spec: (action, namespaces) => {
    const context = APPLICATIONS.map(({ kind, list, plural, template }) => ({
      name: plural,
      apiCall: {
        urlPath: `/apis/${list}/namespaces/{{ request.namespace }}/${plural}`,
        jmesPath: `items[].{ account: ${template}.spec.serviceAccountName, service: ${serviceIn(kind, template, '')} }`,
      },
    }));
    const all = `[${APPLICATIONS.map(({ plural }) => plural).join(', ')}][]`;
    return {
      background: false,
      rules: APPLICATIONS.map(({ kind, plural, template }) => {
        const account = `request.object.${template}.spec.serviceAccountName`;
        const service = serviceIn(kind, template, 'request.object.');
        return {
          name: plural,
          match: {
            any: [
              {
                resources: {
                  kinds: [kind],
                  operations: ['CREATE'],
                  ...(namespaces.length > 0 && { namespaces: [...namespaces] }),
                },
              },
            ],
          },
          exclude: { any: NOT_ASKED },
          context,
          preconditions: {
            all: [
              {
                key: `{{ contains(['', 'default', request.object.metadata.name], ${account} || '') }}`,
                operator: 'Equals',
                value: false,
              },
              {
                key: `{{ length(${all} | [?account == '{{ ${account} || '' }}' && service != '{{ ${service} }}']) > \`0\` }}`,
                operator: 'Equals',
                value: true,
              },
            ],
          },
          validate: {
            failureAction: failureAction(action),
            message:
              'shared-identity: another application acts under this ServiceAccount. Give each its own (45 CFR 164.312(a)(2)(i)).',
            deny: {},
          },
        };
      }),
    };
  },
};
