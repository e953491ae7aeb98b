import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'Default, or nothing said',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  initContainers:
    - name: migrate
      image: registry.clinic.example/migrate:1.4.2
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
      securityContext:
        procMount: Default
`,
    },
    {
      name: 'a pod has no such field',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records }
spec: { securityContext: { procMount: Unmasked }, containers: [{ name: api }] }
`,
    },
  ],
  invalid: [
    {
      name: 'Unmasked, which a user namespace does not excuse under Restricted',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: build
spec:
  hostUsers: false
  containers:
    - name: buildkit
      image: registry.clinic.example/buildkit:0.24.0
      securityContext:
        procMount: «Unmasked» # nested containers
        allowPrivilegeEscalation: false
`,
      errors: [
        {
          messageId: 'unmasked',
          message:
            'Container "buildkit" sees all of /proc, through which a node and the ePHI of its pods can be reached. Remove procMount.',
        },
      ],
      output: `apiVersion: v1
kind: Pod
metadata:
  name: build
spec:
  hostUsers: false
  containers:
    - name: buildkit
      image: registry.clinic.example/buildkit:0.24.0
      securityContext:
        allowPrivilegeEscalation: false
`,
    },
  ],
};
