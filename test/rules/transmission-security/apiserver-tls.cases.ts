import { apiServer } from '../../support/control-plane.ts';
import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'all certificates',
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
        - --tls-cert-file=/etc/kubernetes/pki/apiserver.crt
        - --tls-private-key-file=/etc/kubernetes/pki/apiserver.key
        - --kubelet-client-certificate=/etc/kubernetes/pki/apiserver-kubelet-client.crt
        - --kubelet-client-key=/etc/kubernetes/pki/apiserver-kubelet-client.key
        - --kubelet-certificate-authority=/etc/kubernetes/pki/ca.crt
`,
    },
    {
      name: 'kubeadm sets what it needs',
      code: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
clusterName: clinic
`,
    },
  ],
  invalid: [
    {
      name: 'kubelets are not checked',
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
        - --tls-cert-file=/etc/kubernetes/pki/apiserver.crt
        - --tls-private-key-file=/etc/kubernetes/pki/apiserver.key
        - --kubelet-client-certificate=/etc/kubernetes/pki/apiserver-kubelet-client.crt
        - --kubelet-client-key=/etc/kubernetes/pki/apiserver-kubelet-client.key
      volumeMounts:
        - name: ca-certs
          mountPath: /etc/ssl/certs
  volumes:
    - name: ca-certs
      hostPath: { path: /etc/ssl/certs }
`,
      errors: [{ messageId: 'missing', message: /without --kubelet-certificate-authority,/ }],
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
        - --tls-cert-file=/etc/kubernetes/pki/apiserver.crt
        - --tls-private-key-file=/etc/kubernetes/pki/apiserver.key
        - --kubelet-client-certificate=/etc/kubernetes/pki/apiserver-kubelet-client.crt
        - --kubelet-client-key=/etc/kubernetes/pki/apiserver-kubelet-client.key
        - --kubelet-certificate-authority=/etc/kubernetes/pki/ca.crt
      volumeMounts:
        - name: ca-certs
          mountPath: /etc/ssl/certs
        - name: k8s-certs
          mountPath: /etc/kubernetes/pki
          readOnly: true
  volumes:
    - name: ca-certs
      hostPath: { path: /etc/ssl/certs }
    - name: k8s-certs
      hostPath:
        path: /etc/kubernetes/pki
        type: DirectoryOrCreate
`,
    },
    {
      name: 'a port without TLS',
      ...fixed(
        apiServer(
          '--advertise-address=10.0.0.1',
          '--tls-cert-file=/etc/kubernetes/pki/apiserver.crt',
          '--tls-private-key-file=/etc/kubernetes/pki/apiserver.key',
          '--kubelet-client-certificate=/etc/kubernetes/pki/apiserver-kubelet-client.crt',
          '--kubelet-client-key=/etc/kubernetes/pki/apiserver-kubelet-client.key',
          '--kubelet-certificate-authority=/etc/kubernetes/pki/ca.crt',
          '«--insecure-port=8080→--insecure-port=0»',
        ),
      ),
      errors: [{ messageId: 'insecurePort' }],
    },
    {
      name: 'a kubelet without an authority',
      code: `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication:
  «x509»: {}
`,
      errors: [{ messageId: 'kubelet' }],
      output: `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication:
  x509:
    clientCAFile: /etc/kubernetes/pki/ca.crt
`,
    },
  ],
};
