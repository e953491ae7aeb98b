import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a reason, and something to suppress',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: agent
spec:
  hostNetwork: true # kube-safeguards-ignore host-namespaces until 2027-06-30: node agent, reviewed by security
  containers: []
`,
      alongside: ['host-namespaces'],
    },
    {
      name: 'an annotation',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: agent
  annotations:
    ignore.kube-safeguards.io/host-namespaces: node agent, reviewed by security
spec:
  hostPID: true
  containers: []
`,
      alongside: ['host-namespaces'],
    },
    {
      name: 'above or behind the key of a text of several lines, for all of it',
      code: `apiVersion: v1
kind: ConfigMap
metadata:
  name: samples
data:
  # kube-safeguards-ignore phi-in-configmap: an invented person
  a.csv: |
    name,ssn
    Ann Example,524-71-3386
  b.csv: | # kube-safeguards-ignore phi-in-configmap: an invented person
    name,ssn
    Ann Example,524-71-3387
`,
      alongside: ['phi-in-configmap'],
    },
    {
      name: 'a rule that did not run decides nothing',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: agent
spec:
  # kube-safeguards-ignore host-namespaces: node agent
  containers: []
`,
    },
  ],
  invalid: [
    {
      name: 'no reason',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: agent
spec:
  hostNetwork: true «# kube-safeguards-ignore host-namespaces»
  containers: []
`,
      errors: [{ messageId: 'noReason' }],
      output: `apiVersion: v1
kind: Pod
metadata:
  name: agent
spec:
  hostNetwork: true
  containers: []
`,
      alternatives: [
        {
          title: 'Add a place for the reason',
          incomplete: true,
          output: `apiVersion: v1
kind: Pod
metadata:
  name: agent
spec:
  hostNetwork: true # kube-safeguards-ignore host-namespaces: <reason>
  containers: []
`,
        },
      ],
      alongside: ['host-namespaces'],
    },
    {
      name: 'a rule that does not exist, and a date gone by',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: agent
spec:
  «# kube-safeguards-ignore no-such-rule: because»
  hostNetwork: true «# kube-safeguards-ignore host-namespaces until 2025-01-31: node agent»
  containers: []
`,
      errors: [{ messageId: 'unknownRule' }, { messageId: 'expired' }],
      output: `apiVersion: v1
kind: Pod
metadata:
  name: agent
spec:
  hostNetwork: true
  containers: []
`,
      alongside: ['host-namespaces'],
    },
    {
      name: 'no rule',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: agent
spec:
  hostNetwork: true «# kube-safeguards-ignore: node agent»
  containers: [] «#kube-safeguards-ignore»
`,
      errors: [{ messageId: 'noRule' }, { messageId: 'noRule' }],
      output: `apiVersion: v1
kind: Pod
metadata:
  name: agent
spec:
  hostNetwork: true
  containers: []
`,
      alongside: ['host-namespaces'],
    },
    {
      name: 'dates that are none',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: agent
spec:
  hostNetwork: true «# kube-safeguards-ignore host-namespaces until spring: node agent»
  hostPID: true «# kube-safeguards-ignore host-namespaces until 2027-02-29: node agent»
  containers: []
`,
      errors: [{ messageId: 'badDate' }, { messageId: 'badDate' }],
      output: `apiVersion: v1
kind: Pod
metadata:
  name: agent
spec:
  hostNetwork: true
  hostPID: true
  containers: []
`,
      alongside: ['host-namespaces'],
    },
    {
      name: 'nothing to suppress',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: agent
  annotations:
    «ignore.kube-safeguards.io/host-namespaces»: node agent
    team: portal
spec:
  hostNetwork: false
  containers: []
`,
      errors: [{ messageId: 'unused' }],
      output: `apiVersion: v1
kind: Pod
metadata:
  name: agent
  annotations:
    team: portal
spec:
  hostNetwork: false
  containers: []
`,
      alongside: ['host-namespaces'],
    },
  ],
};
