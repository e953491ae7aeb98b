import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'KMS v2',
      code: `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets, configmaps]
    providers:
      - kms:
          apiVersion: v2
          name: vault
          endpoint: unix:///var/run/vault.sock
`,
    },
    {
      name: 'AES-GCM with 256 bits',
      code: `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets, configmaps]
    providers:
      - aesgcm:
          keys:
            - name: k1
              secret: MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=
`,
    },
    {
      name: 'a key that is filled in later',
      code: `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets, configmaps]
    providers:
      - aesgcm: { keys: [{ name: k1, secret: "\${KEY}" }] }
`,
    },
  ],
  invalid: [
    {
      name: 'CBC behind identity',
      code: `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets, configmaps]
    providers:
      - «aescbc»:
          keys:
            - name: k1
              secret: "<base64 of 32 random bytes>"
      - identity: {}
`,
      errors: [{ messageId: 'weak', message: /^aescbc encrypts secrets.* in etcd: CBC is open/ }],
      output: `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets, configmaps]
    providers:
      - kms:
          apiVersion: v2
          name: kms-plugin
          endpoint: unix:///var/run/kms-plugin/socket.sock
          timeout: 3s
      - aescbc:
          keys:
            - name: k1
              secret: "<base64 of 32 random bytes>"
      - identity: {}
`,
    },
    {
      name: 'KMS v1, secretbox and a short key',
      ...fixed(`apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets]
    providers:
+      - kms:
+          apiVersion: v2
+          name: kms-plugin
+          endpoint: unix:///var/run/kms-plugin/socket.sock
+          timeout: 3s
      - «kms»: { name: vault, endpoint: "unix:///var/run/vault.sock" }
  - resources: [configmaps]
    providers:
+      - kms:
+          apiVersion: v2
+          name: kms-plugin
+          endpoint: unix:///var/run/kms-plugin/socket.sock
+          timeout: 3s
      - «secretbox»: { keys: [] }
  - resources: [events]
    providers:
+      - kms:
+          apiVersion: v2
+          name: kms-plugin
+          endpoint: unix:///var/run/kms-plugin/socket.sock
+          timeout: 3s
      - «aesgcm»: { keys: [{ name: k1, secret: MTIzNDU2Nzg5MDEyMzQ1Ng== }] }
`),
      errors: [{ messageId: 'weak' }, { messageId: 'weak' }, { messageId: 'weak' }],
    },
  ],
};
