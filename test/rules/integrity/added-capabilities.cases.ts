import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'capabilities that runtimes grant by themselves',
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
          add: [CHOWN, NET_BIND_SERVICE]
`,
    },
    {
      name: 'no list of names',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers: [{ name: a, securityContext: { capabilities: { add: SYS_ADMIN } } }]
  initContainers: [{ name: b, securityContext: { capabilities: { add: [null, 12, {}] } } }]
`,
    },
  ],
  invalid: [
    {
      name: 'several, of which one may stay',
      code: `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  template:
    spec:
      containers:
        - name: agent
          image: registry.clinic.example/agent:1.4.2
          securityContext:
            capabilities:
              add:
                - «SYS_ADMIN»
                - CHOWN
                - NET_RAW
`,
      errors: [
        {
          messageId: 'added',
          message:
            'Container "agent" adds SYS_ADMIN and NET_RAW, beyond what any runtime grants by itself: whoever takes it over can reach other pods and their ePHI. Remove it.',
        },
      ],
      output: `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  template:
    spec:
      containers:
        - name: agent
          image: registry.clinic.example/agent:1.4.2
          securityContext:
            capabilities:
              add:
                - CHOWN
`,
    },
    {
      name: 'names that the kernel does not know; nothing else in the context',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers:
    - name: a
      securityContext:
        capabilities:
          add: [«CAP_CHOWN», chown]
    - name: b
      securityContext: { privileged: false, capabilities: { add: [«ALL»] } }
`,
      errors: [{ messageId: 'added' }, { messageId: 'added' }],
      output: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers:
    - name: a
    - name: b
      securityContext: { privileged: false }
`,
    },
  ],
};
