/**
 * Measures what 10,000 files of 80 lines (23 MB) take: `check` of the command line, the first index of the language server, with keystrokes in an open
 * file meanwhile, and the answer on one open file to an edit of another. Prints figures and fails nothing. Argument: how often (default 1).
 */

import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  DocumentDiagnosticRequest,
  WorkDoneProgress,
  WorkDoneProgressCreateRequest,
  type WorkspaceDiagnosticReportPartialResult,
  WorkspaceDiagnosticRequest,
} from 'vscode-languageserver/node';
import { connectToProcess, type TestClient } from '../test/support/language-client.ts';
import { defaultDeny, residentMebibytes, workload } from './bench-workloads.ts';
import { root } from './steps.ts';

const TEAMS = 100;
const FILES = 100;
/** Edits of another file. */
const EDITS = 60;
const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

const folder = await mkdtemp(join(tmpdir(), 'kube-safeguards-bench-'));
try {
  await writeFiles();
  for (let run = 0; run < Number(process.argv[2] ?? 1); run++) {
    for (const format of ['pretty', 'json', 'sarif'])
      console.log(`check of 10,000 files of 80 lines (23 MB), ${format}: ${await measureCheck(format)}`);
    console.log(`first index of them in the language server: ${await measureIndex()}`);
    console.log(`an edit of another file, answered where it is pushed: ${await measureAcross(false)}`);
    console.log(
      `the same as VS Code asks, which is told to and has all findings: ${await measureAcross(true)}`,
    );
  }
} finally {
  await rm(folder, { recursive: true });
}

async function writeFiles(): Promise<void> {
  for (let team = 0; team < TEAMS; team++) {
    await mkdir(join(folder, `team-${team}`));
    const indexes = Array.from({ length: FILES }, (_, index) => team * FILES + index);
    await Promise.all(indexes.map((index) => writeFile(fileOf(index), textOf(index))));
  }
}

function fileOf(index: number): string {
  return join(folder, `team-${Math.floor(index / FILES)}`, `${index}.yaml`);
}

function textOf(index: number): string {
  return workload(2 * index) + workload(2 * index + 1);
}

async function measureCheck(format: string): Promise<string> {
  const started = performance.now();
  const check = ['check', '--format', format, '--fail-on', 'never', folder];
  const child = spawn(process.execPath, [join(root, 'dist/cli.js'), ...check], { stdio: 'ignore' });
  const most = mostMemory(child.pid);
  await new Promise((done) => child.on('exit', done));
  return `${seconds(started)} s, at most ${most.stop()} MiB`;
}

/** A client of a server that reads the files. */
async function connect(capabilities: ClientCapabilities) {
  const { client, process: child } = connectToProcess(join(root, 'dist/server.js'));
  const reading = { isDone: false };
  client.connection.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => {
    client.connection.onProgress(WorkDoneProgress.type, token, ({ kind }) => {
      reading.isDone ||= kind === 'end';
    });
  });
  await client.initialize(
    { ...capabilities, window: { workDoneProgress: true } },
    { rootUri: pathToFileURL(folder).href },
  );
  return { client, child, reading };
}

async function measureIndex(): Promise<string> {
  const started = performance.now();
  const { client, child, reading } = await connect({});
  const most = mostMemory(child.pid);
  const uri = pathToFileURL(fileOf(0)).href;
  await client.open(uri, textOf(0));
  const times: number[] = [];
  for (let version = 2; !reading.isDone; version++) {
    const typed = performance.now();
    const published = client.publishedFor(uri, version);
    await client.change(uri, version, [{ range: START, text: '#' }]);
    await published;
    times.push(performance.now() - typed);
    await pause(100);
  }
  const taken = `${seconds(started)} s, at most ${most.stop()} MiB`;
  await client.exit();
  return `${taken}; ${times.length} keystrokes meanwhile: ${latencies(times)}`;
}

/** Moves the policy of a namespace to another one and back, with a workload of that namespace open beside it. */
async function measureAcross(isTold: boolean): Promise<string> {
  const policy = defaultDeny('team-0');
  await writeFile(join(folder, 'policy.yaml'), policy);
  const { client, child, reading } = await connect(
    isTold ? { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } } : {},
  );
  const [uri, other] = [pathToFileURL(join(folder, 'policy.yaml')).href, pathToFileURL(fileOf(0)).href];
  await client.open(uri, policy);
  await client.open(other, textOf(0));
  const next = isTold ? answersTo(client, other) : () => client.publishedFor(other);
  while (!reading.isDone) await pause(100);
  const all = isTold ? `${await findingsOfAll(client)} s for all findings; ` : '';
  await pause(1000);
  const line = policy.split('\n').findIndex((text) => text.includes('namespace:'));
  const end = { line, character: policy.split('\n')[line]?.length ?? 0 };
  const times: number[] = [];
  for (let edit = 0; edit < EDITS; edit++) {
    const typed = performance.now();
    const answered = next();
    const last = { line, character: end.character + 1 };
    const change =
      edit % 2 === 0
        ? { range: { start: end, end }, text: '0' }
        : { range: { start: end, end: last }, text: '' };
    await client.change(uri, edit + 2, [change]);
    await answered;
    times.push(performance.now() - typed);
    await pause(200);
  }
  const memory = Math.round(residentMebibytes(child.pid) ?? 0);
  await client.exit();
  await rm(join(folder, 'policy.yaml'));
  return `${all}${latencies(times)}, ${memory} MiB`;
}

/** Asks for the findings of all files, and goes on asking for news of them. Gives the seconds that the first answer took. */
async function findingsOfAll({ connection }: TestClient): Promise<number> {
  const known = new Map<string, string>();
  const ask = async () => {
    const token = `all ${performance.now()}`;
    const note = ({ items }: WorkspaceDiagnosticReportPartialResult) => {
      for (const { uri, resultId } of items) if (resultId !== undefined) known.set(uri, resultId);
    };
    const progress = connection.onProgress(WorkspaceDiagnosticRequest.partialResult, token, note);
    const previousResultIds = [...known].map(([uri, value]) => ({ uri, value }));
    note(
      await connection.sendRequest(WorkspaceDiagnosticRequest.type, {
        previousResultIds,
        partialResultToken: token,
      }),
    );
    progress.dispose();
  };
  const goOn = async (): Promise<void> => {
    await pause(2000);
    await ask();
    return goOn();
  };
  const started = performance.now();
  await ask();
  // Until the server has gone.
  goOn().catch(() => {});
  return seconds(started);
}

/** Asks for a file's diagnostics whenever it is told to, and gives the next answer. */
function answersTo(client: TestClient, uri: string): () => Promise<void> {
  let answered = () => {};
  const ask = () => client.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
  client.connection.onRequest('workspace/diagnostic/refresh', () => {
    void ask().then(() => answered());
    return null;
  });
  return () =>
    new Promise((done) => {
      answered = done;
    });
}

function latencies(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10;
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, milliseconds);
  });
}

function mostMemory(pid: number | undefined): { stop(): number } {
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, residentMebibytes(pid) ?? 0);
  }, 200);
  return {
    stop: () => {
      clearInterval(watch);
      return Math.round(most);
    },
  };
}

function seconds(started: number): number {
  return Math.round((performance.now() - started) / 100) / 10;
}
