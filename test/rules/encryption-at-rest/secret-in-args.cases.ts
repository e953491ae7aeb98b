import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

/** Of the form of a token of GitHub, and of nobody's. */
const token = ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_');

export const cases: RuleCases = {
  valid: [
    {
      name: 'variables, files and names',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
      args:
        - --db-password=$(DB_PASSWORD)
        - --db-password-file=/run/secrets/db
        - --token-url=https://idp.clinic.example/oauth2/token
        - --tls-secret-name=records-tls
        - --password
        - $(DB_PASSWORD)
      env:
        - name: DB_PASSWORD
          valueFrom:
            secretKeyRef:
              name: records-db
              key: password
`,
    },
    {
      name: 'a script that reads them',
      code: `apiVersion: v1
kind: Pod
spec:
  containers:
    - name: a
      command: [sh, -c, 'mysql -p"$MYSQL_PASSWORD" -e "select 1"; curl -u "$USER:$PASS" https://a/']
`,
    },
  ],
  invalid: [
    {
      name: 'a flag, and a URL',
      code: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: records
  namespace: phi
spec:
  template:
    spec:
      containers:
        - name: api
          image: registry.clinic.example/api:1.4.2
          args:
            - --log-level=info
            - --db-password=«S3cure-Horse!» # as in staging
            - "--upstream=https://app:«S3cureHorse»@upstream.clinic.example/"
`,
      errors: [
        {
          messageId: 'credential',
          message:
            'The args of container "api" holds a credential in clear text: password. It opens ePHI to everyone who can read the manifest or the process list; replace it at its issuer and refer to a Secret.',
        },
        { messageId: 'credential' },
      ],
      output: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: records
  namespace: phi
spec:
  template:
    spec:
      containers:
        - name: api
          image: registry.clinic.example/api:1.4.2
          args:
            - --log-level=info
            - --db-password=$(DB_PASSWORD) # as in staging
            - "--upstream=https://app:$(PASSWORD)@upstream.clinic.example/"
          env:
            - name: DB_PASSWORD
              valueFrom:
                secretKeyRef:
                  name: records-credentials
                  key: DB_PASSWORD
            - name: PASSWORD
              valueFrom:
                secretKeyRef:
                  name: records-credentials
                  key: PASSWORD
---
# Its keys are set outside of version control, for example by a secret manager.
apiVersion: v1
kind: Secret
metadata:
  name: records-credentials
  namespace: phi
type: Opaque
`,
    },
    {
      name: 'a flag with its value behind it, a script, and a variable that is taken',
      ...fixed(`apiVersion: v1
kind: Pod
metadata: { name: records, namespace: phi }
spec:
  initContainers:
    - name: wait
      command: ["redis-cli", "--password", "«S3cure-Horse!→$(PASSWORD_2)»"]
      env: [{name: PASSWORD, value: ""}‹→, {name: PASSWORD_2, valueFrom: {secretKeyRef: {name: records-credentials, key: PASSWORD_2}}}›]
  containers:
    - name: backup
      command:
        - /bin/sh
        - -c
        - |
          set -e
          mysqldump -u root -p«S3cureHorse→$(PASSWORD)» ehr > /backup/ehr.sql
+      env:
+        - name: PASSWORD
+          valueFrom:
+            secretKeyRef:
+              name: records-credentials
+              key: PASSWORD
+---
+# Its keys are set outside of version control, for example by a secret manager.
+apiVersion: v1
+kind: Secret
+metadata:
+  name: records-credentials
+  namespace: phi
+type: Opaque
`),
      errors: [{ messageId: 'credential' }, { messageId: 'credential' }],
    },
    {
      name: 'a probe, where variables are not replaced',
      ...fixed(`apiVersion: v1
kind: Pod
metadata: { name: records, namespace: phi }
spec:
  containers:
    - name: cache
      livenessProbe:
        exec:
          command: [sh, -c, "redis-cli -a «S3cureHorse→REDACTED» ping"]
`),
      errors: [{ messageId: 'credential', message: /^The livenessProbe of container "cache"/ }],
    },
    {
      name: 'a token, whatever the flag is called',
      code: `apiVersion: v1
kind: Pod
metadata: { name: clone, namespace: phi }
spec:
  containers:
    - name: clone
      args: ["--x=«${token}»"]
`,
      errors: [{ messageId: 'credential' }],
      output: `apiVersion: v1
kind: Pod
metadata: { name: clone, namespace: phi }
spec:
  containers:
    - name: clone
      args: ["--x=$(TOKEN)"]
      env:
        - name: TOKEN
          valueFrom:
            secretKeyRef:
              name: clone-credentials
              key: TOKEN
---
# Its keys are set outside of version control, for example by a secret manager.
apiVersion: v1
kind: Secret
metadata:
  name: clone-credentials
  namespace: phi
type: Opaque
`,
    },
  ],
};
