import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'an exec plugin',
      code: `apiVersion: v1
kind: Config
users:
  - name: dr-chen
    user:
      exec: { apiVersion: client.authentication.k8s.io/v1, command: kubelogin }
`,
    },
    {
      name: 'masked by kubectl, or a reference',
      code: `apiVersion: v1
kind: Config
users:
  - name: a
    user: { client-key-data: DATA+OMITTED, token: REDACTED }
  - name: b
    user: { tokenFile: /var/run/token, token: "\${TOKEN}" }
`,
    },
  ],
  invalid: [
    {
      name: 'a token and a key',
      code: `apiVersion: v1
kind: Config
users:
  - name: admin
    user:
      «token»: abcdef.0123456789abcdef
      client-certificate-data: LS0tLS1CRUdJTg==
      «client-key-data»: LS0tLS1CRUdJTg==
`,
      errors: [{ messageId: 'embedded' }, { messageId: 'embedded' }],
      output: `apiVersion: v1
kind: Config
users:
  - name: admin
    user:
      client-certificate-data: LS0tLS1CRUdJTg==
`,
    },
  ],
};
