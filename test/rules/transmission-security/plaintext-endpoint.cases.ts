import { configMap, pod, variables } from '../../support/configured.ts';
import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const OWN_ADDRESS = `        - name: POD_IP
          valueFrom: { fieldRef: { fieldPath: status.podIP } }
`;

export const cases: RuleCases = {
  valid: [
    {
      name: 'TLS',
      code: `apiVersion: v1
kind: ConfigMap
metadata:
  name: records-api
  namespace: clinic
data:
  FHIR_BASE_URL: https://fhir.example.com/r4
  DATABASE_URL: postgresql://records@db.clinic.svc:5432/records?sslmode=verify-full
`,
    },
    {
      name: 'inside the pod or the node',
      code: pod(
        variables(
          ['A', 'http://localhost:8080'],
          ['B', 'http://127.0.0.1:9090/metrics'],
          ['C', "'http://[::1]:80'"],
          ['D', 'redis://localhost'],
        ) +
          OWN_ADDRESS +
          variables(
            ['SELF', 'http://$(POD_IP):8080'],
            ['DB', 'postgres://app@localhost/app?sslmode=disable'],
            ['HTTP_LISTEN', 'http://0.0.0.0:8080'],
          ),
        `      livenessProbe: { exec: { command: [curl, -f, "http://localhost:8080/health"] } }\n`,
      ),
    },
    {
      name: 'names that are no addresses, links for people, origins of browsers and proxies',
      code: configMap(`  app.json: |
    {"$schema": "http://json-schema.org/draft-07/schema#", "@context": "http://schema.org", "system": "http://loinc.org"}
  pom.xml: |
    <beans xmlns="http://www.springframework.org/schema/beans" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
           xsi:schemaLocation="http://a.example.com/b http://a.example.com/b.xsd"><!-- <url>http://a.example.com</url> --></beans>
  app.yaml: |
    # upstream: http://a.example.com
    docs: http://docs.example.com/help
    license: http://a.example.com/LICENSE-2.0
    cors: { allowedOrigins: ["http://a.example.com"] }
    text: see http://a.example.com for more
  LICENSE: |
    http://www.apache.org/licenses/LICENSE-2.0
  README.md: "http://a.example.com"
  patient.json: |
    {"resourceType": "Bundle", "entry": [{"fullUrl": "http://fhir.example.com/Patient/1"}]}
  api.yaml: |
    openapi: 3.1.0
    servers: [{ url: "http://a.example.com" }]
  nginx.conf: |
    upstream app { server 127.0.0.1:8080; server unix:/run/app.sock; }
    server { location / { proxy_pass http://app; } }
  HTTPS_PROXY: http://proxy.example.com:3128
  CORS_ORIGIN: http://portal.example.com
`),
    },
    {
      name: 'StartTLS and TLS by parameters',
      code: pod(
        variables(
          ['LDAP_URL', 'ldap://directory.example.com'],
          ['LDAP_STARTTLS', '"true"'],
          ['MAIL', 'smtp://mail.example.com:587'],
          ['MONGO', 'mongodb://db/records?tls=true'],
          ['SRV', 'mongodb+srv://db.example.com/records'],
          ['SQL', 'Server=tcp:db.example.com,1433;Database=records;Encrypt=True'],
          ['DSN', 'app@tcp(db:3306)/records?tls=true'],
        ),
      ),
    },
    {
      name: 'a setting beside a host that is the pod itself',
      code: pod(variables(['PGHOST', '127.0.0.1'], ['PGSSLMODE', 'disable'])),
    },
    {
      name: 'values of other kinds; a host that a variable decides',
      code: pod(variables(['A', '{ url: http://a.example.com }'], ['B', ''], ['C', 'http://$BACKEND_HOST/'])),
    },
    {
      name: 'the socket of a database in the pod, and schemes with TLS in their name',
      code: pod(
        variables(
          ['DSN', 'host=/var/run/postgresql dbname=app sslmode=disable'],
          ['LOCAL', 'Server=(localdb)\\app;Encrypt=False'],
          ['GRAPH', 'neo4j+s://graph.example.com'],
          ['STREAM', 'pulsar+ssl://stream.example.com:6651'],
          ['EVENTS', 'clickhouse://events.example.com:9440/app?secure=true'],
        ),
      ),
    },
  ],
  invalid: [
    {
      name: 'URLs in the environment',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: orders
  namespace: clinic
spec:
  containers:
    - name: api
      image: registry.example.com/orders:1
      env:
        - name: LAB_URL
          value: «http»://lab.example.com:80/oru # until the laboratory has a certificate
        - name: CACHE
          value: "«redis»://cache.clinic.svc.cluster.local:6379/0"
`,
      errors: [
        {
          messageId: 'scheme',
          message:
            'Container "api" connects to lab.example.com outside the cluster by HTTP in clear text: ePHI can be read and changed on the way. Use its form over TLS.',
        },
        { messageId: 'scheme', severity: 'warning' },
      ],
      output: `apiVersion: v1
kind: Pod
metadata:
  name: orders
  namespace: clinic
spec:
  containers:
    - name: api
      image: registry.example.com/orders:1
      env:
        - name: LAB_URL
          value: https://lab.example.com:443/oru # until the laboratory has a certificate
        - name: CACHE
          value: "rediss://cache.clinic.svc.cluster.local:6379/0"
`,
    },
    {
      name: 'protocols of all kinds, CRLF',
      code: pod(
        variables(
          ['A', '«amqp»://q:5672'],
          ['B', '«mqtt»://broker.example.com:1883'],
          ['C', '«nats»://nats.messaging:4222'],
          ['D', '«ldap»://directory.example.com:389/dc=example'],
          ['E', '«ws»://feed.example.com/live'],
          ['F', '«ftp»://inbox.example.com'],
          ['G', '«smtp»://mail.example.com:25'],
          ['H', '«mongodb»://a,b:27017/records?replicaSet=rs0'],
          ['I', '«mongodb»://db'],
          ['J', '«PLAINTEXT»://kafka-0.kafka:9092'],
        ),
      ).replaceAll('\n', '\r\n'),
      errors: Array.from({ length: 10 }, () => ({ messageId: 'scheme' })),
      output: `apiVersion: v1\r
kind: Pod\r
metadata: { name: a, namespace: phi }\r
spec:\r
  containers:\r
    - name: api\r
      image: registry.example.com/api:1\r
      env:\r
        - name: A\r
          value: amqps://q:5671\r
        - name: B\r
          value: mqtts://broker.example.com:8883\r
        - name: C\r
          value: tls://nats.messaging:4222\r
        - name: D\r
          value: ldaps://directory.example.com:636/dc=example\r
        - name: E\r
          value: wss://feed.example.com/live\r
        - name: F\r
          value: ftps://inbox.example.com\r
        - name: G\r
          value: smtps://mail.example.com:465\r
        - name: H\r
          value: "mongodb://a,b:27017/records?replicaSet=rs0&tls=true"\r
        - name: I\r
          value: "mongodb://db/?tls=true"\r
        - name: J\r
          value: SSL://kafka-0.kafka:9092\r
`,
    },
    {
      name: 'parameters of drivers',
      ...fixed(
        pod(
          variables(
            [
              'PG',
              'postgresql://app@db.clinic.svc:5432/records?«sslmode=disable→sslmode=verify-full»&application_name=a',
            ],
            ['JDBC', 'jdbc:postgresql://db.example.com/records?«ssl=false→ssl=true»'],
            [
              'MYSQL',
              'jdbc:mysql://db.example.com:3306/records?«useSSL=false→useSSL=true»&serverTimezone=UTC',
            ],
            ['MYSQL8', 'jdbc:mysql://db.example.com/records?a=b&«sslMode=DISABLED→sslMode=VERIFY_IDENTITY»'],
            ['GO', 'app@tcp(db.example.com:3306)/records?parseTime=true&«tls=false→tls=true»'],
            ['LIBPQ', 'host=db.example.com dbname=records «sslmode=disable→sslmode=verify-full»'],
            ['NET', 'Server=db.example.com;Database=records;«Encrypt=False→Encrypt=True»'],
            ['NPGSQL', 'Host=db.example.com;Database=records;«SSL Mode=Disable→SSL Mode=VerifyFull»'],
            ['ODBC', 'Driver={PostgreSQL};Server=db.example.com;«SSLmode=disable→SSLmode=verify-full»'],
            ['SQL', 'jdbc:sqlserver://db.example.com:1433;databaseName=records;«encrypt=false→encrypt=true»'],
          ),
        ),
      ),
      errors: [
        {
          messageId: 'parameter',
          message:
            'Container "api" switches TLS off for the PostgreSQL protocol (sslmode=disable): ePHI can be read and changed on the way. Switch it on and verify the other side.',
        },
        ...Array.from({ length: 9 }, () => ({ messageId: 'parameter' })),
      ],
    },
    {
      name: 'settings of their own: the value, or a line of an embedded file',
      ...fixed(
        configMap(`  PGSSLMODE: «disable→verify-full»
  client.properties: |
    bootstrap.servers=kafka.example.com:9092
    # security.protocol=PLAINTEXT
    «security.protocol=SASL_PLAINTEXT→security.protocol=SASL_SSL»
    sasl.mechanism=PLAIN
  grafana.ini: |
    [database]
    host = db.example.com:5432
    «ssl_mode = disable→ssl_mode = verify-full»

    [other]
    host = 127.0.0.1
    ssl_mode = disable
`),
      ),
      errors: Array.from({ length: 3 }, () => ({ messageId: 'parameter' })),
    },
    {
      name: 'telemetry that is sent without TLS',
      ...fixed(pod(variables(['OTEL_EXPORTER_OTLP_INSECURE', '"«true→false»"']))),
      errors: [{ messageId: 'parameter' }],
    },
    {
      name: 'addresses inside embedded files',
      ...fixed(
        configMap(`  application.yaml: |
    spring:
      datasource:
        url: "jdbc:postgresql://db.example.com/records?«sslmode=disable→sslmode=verify-full»"
    hosts:
      - «http→https»://a.example.com
      - http://localhost
  settings.json: |
    {
      "lab": {"endpoint": "«http→https»://lab.example.com/oru"}
    }
  nginx.conf: |
    location / {
      proxy_pass «http→https»://records-api.clinic.svc:8080;
      return 301 http://a.example.com;
    }
  server.xml: |
    <config><url>«http→https»://a.example.com</url></config>
`),
      ),
      errors: [
        { messageId: 'parameter' },
        { messageId: 'scheme' },
        { messageId: 'scheme' },
        { messageId: 'scheme' },
        { messageId: 'scheme' },
      ],
    },
    {
      name: 'arguments and commands; a user in the address',
      ...fixed(
        pod(
          '',
          `      command: [sh, -c]
      args:
        - --upstream=«http→https»://a.example.com
        - |
          echo "see http://a.example.com"
          curl -s «http→https»://user:pw@a.example.com:‹80→443›/x # http://b.example.com
`,
        ),
      ),
      errors: [{ messageId: 'scheme' }, { messageId: 'scheme' }],
    },
    {
      name: 'variables that stand beside it; a protocol without a form over TLS',
      code: pod(variables(['LAB_HOST', 'lab.example.com'], ['LAB', '«mllp»://$(LAB_HOST):2575'])),
      errors: [
        { messageId: 'scheme', message: /connects to lab.example.com outside the cluster by HL7 MLLP/ },
      ],
      output: undefined,
    },
    {
      name: 'a host that demands mutual TLS of the mesh; one in another namespace that does not',
      ...fixed(`${pod(variables(['A', '«http»://records.phi.svc:8080'], ['B', '«http→https»://lab.partners.svc']))}---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: phi }
spec: { mtls: { mode: STRICT } }
`),
      errors: [{ messageId: 'mesh', severity: 'information' }, { messageId: 'scheme' }],
      remaining: 1,
    },
    {
      name: 'pods behind the Service that are exempt from it',
      ...fixed(`${pod(variables(['A', '«http→https»://records']))}---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: phi }
spec: { mtls: { mode: STRICT } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: records, namespace: phi }
spec: { selector: { matchLabels: { app: records } }, mtls: { mode: PERMISSIVE } }
---
apiVersion: v1
kind: Service
metadata: { name: records, namespace: phi }
spec: { selector: { app: records }, ports: [{ port: 443 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: records, namespace: phi, labels: { app: records } }
spec: { containers: [{ name: a, image: a }] }
`),
      errors: [{ messageId: 'scheme' }],
    },
    {
      name: 'a kubeconfig',
      ...fixed(`apiVersion: v1
kind: Config
clusters:
  - name: a
    cluster: { server: "«http→https»://api.example.com:8080" }
`),
      errors: [{ messageId: 'scheme' }],
    },
    {
      name: 'an anchor: the alias is found, and only the place itself is changed',
      code: pod(`        - name: A
          value: &url «http»://a.example.com
        - name: B
          value: «*url»
`),
      errors: [{ messageId: 'scheme' }, { messageId: 'scheme' }],
      output: undefined,
    },
    {
      name: 'graphs, streams, queues, mail boxes and consoles',
      code: pod(
        variables(
          ['GRAPH', '«bolt»://graph.example.com:7687'],
          ['STREAM', '«pulsar»://stream.example.com:6650'],
          ['QUEUE', 'failover:(«tcp»://queue.example.com:61616)'],
          ['MAIL', '«imap»://mail.example.com'],
          ['CONSOLE', '«telnet»://device.example.com'],
          ['EVENTS', 'clickhouse://events.example.com:9000/app?«secure=false»'],
        ),
      ),
      errors: [
        { messageId: 'scheme' },
        { messageId: 'scheme' },
        { messageId: 'scheme' },
        { messageId: 'scheme' },
        { messageId: 'scheme' },
        { messageId: 'parameter' },
      ],
      output: pod(
        variables(
          ['GRAPH', 'bolt+s://graph.example.com:7687'],
          ['STREAM', 'pulsar+ssl://stream.example.com:6651'],
          ['QUEUE', 'failover:(ssl://queue.example.com:61617)'],
          ['MAIL', 'imaps://mail.example.com'],
          ['CONSOLE', 'telnet://device.example.com'],
          ['EVENTS', 'clickhouse://events.example.com:9000/app?secure=true'],
        ),
      ),
      remaining: 1,
    },
  ],
};
