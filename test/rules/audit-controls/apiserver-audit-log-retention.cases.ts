import { apiServer } from '../../support/control-plane.ts';
import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'six years',
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
        - --audit-log-maxage=2190
`,
    },
    {
      name: 'never deleted by age',
      code: apiServer('--advertise-address=10.0.0.1', '--audit-log-maxage=0', '--audit-log-maxsize=100'),
    },
    {
      name: 'forwarded',
      code: apiServer(
        '--advertise-address=10.0.0.1',
        '--audit-log-maxage=7',
        '--audit-webhook-config-file=/etc/kubernetes/audit-webhook.yaml',
      ),
    },
  ],
  invalid: [
    {
      name: 'a month, and ten files',
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
        - «--audit-log-maxage=30»
        - «--audit-log-maxbackup=10»
        - --audit-log-maxsize=100
`,
      errors: [{ messageId: 'age' }, { messageId: 'count' }],
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
        - --audit-log-maxage=2190
        - --audit-log-maxbackup=0
        - --audit-log-maxsize=100
`,
    },
    {
      name: 'kubeadm v1beta4',
      ...fixed(`apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
apiServer:
  extraArgs:
  - name: audit-log-maxage
    value: «"30"→"2190"»
`),
      errors: [{ messageId: 'age' }],
    },
  ],
};
