import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'true on the pod',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  securityContext:
    runAsNonRoot: true
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
`,
    },
    {
      name: 'true on every container of every type',
      code: `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: records }
spec:
  template:
    spec:
      initContainers: [{ name: migrate, securityContext: { runAsNonRoot: true } }]
      containers: [{ name: api, securityContext: { runAsNonRoot: yes } }]
`,
    },
    {
      name: 'a user namespace of its own',
      code: `apiVersion: v1
kind: Pod
metadata: { name: build }
spec:
  hostUsers: false
  containers: [{ name: buildkit, securityContext: { runAsNonRoot: false } }]
`,
    },
    {
      name: 'no pod yet, and a value of the wrong type, which is for the schema to report',
      code: `apiVersion: apps/v1
kind: Deployment
metadata: { name: records }
spec: { template: }
---
apiVersion: v1
kind: Pod
metadata: { name: texts }
spec:
  securityContext: { runAsNonRoot: "true" }
  containers: [{ name: api }, null, api]
---
apiVersion: v1
kind: Pod
metadata: { name: switch }
spec: { securityContext: true, containers: [{ name: api }] }
`,
    },
  ],
  invalid: [
    {
      name: 'no word on the pod nor on its container',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
«spec»:
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
`,
      errors: [
        {
          messageId: 'missing',
          message:
            'Nothing keeps container "api" from running as root, with full power over the files in the container and over the node after an escape. Set runAsNonRoot: true on the pod.',
        },
      ],
      output: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  securityContext:
    runAsNonRoot: true
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
`,
    },
    {
      name: 'containers without a default are one finding; one that overrides it is another',
      ...fixed(`apiVersion: batch/v1
kind: CronJob
metadata:
  name: nightly
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          «securityContext»:
+            runAsNonRoot: true
            fsGroup: 2000 # the volume's group
          initContainers:
            - name: prepare
          containers:
            - name: export
            - name: upload
              securityContext:
                runAsUser: 10001
                runAsNonRoot: «false→true»
`),
      errors: [
        { messageId: 'missing', message: /^Nothing keeps containers "prepare" and "export" from/ },
        { messageId: 'allowed', message: /^Container "upload" is allowed to run as root/ },
      ],
    },
    {
      name: 'false on the pod, though its container says true',
      ...fixed(`apiVersion: v1
kind: PodTemplate
metadata: { name: records }
template:
  spec:
    securityContext: { runAsNonRoot: «false→true» }
    containers: [{ name: api, securityContext: { runAsNonRoot: true } }]
`),
      errors: [{ messageId: 'allowed', message: /^The pod is allowed to run as root/ }],
    },
    {
      name: 'Knative takes it on containers alone',
      ...fixed(`apiVersion: serving.knative.dev/v1
kind: Service
metadata:
  name: portal
spec:
  template:
    «spec»:
      containers:
        - name: web
          image: registry.clinic.example/web:2.0.1
          ports:
            - containerPort: 8080
+          securityContext:
+            runAsNonRoot: true
`),
      errors: [{ messageId: 'missing' }],
    },
  ],
};
