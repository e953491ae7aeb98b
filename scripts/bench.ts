/** Measures what a user feels, from outside the built programs: prints figures, fails nothing. */

import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectToProcess } from '../test/support/language-client.ts';
import { root } from './steps.ts';

const SERVER = join(root, 'dist/server.js');
const CLI = join(root, 'dist/cli.js');
const URI = 'file:///bench/manifests.yaml';
const LINES_PER_MANIFEST = 25;

/** A Deployment of 25 lines; every tenth runs privileged. */
function manifest(index: number): string {
  return `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: portal-${index}
  namespace: clinic
  labels: { app.kubernetes.io/name: portal-${index} }
spec:
  replicas: 2
  selector:
    matchLabels: { app.kubernetes.io/name: portal-${index} }
  template:
    metadata:
      labels: { app.kubernetes.io/name: portal-${index} }
    spec:
      containers:
        - name: portal
          image: registry.example.com/portal:1.4.2
          ports:
            - containerPort: 8443
          resources:
            limits: { cpu: "1", memory: 256Mi }
          securityContext:
            privileged: ${index % 10 === 0}
            runAsNonRoot: true
`;
}

function manifests(lines: number): string {
  return Array.from({ length: lines / LINES_PER_MANIFEST }, (_, index) => manifest(index)).join('');
}

/** From the start of the process to the first diagnostics of 1,000 lines, in ms. */
async function startUp(): Promise<number> {
  const started = performance.now();
  const { client } = connectToProcess(SERVER);
  await client.initialize();
  const checked = client.publishedFor(URI);
  await client.open(URI, manifests(1_000));
  await checked;
  const elapsed = performance.now() - started;
  await client.exit();
  return elapsed;
}

/** From a keystroke in 10,000 lines to its diagnostics, in ms, and the server's memory after them, in MB. */
async function typing(): Promise<{ keystrokes: number[]; memory: number }> {
  const { client, process: server } = connectToProcess(SERVER);
  await client.initialize();
  const opened = client.publishedFor(URI);
  await client.open(URI, manifests(10_000));
  await opened;
  const keystrokes: number[] = [];
  const line = 5_000 + 4; // the name of a Deployment in the middle
  const position = { line, character: '  name: portal-'.length };
  for (let version = 2; version <= 101; version++) {
    const checked = client.publishedFor(URI, version);
    const started = performance.now();
    await client.change(URI, version, [{ range: { start: position, end: position }, text: 'x' }]);
    await checked;
    keystrokes.push(performance.now() - started);
  }
  const memory = await residentMemory(server.pid);
  await client.exit();
  return { keystrokes, memory };
}

/** The time that the command line needs for 1,000 files of 100 lines, in ms. */
async function commandLine(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'kube-safeguards-bench-'));
  try {
    const text = manifests(100);
    for (let team = 0; team < 10; team++) {
      await mkdir(join(folder, `team-${team}`));
      const files = Array.from({ length: 100 }, (_, index) => join(folder, `team-${team}`, `${index}.yaml`));
      await Promise.all(files.map((file) => writeFile(file, text)));
    }
    const started = performance.now();
    const child = spawn(process.execPath, [CLI, 'check', '--fail-on', 'never', folder], { stdio: 'ignore' });
    await new Promise((done) => child.on('exit', done));
    return performance.now() - started;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** In MB; NaN where the system does not tell it in /proc. */
async function residentMemory(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function print(what: string, figure: number, unit: string): void {
  console.log(`${what.padEnd(58)} ${figure.toFixed(figure < 10 ? 1 : 0).padStart(6)} ${unit}`);
}

const starts = [await startUp(), await startUp(), await startUp(), await startUp(), await startUp()];
print('Start to first diagnostics, 1,000 lines (median of 5)', percentile(starts, 0.5), 'ms');
const { keystrokes, memory } = await typing();
print('Keystroke to diagnostics, 10,000 lines (median of 100)', percentile(keystrokes, 0.5), 'ms');
print('Keystroke to diagnostics, 10,000 lines (95th percentile)', percentile(keystrokes, 0.95), 'ms');
print('Memory of the server after that', memory, 'MB');
print('Command line, 1,000 files of 100 lines', await commandLine(), 'ms');
