import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'privileged: false',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
      securityContext:
        privileged: false
`,
    },
    {
      name: 'another kind with such a field',
      code: `apiVersion: v1
kind: ConfigMap
metadata: { name: notes }
data: { privileged: "true" }
`,
    },
    {
      name: 'a text is no boolean',
      code: `apiVersion: v1
kind: Pod
spec:
  containers:
    - name: api
      securityContext: { privileged: "true" }
`,
    },
  ],
  invalid: [
    {
      name: 'a container of a Pod',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
      securityContext:
        privileged: «true» # for debugging
`,
      errors: [
        {
          messageId: 'privileged',
          message:
            'Container "api" is privileged: it can reach every process and file of its node, ePHI of other pods included. Set privileged to false.',
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
      securityContext:
        privileged: false # for debugging
`,
    },
    {
      name: 'an init container of a CronJob and one of a second document, CRLF, flow style',
      ...fixed(`apiVersion: batch/v1\r
kind: CronJob\r
metadata: {name: nightly}\r
spec:\r
  jobTemplate:\r
    spec:\r
      template:\r
        spec:\r
          initContainers:\r
          - {name: prepare, securityContext: {privileged: «true→false»}}\r
---\r
apiVersion: v1\r
kind: List\r
items:\r
- apiVersion: apps/v1\r
  kind: Deployment\r
  metadata: {name: web}\r
  spec:\r
    template:\r
      spec:\r
        containers:\r
        - {name: a, securityContext: {privileged: «yes→false»}}`),
      errors: [{ messageId: 'privileged' }, { messageId: 'privileged' }],
    },
    {
      name: 'an aliased security context gets its own copy',
      code: `apiVersion: v1
kind: Pod
x-context: &context
  privileged: true
spec:
  containers:
    - name: api
      securityContext: «*context»
`,
      errors: [{ messageId: 'privileged' }],
      output: `apiVersion: v1
kind: Pod
x-context: &context
  privileged: true
spec:
  containers:
    - name: api
      securityContext:
        privileged: false
`,
    },
    {
      name: 'a container of Knative, which needs no name, and one for a person who looks for an error',
      ...fixed(`apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: portal }
spec:
  template:
    spec:
      containers:
        - image: registry.clinic.example/portal:1.4.2
          securityContext: { privileged: «true→false» }
---
apiVersion: v1
kind: Pod
metadata: { name: portal }
spec:
  ephemeralContainers:
    - name: debugger
      securityContext: { privileged: «true→false» }
`),
      errors: [
        { messageId: 'privileged', message: /^Container without a name is privileged/ },
        { messageId: 'privileged', message: /^Ephemeral container "debugger" is privileged/ },
      ],
    },
  ],
};
