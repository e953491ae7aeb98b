import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'false on every container',
      code: `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  template:
    spec:
      initContainers:
        - name: prepare
          securityContext:
            allowPrivilegeEscalation: false
      containers:
        - name: agent
          securityContext:
            allowPrivilegeEscalation: false
`,
    },
    {
      name: 'Windows, by its name or by its node selector',
      code: `apiVersion: v1
kind: Pod
metadata: { name: named }
spec:
  os: { name: windows }
  containers: [{ name: iis }]
---
apiVersion: v1
kind: Pod
metadata: { name: selected }
spec:
  nodeSelector: { kubernetes.io/os: windows }
  containers: [{ name: iis }]
`,
    },
  ],
  invalid: [
    {
      name: 'nothing said: the finding stands at the name of the container',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers:
    - name: «api»
      image: registry.clinic.example/api:1.4.2
      ports:
        - containerPort: 8443
      resources:
        limits:
          memory: 256Mi
`,
      errors: [
        {
          messageId: 'missing',
          message:
            'Container "api" lets its processes gain root through set-user-ID programs, since nothing forbids it: an intruder would get full power over the ePHI in it. Set allowPrivilegeEscalation: false.',
        },
      ],
      output: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
      ports:
        - containerPort: 8443
      securityContext:
        allowPrivilegeEscalation: false
      resources:
        limits:
          memory: 256Mi
`,
    },
    {
      name: 'true, and null, which is as good as nothing; a pod has no such default',
      ...fixed(`apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: records }
spec:
  template:
    spec:
      securityContext: { allowPrivilegeEscalation: false }
      containers:
        - name: api
          securityContext: { allowPrivilegeEscalation: «true→false» }
        - name: proxy
          securityContext: { «allowPrivilegeEscalation»: ‹null→false› }
`),
      errors: [{ messageId: 'allowed' }, { messageId: 'missing' }],
    },
    {
      name: 'a privileged container, which the API server would refuse with false',
      ...fixed(`apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers:
    - name: api
      «securityContext»:
        privileged: ‹true→false›
+        allowPrivilegeEscalation: false
`),
      errors: [{ messageId: 'missing' }],
    },
    {
      name: 'beside CAP_SYS_ADMIN the fix waits until that is removed',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers:
    - name: api
      «securityContext»:
        capabilities: { add: [CAP_SYS_ADMIN] }
`,
      errors: [{ messageId: 'missing' }],
      output: undefined,
    },
  ],
};
