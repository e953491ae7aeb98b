import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a program on a minimal image',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
`,
    },
    {
      name: 'cut-down variants, names that only look alike, and a container for debugging',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers:
    - { name: a, image: "debian:12-slim" }
    - { name: b, image: "alpine:3.20.1" }
    - { name: c, image: ubuntu/nginx:1.24.0 }
    - { name: d, image: registry.clinic.example/server:1.0.0 }
    - { name: e, image: registry.access.redhat.com/ubi9-micro:9.4.1 }
    - { name: f, image: registry.clinic.example/debian-mirror:1.0.0 }
  ephemeralContainers: [{ name: debug, image: "ubuntu:24.04" }]
`,
    },
  ],
  invalid: [
    {
      name: 'distributions of Linux and Windows',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  initContainers:
    - name: prepare
      image: «registry.clinic.example/base/ubuntu:24.04»
  containers:
    - name: api
      image: «mcr.microsoft.com/windows/servercore:ltsc2022»
`,
      errors: [
        {
          messageId: 'distribution',
          severity: 'information',
          message:
            'This image is a whole Ubuntu, with shells and libraries that help an intruder to reach ePHI and must all be patched. Build on a minimal image.',
        },
        { messageId: 'distribution', message: /a whole Windows Server Core,/ },
      ],
      output: undefined,
    },
  ],
};
