/**
 * Measures what 10,000 files of 80 lines (23 MB) take: `check` of the command line, and the first index of the language server, with keystrokes in an open
 * file meanwhile. Prints figures and fails nothing. Argument: how often (default 1).
 */

import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { WorkDoneProgress, WorkDoneProgressCreateRequest } from 'vscode-languageserver/node';
import { connectToProcess } from '../test/support/language-client.ts';
import { residentMebibytes, workload } from './bench-workloads.ts';
import { root } from './steps.ts';

const TEAMS = 100;
const FILES = 100;
const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

const folder = await mkdtemp(join(tmpdir(), 'kube-safeguards-bench-'));
try {
  await writeFiles();
  for (let run = 0; run < Number(process.argv[2] ?? 1); run++) {
    console.log(`check of 10,000 files of 80 lines (23 MB): ${await measureCheck()}`);
    console.log(`first index of them in the language server: ${await measureIndex()}`);
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

async function measureCheck(): Promise<string> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, 'dist/cli.js'), 'check', '--fail-on', 'never', folder], {
    stdio: 'ignore',
  });
  const most = mostMemory(child.pid);
  await new Promise((done) => child.on('exit', done));
  return `${seconds(started)} s, at most ${most.stop()} MiB`;
}

async function measureIndex(): Promise<string> {
  const started = performance.now();
  const { client, process: child } = connectToProcess(join(root, 'dist/server.js'));
  const most = mostMemory(child.pid);
  let isDone = false;
  client.connection.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => {
    client.connection.onProgress(WorkDoneProgress.type, token, ({ kind }) => {
      isDone ||= kind === 'end';
    });
  });
  const capabilities = { window: { workDoneProgress: true } };
  await client.initialize(capabilities, { rootUri: pathToFileURL(folder).href });
  const uri = pathToFileURL(fileOf(0)).href;
  await client.open(uri, textOf(0));
  const times: number[] = [];
  for (let version = 2; !isDone; version++) {
    const typed = performance.now();
    const published = client.publishedFor(uri, version);
    await client.change(uri, version, [{ range: START, text: '#' }]);
    await published;
    times.push(performance.now() - typed);
    await new Promise((done) => setTimeout(done, 100));
  }
  const taken = `${seconds(started)} s, at most ${most.stop()} MiB`;
  await client.exit();
  times.sort((a, b) => a - b);
  const at = (share: number) => Math.round((times[Math.floor(times.length * share)] ?? 0) * 10) / 10;
  return `${taken}; ${times.length} keystrokes meanwhile: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`;
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
