import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'ALL dropped, NET_BIND_SERVICE added',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
      securityContext:
        capabilities:
          drop:
            - ALL
          add:
            - NET_BIND_SERVICE
`,
    },
    {
      name: 'Windows has no capabilities; wrong types are for the schema to report',
      code: `apiVersion: v1
kind: Pod
metadata: { name: windows }
spec:
  os: { name: windows }
  containers: [{ name: iis }]
---
apiVersion: v1
kind: Pod
metadata: { name: texts }
spec:
  containers:
    - { name: a, securityContext: { capabilities: { drop: ALL } } }
    - { name: b, securityContext: { capabilities: none } }
`,
    },
    {
      name: 'an addition beyond the Baseline list is for another rule',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers: [{ name: a, securityContext: { capabilities: { drop: [ALL], add: [SYS_TIME] } } }]
`,
    },
  ],
  invalid: [
    {
      name: 'nothing dropped',
      code: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: records
spec:
  template:
    spec:
      containers:
        - name: api
          image: registry.clinic.example/api:1.4.2
          «securityContext»:
            runAsUser: 10001
            seccompProfile:
              type: RuntimeDefault
`,
      errors: [
        {
          messageId: 'kept',
          message:
            'Container "api" keeps capabilities of root that its runtime grants by default, which help an intruder to alter ePHI. Set capabilities.drop: [ALL].',
        },
      ],
      output: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: records
spec:
  template:
    spec:
      containers:
        - name: api
          image: registry.clinic.example/api:1.4.2
          securityContext:
            runAsUser: 10001
            capabilities:
              drop:
                - ALL
            seccompProfile:
              type: RuntimeDefault
`,
    },
    {
      name: 'some dropped (names count exactly), and too much added',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  initContainers:
    - name: chown
      securityContext:
        capabilities:
          «drop»: [all, NET_RAW]
          add:
            - «CHOWN» # for the volume
            - NET_BIND_SERVICE
            - FOWNER
  containers:
    - name: api
      securityContext:
        capabilities: { drop: [ALL], add: [«KILL»] }
`,
      errors: [
        { messageId: 'kept' },
        { messageId: 'added', message: /^Init container "chown" adds CHOWN and FOWNER, / },
        { messageId: 'added' },
      ],
      output: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  initContainers:
    - name: chown
      securityContext:
        capabilities:
          drop: [ALL]
          add:
            - NET_BIND_SERVICE
  containers:
    - name: api
      securityContext:
        capabilities: { drop: [ALL] }
`,
    },
  ],
};
