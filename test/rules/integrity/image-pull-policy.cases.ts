import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const DIGEST = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

export const cases: RuleCases = {
  valid: [
    {
      name: 'Always, with a moving tag',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:stable
      imagePullPolicy: Always
`,
    },
    {
      name: 'pinned, public, or latest without a policy, which is Always',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec:
  containers:
    - { name: a, image: registry.clinic.example/api:1.4.2, imagePullPolicy: IfNotPresent }
    - { name: b, image: "registry.clinic.example/api:stable@${DIGEST}", imagePullPolicy: Never }
    - { name: c, image: "nginx:1.27", imagePullPolicy: IfNotPresent }
    - { name: d, image: registry.clinic.example/api }
    - { name: e, image: registry.clinic.example/api:latest, imagePullPolicy: [] }
    - { name: f }
`,
    },
  ],
  invalid: [
    {
      name: 'latest from the cache',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:latest
      imagePullPolicy: «IfNotPresent»
`,
      errors: [
        {
          messageId: 'cached',
          severity: 'information',
          message:
            'Container "api" may run a copy of this private image that its node has cached, without asking for credentials or for what the tag means today. Set imagePullPolicy: Always.',
        },
      ],
      output: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:latest
      imagePullPolicy: Always
`,
    },
    {
      name: 'a release line, which is pulled once where nothing is said',
      ...fixed(`apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - name: «export»
              image: registry.clinic.example/export:1.4
+              imagePullPolicy: Always
              command: [export]
            - { name: upload, image: registry.clinic.example/upload, imagePullPolicy: «Never→Always» }
`),
      errors: [{ messageId: 'cached' }, { messageId: 'cached' }],
    },
  ],
};
