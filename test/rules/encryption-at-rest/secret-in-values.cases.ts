import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'names of Secrets, settings and empty values',
      fileName: 'values.yaml',
      code: `auth:
  enabled: true
  existingSecret: portal-db
  existingSecretPasswordKey: db-password
  password: ""
  adminPassword: changeme
  passwordPolicy: strict
tls:
  secretName: portal-tls
  caSecret: portal-ca
extraEnv:
  - name: DB_PASSWORD
    valueFrom:
      secretKeyRef: { name: portal-db, key: db-password }
connection: postgres://portal:$(DB_PASSWORD)@db:5432/portal
`,
    },
    {
      name: 'a manifest that is called values',
      fileName: 'values.yaml',
      code: 'apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: a, namespace: b }\nspec: { dbPassword: S3cure-Horse! }\n',
    },
  ],
  invalid: [
    {
      name: 'passwords, beside the name of a Secret and without one',
      fileName: 'values.yaml',
      code: `postgresql:
  auth:
    existingSecret: ""
    # the application's user
    password: «S3cure-Horse!» # as in staging
  replicas: 1
smtp:
  password: "«S3cure-Horse!»"
  url: "smtp://portal:«S3cureHorse»@mail.clinic.example:587"
`,
      errors: [
        {
          messageId: 'credential',
          message:
            'The value "postgresql.auth.password" holds a credential in clear text: password. It opens ePHI to everyone who has the chart or may read its releases; replace it at its issuer and name a Secret instead.',
        },
        { messageId: 'credential' },
        { messageId: 'credential' },
      ],
      output: `postgresql:
  auth:
    existingSecret: ""
    # the application's user
    # Keep this in a Secret, and name that in existingSecret.
    password: "" # as in staging
  replicas: 1
smtp:
  # Keep this in a Secret, and name that in existingSecret.
  password: ""
  url: "smtp://portal:REDACTED@mail.clinic.example:587"
`,
    },
    {
      name: 'in lists, in a text and in a template that the chart expands',
      fileName: 'deploy/values-prod.yaml',
      code: `users:
  - password: «S3cure-Horse!»
    name: admin
env:
- name: DB_PASSWORD
  value: «S3cure-Horse!»
config:
  app.properties: |
    host={{ .Release.Name }}-db
    spring.datasource.password=«S3cure-Horse!»
`,
      errors: [{ messageId: 'credential' }, { messageId: 'credential' }, { messageId: 'credential' }],
      output: `users:
  # Keep this in a Secret, and name that in existingSecret.
  - password: ""
    name: admin
env:
- name: DB_PASSWORD
  # Keep this in a Secret, and name that in existingSecret.
  value: ""
config:
  app.properties: |
    host={{ .Release.Name }}-db
    spring.datasource.password=REDACTED
`,
    },
  ],
};
