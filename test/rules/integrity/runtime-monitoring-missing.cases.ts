import type { RuleCases } from '../../support/rule-cases.ts';

const WORKLOAD = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: records
  namespace: ehr
spec:
  template:
    spec:
      containers:
        - name: api
          image: registry.clinic.example/api:1.4.2
`;

const NAMESPACE = `apiVersion: v1
kind: Namespace
metadata:
  name: ehr
`;

export const cases: RuleCases = {
  valid: [
    {
      name: 'Falco on every node',
      code: `${NAMESPACE}---
${WORKLOAD}---
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: falco
  namespace: falco
spec:
  template:
    spec:
      containers:
        - name: falco
          image: registry.clinic.example/falcosecurity/falco:0.42.0
`,
    },
    {
      name: 'a chart that installs Tetragon',
      code: `${NAMESPACE}---
${WORKLOAD}---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: tetragon }
spec: { source: { repoURL: https://helm.cilium.io, chart: tetragon, targetRevision: 1.6.0 } }
`,
    },
    {
      name: 'rules of Falco in a ConfigMap',
      code: `${NAMESPACE}---
${WORKLOAD}---
apiVersion: v1
kind: ConfigMap
metadata:
  name: falco-rules
  namespace: falco
data:
  ehr.yaml: |
    - rule: Shell in records
      desc: Somebody works in a container that handles ePHI.
      condition: spawned_process and container and k8s.ns.name = "ehr"
      output: Shell (program=%proc.name)
      priority: WARNING
`,
    },
    {
      name: 'a policy that only a sensor reads',
      code: `${NAMESPACE}---
${WORKLOAD}---
apiVersion: cilium.io/v1alpha1
kind: TracingPolicy
metadata: { name: files }
`,
    },
    {
      name: 'alone, a file does not say what else is deployed',
      isolated: true,
      code: `${NAMESPACE}---\n${WORKLOAD}`,
    },
    { name: 'a namespace without workloads', code: NAMESPACE },
    {
      name: 'no PHI there',
      code: `${NAMESPACE.replace('name: ehr', 'name: ehr\n  labels: { kube-safeguards.io/phi: "false" }')}---
${WORKLOAD}`,
    },
  ],
  invalid: [
    {
      name: 'no sensor',
      code: `apiVersion: v1
kind: «Namespace»
metadata:
  name: ehr
---
${WORKLOAD}`,
      errors: [
        {
          messageId: 'missing',
          severity: 'information',
          message:
            'Nothing in this workspace watches what the containers of namespace "ehr" do at run time, so software that alters ePHI there goes unnoticed. Deploy a sensor such as Falco or Tetragon, unless your provider runs one.',
        },
      ],
      output: undefined,
    },
    {
      name: 'said once, on the first namespace that holds PHI',
      settings: { phi: { namespaces: ['ehr', 'billing'], label: undefined } },
      code: `apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: Namespace, metadata: { name: aaa } }
  - { apiVersion: v1, kind: Namespace, metadata: { name: ehr } }
  - { apiVersion: v1, kind: «Namespace», metadata: { name: billing } }
  - { apiVersion: v1, kind: Pod, metadata: { name: a, namespace: aaa }, spec: { containers: [{ name: a }] } }
  - { apiVersion: v1, kind: Pod, metadata: { name: b, namespace: billing }, spec: { containers: [{ name: b }] } }
  - { apiVersion: v1, kind: Pod, metadata: { name: e, namespace: ehr }, spec: { containers: [{ name: e }] } }
`,
      errors: [{ messageId: 'missing' }],
      output: undefined,
    },
  ],
};
