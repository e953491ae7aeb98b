import { apiServer } from '../../support/control-plane.ts';
import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a log',
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
        - --audit-log-path=/var/log/audit.log
`,
    },
    {
      name: 'a webhook',
      code: apiServer(
        '--advertise-address=10.0.0.1',
        '--audit-webhook-config-file=/etc/kubernetes/audit-webhook.yaml',
      ),
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
        - --audit-log-path=/var/log/kubernetes/audit/audit.log
      volumeMounts:
        - name: k8s-certs
          mountPath: /etc/kubernetes/pki
        - name: audit-log
          mountPath: /var/log/kubernetes/audit
          readOnly: false
  volumes:
    - name: k8s-certs
      hostPath:
        path: /etc/kubernetes/pki
    - name: audit-log
      hostPath:
        path: /var/log/kubernetes/audit
        type: DirectoryOrCreate
`,
    },
    {
      name: 'kubeadm v1beta3',
      ...fixed(`apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
apiServer:
    «extraArgs»:
        profiling: "false"
+        audit-log-path: /var/log/kubernetes/audit/audit.log
+    extraVolumes:
+    - name: audit-log
+      hostPath: /var/log/kubernetes/audit
+      mountPath: /var/log/kubernetes/audit
+      readOnly: false
+      pathType: DirectoryOrCreate
`),
      errors: [{ messageId: 'missing' }],
    },
  ],
};
