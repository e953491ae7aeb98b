import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const PHI = { phi: { namespaces: ['ehr-*'], label: undefined } };

export const cases: RuleCases = {
  valid: [
    {
      name: 'a webhook that fails closed',
      code: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: image-policy
webhooks:
  - name: images.policy.clinic.example
    failurePolicy: Fail
    rules:
      - apiGroups: [""]
        apiVersions: [v1]
        operations: [CREATE, UPDATE]
        resources: [pods]
`,
    },
    {
      name: 'by default; for the resources of one product; for namespaces without PHI; excepting such',
      settings: PHI,
      code: `apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: several }
webhooks:
  - name: default.clinic.example
    rules: [{ apiGroups: ["*"], resources: ["*"] }]
    namespaceSelector:
      matchExpressions: [{ key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system] }]
  - name: certificates.clinic.example
    failurePolicy: Ignore
    rules: [{ apiGroups: [cert-manager.io], resources: [certificates] }]
  - name: website.clinic.example
    failurePolicy: Ignore
    rules: [{ apiGroups: [apps], resources: [deployments] }]
    namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: website } }
`,
    },
    {
      name: 'policies that enforce, and rules that change resources',
      code: `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: labels }
spec:
  rules:
    - name: check
      validate: { failureAction: Enforce, message: no }
    - name: add
      mutate: { patchStrategicMerge: {} }
---
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: older }
spec:
  validationFailureAction: enforce
  rules: [{ name: check, validate: { message: no } }]
---
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: report }
spec:
  admission: false
  rules: [{ name: check, validate: { message: no } }]
---
apiVersion: constraints.gatekeeper.sh/v1beta1
kind: K8sRequiredLabels
metadata: { name: labels }
spec: { match: {} }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: replicas }
spec: { policyName: replicas, validationActions: [Deny, Audit] }
`,
    },
  ],
  invalid: [
    {
      name: 'a webhook for pods that fails open',
      code: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: image-policy
webhooks:
  - name: images.policy.clinic.example
    failurePolicy: «Ignore»
    rules:
      - apiGroups: [""]
        apiVersions: [v1]
        operations: [CREATE, UPDATE]
        resources: [pods]
`,
      errors: [
        {
          messageId: 'failsOpen',
          severity: 'warning',
          message:
            '"images.policy.clinic.example" lets everything through whenever it cannot be asked, so what it forbids can reach namespaces with ePHI. Set failurePolicy: Fail.',
        },
      ],
      output: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: image-policy
webhooks:
  - name: images.policy.clinic.example
    failurePolicy: Fail
    rules:
      - apiGroups: [""]
        apiVersions: [v1]
        operations: [CREATE, UPDATE]
        resources: [pods]
`,
    },
    {
      name: 'policies of Kyverno that only take notes',
      ...fixed(`apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: older
spec:
  validationFailureAction: «Audit→Enforce»
  rules:
    - name: check
      validate:
        message: Name a team.
---
apiVersion: kyverno.io/v1
kind: Policy
metadata:
  name: newer
  namespace: ehr
spec:
  failurePolicy: «Ignore→Fail»
  rules:
    - name: said
      validate:
        failureAction: «Audit→Enforce»
        message: Name a team.
    - name: unsaid
      «validate»:
        message: Name a team.
+        failureAction: Enforce
`),
      errors: [
        { messageId: 'notesOnly', message: /Set validationFailureAction: Enforce once/ },
        { messageId: 'failsOpen' },
        { messageId: 'notesOnly' },
        { messageId: 'notesOnly', message: /Set failureAction: Enforce once/ },
      ],
    },
    {
      name: 'Gatekeeper, Kubewarden and admission policies',
      ...fixed(`apiVersion: constraints.gatekeeper.sh/v1beta1
kind: K8sRequiredLabels
metadata: { name: labels }
spec: { enforcementAction: «dryrun→deny» }
---
apiVersion: policies.kubewarden.io/v1
kind: ClusterAdmissionPolicy
metadata: { name: labels }
spec: { mode: «monitor→protect» }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: replicas }
spec: { failurePolicy: «Ignore→Fail» }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: replicas }
spec:
  policyName: replicas
  «validationActions»: [‹Warn→Deny›, Audit]
`),
      errors: [
        { messageId: 'notesOnly', message: /Set enforcementAction: deny once/ },
        { messageId: 'notesOnly', message: /Set mode: protect once/ },
        { messageId: 'failsOpen' },
        { messageId: 'notesOnly', message: /Set validationActions: \[Deny\] once/ },
      ],
    },
    {
      name: 'a namespace with PHI left out',
      settings: PHI,
      code: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: image-policy }
webhooks:
  - name: images.policy.clinic.example
    rules: [{ apiGroups: [""], resources: [pods] }]
    namespaceSelector:
      matchExpressions:
        - key: kubernetes.io/metadata.name
          operator: NotIn
          values:
            - kube-system
            - «ehr-archive»
`,
      errors: [
        {
          messageId: 'excluded',
          message: /^"images\.policy\.clinic\.example" does not look at namespace "ehr-archive"/,
        },
      ],
      output: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: image-policy }
webhooks:
  - name: images.policy.clinic.example
    rules: [{ apiGroups: [""], resources: [pods] }]
    namespaceSelector:
      matchExpressions:
        - key: kubernetes.io/metadata.name
          operator: NotIn
          values:
            - kube-system
`,
    },
  ],
};
