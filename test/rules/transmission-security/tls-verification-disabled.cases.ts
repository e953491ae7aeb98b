import { configMap, pod, variables } from '../../support/configured.ts';
import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const many = (messageId: string, length: number) => Array.from({ length }, () => ({ messageId }));

export const cases: RuleCases = {
  valid: [
    {
      name: 'an authority of its own',
      code: `apiVersion: v1
kind: Pod
metadata:
  name: orders
  namespace: clinic
spec:
  containers:
    - name: api
      image: registry.example.com/orders:1
      args: ["--ca-file=/etc/tls/ca.crt"]
      env:
        - name: NODE_EXTRA_CA_CERTS
          value: /etc/tls/ca.crt
        - name: DATABASE_URL
          value: postgresql://records@db.clinic.svc/records?sslmode=verify-full&sslrootcert=/etc/tls/ca.crt
`,
    },
    {
      name: 'switches that are not used, and those of other things',
      code: pod(
        variables(
          ['NODE_TLS_REJECT_UNAUTHORIZED', '"1"'],
          ['VAULT_SKIP_VERIFY', '"false"'],
          ['SKIP_TLS_VERIFY', '"false"'],
          ['EMAIL_VERIFY', '"false"'],
          ['GIT_SSL_NO_VERIFY', '"false"'],
        ),
        `      args: [--insecure-skip-tls-verify=false, --insecure-port=0, --verify=false, --tls-verify=true, -k, --config]\n`,
      ),
    },
    {
      name: 'a pod that talks to itself',
      code: pod(
        variables(
          ['DB', 'postgres://app@localhost/app?sslmode=require'],
          ['ES_HOST', 'localhost'],
          ['ES_SSL_VERIFY', '"false"'],
        ),
        `      command: [sh, -c, "curl -sk https://localhost:9200/_cluster/health"]\n`,
      ),
    },
    {
      name: 'require with an authority is verify-ca',
      code: pod(
        variables(
          ['PGSSLMODE', 'require'],
          ['PGSSLROOTCERT', '/etc/tls/ca.crt'],
          ['DB', 'postgres://app@db/app?sslmode=require&sslrootcert=/etc/tls/ca.crt'],
        ),
      ),
    },
    {
      name: 'comments, other tools, and letters that belong to another option',
      code: configMap(`  probe.sh: |
    #!/bin/sh
    # curl -k https://a.example.com
    curl -okay https://a.example.com
    tar -k -xf a.tar
    echo "curl is not run with -k"
  app.yaml: |
    # insecure_skip_verify: true
    insecure_skip_verify: false
`),
    },
    {
      name: 'the schema of such a field, and one of other kinds',
      code: `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: a }
spec: { insecureSkipVerify: true }
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: a, namespace: phi }
spec: { endpoints: [{ tlsConfig: { insecureSkipVerify: [true] } }] }
`,
    },
  ],
  invalid: [
    {
      name: 'a variable',
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
        - name: LOG_LEVEL
          value: info
        - name: NODE_TLS_REJECT_UNAUTHORIZED
          value: «"0"» # the laboratory signs its own certificate
`,
      errors: [
        {
          messageId: 'setting',
          message:
            'Container "api" takes any certificate (NODE_TLS_REJECT_UNAUTHORIZED=0): whoever is on the way can pass for the other side and read ePHI. Verify certificates, with the authority that signed them.',
        },
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
        - name: LOG_LEVEL
          value: info
`,
    },
    {
      name: 'variables of other programs, CRLF',
      code: pod(
        variables(
          ['PYTHONHTTPSVERIFY', '«"0"»'],
          ['GIT_SSL_NO_VERIFY', '«"true"»'],
          ['VAULT_SKIP_VERIFY', '«"true"»'],
          ['OAUTH2_PROXY_SSL_INSECURE_SKIP_VERIFY', '«"1"»'],
          ['ES_SSL_VERIFY', "«'no'»"],
          ['ELASTICSEARCH_SSL_VERIFICATIONMODE', '«none»'],
          ['KEEP', 'a'],
        ),
      ).replaceAll('\n', '\r\n'),
      errors: many('setting', 6),
      output: `apiVersion: v1\r
kind: Pod\r
metadata: { name: a, namespace: phi }\r
spec:\r
  containers:\r
    - name: api\r
      image: registry.example.com/api:1\r
      env:\r
        - name: VAULT_SKIP_VERIFY\r
          value: "false"\r
        - name: OAUTH2_PROXY_SSL_INSECURE_SKIP_VERIFY\r
          value: "0"\r
        - name: ES_SSL_VERIFY\r
          value: 'yes'\r
        - name: ELASTICSEARCH_SSL_VERIFICATIONMODE\r
          value: full\r
        - name: KEEP\r
          value: a\r
`,
    },
    {
      name: 'flags, of builds too',
      code: pod(
        '',
        `      args:
        - «--insecure-skip-tls-verify»
        - «--kubelet-insecure-tls=true»
        - «--oidc.tls-skip-verify»
        - «--ssl-insecure-skip-verify»
        - «--tls-verify=false»
        - «--insecure»
        - «--insecure-registry=registry.phi.svc:5000»
        - --port=8443
`,
      ),
      errors: [...many('setting', 6), { messageId: 'build', severity: 'information' }],
      output: pod(
        '',
        `      args:
        - --port=8443
`,
      ),
    },
    {
      name: 'curl, as items of a list',
      ...fixed(pod('', `      command: [/usr/bin/curl, «-fsSk→-fsS», "https://lab.example.com"]\n`)),
      errors: [{ messageId: 'setting', message: /\(curl -fsSk\)/ }],
    },
    {
      name: 'commands of scripts',
      ...fixed(`apiVersion: batch/v1
kind: CronJob
metadata: { name: a, namespace: phi }
spec:
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - name: export
              image: registry.example.com/export:1
              command: ["/bin/sh", "-c"]
              args:
                - >-
                  curl «-k→»‹ →›--fail -T /exports/today.837
                  https://claims.example.com/inbound/
                - |
                  set -e
                  wget -q «--no-check-certificate→»‹ →›https://a.example.com && kubectl «--insecure-skip-tls-verify→»‹ →›get pods
                  curl -s «--insecure→»‹ →›"$LAB_URL" | jq .
---
${configMap(`  run.sh: |
    #!/bin/sh
    curl «-sk→-s» https://kubernetes.default.svc/healthz
`)}`),
      errors: many('setting', 5),
    },
    {
      name: 'connection strings',
      ...fixed(
        pod(
          variables(
            ['PG', 'postgres://app@db.example.com/records?«sslmode=require→sslmode=verify-full»'],
            [
              'NET',
              'Server=db.example.com;Database=records;Encrypt=True;«TrustServerCertificate=True→TrustServerCertificate=False»',
            ],
            ['GO', 'app@tcp(db.example.com:3306)/records?«tls=skip-verify→tls=true»'],
            ['MYSQL', 'jdbc:mysql://db.example.com/records?«sslMode=REQUIRED→sslMode=VERIFY_IDENTITY»'],
            [
              'MONGO',
              'mongodb://db.example.com/records?tls=true&«tlsAllowInvalidCertificates=true→tlsAllowInvalidCertificates=false»',
            ],
            ['PGSSLMODE', '«prefer→verify-full»'],
          ),
        ),
      ),
      errors: [
        {
          messageId: 'parameter',
          message:
            'Container "api" does not verify the server of its database (sslmode=require): whoever is on the way can pass for it and read ePHI. Set verify-full, with the authority that signed its certificate.',
        },
        ...many('parameter', 5),
      ],
    },
    {
      name: 'embedded configuration',
      ...fixed(
        configMap(`  prometheus.yml: |
    scrape_configs:
      - tls_config: { «insecure_skip_verify: true→insecure_skip_verify: false» }
  client.properties: |
    «ssl.endpoint.identification.algorithm=→ssl.endpoint.identification.algorithm=https»
    enable.ssl.certificate.verification = true
  datasources.json: '{"jsonData": {"«tlsSkipVerify": true→tlsSkipVerify": false»}}'
`),
      ),
      errors: many('setting', 3),
      remaining: 0,
    },
    {
      name: 'fields of resources; a kubeconfig',
      code: `apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: { name: v1beta1.metrics.k8s.io }
spec:
  group: metrics.k8s.io
  version: v1beta1
  groupPriorityMinimum: 100
  versionPriority: 100
  insecureSkipTLSVerify: «true»
  service: { name: metrics-server, namespace: kube-system }
---
apiVersion: v1
kind: Config
clusters:
  - name: a
    cluster: { server: "https://api.example.com", insecure-skip-tls-verify: «true» }
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: a, namespace: phi }
spec:
  endpoints:
    - port: https
      tlsConfig: { insecureSkipVerify: «true» }
`,
      errors: many('setting', 3),
      output: `apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: { name: v1beta1.metrics.k8s.io }
spec:
  group: metrics.k8s.io
  version: v1beta1
  groupPriorityMinimum: 100
  versionPriority: 100
  service: { name: metrics-server, namespace: kube-system }
---
apiVersion: v1
kind: Config
clusters:
  - name: a
    cluster: { server: "https://api.example.com" }
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: a, namespace: phi }
spec:
  endpoints:
    - port: https
      tlsConfig: {}
`,
    },
    {
      name: 'Redis from Python',
      ...fixed(
        pod(
          variables(
            ['CACHE', 'rediss://cache.example.com?«ssl_cert_reqs=none→ssl_cert_reqs=required»'],
            ['CACHE_SSL_CERT_REQS', '«CERT_NONE→CERT_REQUIRED»'],
          ),
        ),
      ),
      errors: [{ messageId: 'parameter' }, { messageId: 'setting' }],
    },
  ],
};
