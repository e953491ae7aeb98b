import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'the profile of the runtime',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  securityContext:
    seccompProfile:
      type: RuntimeDefault
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
`,
    },
    {
      name: 'an annotation that a field overrules, one that confines, one for no container, one of the workload',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: overruled
  annotations:
    seccomp.security.alpha.kubernetes.io/pod: unconfined
    container.seccomp.security.alpha.kubernetes.io/api: unconfined
spec:
  securityContext: { seccompProfile: { type: RuntimeDefault } }
  containers: [{ name: api }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: records, annotations: { seccomp.security.alpha.kubernetes.io/pod: unconfined } }
spec:
  template:
    metadata:
      annotations:
        seccomp.security.alpha.kubernetes.io/pod: runtime/default
        container.seccomp.security.alpha.kubernetes.io/gone: unconfined
    spec: { containers: [{ name: api }] }
`,
    },
  ],
  invalid: [
    {
      name: 'a container over a good default',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  securityContext:
    seccompProfile:
      type: RuntimeDefault
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
      securityContext:
        seccompProfile:
          type: «Unconfined»
`,
      errors: [
        {
          messageId: 'unconfined',
          message:
            'Container "api" may make every system call, the usual way out of a container and to the ePHI of others. Set the seccomp profile RuntimeDefault.',
        },
      ],
      output: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  securityContext:
    seccompProfile:
      type: RuntimeDefault
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
      securityContext:
        seccompProfile:
          type: RuntimeDefault
`,
    },
    {
      name: 'on the pod, in a type of no meaning',
      ...fixed(`apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  securityContext: { seccompProfile: { type: «"runtime/default"→"RuntimeDefault"» } }
  containers: [{ name: api }]
`),
      errors: [{ messageId: 'unconfined', message: /^The pod may make/ }],
    },
    {
      name: 'annotations that nothing obeys any more',
      code: `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: records
spec:
  template:
    metadata:
      annotations:
        container.seccomp.security.alpha.kubernetes.io/api: «unconfined»
    spec:
      containers:
        - name: api
---
apiVersion: v1
kind: Pod
metadata:
  name: worker
  annotations:
    team: ehr
    seccomp.security.alpha.kubernetes.io/pod: «unconfined»
spec:
  containers:
    - name: worker
`,
      errors: [
        { messageId: 'annotation', message: /^Container "api" asks for no seccomp profile/ },
        { messageId: 'annotation', message: /^The pod asks for/ },
      ],
      output: `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: records
spec:
  template:
    spec:
      securityContext:
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: api
---
apiVersion: v1
kind: Pod
metadata:
  name: worker
  annotations:
    team: ehr
spec:
  securityContext:
    seccompProfile:
      type: RuntimeDefault
  containers:
    - name: worker
`,
    },
  ],
};
