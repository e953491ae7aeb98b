import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'probes of the pod itself, with a Host header',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
      livenessProbe:
        httpGet:
          path: /healthz
          port: 8443
          httpHeaders:
            - name: Host
              value: records.clinic.example
      readinessProbe:
        tcpSocket:
          port: 8443
`,
    },
    {
      name: 'an empty host, and probes of another kind',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers:
    - name: api
      livenessProbe: { httpGet: { host: "", port: 80 } }
      readinessProbe: { exec: { command: [check] }, host: a }
      startupProbe: probe
      lifecycle: { preStop: { exec: { command: [stop] } } }
`,
    },
  ],
  invalid: [
    {
      name: 'a probe',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
      livenessProbe:
        httpGet:
          host: «10.0.0.12» # the old server
          path: /healthz
          port: 8443
`,
      errors: [
        {
          messageId: 'host',
          severity: 'warning',
          message:
            'Container "api": livenessProbe makes the node call the host named here instead of the pod, from a network that services with ePHI may trust. Remove host.',
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
      livenessProbe:
        httpGet:
          path: /healthz
          port: 8443
`,
    },
    {
      name: 'all handlers; the node itself is a host as well',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  initContainers:
    - name: sidecar
      restartPolicy: Always
      startupProbe: { tcpSocket: { host: «127.0.0.1», port: 80 } }
      readinessProbe: { httpGet: { port: 80, host: «localhost» } }
  containers:
    - name: api
      lifecycle:
        postStart: { httpGet: { host: «records.example», port: 80 } }
        preStop: { tcpSocket: { port: 80, host: «"::1"» } }
`,
      errors: [
        { messageId: 'host' },
        { messageId: 'host' },
        { messageId: 'host', message: /^Container "api": postStart makes/ },
        { messageId: 'host' },
      ],
      output: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  initContainers:
    - name: sidecar
      restartPolicy: Always
      startupProbe: { tcpSocket: { port: 80 } }
      readinessProbe: { httpGet: { port: 80 } }
  containers:
    - name: api
      lifecycle:
        postStart: { httpGet: { port: 80 } }
        preStop: { tcpSocket: { port: 80 } }
`,
    },
  ],
};
