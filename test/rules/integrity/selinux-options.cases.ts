import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a type for containers, and a level',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  securityContext:
    seLinuxOptions:
      type: container_t
      level: s0:c123,c456
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
`,
    },
    {
      name: 'empty texts, and another type for containers',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers:
    - { name: a, securityContext: { seLinuxOptions: { type: "", user: "", role: null } } }
    - { name: b, securityContext: { seLinuxOptions: { type: container_engine_t } } }
`,
    },
  ],
  invalid: [
    {
      name: 'a type that lifts confinement',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
      securityContext:
        seLinuxOptions:
          type: «spc_t»
`,
      errors: [
        {
          messageId: 'changed',
          severity: 'warning',
          message:
            'Container "api" runs under an SELinux type that is not for containers, so it may reach files of its node and ePHI of other pods. Remove the type.',
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
`,
    },
    {
      name: 'user and role of the pod',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  securityContext:
    seLinuxOptions:
      user: «system_u»
      role: «system_r»
      level: s0
  containers:
    - name: api
`,
      errors: [
        { messageId: 'changed', message: /^The pod runs under an SELinux user/ },
        { messageId: 'changed' },
      ],
      output: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  securityContext:
    seLinuxOptions:
      level: s0
  containers:
    - name: api
`,
    },
  ],
};
