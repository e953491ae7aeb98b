import type { RuleCases } from '../../support/rule-cases.ts';

/** Assembled, so that this file holds nothing that a scanner of repositories takes for a credential. */
const token = ['gh', 'p_wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('');

export const cases: RuleCases = {
  valid: [
    {
      name: 'references',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
spec:
  containers:
    - name: api
      env:
        - name: DB_PASSWORD
          valueFrom:
            secretKeyRef:
              name: records-db
              key: password
        - name: DATABASE_URL
          value: postgres://app:$(DB_PASSWORD)@db:5432/ehr
        - name: DB_PASSWORD_FILE
          value: /run/secrets/db
`,
    },
    {
      name: 'names that only sound like it',
      code: `apiVersion: v1
kind: Pod
spec:
  containers:
    - name: api
      env:
        - { name: PASSWORD_MIN_LENGTH, value: "12" }
        - { name: TOKEN_URL, value: https://idp.clinic.example/oauth2/token }
        - { name: DB_PASSWORD, value: "" }
        - { name: API_KEY, value: changeme }
`,
    },
  ],
  invalid: [
    {
      name: 'a password, and one in a connection string',
      code: `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: records
  namespace: phi
spec:
  template:
    spec:
      containers:
        - name: db
          env:
            - name: POSTGRES_PASSWORD
              value: «S3cure-Horse!» # same as in staging
            - name: DATABASE_URL
              value: "postgres://app:«S3cureHorse»@db:5432/ehr"
`,
      errors: [
        {
          messageId: 'credential',
          message:
            'Environment variable POSTGRES_PASSWORD of container "db" holds a credential in clear text: password. It opens ePHI to everyone who can read the manifest; replace it at its issuer and refer to a Secret.',
        },
        { messageId: 'credential' },
      ],
      output: `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: records
  namespace: phi
spec:
  template:
    spec:
      containers:
        - name: db
          env:
            - name: POSTGRES_PASSWORD
              valueFrom:
                secretKeyRef:
                  name: records-credentials
                  key: POSTGRES_PASSWORD
            - name: DATABASE_URL
              valueFrom:
                secretKeyRef:
                  name: records-credentials
                  key: DATABASE_URL
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
      name: 'a token in an init container, JSON',
      language: 'json',
      code: `{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"initContainers": [
  {"name": "clone", "env": [{"name": "X", "value": "«${token}»"}]}
]}}
`,
      errors: [{ messageId: 'credential' }],
      // A file of JSON can hold no second document.
      output: undefined,
    },
  ],
};
