import type { RuleCases } from '../../support/rule-cases.ts';

const encoded = (text: string) => Buffer.from(text).toString('base64');

export const cases: RuleCases = {
  valid: [
    {
      name: 'values from a secret manager',
      code: `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: records-db
  namespace: phi
spec:
  refreshInterval: 1h
  secretStoreRef:
    kind: ClusterSecretStore
    name: vault
  target:
    name: records-db
  data:
    - secretKey: password
      remoteRef:
        key: records/db
        property: password
`,
    },
    {
      name: 'encrypted by Sealed Secrets, and by SOPS',
      code: `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: records-db, namespace: phi }
spec: { encryptedData: { password: AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq } }
---
apiVersion: v1
kind: Secret
metadata: { name: records-db, namespace: phi }
stringData: { password: "ENC[AES256_GCM,data:4nKq,iv:hT,tag:Zz,type:str]", user: records }
sops: { version: 3.9.1 }
`,
    },
    {
      name: 'no values, placeholders, references, a public certificate, and settings alone',
      code: `apiVersion: v1
kind: Secret
metadata: { name: empty, namespace: phi }
type: Opaque
---
apiVersion: v1
kind: Secret
metadata: { name: records, namespace: phi }
stringData:
  a: ""
  b: \${DB_PASSWORD}
  c: <path:secret/data/records#password>
  d: REPLACE_ME
  e: vault:secret/data/records#password
  h: my-password
  i: DB_PASSWORD
  tls.key: |
    -----BEGIN PRIVATE KEY-----
    -----END PRIVATE KEY-----
  tls.crt: see the wiki
  roles.yml: |
    portal_reader:
      cluster: [monitor]
data:
  f: ${encoded('changeme')}
  g: ${encoded('{}')}
  ca.crt: ${encoded('-----BEGIN CERTIFICATE-----\nMIIBszCCAVmg\n-----END CERTIFICATE-----\n')}
---
apiVersion: v1
kind: Secret
metadata: { name: repository, namespace: argocd, labels: { argocd.argoproj.io/secret-type: repository } }
stringData: { type: git, url: "https://github.com/clinic/charts", insecure: "false", proxy-port: "3128" }
---
apiVersion: example.com/v1
kind: Secret
metadata: { name: a, namespace: phi }
stringData: { password: S3cure-Horse! }
`,
    },
  ],
  invalid: [
    {
      name: 'literals in both sections',
      code: `apiVersion: v1
kind: Secret
metadata:
  name: records-db
  namespace: phi
  labels:
    app: records
type: Opaque
«data»:
  username: ${encoded('records')}
  password: ${encoded('S3cure-Horse!')} # as in staging
  keystore.p12: ${Buffer.from([0, 255, 1, 254, 2, 253]).toString('base64')}
«stringData»:
  url: postgres://records:S3cureHorse@db:5432/ehr
`,
      errors: [
        {
          messageId: 'several',
          message:
            'Secret "records-db" holds 2 values in plain text: whoever has this file has them. Replace them at their issuers, and bring them into the cluster from a secret manager.',
        },
        {
          messageId: 'one',
          message:
            'Secret "records-db" holds a value in plain text: whoever has this file has it. Replace it at its issuer, and bring it into the cluster from a secret manager.',
        },
      ],
      output: `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: records-db
  namespace: phi
  labels:
    app: records
spec:
  refreshInterval: 1h
  secretStoreRef:
    kind: ClusterSecretStore
    name: your-secret-store
  target:
    name: records-db
  data:
  - secretKey: username
    remoteRef:
      key: records-db
      property: username
  - secretKey: password
    remoteRef:
      key: records-db
      property: password
  - secretKey: keystore.p12
    remoteRef:
      key: records-db
      property: keystore.p12
  - secretKey: url
    remoteRef:
      key: records-db
      property: url
`,
    },
    {
      name: 'a type, in a List and in JSON',
      language: 'json',
      code: `{"apiVersion": "v1", "kind": "List", "items": [
  {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "tls", "namespace": "phi"}, "immutable": true,
   "type": "kubernetes.io/tls", «"data"»: {"tls.key": "${encoded('-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\n')}"}}
]}
`,
      errors: [{ messageId: 'one' }],
      output: `{"apiVersion": "v1", "kind": "List", "items": [
  {"apiVersion": "external-secrets.io/v1", "kind": "ExternalSecret", "metadata": {"name": "tls", "namespace": "phi"}, "spec": {"refreshInterval": "1h", "secretStoreRef": {"kind": "ClusterSecretStore", "name": "your-secret-store"}, "target": {"name": "tls", "template": {"type": "kubernetes.io/tls"}}, "data": [{"secretKey": "tls.key", "remoteRef": {"key": "tls", "property": "tls.key"}}]}}
]}
`,
    },
    {
      name: 'no name, so that nobody knows what to bring',
      code: 'apiVersion: v1\nkind: Secret\nmetadata: { namespace: phi }\n«stringData»: { token: abc-def-ghi-jkl }\n',
      errors: [{ messageId: 'one' }],
      output: undefined,
    },
  ],
};
