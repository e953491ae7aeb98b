import { apiServer } from '../../support/control-plane.ts';
import { documents } from '../../support/documents.ts';
import { fixed } from '../../support/marked-text.ts';
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
      code: apiServer(
        '--advertise-address=10.0.0.1',
        '--authorization-config=/etc/kubernetes/authorization.yaml',
      ),
    },
    {
      name: 'kubeadm sets it',
      code: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
clusterName: clinic
`,
    },
    {
      name: 'authorizers in a file: Node and RBAC, behind a webhook that denies when it cannot be asked',
      code: `apiVersion: apiserver.config.k8s.io/v1
kind: AuthorizationConfiguration
authorizers:
  - type: Webhook
    name: guard
    webhook:
      timeout: 3s
      authorizedTTL: 30s
      unauthorizedTTL: 30s
      subjectAccessReviewVersion: v1
      matchConditionSubjectAccessReviewVersion: v1
      failurePolicy: Deny
      connectionInfo: { type: KubeConfigFile, kubeConfigFile: /etc/kubernetes/guard.yaml }
  - { type: Node, name: node }
  - { type: RBAC, name: rbac }
`,
    },
    {
      name: 'nobody behind the webhook could allow what it would deny',
      code: `apiVersion: apiserver.config.k8s.io/v1beta1
kind: AuthorizationConfiguration
authorizers:
  - { type: Node, name: node }
  - { type: RBAC, name: rbac }
  - type: Webhook
    name: more-roles
    webhook:
      timeout: 3s
      subjectAccessReviewVersion: v1
      failurePolicy: NoOpinion
      connectionInfo: { type: KubeConfigFile, kubeConfigFile: /etc/kubernetes/roles.yaml }
`,
    },
    {
      name: 'a type that is not to be told',
      code: `apiVersion: apiserver.config.k8s.io/v1
kind: AuthorizationConfiguration
authorizers:
  - { type: "\${AUTHORIZER}", name: main }
`,
    },
    {
      name: 'the flag and its file',
      code: documents(
        apiServer('--authorization-config=/etc/kubernetes/authorization.yaml'),
        `apiVersion: apiserver.config.k8s.io/v1
kind: AuthorizationConfiguration
authorizers:
  - { type: Node, name: node }
  - { type: RBAC, name: rbac }
`,
      ),
    },
    {
      name: 'a kind of that name elsewhere',
      code: `apiVersion: example.com/v1
kind: AuthorizationConfiguration
authorizers:
  - { type: AlwaysAllow, name: all }
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
      ...fixed(
        apiServer(
          '--advertise-address=10.0.0.1',
          '«--authorization-mode=Node,Webhook→"--authorization-mode=Node,RBAC"»',
        ),
      ),
      errors: [{ messageId: 'withoutRbac' }],
    },
    {
      name: 'always allowed, by kubeadm and a kubelet',
      ...fixed(`apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
apiServer:
  extraArgs: {authorization-mode: «AlwaysAllow→"Node,RBAC"»}
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authorization:
  mode: «AlwaysAllow→Webhook»
`),
      errors: [{ messageId: 'alwaysAllow' }, { messageId: 'alwaysAllow' }],
    },
    {
      name: 'a file whose only authorizer allows everything, in an older version',
      ...fixed(`apiVersion: apiserver.config.k8s.io/v1alpha1
kind: AuthorizationConfiguration
authorizers:
  - type: «AlwaysAllow→Node»
    name: ‹all→node›
+  - type: RBAC
+    name: rbac
`),
      errors: [{ messageId: 'alwaysAllowAuthorizer' }],
    },
    {
      name: 'a file that allows what RBAC leaves open',
      code: `apiVersion: apiserver.config.k8s.io/v1
kind: AuthorizationConfiguration
authorizers:
  - type: Node
    name: node
  - type: RBAC
    name: rbac
  - type: «AlwaysAllow» # while we migrate
    name: all
`,
      errors: [{ messageId: 'alwaysAllowAuthorizer' }],
      output: `apiVersion: apiserver.config.k8s.io/v1
kind: AuthorizationConfiguration
authorizers:
  - type: Node
    name: node
  - type: RBAC
    name: rbac
`,
    },
    {
      name: 'a file with a webhook alone',
      ...fixed(`apiVersion: apiserver.config.k8s.io/v1beta1
kind: AuthorizationConfiguration
«authorizers»:
  - type: Webhook
    name: central
    webhook:
      timeout: 3s
      subjectAccessReviewVersion: v1
      failurePolicy: Deny
      connectionInfo:
        type: KubeConfigFile
        kubeConfigFile: /etc/kubernetes/central.yaml
+  - type: Node
+    name: node
+  - type: RBAC
+    name: rbac
`),
      errors: [{ messageId: 'withoutRbacAuthorizer' }],
    },
    {
      name: 'a webhook that guards nothing while it is away',
      ...fixed(`apiVersion: apiserver.config.k8s.io/v1
kind: AuthorizationConfiguration
authorizers:
  - type: Webhook
    name: guard
    webhook:
      timeout: 3s
      authorizedTTL: 30s
      unauthorizedTTL: 30s
      subjectAccessReviewVersion: v1
      matchConditionSubjectAccessReviewVersion: v1
      failurePolicy: «NoOpinion→Deny»
      connectionInfo:
        type: KubeConfigFile
        kubeConfigFile: /etc/kubernetes/guard.yaml
  - type: Node
    name: node
  - type: RBAC
    name: rbac
`),
      errors: [{ messageId: 'failsOpen', severity: 'information' }],
    },
  ],
};
