import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'an emptyDir and a claim',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
  volumes:
    - name: scratch
      emptyDir: {}
    - name: records
      persistentVolumeClaim:
        claimName: records
`,
    },
    {
      name: 'null is none; volumes that are no maps',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers: [{ name: api }]
  volumes: [{ name: a, hostPath: null }, hostPath, null, [{ hostPath: {} }]]
`,
    },
  ],
  invalid: [
    {
      name: 'a folder of the node',
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
          volumeMounts:
            - name: cache
              mountPath: /var/cache/records
      volumes:
        - name: cache
          «hostPath»:
            path: /var/cache/records
            type: DirectoryOrCreate
`,
      errors: [
        {
          messageId: 'hostPath',
          message:
            'Volume "cache" is a path of the node (/var/cache/records): the pod can reach ePHI that others keep there, and leaves its own behind. Use an emptyDir or a PersistentVolumeClaim.',
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
          volumeMounts:
            - name: cache
              mountPath: /var/cache/records
      volumes:
        - name: cache
          emptyDir: {}
`,
    },
    {
      name: 'the key stands first; a runtime socket is for another rule to fix',
      code: `apiVersion: v1
kind: Pod
metadata: { name: agent }
spec:
  containers: [{ name: agent }]
  volumes:
    - «hostPath»: { path: / }
      name: root
    - { name: docker, «hostPath»: { path: /var/run/docker.sock } }
`,
      errors: [{ messageId: 'hostPath' }, { messageId: 'hostPath' }],
      output: `apiVersion: v1
kind: Pod
metadata: { name: agent }
spec:
  containers: [{ name: agent }]
  volumes:
    - name: root
      emptyDir: {}
    - { name: docker, hostPath: { path: /var/run/docker.sock } }
`,
      remaining: 1,
    },
  ],
};
