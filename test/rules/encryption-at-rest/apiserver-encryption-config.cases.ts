import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a configuration',
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
        - --encryption-provider-config=/etc/kubernetes/encryption.yaml
`,
    },
    {
      name: 'kubeadm with one',
      code: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
apiServer:
  extraArgs:
    - { name: encryption-provider-config, value: /etc/kubernetes/encryption.yaml }
`,
    },
  ],
  invalid: [
    {
      name: 'a static pod',
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
      volumeMounts:
        - { name: pki, mountPath: /etc/kubernetes/pki }
  volumes:
    - { name: pki, hostPath: { path: /etc/kubernetes/pki } }
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
        - --encryption-provider-config=/etc/kubernetes/encryption-configuration.yaml
      volumeMounts:
        - { name: pki, mountPath: /etc/kubernetes/pki }
        - name: encryption-configuration
          mountPath: /etc/kubernetes/encryption-configuration.yaml
          readOnly: true
  volumes:
    - { name: pki, hostPath: { path: /etc/kubernetes/pki } }
    - name: encryption-configuration
      hostPath:
        path: /etc/kubernetes/encryption-configuration.yaml
        type: File
`,
    },
    {
      name: 'kubeadm',
      code: `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
«apiServer»:
  timeoutForControlPlane: 4m0s
`,
      errors: [{ messageId: 'missing' }],
      output: `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
apiServer:
  timeoutForControlPlane: 4m0s
  extraArgs:
    encryption-provider-config: /etc/kubernetes/encryption-configuration.yaml
  extraVolumes:
  - name: encryption-configuration
    hostPath: /etc/kubernetes/encryption-configuration.yaml
    mountPath: /etc/kubernetes/encryption-configuration.yaml
    readOnly: true
    pathType: File
`,
    },
  ],
};
