/**
 * Measures the Helm engine beside the real helm, on charts that are made here: `render` as a whole process, rendering in a
 * process that has rendered before, and after an edit of one template or of the values. Prints medians, and the median of the ratios of
 * runs side by side; fails nothing. Then the language server, as it is built: from a keystroke in a template, and in the values, to the findings of
 * the file. Arguments: numbers of templates (default 100 150 200 300), and folders of charts to type in.
 */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { loadChart, renderChart, TemplateCache } from '../server/src/helm/index.ts';
import { ChartAnalysis, ChartCaches } from '../server/src/helm/language/chart-analysis.ts';
import { hasOracle, runOracle } from '../test/support/oracle.ts';
import { measureEditor } from './bench-helm-editor.ts';
import { type Bundle, commandLine, server } from './bundles.ts';

const ROUNDS = 15;
const root = join(import.meta.dirname, '..');
const counts = process.argv.slice(2).map(Number).filter(Boolean);
const charts = process.argv.slice(2).filter((argument) => !Number(argument));
const folder = mkdtempSync(join(tmpdir(), 'bench-helm-'));

const VALUES = `nameOverride: ""
replicaCount: 2
image: {registry: registry.example.com, repository: clinic/portal, tag: "", pullPolicy: IfNotPresent}
commonLabels: {team: records, tier: backend}
podSecurityContext: {runAsNonRoot: true, fsGroup: 1001, seccompProfile: {type: RuntimeDefault}}
containerSecurityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
resources: {limits: {cpu: 500m, memory: 512Mi}, requests: {cpu: 100m, memory: 128Mi}}
extraEnv: [{name: LOG_LEVEL, value: "{{ .Release.Name }}-info"}, {name: TZ, value: UTC}]
nodeSelector: {}
ingress: {enabled: true, host: portal.example.com, tls: true}
service: {type: ClusterIP, port: 8443}
`;

const HELPERS = `{{- define "app.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "app.labels" -}}
app.kubernetes.io/name: {{ include "app.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | quote }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}
{{- define "app.image" -}}
{{- $tag := .Values.image.tag | default .Chart.AppVersion -}}
{{- printf "%s/%s:%s" .Values.image.registry .Values.image.repository $tag -}}
{{- end -}}
{{- define "app.render" -}}
{{- $value := typeIs "string" .value | ternary .value (.value | toYaml) -}}
{{- if contains "{{" $value }}{{ tpl $value .context }}{{ else }}{{ $value }}{{ end -}}
{{- end -}}
`;

/** A workload with its service, as most charts have it. */
const workload = (index: number) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "app.name" . }}-${index}
  namespace: {{ .Release.Namespace | quote }}
  labels: {{- include "app.labels" . | nindent 4 }}
    component: part-${index}
spec:
  replicas: {{ .Values.replicaCount }}
  selector:
    matchLabels: {{- include "app.labels" . | nindent 6 }}
  template:
    metadata:
      annotations:
        checksum/values: {{ .Values.extraEnv | toYaml | sha256sum }}
      labels: {{- include "app.labels" . | nindent 8 }}
    spec:
      {{- with .Values.podSecurityContext }}
      securityContext: {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - name: main
          image: {{ include "app.image" . | quote }}
          imagePullPolicy: {{ .Values.image.pullPolicy }}
          {{- if .Values.containerSecurityContext }}
          securityContext: {{- toYaml .Values.containerSecurityContext | nindent 12 }}
          {{- end }}
          env: {{- include "app.render" (dict "value" .Values.extraEnv "context" $) | nindent 12 }}
          ports:
            - containerPort: {{ .Values.service.port | int }}
          {{- if .Values.resources }}
          resources: {{- toYaml .Values.resources | nindent 12 }}
          {{- end }}
      {{- range $key, $value := .Values.nodeSelector }}
      nodeSelector: {{ $key }}: {{ $value }}
      {{- end }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ include "app.name" . }}-${index}
  labels: {{- include "app.labels" . | nindent 4 }}
spec:
  type: {{ .Values.service.type }}
  ports:
    - {port: {{ .Values.service.port }}, name: https}
