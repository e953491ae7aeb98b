import { RE2JS } from 're2js';
import { describe, expect, it, vi } from 'vitest';
import { LOG_COLLECTOR_CHECKS } from '../../server/src/export/checks/log-collectors.ts';
import { rules } from '../../server/src/rules/index.ts';
import { parseDocument } from '../../server/src/syntax/parse.ts';
import { checkText } from '../support/check-text.ts';
import { type ApiObject, admits, isAskedAbout } from './admission.ts';
import { lineVariants } from './line-variants.ts';

/** The policies about files of log collectors beside their rules: what people write, and what is a line away from it. */

const RULES = ['log-forwarding-plaintext', 'log-destination-mutable'] as const;
type RuleId = (typeof RULES)[number];

const fileOf = (text: string): ApiObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'a' },
  ...{ data: { a: text } },
});

function isFlagged(object: ApiObject, id: RuleId): boolean {
  const one = rules.filter((rule) => rule.id === id);
  return checkText(JSON.stringify(object), { rules: one, isolated: true }).length > 0;
}
const isRefused = (object: ApiObject, id: RuleId) =>
  LOG_COLLECTOR_CHECKS.some(
    (check) => check.rule === id && isAskedAbout(object, check) && !admits(check, object),
  );
const refused = (text: string, id: RuleId = 'log-forwarding-plaintext') => isRefused(fileOf(text), id);

/** A file of each sort with two outputs in clear text, as the manuals show it. */
const FILES: Readonly<Record<string, string>> = {
  'Fluent Bit': `[INPUT]
    Name tail
    Path /var/log/audit.log

[OUTPUT]
    Name  es
    Match *
    Host  logs.example.com
[OUTPUT]
    Name    kafka
    Brokers kafka.example.com:9092
`,
  'Fluent Bit in YAML': `service:
  flush: 1
pipeline:
  inputs:
    - name: tail
      path: /var/log/audit.log
  outputs:
    - name: es
      match: '*'
      host: logs.example.com

    # the next
    - match: '*'
      name: forward
      host: 'other.example.com'
`,
  Fluentd: `<source>
  @type tail
  path /var/log/audit.log
</source>
<match audit.**>
  @type forward
  <server>
    host logs.example.com
  </server>
  <buffer>
    @type file
  </buffer>
</match>
<match **>
  @type copy
  <store>
    @type elasticsearch
    host es.example.com
  </store>
</match>
`,
  'Vector in TOML': `[sources.in]
type = "file"
include = ["/var/log/audit.log"]

[sinks.a]
type = "kafka"
inputs = ["in"]
bootstrap_servers = "kafka.example.com:9092"
[sinks.a.encoding]
codec = "json"

[sinks.b]
type = "elasticsearch"
endpoints = ["http://logs.example.com"]
`,
  'Vector in YAML': `sources:
  in:
    type: file
    include:
      - /var/log/audit.log
transforms:
  t:
    type: remap
    source: |
      .a = { "b": 1 }
sinks:
  a:
    type: vector
    inputs: [in]
    address: vector.example.com:6000
    encoding:
      codec: json
  "b": { type: loki, endpoint: "http://loki.example.com" }
`,
  Logstash: `input { file { path => "/var/log/audit.log" } }
filter { if [a] { mutate { add_field => { "b" => "c" } } } }
output {
  # elasticsearch { hosts => ["http://no.example.com"] }
  if [type] == "audit" {
    elasticsearch {
      hosts => ["http://es.example.com:9200"]
      index => "%{[@metadata][beat]}-%{+YYYY}"
    }
  } else {
    tcp {
      host => "siem.example.com"
      codec => json_lines { charset => "UTF-8" }
    }
  }
}
`,
  'the OpenTelemetry Collector': `receivers:
  filelog:
    include: [/var/log/audit.log]
exporters:
  otlp:
    endpoint: logs.example.com:4317
    tls:
      insecure: true
  otlphttp/b:
    endpoint: http://b.example.com:4318
service:
  pipelines:
    logs:
      receivers: [filelog]
      exporters: [otlp, otlphttp/b]
    traces:
      exporters:
      - otlp
`,
  Filebeat: `filebeat.inputs:
- type: filestream
  paths: [/var/log/audit.log]
output.logstash:
  hosts:
    - "logs.example.com:5044"
  loadbalance: true
`,
  'Filebeat, its output in a block': `output:
  elasticsearch:
    hosts: ["http://logs.example.com:9200"]
    index: audit
`,
  rsyslog: `module(load="imfile")
# *.* @@no.example.com
auth,authpriv.* @@logs.example.com:514
*.*	@10.1.2.3
action(type="omfwd"
  target="siem.example.com" port="514" protocol="tcp")
`,
};

