import { setTimeout } from 'node:timers/promises';
import { rules } from '../../server/src/rules/index.ts';
import { connectInProcess } from '../support/language-client.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';

/**
 * Opens the values of large charts one after the other, each with several sets of values, and keeps all of them open.
 *
 * Usage: node --expose-gc open-charts.ts CHARTS TEMPLATES
 * Prints the bytes in use after each chart, as a JSON array.
 */
const [charts = 6, templates = 80] = process.argv.slice(2).map(Number);

const ROOT = 'file:///work';
const SETS = ['dev', 'test', 'stage', 'prod'];

const VALUES = `labels: { team: records, tier: backend }
env: [{ name: LOG_LEVEL, value: info }, { name: TZ, value: UTC }]
resources: { limits: { cpu: 500m, memory: 512Mi }, requests: { cpu: 100m, memory: 128Mi } }
replicas: 2
level: info
`;

const workload = (index: number) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}-${index}
  labels: {{- toYaml .Values.labels | nindent 4 }}
    level: {{ .Values.level }}
spec:
  replicas: {{ .Values.replicas }}
  selector: { matchLabels: { part: part-${index} } }
  template:
    metadata: { labels: { part: part-${index} } }
    spec:
      containers:
        - name: main
          image: registry.example.com/portal:1.4.2
          resources: {{- toYaml .Values.resources | nindent 12 }}
          env: {{- toYaml .Values.env | nindent 12 }}
          args: [{{ range until 20 }}"--part-{{ . }}={{ $.Values.level }}",{{ end }} --last]
`;

function filesOf(chart: number): Record<string, string> {
  const folder = `${ROOT}/chart-${chart}`;
  const files: Record<string, string> = {
    [`${folder}/Chart.yaml`]: `apiVersion: v2\nname: chart-${chart}\nversion: 1.0.0\n`,
    [`${folder}/values.yaml`]: VALUES,
  };
  for (const set of SETS) files[`${folder}/values-${set}.yaml`] = `level: ${set}-${chart}\n`;
  for (let index = 0; index < templates; index++) {
    files[`${folder}/templates/part-${index}.yaml`] = workload(index);
  }
  return files;
}

const files = Object.assign({}, ...Array.from({ length: charts }, (_, chart) => filesOf(chart)));
const client = connectInProcess({ rules, fileSystem: new MemoryFileSystem(files) });
await client.initialize({ textDocument: { diagnostic: {} } }, { rootUri: ROOT });

const inUse: number[] = [];
for (let chart = 0; chart < charts; chart++) {
  const uri = `${ROOT}/chart-${chart}/values.yaml`;
  const pull = () => client.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
  await client.open(uri, VALUES);
  await pull();
  for (let version = 2; version < 5; version++) {
    await client.change(uri, version, [{ text: VALUES.replace('replicas: 2', `replicas: ${version}`) }]);
    await pull();
  }
  // Long enough for all sets of values to be rendered again.
  await setTimeout(4000);
  await pull();
  globalThis.gc?.();
  inUse.push(process.memoryUsage().heapUsed);
}
console.log(JSON.stringify(inUse));
process.exit(0);
