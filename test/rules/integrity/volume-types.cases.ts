import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a claim and a secret',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
  volumes:
    - name: records
      persistentVolumeClaim:
        claimName: records
    - name: tls
      secret:
        secretName: records-tls
`,
    },
    {
      name: 'no source is an emptyDir; a hostPath is for another rule, an unknown key for the schema',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers: [{ name: api }]
  volumes: [{ name: a }, { name: b, hostPath: { path: /b } }, { name: c, nsf: {} }, { name: d, nfs: null }]
`,
    },
  ],
  invalid: [
    {
      name: 'a file share and a repository',
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
      volumes:
        - name: scans
          «nfs»:
            server: files.clinic.example
            path: /scans
        - { name: content, «gitRepo»: { repository: https://git.clinic.example/content } }
`,
      errors: [
        {
          messageId: 'type',
          severity: 'warning',
          message:
            'Volume "scans" reaches its storage directly (nfs), past the StorageClass that would see to encryption and access of ePHI. Use a persistentVolumeClaim.',
        },
        { messageId: 'type' },
      ],
      output: undefined,
    },
  ],
};
