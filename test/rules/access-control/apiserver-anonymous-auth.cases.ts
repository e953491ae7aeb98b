import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'switched off',
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
        - --anonymous-auth=false
`,
    },
    {
      name: 'decided by an AuthenticationConfiguration',
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
        - --authentication-config=/etc/kubernetes/authentication.yaml
`,
    },
    {
      name: 'kubeadm v1beta4',
      code: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
apiServer:
  extraArgs:
    - name: anonymous-auth
      value: "false"
`,
    },
    {
      name: 'another program',
      code: `apiVersion: v1
kind: Pod
metadata: { name: other }
spec:
  containers: [{ name: other, command: [kube-apiserver-exporter] }]
`,
    },
  ],
  invalid: [
    {
      name: 'a static pod that says nothing',
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
      errors: [{ messageId: 'apiserver' }],
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
        - --anonymous-auth=false
`,
    },
    {
      name: 'switched on, in two items',
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
        - «--anonymous-auth»
        - "true"
`,
      errors: [{ messageId: 'apiserver' }],
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
        - --anonymous-auth
        - "false"
`,
    },
    {
      name: 'kubeadm v1beta3',
      code: `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
apiServer:
  «extraArgs»:
    audit-log-maxage: "2190"
`,
      errors: [{ messageId: 'apiserver' }],
      output: `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
apiServer:
  extraArgs:
    audit-log-maxage: "2190"
    anonymous-auth: "false"
`,
    },
    {
      name: 'kubeadm v1beta4 without arguments',
      code: `apiVersion: kubeadm.k8s.io/v1beta4
kind: «ClusterConfiguration»
clusterName: clinic
`,
      errors: [{ messageId: 'apiserver' }],
      output: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
clusterName: clinic
apiServer:
  extraArgs:
  - name: anonymous-auth
    value: "false"
`,
    },
    {
      name: 'a kubelet',
      code: `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication:
  anonymous:
    enabled: «true»
`,
      errors: [{ messageId: 'kubelet' }],
      output: `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication:
  anonymous:
    enabled: false
`,
    },
  ],
};
