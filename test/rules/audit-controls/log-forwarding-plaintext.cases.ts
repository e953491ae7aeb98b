import { fixed } from '../../support/marked-text.ts';
import type { RuleCases } from '../../support/rule-cases.ts';

const config = (key: string, text: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: collector, namespace: logging }
data:
  ${key}: |
${text.replace(/^(\+?)(?=.)/gm, '$1    ')}`;

const plain = (length: number) => Array.from({ length }, () => ({ messageId: 'plain' }));

export const cases: RuleCases = {
  valid: [
    {
      name: 'Fluent Bit with TLS',
      code: `apiVersion: v1
kind: ConfigMap
metadata:
  name: fluent-bit
  namespace: logging
data:
  fluent-bit.conf: |
    [OUTPUT]
        Name          es
        Match         *
        Host          logs.example.com
        tls           On
`,
    },
    {
      name: 'outputs that speak HTTPS by themselves, stay in the pod, or send nothing',
      code: config(
        'fluent-bit.conf',
        `[SERVICE]
    Flush 1
[OUTPUT]
    Name s3
    bucket audit
[OUTPUT]
    Name cloudwatch_logs
    region us-east-1
[OUTPUT]
    Name  es
    # Host is 127.0.0.1 unless it is said
    Match *
[OUTPUT]
    Name forward
    Host localhost
[OUTPUT]
    Name stdout
`,
      ),
    },
    {
      name: 'other collectors with TLS',
      code: `${config('fluent.conf', `<match **>\n  @type forward\n  transport tls\n  <server>\n    host logs.example.com\n  </server>\n</match>\n`)}---
${config('vector.toml', `[sinks.out]\ntype = "elasticsearch"\ninputs = ["in"]\nendpoints = ["https://logs.example.com"]\n\n[sinks.queue]\ntype = "kafka"\nbootstrap_servers = "kafka:9093"\n[sinks.queue.tls]\nenabled = true\n`)}---
${config('logstash.conf', `input { beats { port => 5044 } }\noutput {\n  if [x] { elasticsearch { hosts => ["https://logs.example.com:9200"] } }\n  stdout { }\n}\n`)}---
${config('otel.yaml', `exporters:\n  otlp: { endpoint: "logs.example.com:4317" }\n  debug: {}\n  otlp/local: { endpoint: "localhost:4317", tls: { insecure: true } }\nservice:\n  pipelines:\n    logs: { receivers: [a], exporters: [otlp, debug, otlp/local] }\n`)}---
${config('rsyslog.conf', `# *.* @@logs.example.com\naction(type="omfwd" target="logs.example.com" protocol="tcp" StreamDriver="gtls" StreamDriverMode="1")\n`)}`,
    },
    {
      name: 'Vector with TLS, however TOML has it',
      code: config(
        'vector.toml',
        `sinks.dotted.type = "vector"
sinks.dotted.address = "vector.example.com:6000"
sinks.dotted.tls = { enabled = true }

[sinks.inline]
type = "kafka"
bootstrap_servers = "kafka.example.com:9092" # tls = { enabled = false }
tls = { ca_file = "/ca.crt", enabled = true }

[sinks.lines]
type = "vector"
inputs = [
  "audit", # ]
  'it''s',
]
address = "vector.example.com:6000"
tls.enabled = true

[sinks.https]
type = "http"
endpoints = [
  "https://logs.example.com",
]

[sinks."quoted name"]
type = "socket"
address = """logs.example.com:5000"""
encoding = { codec = "json", except = [{ a = 1 }, { b = "}" }] }
tls = {
  "enabled" = true,
}

[sinks]
inner = { type = "vector", address = "vector.example.com:6000", tls = { enabled = true } }
`,
      ),
    },
    {
      name: 'an exporter that no pipeline for logs uses',
      code: config(
        'otel.yaml',
        `exporters:\n  otlp: { endpoint: "traces.example.com:4317", tls: { insecure: true } }\nservice:\n  pipelines:\n    traces: { exporters: [otlp] }\n`,
      ),
    },
    {
      name: 'configuration of something else, and of a wrong shape',
      code: `${config('app.yaml', 'output: text\npipeline: { outputs: none }\nsinks: [a]\nexporters: { a: b }\n')}---