const LOCAL = /\b(?:[a-z]+\.example\.com|10\.1\.2\.3)\b/g;
/** Settings of one sort or another that turn TLS on, or are about it; and heads of what follows. */
const LINES = [
  ...['tls On', 'tls off', 'tls = true', 'tls: true', 'tls.enabled = true', 'tls: { enabled: true }', 'tls:'],
  ...[
    'transport tls',
    'scheme https',
    'ssl_enabled => true',
    'ssl => false',
    'ssl.enabled: true',
    '<<: *tls',
  ],
  ...['StreamDriverMode="1"', 'enabled: false', 'mode: unix', '# tls on', '}', '{', '<store>', '</store>'],
  ...[
    '[OUTPUT]',
    '[sinks.a.tls]',
    'endpoints = [',
    'hosts => [',
    'hosts: [',
    '[[a]]',
    'type: s3',
    'name s3',
    '- name: s3',
    'a: |',
    '---',
    '\t',
    '- a',
  ],
];

const HOSTS = ['localhost', '127.0.0.1', 'x.localhost', '[::1]', 'fe80::1', '{a}', ''];
const variantsOf = (text: string) => [
  ...HOSTS.map((host) => text.replaceAll(LOCAL, host)),
  ...lineVariants(text, LINES),
];

/** A collector does not start with what is no YAML, of which the rule then says nothing. */
const isBroken = (text: string) => parseDocument(text).problems.some(({ kind }) => kind !== 'duplicate-key');

describe.each(Object.entries(FILES))('%s', (_, text) => {
  const isYaml = !isBroken(text);

  it('is refused, each output by itself', () => {
    expect(refused(text)).toBe(true);
    const hosts = [...text.matchAll(LOCAL)].map(([host]) => host).filter((host) => !host.startsWith('no.'));
    for (const host of hosts) {
      const others = hosts.filter((other) => other !== host);
      const alone = others.reduce((rest, other) => rest.replaceAll(other, 'localhost'), text);
      expect(refused(alone), host).toBe(true);
    }
  });

  it('is let in with localhost, with TLS, in unusual forms, and where it is long', () => {
    expect(refused(text.replaceAll(LOCAL, 'localhost'))).toBe(false);
    expect(refused(`${text}${'#\n'.repeat(15_000)}`)).toBe(false);
    const variants = variantsOf(text).filter(
      (variant) => !isYaml || (!/^\s*\[OUTPUT\]/m.test(variant) && !isBroken(variant)),
    );
    const wrong = variants.filter((variant) =>
      RULES.some((id) => isRefused(fileOf(variant), id) && !isFlagged(fileOf(variant), id)),
    );
    expect(wrong).toEqual([]);
  });
});

describe('cost', () => {
  it.each(Object.entries(FILES))('of %s stays within what an API server allows', (_, text) => {
    // https://github.com/kubernetes/apiserver/blob/master/pkg/apis/cel/config.go: 1,000,000 for an expression, of which patterns are the most.
    let cost = 0;
    const matcher = RE2JS.prototype.matcher;
    const spy = vi.spyOn(RE2JS.prototype, 'matcher').mockImplementation(function (this: RE2JS, input) {
      cost += Math.ceil(String(input).length / 10) * Math.ceil(this.pattern().length / 4);
      return matcher.call(this, input);
    });
    const harmless = text.replaceAll(LOCAL, 'localhost');
    const long = harmless.repeat(Math.floor(30_000 / harmless.length));
    for (const check of LOG_COLLECTOR_CHECKS.filter((one) => isAskedAbout(fileOf(''), one))) {
      cost = 0;
      expect(admits(check, fileOf(long))).toBe(true);
      expect(cost).toBeGreaterThan(1000);
      expect(cost).toBeLessThan(900_000);
    }
    spy.mockRestore();
  });
});
