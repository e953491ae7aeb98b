import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'another user',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  securityContext:
    runAsUser: 10001
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
`,
    },
    {
      name: 'a user namespace of its own, the group 0, and a text',
      code: `apiVersion: v1
kind: Pod
metadata: { name: build }
spec:
  hostUsers: false
  containers: [{ name: buildkit, securityContext: { runAsUser: 0 } }]
---
apiVersion: v1
kind: Pod
metadata: { name: openshift }
spec:
  containers: [{ name: api, securityContext: { runAsGroup: 0, runAsUser: "0" } }]
`,
    },
  ],
  invalid: [
    {
      name: 'a container over a good default',
      code: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: records
spec:
  template:
    spec:
      securityContext:
        runAsUser: 1000
      initContainers:
        - name: chown
          image: registry.clinic.example/tools:3.1.0
          securityContext:
            runAsUser: «0»
      containers:
        - name: api
          image: registry.clinic.example/api:1.4.2
`,
      errors: [
        {
          messageId: 'root',
          message:
            'Init container "chown" runs as root (user 0), which can alter or destroy any ePHI within its reach. Leave the user to the image, or name one other than 0.',
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
        runAsUser: 1000
      initContainers:
        - name: chown
          image: registry.clinic.example/tools:3.1.0
      containers:
        - name: api
          image: registry.clinic.example/api:1.4.2
`,
      alternatives: [
        {
          title: 'Set runAsUser: 10001',
          output: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: records
spec:
  template:
    spec:
      securityContext:
        runAsUser: 1000
      initContainers:
        - name: chown
          image: registry.clinic.example/tools:3.1.0
          securityContext:
            runAsUser: 10001
      containers:
        - name: api
          image: registry.clinic.example/api:1.4.2
`,
        },
      ],
    },
    {
      name: 'the pod and a container, CRLF, an ephemeral container',
      code: `apiVersion: v1\r
kind: Pod\r
metadata: {name: records}\r
spec:\r
  securityContext:\r
    runAsUser: «0»\r
    fsGroup: 2000\r
  containers:\r
  - name: api\r
  ephemeralContainers:\r
  - name: debug\r
    securityContext: {runAsUser: «0x0»}\r
`,
      errors: [
        { messageId: 'root', message: /^The pod runs as root/ },
        { messageId: 'root', message: /^Ephemeral container "debug"/ },
      ],
      output: `apiVersion: v1\r
kind: Pod\r
metadata: {name: records}\r
spec:\r
  securityContext:\r
    fsGroup: 2000\r
  containers:\r
  - name: api\r
  ephemeralContainers:\r
  - name: debug\r
`,
    },
  ],
};
