import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a policy',
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
        - --audit-policy-file=/etc/kubernetes/audit.yaml
`,
    },
    {
      name: 'kubeadm with a policy',
      code: `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
apiServer:
  extraArgs:
    audit-policy-file: /etc/kubernetes/audit.yaml
`,
    },
  ],
  invalid: [
    {
      name: 'a static pod with volumes',
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
        - name: k8s-certs
          mountPath: /etc/kubernetes/pki
  volumes:
    - name: k8s-certs
      hostPath:
        path: /etc/kubernetes/pki
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
        - --audit-policy-file=/etc/kubernetes/audit-policy.yaml
      volumeMounts:
        - name: k8s-certs
          mountPath: /etc/kubernetes/pki
        - name: audit-policy
          mountPath: /etc/kubernetes/audit-policy.yaml
          readOnly: true
  volumes:
    - name: k8s-certs
      hostPath:
        path: /etc/kubernetes/pki
    - name: audit-policy
      hostPath:
        path: /etc/kubernetes/audit-policy.yaml
        type: File
`,
    },
    {
      name: 'kubeadm v1beta4, inside the Cluster API',
      ...fixed(`apiVersion: controlplane.cluster.x-k8s.io/v1beta1
kind: KubeadmControlPlane
metadata: { name: clinic }
spec:
  kubeadmConfigSpec:
    clusterConfiguration:
      apiServer:
        «extraArgs»:
          - name: profiling
            value: "false"
+          - name: audit-policy-file
+            value: /etc/kubernetes/audit-policy.yaml
+        extraVolumes:
+          - name: audit-policy
+            hostPath: /etc/kubernetes/audit-policy.yaml
+            mountPath: /etc/kubernetes/audit-policy.yaml
+            readOnly: true
+            pathType: File
`),
      errors: [{ messageId: 'missing' }],
    },
    {
      name: 'a server of k3s',
      code: `cluster-init: true
secrets-encryption: true
«kube-apiserver-arg»:
  - anonymous-auth=false
`,
      errors: [{ messageId: 'missing' }],
      output: `cluster-init: true
secrets-encryption: true
kube-apiserver-arg:
  - anonymous-auth=false
  - audit-policy-file=/etc/kubernetes/audit-policy.yaml
`,
    },
  ],
};
