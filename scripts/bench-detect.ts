import { detectCredentials, detectPhi } from '../server/src/detect/index.ts';

/**
 * Prints how fast the detectors read, in millions of characters a second of one core: CPU time, so that other work on the machine does
 * not count. Ordinary configuration is what nearly every value is; the records show the cost where there is something to find.
 */

const MEGABYTE = 1_000_000;

const PLAIN: Record<string, string> = {
  properties: `server.port=8080
spring.datasource.url=jdbc:postgresql://db.internal:5432/orders
spring.datasource.hikari.maximum-pool-size=20
management.endpoints.web.exposure.include=health,info,prometheus
logging.pattern.console=%d{yyyy-MM-dd HH:mm:ss} [%thread] %-5level %logger{36} - %msg%n
`,
  YAML: `scrape_configs:
  - job_name: node
    scrape_interval: 30s
    static_configs:
      - targets: ["10.0.0.12:9100", "10.0.0.13:9100"]
        labels: { zone: us-east-1a }
    relabel_configs:
      - source_labels: [__meta_kubernetes_pod_label_app]
        regex: (.+);(.+)
        action: keep
`,
  JSON: `{"panels":[{"id":12,"type":"timeseries","title":"Requests","gridPos":{"h":8,"w":12,"x":0,"y":4},"targets":[{"expr":"sum(rate(http_requests_total{job=\\"api\\"}[5m])) by (code)","legendFormat":"{{code}}"}]}]}
`,
  nginx: `server {
  listen 8443 ssl;
  server_name api.internal;
  location / { proxy_pass http://backend:8080; proxy_set_header Host $host; }
}
`,
  shell: `#!/bin/sh
set -eu
for file in /etc/config/*.yaml; do
  echo "applying $file"
  kubectl apply -f "$file" --server-side --field-manager=init
done
`,
};

const RECORDS: Record<string, string> = {
  'a table of persons': 'Maria,Gonzalez,1962-04-17,536-22-8412,312-867-5309\n',
  'settings with passwords': 'spring.datasource.password=S3cure-Horse!\nserver.port=8080\n',
};

function megabytesPerSecond(text: string, detect: (text: string) => unknown): number {
  detect(text);
  const start = process.cpuUsage();
  for (let run = 0; run < 3; run++) detect(`${run}\n${text}`);
  const { user, system } = process.cpuUsage(start);
  return (3 * text.length) / MEGABYTE / ((user + system) / 1e6);
}

function print(name: string, text: string): void {
  const context = { keys: ['data', 'app.conf'], place: 'configmap' as const };
  const phi = megabytesPerSecond(text, (value) => detectPhi(value, context));
  const credentials = megabytesPerSecond(text, (value) => detectCredentials(value, context));
  console.log(
    `${name.padEnd(26)} ${phi.toFixed(0).padStart(6)} MB/s  ${credentials.toFixed(0).padStart(6)} MB/s`,
  );
}

console.log(`${''.padEnd(26)} ${'PHI'.padStart(11)}  ${'credentials'.padStart(11)}`);
const filled = (piece: string) => piece.repeat(MEGABYTE / piece.length);
for (const [name, piece] of Object.entries(PLAIN)) print(name, filled(piece));
print('all of them', Object.values(PLAIN).map(filled).join(''));
const header = 'first_name,last_name,dob,ssn,phone\n';
for (const [name, piece] of Object.entries(RECORDS))
  print(name, (name.includes('table') ? header : '') + filled(piece));