apiVersion: opentelemetry.io/v1beta1
kind: OpenTelemetryCollector
metadata: { name: a, namespace: logging }
spec: { config: [a] }
`,
    },
  ],
  invalid: [
    {
      name: 'Fluent Bit without TLS',
      code: `apiVersion: v1
kind: ConfigMap
metadata:
  name: fluent-bit
  namespace: logging
data:
  fluent-bit.conf: |
    [INPUT]
        Name          tail
        Path          /var/log/containers/*.log

    «[OUTPUT]»
        Name          es
        Match         *
        Host          logs.example.com
        # TODO certificates
`,
      errors: [
        {
          messageId: 'plain',
          message:
            'Fluent Bit sends logs to logs.example.com in clear text (es: no "tls"): whoever is on the way can read and change the record of who saw ePHI. Turn TLS on.',
        },
      ],
      output: `apiVersion: v1
kind: ConfigMap
metadata:
  name: fluent-bit
  namespace: logging
data:
  fluent-bit.conf: |
    [INPUT]
        Name          tail
        Path          /var/log/containers/*.log

    [OUTPUT]
        Name          es
        Match         *
        Host          logs.example.com
        tls           On
        # TODO certificates
`,
    },
    {
      name: 'Fluent Bit: switched off, syslog, Kafka; CRLF',
      ...fixed(
        config(
          'fluent-bit.conf',
          `[OUTPUT]
    Name  forward
    Host  \${FORWARD_HOST}
    tls   «off→On»
[OUTPUT]
    Name  syslog
    Host  logs.example.com
    Mode  tls
    tls   off
[OUTPUT]
    name  gelf
    host  logs.example.com
    mode  «udp→tls»
«[OUTPUT]»
    name  kafka
    brokers kafka.example.com:9092
+    rdkafka.security.protocol SSL
`,
        ).replaceAll('\n', '\r\n'),
      ),
      errors: plain(3),
    },
    {
      name: 'Fluent Bit in YAML',
      ...fixed(
        config(
          'fluent-bit.yaml',
          `pipeline:
  inputs:
    - name: tail
  outputs:
    - name: «loki»
      match: '*'
      host: loki.example.com
+      tls: true
    - name: http
      host: logs.example.com
      tls: «off→true» # behind a tunnel
`,
        ),
      ),
      errors: plain(2),
    },
    {
      name: 'Fluent Bit in YAML, which repeats keys',
      ...fixed(
        config(
          'fluent-bit.yaml',
          `pipeline:
  outputs:
    - name: http
      host: logs.example.com
      tls: «off→true»
      header: X-A a
      header: X-B b
`,
        ),
      ),
      errors: plain(1),
    },
    {
      name: 'Fluentd, in a copy too',
      ...fixed(
        config(
          'fluent.conf',
          `<source>
  @type tail
</source>
«<match audit.**>»
  @type forward
+  transport tls
  <server>
    host logs.example.com
    port 24224
  </server>
</match>
<match **>
  @type copy
  <store>
    @type elasticsearch
    host logs.example.com
    scheme «http→https»
  </store>
  «<store>»
    @type opensearch
    host "other.example.com"
+    scheme https
    <buffer>
      flush_interval 5s
    </buffer>
  </store>
  <store>
    @type loki
    url "«http→https»://loki.logging.svc:3100"
  </store>
</match>
`,
        ),
      ),
      errors: plain(4),
    },
    {
      name: 'Vector, in TOML and in YAML',
      ...fixed(`${config(
        'vector.toml',
        `[sources.in]
type = "kubernetes_logs"

[sinks.search]
type = "elasticsearch"
inputs = ["in"]
endpoints = ["«http→https»://logs.example.com:9200"]

«[sinks.next]»
type = "vector"
inputs = ["in"]
address = "vector.example.com:6000"
+tls.enabled = true
`,
      )}---
${config(
  'vector.yaml',
  `sinks:
  «queue»:
    type: kafka
    inputs: [in]
    bootstrap_servers: kafka.example.com:9092
    encoding: { codec: json }
+    tls:
+      enabled: true
  search:
    type: elasticsearch
    endpoints: ["«http→https»://logs.example.com"]
`,
)}`),
      errors: plain(4),
    },
    {
      name: 'Vector, in tables and lists of TOML in one line or several',
      ...fixed(
        config(
          'vector.toml',
          `[sinks.search]
type = "elasticsearch"
endpoints = [
  "https://one.example.com", # http://old.example.com
  "«http→https»://two.example.com",
]

«[sinks.inline]»
type = "vector"
address = "vector.example.com:6000"
tls = { ca_file = "/ca.crt"‹→, enabled = true› }

«[sinks.empty]»
type = "vector"
address = "vector.example.com:6000"
tls = {‹→ enabled = true ›}

[sinks.off]
type = "vector"
address = "vector.example.com:6000"
tls = { enabled = «false→true» }

«[sinks.below]»
type = "kafka"
bootstrap_servers = "kafka.example.com:9092"
inputs = [
  "audit",
]
[sinks.below.tls]
ca_file = "/ca.crt"
+enabled = true
[sinks.below.encoding]
codec = "json"

«[sinks.list]»
type = "kafka"
bootstrap_servers = "kafka.example.com:9092"
inputs = [
  "audit",
]
+tls.enabled = true

[sinks]
  «inner» = { type = "vector", address = "vector.example.com:6000"‹→, tls.enabled = true› }
`,
        ),
      ),
      errors: plain(7),
    },
    {
      name: 'Vector, while a list is typed',
      ...fixed(
        config(
          'vector.toml',
          `[sinks.one]
inputs = [
type = "http"
uri = "«http→https»://one.example.com"
headers = [

[sinks.two]
type = "http"
uri = "«http→https»://two.example.com"
`,
        ),
      ),
      errors: plain(2),
    },
    {
      name: 'Logstash',
      ...fixed(
        config(
          'logstash.conf',
          `output {
  elasticsearch {
    hosts => ["«http→https»://logs.example.com:9200"]
  }
  if [type] == "audit" {
    «tcp» {
+      ssl_enabled => true
      host => "siem.example.com"
      port => 6514
    }
  }
  «udp» { host => "old.example.com" port => 514 }
}
`,
        ),
      ),
      errors: plain(3),
      remaining: 1,
    },
    {
      name: 'the OpenTelemetry Collector, as text and as fields',
      ...fixed(`${config(
        'relay.yaml',
        `exporters:
  otlp:
    endpoint: logs.example.com:4317
    tls:
      insecure: «true→false»
service:
  pipelines:
    logs:
      receivers: [filelog]
      exporters: [otlp]
`,
      )}---
apiVersion: opentelemetry.io/v1beta1
kind: OpenTelemetryCollector
metadata: { name: a, namespace: logging }
spec:
  config:
    exporters:
      otlphttp/logs:
        endpoint: "«http→https»://logs.example.com:4318" # inside
    service:
      pipelines:
        logs: { receivers: [filelog], exporters: [otlphttp/logs] }
`),
      errors: plain(2),
    },
    {
      name: 'rsyslog over UDP and TCP, for which no single setting helps',
      code: config(
        'rsyslog.conf',
        `auth,authpriv.* «@@logs.example.com»:514
*.* «@10.1.2.3»
«action»(type="omfwd" target="siem.example.com" port="514" protocol="tcp")
`,
      ),
      errors: plain(3),
      output: undefined,
    },
    {
      name: 'Beats, and forwarders of OpenShift',
      ...fixed(`${config(
        'filebeat.yml',
        `filebeat.inputs:
  - type: filestream
«output.logstash»:
  hosts: ["logs.example.com:5044"]
+  ssl:
+    enabled: true
`,
      )}---
apiVersion: observability.openshift.io/v1
kind: ClusterLogForwarder
metadata: { name: a, namespace: openshift-logging }
spec:
  outputs:
    - name: siem
      type: syslog
      syslog: { url: "«tcp→tls»://siem.example.com:514" }
`),
      errors: plain(2),
    },
  ],
};
