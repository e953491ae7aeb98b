import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'Node and RBAC',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: kube-system
spec:
  containers:
    - name: kube-apiserver
      command:
        - kube-apiserver
        - --advertise-address=10.0.0.1
        - "--authorization-mode=Node,RBAC"
`,
    },
    {
      name: 'a file decides',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: kube-system
spec:
  containers:
    - name: kube-apiserver
      command:
        - kube-apiserver
        - --advertise-address=10.0.0.1
        - --authorization-config=/etc/kubernetes/authorization.yaml
`,
    },
    {
      name: 'kubeadm sets it',
      code: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
clusterName: clinic
`,
    },
  ],
  invalid: [
    {
      name: 'not set',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: kube-system
spec:
  containers:
    - name: kube-apiserver
      «command»:
        - kube-apiserver
        - --advertise-address=10.0.0.1
`,
      errors: [{ messageId: 'missing' }],
      output: `apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: kube-system
spec:
  containers:
    - name: kube-apiserver
      command:
        - kube-apiserver
        - --advertise-address=10.0.0.1
        - "--authorization-mode=Node,RBAC"
`,
    },
    {
      name: 'without RBAC',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: kube-system
spec:
  containers:
    - name: kube-apiserver
      command:
        - kube-apiserver
        - --advertise-address=10.0.0.1
        - «--authorization-mode=Node,Webhook»
`,
      errors: [{ messageId: 'withoutRbac' }],
      output: `apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: kube-system
spec:
  containers:
    - name: kube-apiserver
      command:
        - kube-apiserver
        - --advertise-address=10.0.0.1
        - "--authorization-mode=Node,RBAC"
`,
    },
    {
      name: 'always allowed, by kubeadm and a kubelet',
      code: `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
apiServer:
  extraArgs: {authorization-mode: «AlwaysAllow»}
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authorization:
  mode: «AlwaysAllow»
`,
      errors: [{ messageId: 'alwaysAllow' }, { messageId: 'alwaysAllow' }],
      output: `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
apiServer:
  extraArgs: {authorization-mode: "Node,RBAC"}
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authorization:
  mode: Webhook
`,
    },
  ],
};
