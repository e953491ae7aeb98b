import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'safe parameters',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  securityContext:
    sysctls:
      - name: net.ipv4.ip_unprivileged_port_start
        value: "443"
      - name: net.ipv4.tcp_keepalive_time
        value: "600"
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
`,
    },
    {
      name: 'no list of parameters',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  securityContext: { sysctls: [kernel.msgmax, null, { value: "1" }, { name: 3 }] }
  containers: [{ name: api, securityContext: { sysctls: [{ name: kernel.msgmax }] } }]
`,
    },
  ],
  invalid: [
    {
      name: 'one beside a safe one',
      code: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: records
spec:
  template:
    spec:
      securityContext:
        sysctls:
          - name: «net.core.somaxconn»
            value: "1024"
          - name: net.ipv4.tcp_syncookies
            value: "1"
      containers:
        - name: api
          image: registry.clinic.example/api:1.4.2
`,
      errors: [
        {
          messageId: 'unsafe',
          severity: 'warning',
          message:
            'The kernel parameter "net.core.somaxconn" is not among the safe ones: it can disturb or weaken other pods on the node, those with ePHI included. Remove it.',
        },
      ],
      output: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: records
spec:
  template:
    spec:
      securityContext:
        sysctls:
          - name: net.ipv4.tcp_syncookies
            value: "1"
      containers:
        - name: api
          image: registry.clinic.example/api:1.4.2
`,
    },
    {
      name: 'all of them; the list goes, too',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  securityContext:
    fsGroup: 2000
    sysctls: [{ name: «kernel.shmmax», value: "1" }, { name: «net/ipv4/tcp_syncookies», value: "1" }]
  containers: [{ name: api }]
`,
      errors: [{ messageId: 'unsafe' }, { messageId: 'unsafe' }],
      output: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  securityContext:
    fsGroup: 2000
  containers: [{ name: api }]
`,
    },
  ],
};
