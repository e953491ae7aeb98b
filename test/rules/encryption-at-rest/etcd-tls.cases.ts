import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'all certificates, and metrics on localhost',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: etcd
  namespace: kube-system
spec:
  containers:
    - name: etcd
      command:
        - etcd
        - --client-cert-auth=true
        - --cert-file=/etc/kubernetes/pki/etcd/server.crt
        - --key-file=/etc/kubernetes/pki/etcd/server.key
        - --trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt
        - --peer-client-cert-auth=true
        - --peer-cert-file=/etc/kubernetes/pki/etcd/peer.crt
        - --peer-key-file=/etc/kubernetes/pki/etcd/peer.key
        - --peer-trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt
        - --listen-client-urls=https://127.0.0.1:2379
        - --listen-metrics-urls=http://127.0.0.1:2381
`,
    },
    {
      name: 'kubeadm sets them',
      code: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
etcd:
  local:
    dataDir: /var/lib/etcd
`,
    },
    {
      name: 'an external etcd over https',
      code: `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
etcd:
  external:
    endpoints: [https://10.0.0.5:2379]
`,
    },
  ],
  invalid: [
    {
      name: 'plain text to clients',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: etcd
  namespace: kube-system
spec:
  containers:
    - name: etcd
      command:
        - etcd
        - --client-cert-auth=true
        - --cert-file=/etc/kubernetes/pki/etcd/server.crt
        - --key-file=/etc/kubernetes/pki/etcd/server.key
        - --trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt
        - --peer-client-cert-auth=true
        - --peer-cert-file=/etc/kubernetes/pki/etcd/peer.crt
        - --peer-key-file=/etc/kubernetes/pki/etcd/peer.key
        - --peer-trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt
        - «--listen-client-urls=https://127.0.0.1:2379,http://10.0.0.5:2379»
`,
      errors: [{ messageId: 'plaintext' }],
      output: `apiVersion: v1
kind: Pod
metadata:
  name: etcd
  namespace: kube-system
spec:
  containers:
    - name: etcd
      command:
        - etcd
        - --client-cert-auth=true
        - --cert-file=/etc/kubernetes/pki/etcd/server.crt
        - --key-file=/etc/kubernetes/pki/etcd/server.key
        - --trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt
        - --peer-client-cert-auth=true
        - --peer-cert-file=/etc/kubernetes/pki/etcd/peer.crt
        - --peer-key-file=/etc/kubernetes/pki/etcd/peer.key
        - --peer-trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt
        - "--listen-client-urls=https://127.0.0.1:2379,https://10.0.0.5:2379"
`,
    },
    {
      name: 'no certificates of peers',
      ...fixed(`apiVersion: v1
kind: Pod
metadata:
  name: etcd
  namespace: kube-system
spec:
  containers:
    - name: etcd
      «command»:
        - etcd
        - --client-cert-auth=true
        - --cert-file=/etc/kubernetes/pki/etcd/server.crt
        - --key-file=/etc/kubernetes/pki/etcd/server.key
        - --trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt
+        - --peer-client-cert-auth=true
+        - --peer-cert-file=/etc/kubernetes/pki/etcd/peer.crt
+        - --peer-key-file=/etc/kubernetes/pki/etcd/peer.key
+        - --peer-trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt
      volumeMounts:
        - name: etcd-data
          mountPath: /var/lib/etcd
+        - name: etcd-certs
+          mountPath: /etc/kubernetes/pki/etcd
+          readOnly: true
  volumes:
    - name: etcd-data
      hostPath: { path: /var/lib/etcd }
+    - name: etcd-certs
+      hostPath:
+        path: /etc/kubernetes/pki/etcd
+        type: DirectoryOrCreate
`),
      errors: [
        {
          messageId: 'unauthenticated',
          message:
            /without --peer-client-cert-auth, --peer-cert-file, --peer-key-file, --peer-trusted-ca-file/,
        },
      ],
    },
    {
      name: 'an API server that talks plainly',
      ...fixed(`apiVersion: v1
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
        - «--etcd-servers=http://10.0.0.5:2379→--etcd-servers=https://10.0.0.5:2379»
+        - --etcd-cafile=/etc/kubernetes/pki/etcd/ca.crt
+        - --etcd-certfile=/etc/kubernetes/pki/apiserver-etcd-client.crt
+        - --etcd-keyfile=/etc/kubernetes/pki/apiserver-etcd-client.key
      volumeMounts:
        - name: ca-certs
          mountPath: /etc/ssl/certs
+        - name: k8s-certs
+          mountPath: /etc/kubernetes/pki
+          readOnly: true
  volumes:
    - name: ca-certs
      hostPath: { path: /etc/ssl/certs }
+    - name: k8s-certs
+      hostPath:
+        path: /etc/kubernetes/pki
+        type: DirectoryOrCreate
`),
      errors: [{ messageId: 'unauthenticated' }, { messageId: 'plaintext' }],
    },
  ],
};
