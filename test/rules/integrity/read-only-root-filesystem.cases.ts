import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'true',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
      securityContext:
        readOnlyRootFilesystem: true
`,
    },
    {
      name: 'Windows, and a container for a person who looks for an error',
      code: `apiVersion: v1
kind: Pod
metadata: { name: named }
spec:
  os: { name: windows }
  containers: [{ name: iis }]
---
apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  ephemeralContainers: [{ name: debug }]
`,
    },
  ],
  invalid: [
    {
      name: 'nothing said',
      code: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: records
spec:
  template:
    spec:
      containers:
        - name: «api»
          image: registry.clinic.example/api:1.4.2
`,
      errors: [
        {
          messageId: 'missing',
          severity: 'warning',
          message:
            'Container "api" can change its own programs and files, so an intruder can alter what processes ePHI. Set readOnlyRootFilesystem: true, with an emptyDir where it must write.',
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
            readOnlyRootFilesystem: true
`,
      alternatives: [
        {
          title: 'Set readOnlyRootFilesystem: true and mount an emptyDir at /tmp',
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
            readOnlyRootFilesystem: true
          volumeMounts:
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: tmp
          emptyDir: {}
`,
        },
      ],
    },
    {
      name: 'a second container that can share the volume',
      ...fixed(`apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers:
    - name: proxy
      securityContext: { readOnlyRootFilesystem: «false→true» }
    - name: api
      securityContext: { readOnlyRootFilesystem: true }
      volumeMounts:
        - name: tmp
          mountPath: /tmp
  volumes:
    - name: tmp
      emptyDir: {}
`),
      errors: [{ messageId: 'writable' }],
      alternatives: [
        {
          title: 'Set readOnlyRootFilesystem: true and mount an emptyDir at /tmp',
          output: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers:
    - name: proxy
      securityContext: { readOnlyRootFilesystem: true }
      volumeMounts:
        - name: tmp
          mountPath: /tmp
    - name: api
      securityContext: { readOnlyRootFilesystem: true }
      volumeMounts:
        - name: tmp
          mountPath: /tmp
  volumes:
    - name: tmp
      emptyDir: {}
`,
        },
      ],
    },
    {
      name: 'JSON; the name of the volume is taken by another',
      language: 'json',
      ...fixed(`{
  "apiVersion": "v1",
  "kind": "Pod",
  "metadata": { "name": "records" },
  "spec": {
    "containers": [{ "name": «"api"→"api", "securityContext": { "readOnlyRootFilesystem": true }» }],
    "volumes": [{ "name": "tmp", "persistentVolumeClaim": { "claimName": "records" } }]
  }
}
`),
      errors: [{ messageId: 'missing' }],
      alternatives: [],
    },
  ],
};
