import { fixed } from '../../support/marked-text.ts';
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
    {
      name: 'values of a release that name a Secret, and other objects with values',
      code: `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: portal, namespace: portal }
spec:
  valuesFrom: [{ kind: Secret, name: portal, valuesKey: password, targetPath: auth.password }]
  values: { auth: { existingSecret: portal, password: "" } }
---
apiVersion: apps.example.com/v1
kind: Application
metadata: { name: portal, namespace: portal }
spec: { source: { helm: { valuesObject: { password: S3cure-Horse! } } } }
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: portal, namespace: argocd }
spec: { source: { helm: { parameters: [{ name: auth.password, value: $ARGOCD_APP_NAME }] } } }
`,
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
      ...fixed(`users:
+  # Keep this in a Secret, and name that in existingSecret.
  - password: «S3cure-Horse!→""»
    name: admin
env:
- name: DB_PASSWORD
+  # Keep this in a Secret, and name that in existingSecret.
  value: «S3cure-Horse!→""»
config:
  app.properties: |
    host={{ .Release.Name }}-db
    spring.datasource.password=«S3cure-Horse!→REDACTED»
`),
      errors: [{ messageId: 'credential' }, { messageId: 'credential' }, { messageId: 'credential' }],
    },
    {
      name: 'values of Applications, in each of their forms',
      ...fixed(`apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: portal, namespace: argocd }
spec:
  source:
    chart: portal
    helm:
      valuesObject:
        auth:
          # the first administrator
+          # Keep this in a Secret, and name that in existingSecret.
          password: «S3cure-Horse!→""»
      parameters:
        - name: smtp.password
+          # Keep this in a Secret, and name that in existingSecret.
          value: «S3cure-Horse!→""»
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ehr, namespace: argocd }
spec:
  sources:
    - ref: values
    - chart: ehr
      helm:
        values: |
          auth:
            password: «S3cure-Horse!→REDACTED»
          replicas: 2
---
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: lab, namespace: argocd }
spec:
  template:
    spec:
      source: { chart: lab, helm: { valuesObject: { env: "{{env}}", password: "«S3cure-Horse!→»" } } }
`),
      errors: Array.from({ length: 4 }, () => ({ messageId: 'credential' })),
    },
    {
      name: 'values of releases of Flux and k3s',
      ...fixed(`apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: portal, namespace: portal }
spec:
  chart: { spec: { chart: portal, sourceRef: { kind: HelmRepository, name: charts } } }
  values:
    postgresql: { auth: { password: «S3cure-Horse!→""» } }
---
apiVersion: helm.cattle.io/v1
kind: HelmChart
metadata: { name: portal, namespace: kube-system }
spec:
  chart: portal
  valuesContent: |-
    auth:
      password: «S3cure-Horse!→REDACTED»
`),
      errors: [
        { messageId: 'credential', message: /^The value "postgresql.auth.password" holds / },
        { messageId: 'credential' },
      ],
    },
  ],
};
