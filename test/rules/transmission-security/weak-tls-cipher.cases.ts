import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'strong suites',
      code: `apiVersion: traefik.io/v1alpha1
kind: TLSOption
metadata:
  name: modern
  namespace: phi
spec:
  minVersion: VersionTLS12
  cipherSuites:
    - TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
    - TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
    - TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256
`,
    },
    {
      name: 'what an operator takes away',
      code: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: a, annotations: { nginx.ingress.kubernetes.io/ssl-ciphers: "HIGH:!aNULL:!MD5:!3DES:-RC4" } }
`,
    },
    {
      name: 'strong suites in a directive, a flag and a variable; what a name has of them',
      code: `apiVersion: v1
kind: ConfigMap
metadata: { name: a, namespace: phi }
data:
  ssl-ciphers: ECDHE-RSA-AES128-GCM-SHA256
  nginx.conf: |
    # ssl_ciphers RC4-SHA;
    ssl_ciphers 'HIGH:!aNULL:!EXP:!RC4';
---
apiVersion: v1
kind: Pod
metadata: { name: a, namespace: phi }
spec:
  containers:
    - name: api
      command: [/server, --tls-cipher-suites, "TLS_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", --export-null]
      env: [{ name: SSL_CIPHERS, value: "HIGH:!MD5" }]
`,
    },
  ],
  invalid: [
    {
      name: 'suites of a list',
      code: `apiVersion: traefik.io/v1alpha1
kind: TLSOption
metadata:
  name: kiosks
  namespace: phi
spec:
  cipherSuites:
    - TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
    - «TLS_RSA_WITH_3DES_EDE_CBC_SHA» # kiosks
    - «TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA»
`,
      errors: [
        {
          messageId: 'weak',
          message:
            'TLS of Traefik offers TLS_RSA_WITH_3DES_EDE_CBC_SHA (cipherSuites): 3DES does not protect ePHI on the way. Remove it from the list.',
        },
        { messageId: 'weak' },
      ],
      output: `apiVersion: traefik.io/v1alpha1
kind: TLSOption
metadata:
  name: kiosks
  namespace: phi
spec:
  cipherSuites:
    - TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
`,
    },
    {
      name: 'lists in one text: an annotation, a directive, a flag',
      ...fixed(`apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: a, annotations: { nginx.ingress.kubernetes.io/ssl-ciphers: «"ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA:RC4-SHA:!MD5"→"ECDHE-RSA-AES128-GCM-SHA256:!MD5"» } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: a, namespace: phi }
data:
  nginx.conf: |
    ssl_ciphers '«HIGH:EXP:!aNULL→HIGH:!aNULL»';
---
apiVersion: v1
kind: Pod
metadata: { name: a, namespace: phi }
spec:
  containers:
    - name: api
      command: [/server, "--tls-cipher-suites=«TLS_AES_128_GCM_SHA256,TLS_RSA_WITH_RC4_128_SHA→TLS_AES_128_GCM_SHA256»"]
`),
      errors: [{ messageId: 'weak' }, { messageId: 'weak' }, { messageId: 'weak' }],
    },
    {
      name: 'nothing but weak suites: the default of the product is better',
      code: `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
tlsCipherSuites: [«TLS_RSA_WITH_RC4_128_SHA»]
`,
      errors: [{ messageId: 'weak' }],
      output: `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
`,
    },
    {
      name: 'nothing but weak suites in a list of fields and in an annotation, and in a variable, for which people decide',
      code: `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
tlsCipherSuites: [«TLS_RSA_WITH_RC4_128_SHA», «TLS_RSA_WITH_3DES_EDE_CBC_SHA»]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    nginx.ingress.kubernetes.io/ssl-ciphers: «RC4-SHA»
spec: {}
---
apiVersion: v1
kind: Pod
metadata: { name: a }
spec:
  containers:
    - name: a
      image: a
      env: [{ name: KONG_SSL_CIPHER_SUITE, value: «old» }]
`,
      errors: [{ messageId: 'weak' }, { messageId: 'weak' }, { messageId: 'weak' }, { messageId: 'weak' }],
      output: `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations: {}
spec: {}
---
apiVersion: v1
kind: Pod
metadata: { name: a }
spec:
  containers:
    - name: a
      image: a
      env: [{ name: KONG_SSL_CIPHER_SUITE, value: old }]
`,
      remaining: 1,
    },
  ],
};
