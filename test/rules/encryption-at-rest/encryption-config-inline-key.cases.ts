import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'placeholders and variables',
      code: `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets, configmaps]
    providers:
      - aesgcm: { keys: [{ name: a, secret: "<BASE 64 ENCODED SECRET>" }, { name: b, secret: "\${KEY}" }] }
`,
    },
  ],
  invalid: [
    {
      name: 'two keys',
      code: `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets, configmaps]
    providers:
      - aesgcm:
          keys:
            - name: k1
              secret: «MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=»
      - aescbc:
          keys: [{ name: old, secret: «"MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI="» }]
`,
      errors: [{ messageId: 'literal' }, { messageId: 'literal' }],
      output: `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets, configmaps]
    providers:
      - aesgcm:
          keys:
            - name: k1
              secret: <base64 of 32 random bytes>
      - aescbc:
          keys: [{ name: old, secret: "<base64 of 32 random bytes>" }]
`,
    },
  ],
};
