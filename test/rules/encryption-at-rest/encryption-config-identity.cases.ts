import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'identity last, for what was written before',
      code: `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets, configmaps]
    providers:
      - kms:
          apiVersion: v2
          name: vault
          endpoint: unix:///var/run/vault.sock
      - identity: {}
`,
    },
    {
      name: 'resources that hold nothing secret',
      code: `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [events]
    providers:
      - identity: {}
`,
    },
    {
      name: 'of several entries about a resource the first decides',
      code: `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets, configmaps]
    providers:
      - kms: { apiVersion: v2, name: kms-plugin, endpoint: "unix:///kms.sock" }
  - resources: ["*."]
    providers:
      - identity: {}
`,
    },
  ],
  invalid: [
    {
      name: 'identity first',
      code: `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets]
    providers:
      - «identity»: {} # until the migration is done
      - kms:
          apiVersion: v2
          name: vault
          endpoint: unix:///var/run/vault.sock
`,
      errors: [{ messageId: 'first' }],
      output: `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets]
    providers:
      - kms:
          apiVersion: v2
          name: vault
          endpoint: unix:///var/run/vault.sock
      - identity: {}
`,
    },
    {
      name: 'nothing but identity, for everything',
      ...fixed(`apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: ['*.*']
    providers: [{ «identity→kms: { apiVersion: v2, name: kms-plugin, endpoint: unix:///var/run/kms-plugin/socket.sock, timeout: 3s } }, { identity»: {} }]
`),
      errors: [{ messageId: 'first' }],
    },
  ],
};
