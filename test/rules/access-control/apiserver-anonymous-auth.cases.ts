import { apiServer } from '../../support/control-plane.ts';
import { documents } from '../../support/documents.ts';
import { fixed, mark } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

/** A file that says nothing of anonymous requests. */
const SILENT_FILE = `apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
jwt: []
`;

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
      code: apiServer(
        '--advertise-address=10.0.0.1',
        '--authentication-config=/etc/kubernetes/authentication.yaml',
      ),
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
    {
      name: 'off, spelled otherwise',
      code: apiServer('--anonymous-auth=False'),
    },
    {
      name: 'a value that a variable decides',
      code: apiServer(`--anonymous-auth=\${ANONYMOUS}`),
    },
    {
      name: 'limited to health endpoints by a file',
      code: documents(
        `apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
anonymous:
  enabled: true
  conditions:
    - path: /livez
    - path: /readyz
    - path: /healthz
`,
        apiServer('--authentication-config=/etc/kubernetes/authentication.yaml'),
      ),
    },
    {
      name: 'health, version and what joining nodes and issuers publish',
      code: `apiVersion: apiserver.config.k8s.io/v1beta1
kind: AuthenticationConfiguration
anonymous:
  enabled: true
  conditions:
    - path: /livez/ping
    - path: /version
    - path: /openid/v1/jwks
    - path: /api/v1/namespaces/kube-public/configmaps/cluster-info
`,
    },
    {
      name: 'a file that says nothing of them may go with a flag elsewhere',
      isolated: true,
      code: documents(SILENT_FILE, apiServer('--authentication-config=/etc/kubernetes/authentication.yaml')),
    },
    {
      name: 'a file that says nothing of them, and the flag',
      code: documents(
        SILENT_FILE,
        apiServer('--authentication-config=/etc/kubernetes/authentication.yaml', '--anonymous-auth=false'),
      ),
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
      code: apiServer('--advertise-address=10.0.0.1', '«--anonymous-auth»', '"true"'),
      errors: [{ messageId: 'apiserver' }],
      output: apiServer('--advertise-address=10.0.0.1', '--anonymous-auth', '"false"'),
    },
    {
      name: 'kubeadm v1beta3',
      ...fixed(`apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
apiServer:
  «extraArgs»:
    audit-log-maxage: "2190"
+    anonymous-auth: "false"
`),
      errors: [{ messageId: 'apiserver' }],
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
      ...fixed(`apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication:
  anonymous:
    enabled: «true→false»
`),
      errors: [{ messageId: 'kubelet' }],
    },
    {
      name: 'a file for every path',
      code: `apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
anonymous:
  enabled: «true»
`,
      errors: [{ messageId: 'everyPath' }],
      output: `apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
anonymous:
  enabled: true
  conditions:
  - path: /livez
  - path: /readyz
  - path: /healthz
`,
      alternatives: [
        {
          title: 'Set enabled: false',
          output: `apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
anonymous:
  enabled: false
`,
        },
      ],
    },
    {
      name: 'a file for more than health endpoints',
      code: `apiVersion: apiserver.config.k8s.io/v1beta1
kind: AuthenticationConfiguration
anonymous:
  enabled: true
  conditions:
    - path: /livez
    - path: «/api/v1/pods»
    - path: /readyz
    - path: /apis/
`,
      errors: [{ messageId: 'widePaths', message: /for \/api\/v1\/pods, \/apis\/, more/ }],
      output: `apiVersion: apiserver.config.k8s.io/v1beta1
kind: AuthenticationConfiguration
anonymous:
  enabled: true
  conditions:
    - path: /livez
    - path: /readyz
`,
      alternatives: [
        {
          title: 'Set enabled: false',
          output: `apiVersion: apiserver.config.k8s.io/v1beta1
kind: AuthenticationConfiguration
anonymous:
  enabled: false
`,
        },
      ],
    },
    {
      name: 'a file for nothing but other paths',
      ...fixed(`apiVersion: apiserver.config.k8s.io/v1alpha1
kind: AuthenticationConfiguration
anonymous:
  enabled: true
  conditions:
+    - path: /livez
+    - path: /readyz
    - path: «/metrics→/healthz»
`),
      errors: [{ messageId: 'widePaths' }],
    },
    {
      name: 'a flag that says so beside a file that cannot',
      ...fixed(
        apiServer(
          '--authentication-config=/etc/kubernetes/authentication.yaml',
          '«--anonymous-auth=true→--anonymous-auth=false»',
        ),
      ),
      errors: [{ messageId: 'apiserver' }],
    },
    {
      name: 'a file that leaves it to the flag, which is not set',
      code: documents(
        SILENT_FILE,
        mark('«command»', apiServer('--authentication-config=/etc/kubernetes/authentication.yaml')),
      ),
      errors: [{ messageId: 'apiserver' }],
      output: documents(
        SILENT_FILE,
        apiServer('--authentication-config=/etc/kubernetes/authentication.yaml', '--anonymous-auth=false'),
      ),
    },
  ],
};
