import { apiServer } from '../../support/control-plane.ts';
import { documents } from '../../support/documents.ts';
import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'OIDC',
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
        - --oidc-issuer-url=https://id.clinic.example
`,
    },
    {
      name: 'an issuer whose second factor is checked',
      code: `apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
jwt:
  - issuer:
      url: https://id.clinic.example
      audiences: [kubernetes]
    claimValidationRules:
      - expression: "'mfa' in claims.amr"
        message: sign in with a second factor
`,
    },
    {
      name: 'a service that reviews tokens',
      code: apiServer('--authentication-token-webhook-config-file=/etc/kubernetes/tokens.yaml'),
    },
    {
      name: 'a file with an issuer',
      code: documents(
        apiServer('--authentication-config=/etc/kubernetes/authentication.yaml'),
        `apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
jwt:
  - issuer: { url: "https://identity.example.com", audiences: [kubernetes] }
    claimMappings: { username: { claim: sub, prefix: "" } }
    claimValidationRules: [{ claim: acr, requiredValue: mfa }]
`,
      ),
    },
    {
      name: 'a file that is not in view',
      isolated: true,
      code: apiServer('--authentication-config=/etc/kubernetes/authentication.yaml'),
    },
  ],
  invalid: [
    {
      name: 'nothing but certificates',
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
        - --oidc-issuer-url=https://identity.example.com
        - --oidc-client-id=kubernetes
`,
    },
    {
      name: 'static tokens',
      code: apiServer(
        '--advertise-address=10.0.0.1',
        '--oidc-issuer-url=https://id.clinic.example',
        '«--token-auth-file=/etc/kubernetes/tokens.csv»',
      ),
      errors: [{ messageId: 'staticFile' }],
      output: apiServer('--advertise-address=10.0.0.1', '--oidc-issuer-url=https://id.clinic.example'),
    },
    {
      name: 'an issuer that is trusted however somebody signed in',
      ...fixed(`apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
jwt:
  - issuer:
      url: «https://id.clinic.example»
      audiences: [kubernetes]
    claimMappings:
      username: { claim: sub, prefix: "" }
+    claimValidationRules:
+      - expression: "'mfa' in claims.amr"
+        message: sign in with a second factor
`),
      errors: [{ messageId: 'noSecondFactor' }],
    },
    {
      name: 'a file that only decides about anonymous requests',
      code: documents(
        apiServer('«--authentication-config=/etc/kubernetes/authentication.yaml»'),
        `apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
anonymous: { enabled: false }
`,
      ),
      errors: [{ messageId: 'noIssuer' }],
      output: undefined,
    },
  ],
};
