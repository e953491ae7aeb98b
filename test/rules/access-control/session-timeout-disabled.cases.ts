import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a timeout',
      code: `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
streamingConnectionIdleTimeout: 5m0s
`,
    },
    {
      name: 'short cookies and tokens',
      code: `apiVersion: v1
kind: Pod
metadata: { name: proxy }
spec:
  containers:
    - name: proxy
      image: registry.clinic.example/oauth2-proxy/oauth2-proxy:v7.9.0
      args: [--cookie-expire=8h]
  volumes:
    - name: token
      projected:
        sources:
          - serviceAccountToken: { path: token, expirationSeconds: 7200 }
`,
    },
    {
      name: 'another program with such a flag',
      code: `apiVersion: v1
kind: Pod
metadata: { name: other }
spec:
  containers: [{ name: other, image: registry.clinic.example/other:1.0.0, args: [--token-ttl=0] }]
`,
    },
    {
      name: 'kubelets of the Cluster API with a timeout, and one that leaves it to the default',
      code: `apiVersion: bootstrap.cluster.x-k8s.io/v1beta1
kind: KubeadmConfigTemplate
metadata: { name: workers }
spec:
  template:
    spec:
      initConfiguration: { nodeRegistration: { kubeletExtraArgs: { streaming-connection-idle-timeout: 4h0m0s } } }
      joinConfiguration: { nodeRegistration: { kubeletExtraArgs: { v: "0" } } }
`,
    },
  ],
  invalid: [
    {
      name: 'a kubelet that never closes streams',
      code: `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
streamingConnectionIdleTimeout: «0s»
`,
      errors: [{ messageId: 'idleStreams' }],
      output: `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
streamingConnectionIdleTimeout: 4h
`,
    },
    {
      name: 'kubelets that the Cluster API starts',
      ...fixed(`apiVersion: bootstrap.cluster.x-k8s.io/v1beta1
kind: KubeadmConfigTemplate
metadata: { name: workers }
spec:
  template:
    spec:
      joinConfiguration: { nodeRegistration: { kubeletExtraArgs: { streaming-connection-idle-timeout: «"0"→"4h"» } } }
`),
      errors: [{ messageId: 'idleStreams' }],
    },
    {
      name: 'dashboard, proxy and token',
      ...fixed(`apiVersion: v1
kind: Pod
metadata: { name: proxy }
spec:
  containers:
    - name: proxy
      image: registry.clinic.example/oauth2-proxy/oauth2-proxy:v7.9.0
      args: [«--cookie-expire=168h→--cookie-expire=12h», --provider=oidc]
    - name: dashboard
      image: registry.clinic.example/kubernetesui/dashboard:v2.7.0
      args:
        - «--token-ttl=0→--token-ttl=900»
        - «--enable-skip-login→--enable-skip-login=false»
  volumes:
    - name: token
      projected:
        sources:
          - serviceAccountToken: { path: token, expirationSeconds: «604800→3600» }
`),
      errors: [
        { messageId: 'argument' },
        { messageId: 'argument' },
        { messageId: 'argument' },
        { messageId: 'longToken' },
      ],
    },
  ],
};
