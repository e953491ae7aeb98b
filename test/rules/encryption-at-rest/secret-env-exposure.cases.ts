import type { RuleCases } from '../../support/rule-cases.ts';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a mounted Secret, and a ConfigMap in the environment',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
  namespace: phi
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
      env:
        - name: DB_PASSWORD_FILE
          value: /run/secrets/records-db/password
        - name: LOG_LEVEL
          valueFrom:
            configMapKeyRef:
              name: records
              key: log-level
      volumeMounts:
        - name: records-db
          mountPath: /run/secrets/records-db
          readOnly: true
  volumes:
    - name: records-db
      secret:
        secretName: records-db
`,
    },
    {
      name: 'outside PHI scope',
      code: `apiVersion: v1
kind: Pod
metadata: { name: blog, namespace: web, labels: { kube-safeguards.io/phi: "false" } }
spec:
  containers:
    - name: blog
      envFrom: [{ secretRef: { name: blog } }]
`,
    },
  ],
  invalid: [
    {
      name: 'two variables from one Secret become two files',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: records
  namespace: phi
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
      env:
        - name: LOG_LEVEL
          value: info
        - name: DB_USER # read at start
          valueFrom:
            «secretKeyRef»:
              name: records-db
              key: user
        - name: DB_PASSWORD
          valueFrom:
            secretKeyRef:
              name: records-db
              key: password
`,
      errors: [
        {
          messageId: 'variables',
          message:
            'Container "api" gets Secret "records-db" through its environment, which crash reports and child processes inherit. Mount it as a file where the program can read one.',
          severity: 'information',
        },
      ],
      output: `apiVersion: v1
kind: Pod
metadata:
  name: records
  namespace: phi
spec:
  containers:
    - name: api
      image: registry.clinic.example/api:1.4.2
      env:
        - name: LOG_LEVEL
          value: info
        - name: DB_USER_FILE # read at start
          value: /run/secrets/records-db/user
        - name: DB_PASSWORD_FILE
          value: /run/secrets/records-db/password
      volumeMounts:
        - name: records-db
          mountPath: /run/secrets/records-db
          readOnly: true
  volumes:
    - name: records-db
      secret:
        secretName: records-db
`,
    },
    {
      name: 'the whole Secret, one that is mounted already, one that is optional, and a name that is taken',
      code: `apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly, namespace: phi }
spec:
  jobTemplate:
    spec:
      template:
        spec:
          initContainers:
            - name: wait
              envFrom:
                - «secretRef»: { name: records-db }
          containers:
            - name: run
              envFrom:
                - configMapRef: { name: records }
                - «secretRef»: { name: records.api, optional: true }
              env:
                - { name: TOKEN, valueFrom: { «secretKeyRef»: { name: records-db, key: token } } }
              volumeMounts: [{ name: db, mountPath: /etc/db }]
          volumes:
            - { name: db, secret: { secretName: records-db } }
            - { name: records-api, emptyDir: {} }
`,
      errors: [{ messageId: 'variables' }, { messageId: 'variables' }, { messageId: 'variables' }],
      output: `apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly, namespace: phi }
spec:
  jobTemplate:
    spec:
      template:
        spec:
          initContainers:
            - name: wait
              volumeMounts:
                - name: db
                  mountPath: /run/secrets/records-db
                  readOnly: true
          containers:
            - name: run
              envFrom:
                - configMapRef: { name: records }
              env:
                - { name: TOKEN_FILE, value: /etc/db/token }
              volumeMounts: [{ name: db, mountPath: /etc/db }, { name: records-api-secret, mountPath: /run/secrets/records.api, readOnly: true }]
          volumes:
            - { name: db, secret: { secretName: records-db } }
            - { name: records-api, emptyDir: {} }
            - name: records-api-secret
              secret:
                secretName: records.api
                optional: true
`,
    },
    {
      name: 'a variable that an argument is put together from has to stay one',
      code: `apiVersion: v1
kind: Pod
metadata: { name: records, namespace: phi }
spec:
  containers:
    - name: api
      args: [--db-password=$(DB_PASSWORD)]
      env: [{ name: DB_PASSWORD, valueFrom: { «secretKeyRef»: { name: records-db, key: password } } }]
`,
      errors: [{ messageId: 'variables' }],
      output: undefined,
    },
  ],
};
