import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'another path of the node',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: agent
spec:
  containers:
    - name: agent
      image: registry.clinic.example/agent:1.4.2
      volumeMounts:
        - name: logs
          mountPath: /var/log
          readOnly: true
  volumes:
    - name: logs
      hostPath:
        path: /var/log
`,
    },
    {
      name: 'a socket of the pod itself, and paths that look like one',
      code: `apiVersion: v1
kind: Pod
metadata: { name: build }
spec:
  containers: [{ name: dind, volumeMounts: [{ name: run, mountPath: /var/run/docker.sock }] }]
  volumes:
    - { name: run, emptyDir: {} }
    - { name: copy, hostPath: { path: /backup/var/run/docker.sock } }
    - { name: plugins, hostPath: { path: /run/docker/plugins } }
    - { name: other, hostPath: { path: 12 } }
`,
    },
  ],
  invalid: [
    {
      name: 'mounted by two containers, one of which mounts nothing else',
      code: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: builder
spec:
  template:
    spec:
      initContainers:
        - name: pull
          image: registry.clinic.example/pull:1.4.2
          volumeMounts:
            - name: docker
              mountPath: /var/run/docker.sock
      containers:
        - name: build
          image: registry.clinic.example/build:1.4.2
          volumeMounts:
            - name: workspace
              mountPath: /workspace
            - name: docker # the runtime
              mountPath: /var/run/docker.sock
      volumes:
        - name: workspace
          emptyDir: {}
        - name: docker
          hostPath:
            path: «/var/run/docker.sock»
            type: Socket
`,
      errors: [
        {
          messageId: 'socket',
          message:
            'Volume "docker" is the socket of the container runtime (/var/run/docker.sock): the pod can take over its node and all ePHI there, unseen by Kubernetes. Remove the volume.',
        },
      ],
      output: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: builder
spec:
  template:
    spec:
      initContainers:
        - name: pull
          image: registry.clinic.example/pull:1.4.2
      containers:
        - name: build
          image: registry.clinic.example/build:1.4.2
          volumeMounts:
            - name: workspace
              mountPath: /workspace
      volumes:
        - name: workspace
          emptyDir: {}
`,
    },
    {
      name: 'other runtimes, the folder of a socket, a pipe of Windows',
      code: `apiVersion: v1
kind: Pod
metadata: { name: agent }
spec:
  containers: [{ name: agent }]
  volumes:
    - { name: a, hostPath: { path: /run/k3s/containerd/containerd.sock } }
    - { name: b, hostPath: { path: /run/containerd/ } }
    - { name: c, hostPath: { path: '\\\\.\\pipe\\docker_engine' } }
`.replace(/path: ([^ ]+) \}/g, 'path: «$1» }'),
      errors: [{ messageId: 'socket' }, { messageId: 'socket' }, { messageId: 'socket' }],
      output: `apiVersion: v1
kind: Pod
metadata: { name: agent }
spec:
  containers: [{ name: agent }]
`,
    },
  ],
};
