import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'the profile of the runtime, or none named',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  securityContext:
    appArmorProfile:
      type: RuntimeDefault
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
`,
    },
    {
      name: 'profiles of their own',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
  annotations:
    container.apparmor.security.beta.kubernetes.io/a: localhost/records
    container.apparmor.security.beta.kubernetes.io/b: runtime/default
    container.apparmor.security.beta.kubernetes.io/c: ""
spec:
  containers:
    - { name: d, securityContext: { appArmorProfile: { type: Localhost, localhostProfile: records } } }
`,
    },
  ],
  invalid: [
    {
      name: 'the field',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
      securityContext:
        appArmorProfile:
          type: «Unconfined»
`,
      errors: [
        {
          messageId: 'unconfined',
          message:
            'Container "api" runs without AppArmor, which keeps intruders from files of the node and the ePHI there. Set the AppArmor profile RuntimeDefault.',
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
      securityContext:
        appArmorProfile:
          type: RuntimeDefault
`,
    },
    {
      name: 'the annotation of a pod template',
      ...fixed(`apiVersion: apps/v1
kind: Deployment
metadata: { name: records }
spec:
  template:
    metadata:
      annotations:
        container.apparmor.security.beta.kubernetes.io/api: «'unconfined'→'runtime/default'»
    spec:
      containers: [{ name: api }]
`),
      errors: [{ messageId: 'annotation' }],
    },
  ],
};
