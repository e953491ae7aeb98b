import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'Secrets before the bodies',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: Metadata
    resources:
      - group: ""
        resources: [secrets, configmaps]
      - group: authentication.k8s.io
        resources: [tokenreviews]
  - level: RequestResponse
`,
    },
    {
      name: 'reading at Request has no body',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: Request
    verbs: [get, list, watch]
  - level: Metadata
`,
    },
    {
      name: 'bodies behind a rule for the same Secrets, of deletions, and of other objects by name',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: Metadata
    resources: [{ group: "", resources: [secrets, configmaps] }]
  - level: RequestResponse
    namespaces: [patients]
    resources: [{ group: "", resources: [secrets] }]
  - level: RequestResponse
    verbs: [delete]
  - level: RequestResponse
    resources: [{ group: apps }, { group: "", resources: ["pods/*", "*/status"] }]
  - level: Metadata
`,
    },
  ],
  invalid: [
    {
      name: 'everything with bodies',
      code: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: «RequestResponse»
`,
      errors: [
        {
          messageId: 'bodies',
          message:
            'Level RequestResponse copies the contents of Secrets, ConfigMaps, token reviews into the audit log, where PHI and passwords stay readable. Record these at Metadata.',
        },
      ],
      output: `apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: Metadata
    resources:
      - group: ""
        resources:
          - secrets
          - configmaps
      - group: authentication.k8s.io
        resources:
          - tokenreviews
  - level: RequestResponse
`,
    },
    {
      name: 'Secrets on purpose',
      ...fixed(`apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: «Request→Metadata» # debugging
    verbs: [create, update]
    resources:
    - group: ""
      resources: ["secrets"]
  - level: Metadata
`),
      errors: [{ messageId: 'bodies' }],
    },
    {
      name: 'in a namespace, by name, for somebody, and where lists are answered',
      ...fixed(`apiVersion: audit.k8s.io/v1
kind: Policy
rules:
  - level: «RequestResponse→Metadata»
    users: ["system:serviceaccount:patients:operator"]
    verbs: [list]
    namespaces: [patients]
    resources:
      - group: ""
        resources: [secrets]
        resourceNames: [database]
+  - level: Metadata
+    resources:
+      - group: ""
+        resources:
+          - secrets
+          - configmaps
+      - group: authentication.k8s.io
+        resources:
+          - tokenreviews
  - level: «Request»
    userGroups: [auditors]
    verbs: [patch]
    resources:
      - group: "*"
        resources: [configmaps]
  - level: Metadata
`),
      errors: [{ messageId: 'bodies' }, { messageId: 'bodies' }],
    },
  ],
};
