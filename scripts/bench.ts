/**
 * Measures what a user feels, from outside the built programs: the language server over stdio, from the start of its process and from
 * `didChange` to the diagnostics of that version; and the command line. Prints figures and fails nothing. Arguments: numbers of lines (default
 * 1000 10000 50000).
 */

import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectToProcess, type TestClient } from '../test/support/language-client.ts';
import { root } from './steps.ts';

const KEYSTROKES = 300;
const WARM_UP = 30;
const server = join(root, 'dist/server.js');
const commandLine = join(root, 'dist/cli.js');
const URI = 'file:///bench/manifests.yaml';

/** One workload of 40 lines; every fifth has findings. */
function workload(index: number): string {
  const careless = index % 5 === 0;
  return `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: service-${index}
  namespace: team-${index % 7}
  labels:
    app.kubernetes.io/name: service-${index}
    app.kubernetes.io/part-of: portal
spec:
  replicas: 3
  selector:
    matchLabels:
      app.kubernetes.io/name: service-${index}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: service-${index}
    spec:
      serviceAccountName: service-${index}
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        seccompProfile: { type: RuntimeDefault }
      containers:
        - name: web
          image: registry.example.com/portal/service-${index}:1.4.2@sha256:${'0'.repeat(64)}
          imagePullPolicy: IfNotPresent
          ports:
            - containerPort: 8443
          env:
            - name: LOG_LEVEL
              value: "info" # typed here
          securityContext:
            allowPrivilegeEscalation: ${careless}
            privileged: ${careless}
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
          resources:
            limits: { cpu: 500m, memory: 256Mi }
`;
}

function manifests(lines: number): string {
  const count = Math.max(1, Math.round(lines / workload(0).split('\n').length));
  return Array.from({ length: count }, (_, index) => workload(index)).join('');
}

interface Latencies {
  readonly median: number;
  readonly p95: number;
}

function summary(times: number[]): Latencies {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { median: at(0.5), p95: at(0.95) };
}

/** Types one character after the other, each in another document, and waits for the diagnostics of that version. */
async function keystrokes(client: TestClient, text: string, pull: boolean): Promise<Latencies> {
  const typed = text.split('\n').flatMap((line, index) => (line.endsWith('# typed here') ? [index] : []));
  const times: number[] = [];
  let previousResultId: string | undefined;
  for (let version = 2; version < KEYSTROKES + WARM_UP; version++) {
    const line = typed[(version * 7919) % typed.length] ?? 0;
    const start = { line, character: 22 };
    const change = { range: { start, end: start }, text: 'x' };
    const started = performance.now();
    if (pull) {
      void client.change(URI, version, [change]);
      const report = await client.connection.sendRequest<{ resultId?: string }>('textDocument/diagnostic', {
        textDocument: { uri: URI },
        previousResultId,
      });
      previousResultId = report.resultId;
    } else {
      const published = client.publishedFor(URI, version);
      void client.change(URI, version, [change]);
      await published;
    }
    if (version > WARM_UP) times.push(performance.now() - started);
  }
  return summary(times);
}

async function measure(lines: number, pull: boolean) {
  const text = manifests(lines);
  const started = performance.now();
  const { client, process: child } = connectToProcess(server);
  await client.initialize({ textDocument: pull ? { diagnostic: {} } : {} });
  const published = client.publishedFor(URI, 1);
  await client.open(URI, text);
  const first = pull
    ? (
        await client.connection.sendRequest<{ items: unknown[] }>('textDocument/diagnostic', {
          textDocument: { uri: URI },
        })
      ).items
    : await published;
  const firstDiagnostics = performance.now() - started;
  const { median, p95 } = await keystrokes(client, text, pull);
  const memory = residentMebibytes(child.pid);
  await client.exit();
  return {
    model: pull ? 'pull' : 'push',
    lines: text.split('\n').length - 1,
    findings: first.length,
    'first (ms)': round(firstDiagnostics),
    'key p50 (ms)': round(median),
    'key p95 (ms)': round(p95),
    'RSS (MiB)': memory === undefined ? '?' : round(memory),
  };
}

/** The time that the command line needs for 1,000 files of 100 lines, in ms. */
async function checkFiles(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'kube-safeguards-bench-'));
  try {
    const text = manifests(100);
    for (let team = 0; team < 10; team++) {
      await mkdir(join(folder, `team-${team}`));
      const files = Array.from({ length: 100 }, (_, index) => join(folder, `team-${team}`, `${index}.yaml`));
      await Promise.all(files.map((file) => writeFile(file, text)));
    }
    const started = performance.now();
    const child = spawn(process.execPath, [commandLine, 'check', '--fail-on', 'never', folder], {
      stdio: 'ignore',
    });
    await new Promise((done) => child.on('exit', done));
    return performance.now() - started;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function residentMebibytes(pid: number | undefined): number | undefined {
  try {
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
  } catch {
    return undefined; // Windows has no ps.
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

if (!existsSync(server)) {
  console.error('There is no dist/server.js: run npm run build first.');
  process.exit(1);
}
const sizes = process.argv
  .slice(2)
  .map(Number)
  .filter((size) => size > 0);
const rows = [];
for (const lines of sizes.length > 0 ? sizes : [1000, 10_000, 50_000]) {
  for (const pull of [false, true]) rows.push(await measure(lines, pull));
}
console.log(
  `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${process.platform} ${process.arch}`,
);
console.table(rows);
if (existsSync(commandLine))
  console.log(`check of 1000 files of 100 lines: ${Math.round(await checkFiles())} ms`);
