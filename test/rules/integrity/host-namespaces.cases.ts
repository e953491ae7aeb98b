import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'false, or nothing said',
      code: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: records
spec:
  template:
    spec:
      hostNetwork: false
      containers:
        - name: api
          image: registry.clinic.example/api:1.4.2
`,
    },
    {
      name: 'such a key elsewhere',
      code: `apiVersion: apps/v1
kind: Deployment
metadata: { name: records, annotations: { hostNetwork: "true" } }
spec:
  hostPID: true
  template: { spec: { containers: [{ name: api, hostIPC: true }] } }
`,
    },
  ],
  invalid: [
    {
      name: 'the network of the node',
      // Pods that are their node need no policy; once they are not, its absence is another rule's finding.
      isolated: true,
      code: `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  template:
    spec:
      hostNetwork: «true»
      containers:
        - name: agent
          image: registry.clinic.example/agent:1.4.2
`,
      errors: [
        {
          messageId: 'network',
          message:
            "The pod uses its node's network: it can listen to the traffic of other pods, ePHI included, and no NetworkPolicy holds for it. Remove hostNetwork.",
        },
      ],
      output: `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  template:
    spec:
      containers:
        - name: agent
          image: registry.clinic.example/agent:1.4.2
`,
    },
    {
      name: 'all three, in a pod specification that an anchor shares',
      // Pods that are their node need no policy; once they are not, its absence is another rule's finding.
      isolated: true,
      code: `apiVersion: v1
kind: Pod
metadata: { name: first }
spec: &spec
  hostPID: «true» # to see the others
  hostIPC: «true»
  hostNetwork: «true»
  containers:
    - name: tool
`,
      errors: [{ messageId: 'processes' }, { messageId: 'memory' }, { messageId: 'network' }],
      output: `apiVersion: v1
kind: Pod
metadata: { name: first }
spec: &spec
  containers:
    - name: tool
`,
    },
  ],
};
