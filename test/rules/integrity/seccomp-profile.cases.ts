import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'the profile of the runtime on the pod',
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
      name: 'profiles of their own; Windows; one that confines nothing is for another rule',
      code: `apiVersion: v1
kind: Pod
metadata: { name: own }
spec:
  initContainers: [{ name: a, securityContext: { seccompProfile: { type: Localhost, localhostProfile: a.json } } }]
  containers: [{ name: b, securityContext: { seccompProfile: { type: Unconfined } } }]
---
apiVersion: v1
kind: Pod
metadata: { name: windows }
spec: { os: { name: windows }, containers: [{ name: iis }] }
`,
    },
  ],
  invalid: [
    {
      name: 'two of three containers',
      code: `apiVersion: batch/v1
kind: Job
metadata:
  name: export
spec:
  template:
    «spec»:
      restartPolicy: Never
      initContainers:
        - name: prepare
      containers:
        - name: export
        - name: upload
          securityContext:
            seccompProfile:
              type: RuntimeDefault
`,
      errors: [
        {
          messageId: 'missing',
          severity: 'warning',
          message:
            'Nothing limits the system calls of containers "prepare" and "export", the usual way out of a container and to the ePHI of others. Set seccompProfile.type: RuntimeDefault on the pod.',
        },
      ],
      output: `apiVersion: batch/v1
kind: Job
metadata:
  name: export
spec:
  template:
    spec:
      restartPolicy: Never
      securityContext:
        seccompProfile:
          type: RuntimeDefault
      initContainers:
        - name: prepare
      containers:
        - name: export
        - name: upload
          securityContext:
            seccompProfile:
              type: RuntimeDefault
`,
    },
    {
      name: 'an empty context and an empty profile; flow style in JSON',
      language: 'json',
      code: `{"apiVersion":"v1","kind":"List","items":[
  {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{«"securityContext"»:{},"containers":[{"name":"api"}]}},
  {"apiVersion":"v1","kind":"Pod","metadata":{"name":"b"},"spec":{"securityContext":{«"seccompProfile"»:{}},"containers":[{"name":"api"}]}}
]}
`,
      errors: [{ messageId: 'missing' }, { messageId: 'missing' }],
      output: `{"apiVersion":"v1","kind":"List","items":[
  {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"securityContext":{"seccompProfile":{"type":"RuntimeDefault"}},"containers":[{"name":"api"}]}},
  {"apiVersion":"v1","kind":"Pod","metadata":{"name":"b"},"spec":{"securityContext":{"seccompProfile":{"type":"RuntimeDefault"}},"containers":[{"name":"api"}]}}
]}
`,
    },
  ],
};
