import { documents } from '../../support/documents.ts';
import {
  account,
  clusterRole,
  clusterRoleBinding,
  coreRule,
  group,
  role,
  roleBinding,
  rule,
  user,
} from '../../support/rbac.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

/** A rule as the fix writes it. */
const secretsRule = (names: readonly string[], verbs: readonly string[]) => `  - apiGroups:
      - ""
    resources:
      - secrets
    resourceNames:
${names.map((name) => `      - ${name}\n`).join('')}    verbs:
${verbs.map((verb) => `      - ${verb}\n`).join('')}`;

const LABEL = 'clinic.example/aggregate-to-support: "true"';

/** @param rules what stands behind `rules:` */
const aggregated = (rules: string) => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: secrets-of-portal
  labels:
    ${LABEL}
rules:${rules}`;

const AGGREGATING = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: support
aggregationRule:
  clusterRoleSelectors:
    - matchLabels:
        ${LABEL}
rules: []
`;

const PATIENT_PORTAL = `apiVersion: v1
kind: Namespace
metadata: { name: patient-portal }
`;
const SUPPORT_FOR_ANA = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: support }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: support }
subjects:
  - { apiGroup: rbac.authorization.k8s.io, kind: User, name: ana }
`;

export const cases: RuleCases = {
  valid: [
    {
      name: 'named Secrets',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: records-reader
  namespace: patient-portal
rules:
  - apiGroups: [""]
    resources: [secrets]
    resourceNames: [portal-database]
    verbs: [get]
`,
    },
    {
      name: 'creating is not reading',
      code: role('patient-portal/records-reader', coreRule('resources: [secrets]', 'verbs: [create]')),
    },
    {
      name: 'secrets of another group',
      code: role(
        'patient-portal/records-reader',
        rule('apiGroups: [secrets.hashicorp.com]', 'resources: [secrets]', 'verbs: [get]'),
      ),
    },
    {
      name: 'a name that a ClusterRole grants in one namespace',
      code: documents(
        clusterRole(
          'support',
          coreRule('resources: [secrets]', 'resourceNames: [portal-database]', 'verbs: [get]'),
        ),
        roleBinding('billing/support', 'ClusterRole/support', group('clinic-devs')),
      ),
    },
    {
      name: 'a name in a ClusterRole that nobody in view holds',
      code: clusterRole(
        'support',
        coreRule('resources: [secrets]', 'resourceNames: [portal-database]', 'verbs: [get]'),
      ),
    },
    {
      name: 'a binding of the whole cluster without subjects',
      code: documents(
        clusterRole(
          'support',
          coreRule('resources: [secrets]', 'resourceNames: [portal-database]', 'verbs: [get]'),
        ),
        clusterRoleBinding('support', 'ClusterRole/support'),
      ),
    },
  ],
  invalid: [
    {
      name: 'reads every Secret of its namespace',
      code: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: records-reader
  namespace: patient-portal
rules:
  - apiGroups: [""]
    resources: [«secrets»]
    verbs: [get, list, watch]
`,
      errors: [
        {
          messageId: 'readsAll',
          message:
            'Whoever holds Role "records-reader" can read every Secret of namespace "patient-portal", the keys to ePHI among them. Name the Secrets in resourceNames and allow get alone.',
        },
      ],
      output: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: records-reader
  namespace: patient-portal
rules:
  - apiGroups: [""]
    resources: [secrets]
    verbs: [get]
    resourceNames:
      - name-of-the-secret
`,
    },
    {
      name: 'other resources of the rule keep their verbs',
      code: clusterRole('support', coreRule('resources: [pods, «secrets», services]', 'verbs: [get, list]')),
      errors: [
        {
          messageId: 'readsAll',
          message: /^Whoever holds ClusterRole "support" can read every Secret wherever it is bound/,
        },
      ],
      output: clusterRole(
        'support',
        coreRule('resources: [pods, services]', 'verbs: [get, list]'),
        secretsRule(['name-of-the-secret'], ['get']),
      ),
    },
    {
      name: 'every Secret of every namespace, and no namespace in view to grant less in',
      code: documents(
        clusterRole('support', coreRule('resources: [«secrets»]', 'verbs: [get, list]')),
        clusterRoleBinding('support', 'ClusterRole/support', group('clinic-devs')),
      ),
      errors: [
        {
          messageId: 'readsAllEverywhere',
          message: /^Group clinic-devs can read every Secret of every namespace/,
        },
      ],
      output: undefined,
    },
    {
      name: 'a ClusterRole bound in one namespace',
      code: documents(
        clusterRole('support', coreRule('resources: [«secrets»]', 'verbs: ["list"]')),
        roleBinding('billing/support', 'ClusterRole/support', group('clinic-devs')),
      ),
      errors: [
        { messageId: 'readsAll', message: /Group clinic-devs can read every Secret of namespace "billing"/ },
      ],
      output: documents(
        clusterRole(
          'support',
          `  - apiGroups: [""]
    resources: [secrets]
    verbs: ["get"]
    resourceNames:
      - name-of-the-secret
`,
        ),
        roleBinding('billing/support', 'ClusterRole/support', group('clinic-devs')),
      ),
    },
    {
      name: 'a name in every namespace, for people: the namespace is to be chosen',
      code: documents(
        clusterRole(
          'support',
          coreRule('resources: [configmaps, «secrets»]', 'resourceNames: [portal-database]', 'verbs: [get]'),
        ),
        clusterRoleBinding('support', 'ClusterRole/support', group('clinic-devs')),
      ),
      errors: [
        {
          messageId: 'readsNamedEverywhere',
          message:
            'Group clinic-devs can read Secret "portal-database" in every namespace, not only in the one that is meant: a ClusterRoleBinding grants the name in all of them. Grant it with a Role in the namespace of the Secret.',
        },
      ],
      output: undefined,
    },
    {
      name: 'a name in every namespace, for a program: all its Secrets move to its own',
      code: documents(
        clusterRole(
          'support',
          coreRule(
            'resources: [«secrets»]',
            'resourceNames: [reports-key, reports-password, ledger]',
            'verbs: [get, update]',
          ),
          coreRule('resources: [nodes, «secrets»]', 'verbs: [get, list]'),
          rule('apiGroups: [apps]', 'resources: [deployments]', 'verbs: [get]'),
        ),
        clusterRoleBinding('support', 'ClusterRole/support', account('billing/reports')),
      ),
      errors: [
        {
          messageId: 'readsNamedEverywhere',
          message:
            /^ServiceAccount billing\/reports can read Secrets "reports-key", "reports-password" and 1 more in every namespace/,
        },
        { messageId: 'readsAllEverywhere' },
      ],
      output: documents(
        clusterRole(
          'support',
          coreRule('resources: [nodes]', 'verbs: [get, list]'),
          rule('apiGroups: [apps]', 'resources: [deployments]', 'verbs: [get]'),
        ),
        role(
          'billing/support-secrets',
          secretsRule(['reports-key', 'reports-password', 'ledger'], ['get', 'update']),
          secretsRule(['name-of-the-secret'], ['get']),
        ),
        roleBinding('billing/support-secrets', 'Role/support-secrets', account('billing/reports')),
        clusterRoleBinding('support', 'ClusterRole/support', account('billing/reports')),
      ),
    },
    {
      name: 'by aggregation into a role that is bound to the whole cluster',
      code: documents(
        aggregated(`
  - apiGroups: [""]
    resources: [«secrets»]
    resourceNames: [portal-database]
    verbs: [get]
`),
        AGGREGATING,
        clusterRoleBinding('support', 'ClusterRole/support', account('billing/reports')),
      ),
      errors: [{ messageId: 'readsNamedEverywhere', message: /^ServiceAccount billing\/reports can read/ }],
      output: documents(
        aggregated(' []\n'),
        role('billing/secrets-of-portal-secrets', secretsRule(['portal-database'], ['get'])),
        roleBinding(
          'billing/secrets-of-portal-secrets',
          'Role/secrets-of-portal-secrets',
          account('billing/reports'),
        ),
        AGGREGATING,
        clusterRoleBinding('support', 'ClusterRole/support', account('billing/reports')),
      ),
    },
    {
      name: 'an empty name is the name of requests for all',
      code: role(
        'patient-portal/records-reader',
        coreRule('resources: [«secrets»]', 'resourceNames: [""]', 'verbs: [list]'),
      ),
      errors: [{ messageId: 'readsAll' }],
      output: role(
        'patient-portal/records-reader',
        coreRule('resources: [secrets]', 'resourceNames: [name-of-the-secret]', 'verbs: [get]'),
      ),
    },
    {
      name: 'who holds the role in one namespace alone keeps it, so nothing is moved',
      code: documents(
        clusterRole(
          'support',
          coreRule('resources: [«secrets»]', 'resourceNames: [portal-database]', 'verbs: [get]'),
        ),
        clusterRoleBinding('support', 'ClusterRole/support', account('billing/reports')),
        roleBinding('billing/support-of-billing', 'ClusterRole/support', group('clinic-devs')),
      ),
      errors: [
        {
          messageId: 'readsNamedEverywhere',
          message: /^ServiceAccount billing\/reports can read Secret "portal-database" in every namespace/,
        },
      ],
      output: undefined,
    },
    {
      name: 'people get it in a namespace that is in view',
      code: documents(
        PATIENT_PORTAL,
        `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: support }
rules:
  - apiGroups: ["*"]
    resources: [«secrets»]
    resourceNames: [portal-database]
    verbs: ["*"]
`,
        SUPPORT_FOR_ANA,
      ),
      errors: [{ messageId: 'readsNamedEverywhere' }],
      output: documents(
        PATIENT_PORTAL,
        `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: support }
rules: []
`,
        role('patient-portal/support-secrets', secretsRule(['portal-database'], ['get'])),
        roleBinding('patient-portal/support-secrets', 'Role/support-secrets', user('ana')),
        SUPPORT_FOR_ANA,
      ),
    },
  ],
};
