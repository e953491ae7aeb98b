import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'both by name',
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
      name: 'everything',
      code: `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: ['*.*']
    providers:
      - kms:
          apiVersion: v2
          name: vault
          endpoint: unix:///var/run/vault.sock
`,
    },
  ],
  invalid: [
    {
      name: 'no ConfigMaps',
      code: `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - «resources»:
      - secrets
    providers:
      - kms:
          apiVersion: v2
          name: vault
          endpoint: unix:///var/run/vault.sock
`,
      errors: [{ messageId: 'uncovered' }],
      output: `apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources:
      - secrets
      - configmaps
    providers:
      - kms:
          apiVersion: v2
          name: vault
          endpoint: unix:///var/run/vault.sock
`,
    },
    {
      name: 'neither',
      ...fixed(`apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - «resources»: [events‹→, secrets, configmaps›]
    providers:
      - kms:
          apiVersion: v2
          name: vault
          endpoint: unix:///var/run/vault.sock
`),
      errors: [{ messageId: 'uncovered', message: /^secrets and configmaps are not encrypted/ }],
    },
  ],
};
