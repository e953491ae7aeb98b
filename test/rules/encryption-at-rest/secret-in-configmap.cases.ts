import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const encoded = (text: string) => Buffer.from(text).toString('base64');

/** Of the form of a token of GitHub, and of nobody's. */
const token = ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_');

export const cases: RuleCases = {
  valid: [
    {
      name: 'settings about credentials, references and placeholders',
      code: `apiVersion: v1
kind: ConfigMap
metadata:
  name: portal
data:
  DB_USER: portal
  DB_PASSWORD_FILE: /run/secrets/db
  PASSWORD_MIN_LENGTH: "12"
  nsswitch.conf: |
    passwd: compat
    shadow: files
  DATABASE_URL: postgres://portal:$(DB_PASSWORD)@db:5432/portal
  application.properties: |
    spring.datasource.password=\${DB_PASSWORD}
    spring.security.oauth2.client.registration.idp.client-secret=changeme
  ca.crt: |
    -----BEGIN CERTIFICATE-----
    MIIBszCCAVmgAwIBAgIUY2xpbmljLmV4YW1wbGUtY2EwCgYIKoZIzj0EAwIwKzEp
    -----END CERTIFICATE-----
`,
    },
    {
      name: 'another kind with data',
      code: 'apiVersion: example.com/v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { DB_PASSWORD: S3cure-Horse! }\n',
    },
  ],
  invalid: [
    {
      name: 'a key that is a password: it moves to a Secret',
      code: `apiVersion: v1
kind: ConfigMap
metadata:
  name: portal
  namespace: phi
data:
  LOG_LEVEL: info
  DB_PASSWORD: «S3cure-Horse!» # as in staging
`,
      errors: [
        {
          messageId: 'credential',
          message:
            'ConfigMap "portal" holds a credential in clear text under "DB_PASSWORD": password. It opens ePHI to everyone who may read configuration; replace it at its issuer and keep it in a Secret.',
        },
      ],
      output: `apiVersion: v1
kind: ConfigMap
metadata:
  name: portal
  namespace: phi
data:
  LOG_LEVEL: info
---
# Its keys are set outside of version control, for example by a secret manager.
apiVersion: v1
kind: Secret
metadata:
  name: portal-credentials
  namespace: phi
type: Opaque
`,
      alternatives: [
        {
          title: 'Redact the password',
          output: `apiVersion: v1
kind: ConfigMap
metadata:
  name: portal
  namespace: phi
data:
  LOG_LEVEL: info
  DB_PASSWORD: REDACTED # as in staging
`,
        },
      ],
    },
    {
      name: 'inside properties, JSON, XML, INI, .env and YAML: the field is redacted, and the rest stays',
      ...fixed(`apiVersion: v1
kind: ConfigMap
metadata: { name: portal, namespace: phi }
data:
  application.properties: |
    server.port=8080
    spring.datasource.password=«S3cure-Horse!→REDACTED»
  settings.json: '{"port": 8080, "smtp": {"user": "portal", "password": "«S3cure-Horse!→REDACTED»"}}'
  web.xml: |
    <configuration>
      <database user="portal" password="«S3cure-Horse!→REDACTED»"/>
    </configuration>
  app.ini: |
    [database]
    user = portal
    password = «S3cure-Horse!→REDACTED»
  app.env: |
    export DB_USER=portal
    export DB_PASSWORD='«S3cure-Horse!→REDACTED»'
  app.yaml: |
    database:
      user: portal
      url: postgres://portal:«S3cureHorse→REDACTED»@db:5432/portal
`),
      errors: Array.from({ length: 6 }, () => ({ messageId: 'credential' })),
    },
    {
      name: 'encoded in binaryData',
      ...fixed(`apiVersion: v1
kind: ConfigMap
metadata: { name: portal, namespace: phi }
binaryData:
  app.env: «${encoded('DB_USER=portal\nDB_PASSWORD=S3cure-Horse!\n')}→${encoded('DB_USER=portal\nDB_PASSWORD=REDACTED\n')}»
  LOG: ${encoded('debug')}
`),
      errors: [{ messageId: 'credential' }],
    },
    {
      name: 'a token, whatever the key is called',
      code: `apiVersion: v1
kind: ConfigMap
metadata: { name: clone, namespace: phi }
data:
  settings: x=«${token}»
`,
      errors: [{ messageId: 'credential' }],
      output: `apiVersion: v1
kind: ConfigMap
metadata: { name: clone, namespace: phi }
data: {}
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
