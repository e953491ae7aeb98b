import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'everything at Metadata',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: Metadata
`,
    },
    {
      name: 'noise of the system is dropped',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: None
    users: [system:kube-proxy]
    verbs: [watch]
    resources:
      - group: ""
        resources: [endpoints, services]
  - level: None
    nonResourceURLs: [/healthz*, /version]
  - level: None
    userGroups: [system:nodes]
    verbs: [get]
  - level: Metadata
`,
    },
    {
      name: 'a None rule behind a catch-all decides nothing',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: Metadata
  - level: None
    resources: [{ group: "", resources: [pods] }]
`,
    },
    {
      name: 'subresources that nobody needs',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: None
    resources: [{ group: "", resources: [pods/log, "*/status"] }]
  - level: Metadata
`,
    },
    {
      name: 'another kind of Policy',
      code: `apiVersion: policies.kyverno.io/v1
kind: Policy
metadata: { name: a }
spec: {}
`,
    },
    {
      name: 'programs of other namespaces, by name',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: None
    users: [system:serviceaccount:monitoring:prometheus, system:apiserver]
  - level: None
    userGroups: [system:nodes, "system:serviceaccounts:kube-system"]
  - level: None
    namespaces: [kube-system]
  - level: Metadata
`,
      settings: { phi: { namespaces: ['patient-*'], label: undefined } },
    },
    {
      name: 'every group of the API',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: Metadata
    resources: [{ group: "*" }]
  - level: Metadata
    nonResourceURLs: ["/*"]
`,
    },
  ],
  invalid: [
    {
      name: 'ServiceAccounts are dropped',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  # controllers are noisy
  - level: «None»
    userGroups: ["system:serviceaccounts"]
  - level: Metadata
`,
      errors: [
        {
          messageId: 'dropped',
          message:
            'Not recorded: creation of Pods in namespace phi by a ServiceAccount and 50 more kinds of events. Rule 1 sets None for system:serviceaccounts. Record it at Metadata with a rule above.',
        },
      ],
      output: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: Metadata
    userGroups:
      - system:serviceaccounts
    resources:
      - group: ""
        resources:
          - pods
          - pods/exec
          - secrets
          - configmaps
      - group: rbac.authorization.k8s.io
        resources:
          - roles
          - rolebindings
          - clusterroles
          - clusterrolebindings
  # controllers are noisy
  - level: None
    userGroups: ["system:serviceaccounts"]
  - level: Metadata
`,
    },
    {
      name: 'deletions of pods are dropped, in a namespace that the configuration names',
      ...fixed(`apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: «None→Metadata»
    verbs: ["delete"]
    namespaces: ["patient-portal"]
    resources:
      - group: ""
        resources: ["pods"]
  - level: Metadata
`),
      settings: { phi: { namespaces: ['patient-portal'], label: undefined } },
      errors: [
        {
          messageId: 'dropped',
          message: /^Not recorded: deletion of Pods in namespace patient-portal by a person and 1 more/,
        },
      ],
    },
    {
      name: 'nothing matches roles',
      ...fixed(`apiVersion: audit.k8s.io/v1
kind: Policy
«rules»:
  - level: Metadata
    resources:
      - group: ""
+  - level: Metadata
`),
      errors: [{ messageId: 'unmatched' }],
    },
    {
      name: 'administrators and a person are dropped by name',
      ...fixed(`apiVersion: audit.k8s.io/v1
kind: Policy
rules:
+  - level: Metadata
+    userGroups:
+      - system:masters
+    resources:
+      - group: ""
+        resources:
+          - pods
+          - pods/exec
+          - secrets
+          - configmaps
+      - group: rbac.authorization.k8s.io
+        resources:
+          - roles
+          - rolebindings
+          - clusterroles
+          - clusterrolebindings
  - level: «None»
    userGroups: [system:masters]
  - level: «None→Metadata»
    users: [system:kube-scheduler, alice]
    verbs: [delete]
    resources:
      - group: ""
        resources: [secrets]
  - level: Metadata
`),
      errors: [
        {
          messageId: 'dropped',
          message: /^Not recorded: creation of Pods in namespace phi by an administrator/,
        },
        {
          messageId: 'dropped',
          message:
            'Not recorded: deletion of Secrets in namespace phi by a person. Rule 2 sets None for system:kube-scheduler, alice. Record it at Metadata with a rule above.',
        },
      ],
    },
    {
      name: 'a namespace that a pattern of the configuration covers, and a program in it',
      ...fixed(`apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: «None→Metadata»
    users: [system:serviceaccount:patient-portal:exporter]
    verbs: [list]
    resources:
      - group: ""
        resources: [configmaps]
  - level: «None→Metadata»
    namespaces: [kube-system, patient-portal]
    verbs: [watch]
    resources:
      - group: ""
        resources: [secrets]
  - level: Metadata
`),
      settings: { phi: { namespaces: ['patient-*'], label: undefined } },
      errors: [
        {
          messageId: 'dropped',
          message: /listing of ConfigMaps in namespace patient-portal by a ServiceAccount\. Rule 1/,
        },
        { messageId: 'dropped', message: /watching of Secrets in namespace patient-portal by a person/ },
      ],
    },
  ],
};
