import type { ApiObject } from '../admission.ts';

/** Texts of which policies look for many things: each is repeated until an object is large. */
const TEXTS = [
  ...['a', 'a ', 'a\n', '\n', '-', '=', ':', '::', '((', '/', 'x=y', '"key": "value", ', 'key=value;'],
  ...['password=Zx81kkdlw9 ', 'password: Zx81kkdlw9\n', 'PASSWORD=x\n', 'AKIAIOSFODNN7EXAMPLF '],
  ...['db_token: correct-horse-battery-staple\n', 'api-key=aB3xZ9kQ7mW2pLaB3xZ9kQ7mW2pL\n'],
  ...['http://records.clinic.example/ ', 'http://a.b\n', 'host=localhost\n', 'server: db.clinic\n'],
  ...[
    'ssl_protocols TLSv1 TLSv1.1;\n',
    'tls: ',
    'TLS ssl cipher RC4\n',
    'sslmode=disable ',
    'verify: none\n',
  ],
  ...['insecure: true\n', 'ssl_verify=false\n', 'log.retention.ms=1000\n', 'datadog newrelic splunk '],
  ...['123-45-6788\n', '123-45-6788 ', 'patient_ssn: 123456788\n', 'mrn: 00123456\n', 'dob=1980-01-01 '],
  ...['jane.doe@example.org\n', '1EG4-TE5-MK73 ', '1EG4TE5MK73\n', 'patient_name: Jane Doe\n'],
  ...['[output]\n', '[OUTPUT]\n  Name es\n  Host a.b\n  tls off\n', '*.* @@logs.example:514\n'],
  ...[
    '<match **>\n  @type http\n  endpoint http://a.b\n</match>\n',
    '[sinks.a]\ntype="http"\nuri="http://a.b"\n',
  ],
  ...['output { http { url => "http://a.b" } }\n', 'output.elasticsearch:\n  hosts: ["http://a.b:9200"]\n'],
  ...['retention_period: 24h\n', '{"policy": {"states": [{"actions": [{"delete": {}}]}]}}\n'],
];
const SIZES = [9_000, 19_000, 29_500, 39_500, 60_000, 99_000, 299_000];
/** How long the parts are where a text is cut into many. */
const PART = 60;

const metadata = { name: 'audit-phi', namespace: 'clinic', labels: { app: 'audit' } };
const pod = (container: object): ApiObject => ({
  ...{ apiVersion: 'v1', kind: 'Pod', metadata },
  ...{ spec: { containers: [{ name: 'a', image: 'registry.example/a:1', ...container }] } },
});
const configMap = (data: object): ApiObject => ({
  ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata },
  ...{ data },
});
const ingress = (text: string): ApiObject => {
  const annotations = { 'nginx.ingress.kubernetes.io/configuration-snippet': text };
  const described = { ...metadata, annotations };
  return { ...{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: described }, ...{ spec: {} } };
};

/** Objects of each form that policies read texts in, up to well beyond what one is that people write. */
export function* costlyObjects(): Generator<{ readonly name: string; readonly object: ApiObject }> {
  for (const repeated of TEXTS) {
    for (const size of SIZES) {
      const text = repeated.repeat(Math.ceil(size / repeated.length)).slice(0, size);
      for (const [form, object] of Object.entries(formsOf(text)))
        yield { name: `${form}: ${JSON.stringify(repeated)} up to ${size}`, object };
    }
  }
}

function formsOf(text: string): Record<string, ApiObject> {
  const parts = Array.from({ length: Math.ceil(text.length / PART) }, (_, at) =>
    text.slice(at * PART, (at + 1) * PART),
  );
  const named = (prefix: string) => parts.map((value, at) => ({ name: `${prefix}${at}`, value }));
  return {
    file: configMap({ 'app.conf': text }),
    annotation: ingress(text),
    ...(text.length < 100_000 && {
      settings: configMap(Object.fromEntries(parts.map((part, at) => [`k${at}`, part]))),
    }),
    ...(text.length <= 60_000 && {
      variable: pod({ env: [{ name: 'A_PASSWORD', value: text }] }),
      variables: pod({ env: named('DB_PASSWORD_URL_') }),
      script: pod({ command: ['sh', '-c', text] }),
      arguments: pod({ args: parts }),
      flags: pod({ command: ['kube-apiserver'], args: parts.map((part, at) => `--a${at}=${part}`) }),
    }),
  };
}
