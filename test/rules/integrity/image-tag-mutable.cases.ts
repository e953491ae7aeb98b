import type { RuleCases } from '../../support/rule-cases.ts';

const DIGEST = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a full version',
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
      name: 'a digest, a build, a commit, a date',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers:
    - { name: a, image: "registry.clinic.example/api:latest@${DIGEST}" }
    - { name: b, image: registry.clinic.example/api@${DIGEST} }
    - { name: c, image: "registry.clinic.example/api:1.4-r12" }
    - { name: d, image: "registry.clinic.example/api:main-3f2c1a9" }
    - { name: e, image: "registry.clinic.example/api:v20260102" }
    - { name: f, image: "registry.clinic.example:5000/api:1.4.2-alpine" }
    - { name: g, image: "{{ .Values.image }}:latest" }
`,
    },
  ],
  invalid: [
    {
      name: 'no tag, and latest',
      code: `apiVersion: batch/v1
kind: Job
metadata:
  name: export
spec:
  template:
    spec:
      initContainers:
        - name: prepare
          image: «registry.clinic.example:5000/tools»
      containers:
        - name: export
          image: «registry.clinic.example/export:latest»
`,
      errors: [
        {
          messageId: 'untagged',
          severity: 'warning',
          message:
            'This image has no tag, so each start may run other code on ePHI than was reviewed. Name a release and its digest.',
        },
        { messageId: 'latest', severity: 'warning' },
      ],
      output: undefined,
    },
    {
      name: 'tags of a release line and of a channel are advice',
      code: `apiVersion: v1
kind: ReplicationController
metadata: { name: portal }
spec:
  template:
    spec:
      containers:
        - { name: a, image: «registry.clinic.example/nginx:1.27-alpine» }
        - { name: b, image: «"registry.clinic.example/api:stable"» }
`,
      errors: [
        { messageId: 'floating', severity: 'information', message: /^The tag "1\.27-alpine" may come/ },
        { messageId: 'floating', severity: 'information' },
      ],
      output: undefined,
    },
    {
      name: 'a reference that no runtime can read',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers:
    - { name: a, image: «registry.clinic.example/Api:1.4.2» }
`,
      errors: [
        {
          messageId: 'invalid',
          message: 'This is no image reference: its repository has capital letters. No node can pull it.',
        },
      ],
      output: undefined,
    },
  ],
};