`;

function chartOf(templates: number): Map<string, string> {
  const files = new Map([
    ['Chart.yaml', 'apiVersion: v2\nname: clinic\nversion: 1.0.0\nappVersion: 2.3.4\n'],
    ['values.yaml', VALUES],
    ['templates/_helpers.tpl', HELPERS],
  ]);
  for (let index = 0; index < templates; index++) files.set(`templates/part-${index}.yaml`, workload(index));
  return files;
}

function median(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

function measure(action: (round: number) => void): number {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    action(round);
    times.push(performance.now() - start);
  }
  return median(times);
}

/** The product's programs, built as they are for it. */
async function built(bundles: readonly Bundle[]): Promise<string> {
  const dist = join(folder, 'dist');
  await Promise.all(
    bundles.map(({ entry, output, options }) =>
      build({
        ...options,
        absWorkingDir: root,
        entryPoints: [entry],
        outfile: join(dist, output),
        bundle: true,
        minify: true,
        logLevel: 'error',
      }),
    ),
  );
  return dist;
}

async function benchmark(program: string, templates: number): Promise<void> {
  const files = chartOf(templates);
  const chartFolder = join(folder, `chart-${templates}`);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(chartFolder, path)), { recursive: true });
    writeFileSync(join(chartFolder, path), text);
  }
  const cache = new TemplateCache();
  const render = (current: ReadonlyMap<string, string>) => {
    const { chart } = loadChart(current);
    if (chart === undefined) throw new Error('the chart does not load');
    return renderChart(chart, { cache });
  };
  const run = () => spawnSync(process.execPath, [program, 'render', chartFolder], { maxBuffer: 1 << 28 });
  const ours = run().stdout.toString();
  const helm = hasOracle ? await runOracle('helm', ['template', chartFolder]) : undefined;
  const isSame = helm === undefined ? 'not compared' : ours === helm.stdout ? 'same bytes' : 'DIFFERENT';
  measure(() => render(files));
  const warm = measure(() => render(files));
  const editTemplate = measure((round) => {
    const edited = new Map(files).set('templates/part-0.yaml', `${workload(0)}# edit ${round}\n`);
    render(edited);
  });
  const editValues = measure((round) => {
    render(new Map(files).set('values.yaml', VALUES.replace('replicaCount: 2', `replicaCount: ${round}`)));
  });
  const caches = new ChartCaches();
  const help = measure((round) => {
    const edited = new Map(files).set('templates/part-0.yaml', `${workload(0)}# edit ${round}\n`);
    new ChartAnalysis(edited, caches).usesIn('templates/part-0.yaml');
  });
  // In turns, so that what else the machine does meets both.
  const processTimes: number[] = [];
  const helmTimes: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    let start = performance.now();
    run();
    const time = performance.now() - start;
    processTimes.push(time);
    if (helm === undefined) continue;
    start = performance.now();
    await runOracle('helm', ['template', chartFolder]);
    helmTimes.push(performance.now() - start);
    ratios.push(time / (helmTimes.at(-1) ?? Number.NaN));
  }
  const ms = (value: number) => (Number.isNaN(value) ? '      –' : `${value.toFixed(0).padStart(4)} ms`);
  console.log(
    `${String(templates).padStart(5)} templates, ${(ours.length / 1024).toFixed(0).padStart(5)} KB: ` +
      `warm ${ms(warm)}, template edited ${ms(editTemplate)}, values edited ${ms(editValues)}, read without running ${ms(help)}, ` +
      `whole process ${ms(median(processTimes))}, helm ${ms(median(helmTimes))}, ratio ${median(ratios).toFixed(2)} (${isSame})`,
  );
}

/** @param chart a folder */
async function typeIn(languageServer: string, chart: string, name: string): Promise<void> {
  const { template, values, memory } = await measureEditor(languageServer, chart);
  console.log(
    `${name}: keystroke in a template ${template.toFixed(0)} ms, in values.yaml ${values.toFixed(0)} ms, ${memory.toFixed(0)} MB`,
  );
}

try {
  const dist = await built([...commandLine, ...server]);
  // The server looks for them beside itself.
  cpSync(join(root, 'schemas/generated'), join(dist, 'schemas'), { recursive: true });
  const languageServer = join(dist, 'server.js');
  for (const count of counts.length > 0 ? counts : [100, 150, 200, 300]) {
    await benchmark(join(dist, 'cli.js'), count);
    await typeIn(languageServer, join(folder, `chart-${count}`), `${String(count).padStart(5)} templates`);
  }
  for (const chart of charts) await typeIn(languageServer, resolve(chart), chart);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
