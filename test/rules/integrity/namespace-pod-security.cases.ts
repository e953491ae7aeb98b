import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const PHI = { phi: { namespaces: ['ehr-*'], label: undefined } };

export const cases: RuleCases = {
  valid: [
    {
      name: 'restricted in all modes',
      code: `apiVersion: v1
kind: Namespace
metadata:
  name: clinic
  labels:
    pod-security.kubernetes.io/enforce: restricted
    pod-security.kubernetes.io/audit: restricted
    pod-security.kubernetes.io/warn: restricted
`,
    },
    {
      name: 'warnings follow enforce; versions are free',
      code: `apiVersion: v1
kind: Namespace
metadata:
  name: clinic
  labels:
    pod-security.kubernetes.io/enforce: restricted
    pod-security.kubernetes.io/enforce-version: v1.36
    pod-security.kubernetes.io/audit: restricted
`,
    },
    {
      name: 'namespaces of the control plane, without PHI, and of another API',
      settings: PHI,
      code: `apiVersion: v1
kind: Namespace
metadata: { name: kube-system }
---
apiVersion: v1
kind: Namespace
metadata: { name: website }
---
apiVersion: v1
kind: Namespace
metadata: { name: ehr-demo, labels: { kube-safeguards.io/phi: "false" } }
---
apiVersion: capsule.example.com/v1
kind: Namespace
metadata: { name: ehr-tenant }
`,
    },
    {
      name: 'cluster defaults, and an exemption of a namespace without PHI',
      settings: PHI,
      code: `apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
  - name: EventRateLimit
    path: eventconfig.yaml
  - name: PodSecurity
    configuration:
      apiVersion: pod-security.admission.config.k8s.io/v1
      kind: PodSecurityConfiguration
      defaults: { enforce: restricted, audit: restricted, warn: restricted }
      exemptions: { namespaces: [kube-system, storage] }
`,
    },
  ],
  invalid: [
    {
      name: 'no labels',
      code: `apiVersion: v1
kind: Namespace
«metadata»:
  name: clinic
`,
      errors: [
        {
          messageId: 'unenforced',
          severity: 'error',
          message:
            'Namespace "clinic" does not enforce the Restricted standard, so a privileged pod can start there and reach ePHI. Set pod-security.kubernetes.io/enforce: restricted.',
        },
      ],
      output: `apiVersion: v1
kind: Namespace
metadata:
  name: clinic
  labels:
    pod-security.kubernetes.io/enforce: restricted
    pod-security.kubernetes.io/audit: restricted
    pod-security.kubernetes.io/warn: restricted
`,
    },
    {
      name: 'weaker levels, and levels that leave no trace',
      ...fixed(`apiVersion: v1
kind: Namespace
metadata:
  name: clinic
  labels:
    team: ehr
    pod-security.kubernetes.io/enforce: «baseline→restricted» # for now
+    pod-security.kubernetes.io/audit: restricted
    pod-security.kubernetes.io/warn: restricted
---
apiVersion: v1
kind: Namespace
metadata:
  name: images
  «labels»:
    pod-security.kubernetes.io/enforce: restricted
+    pod-security.kubernetes.io/audit: restricted
    pod-security.kubernetes.io/warn: ‹baseline→restricted›
`),
      errors: [
        { messageId: 'unenforced', severity: 'error' },
        { messageId: 'unreported', severity: 'information', message: /\(audit, warn\)/ },
      ],
    },
    {
      name: 'cluster defaults below restricted, and PHI exempted',
      settings: PHI,
      code: `apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
- name: PodSecurity
  configuration:
    apiVersion: pod-security.admission.config.k8s.io/v1
    kind: PodSecurityConfiguration
    defaults:
      enforce: «privileged»
    exemptions:
      namespaces:
      - kube-system
      - «ehr-archive»
`,
      errors: [
        { messageId: 'defaults' },
        { messageId: 'exempted', message: /^Namespace "ehr-archive" holds/ },
      ],
      output: `apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
- name: PodSecurity
  configuration:
    apiVersion: pod-security.admission.config.k8s.io/v1
    kind: PodSecurityConfiguration
    defaults:
      enforce: restricted
      audit: restricted
      warn: restricted
    exemptions:
      namespaces:
      - kube-system
`,
    },
  ],
};
