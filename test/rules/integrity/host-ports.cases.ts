import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a port of the container',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
      ports:
        - containerPort: 8443
`,
    },
    {
      name: '0 is none; a text is for the schema to report',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers:
    - { name: api, ports: [{ containerPort: 1, hostPort: 0 }, { hostPort: "80" }, null, 80] }
`,
    },
  ],
  invalid: [
    {
      name: 'a container and an init container',
      code: `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: gateway
spec:
  template:
    spec:
      initContainers:
        - name: warm-up
          ports: [{ containerPort: 80, hostPort: «80» }]
      containers:
        - name: proxy
          ports:
            - name: https
              hostPort: «443»
              containerPort: 8443
`,
      errors: [
        { messageId: 'hostPort' },
        {
          messageId: 'hostPort',
          severity: 'warning',
          message:
            'Container "proxy" opens port 443 of its node, past Services and Ingresses, to whoever reaches the node: ePHI behind it loses their protection. Remove hostPort.',
        },
      ],
      output: `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: gateway
spec:
  template:
    spec:
      initContainers:
        - name: warm-up
          ports: [{ containerPort: 80 }]
      containers:
        - name: proxy
          ports:
            - name: https
              containerPort: 8443
`,
    },
  ],
};
