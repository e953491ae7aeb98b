import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'other options for Windows',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  os:
    name: windows
  securityContext:
    windowsOptions:
      runAsUserName: ContainerUser
      hostProcess: false
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
`,
    },
  ],
  invalid: [
    {
      name: 'the pod and a container',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: agent
spec:
  os:
    name: windows
  securityContext:
    windowsOptions:
      hostProcess: «true»
      runAsUserName: 'NT AUTHORITY\\SYSTEM'
  containers:
    - name: agent
      image: registry.clinic.example/agent:1.4.2
      securityContext:
        windowsOptions:
          hostProcess: «true»
`,
      errors: [
        {
          messageId: 'hostProcess',
          message:
            'The pod runs on its Windows node itself, with access to all files and ePHI there. Remove hostProcess.',
        },
        { messageId: 'hostProcess' },
      ],
      output: `apiVersion: v1
kind: Pod
metadata:
  name: agent
spec:
  os:
    name: windows
  securityContext:
    windowsOptions:
      runAsUserName: 'NT AUTHORITY\\SYSTEM'
  containers:
    - name: agent
      image: registry.clinic.example/agent:1.4.2
`,
    },
  ],
};
