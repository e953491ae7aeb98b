/**
 * Measures what a user feels, from outside the built programs: the language server over stdio, from the start of its process and from
 * `didChange` to the diagnostics of that version. Prints figures and fails nothing. Arguments: numbers of lines (default
 * 1000 10000 50000).
 */

import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { connectToProcess, type TestClient } from '../test/support/language-client.ts';
import { defaultDeny, residentMebibytes, TEAMS, workload } from './bench-workloads.ts';
import { root } from './steps.ts';

const KEYSTROKES = 300;
const WARM_UP = 30;
const server = join(root, 'dist/server.js');

/** The policies that close the namespaces of all workloads. */
function policies(): string {
  return Array.from({ length: TEAMS }, (_, team) => `---\n${defaultDeny(`team-${team}`)}`).join('');
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

/** Places to type at: a value that concerns its document alone, and the name of an object, which others may refer to. */
const PLACES = {
  value: (line: string) => (line.endsWith('# typed here') ? line.indexOf('info') : -1),
  name: (line: string) => (line.startsWith('  name: service-') ? '  name: service-'.length : -1),
};

class Typist {
  readonly #client: TestClient;
  readonly #uri: string;
  readonly #lines: readonly string[];
  readonly #pull: boolean;
  #version = 1;
  #resultId: string | undefined;

  constructor(client: TestClient, uri: string, text: string, pull: boolean) {
    this.#client = client;
    this.#uri = uri;
    this.#lines = text.split('\n');
    this.#pull = pull;
  }

  /** Types one character after the other, each in another document, and waits for the diagnostics of that version. */
  async type(place: (line: string) => number): Promise<Latencies> {
    const places = this.#lines.flatMap((text, line) =>
      place(text) < 0 ? [] : [{ line, character: place(text) }],
    );
    const times: number[] = [];
    for (let count = 0; count < KEYSTROKES + WARM_UP; count++) {
      const start = places[(count * 7919) % places.length] ?? { line: 0, character: 0 };
      const started = performance.now();
      await this.#answerTo({ range: { start, end: start }, text: 'x' });
      if (count >= WARM_UP) times.push(performance.now() - started);
    }
    return summary(times);
  }

  async #answerTo(change: object): Promise<void> {
    const version = ++this.#version;
    const published = this.#pull ? undefined : this.#client.publishedFor(this.#uri, version);
    void this.#client.change(this.#uri, version, [change]);
    if (published !== undefined) await published;
    else this.#resultId = (await pull(this.#client, this.#uri, this.#resultId)).resultId;
  }
}

function pull(
  client: TestClient,
  uri: string,
  previousResultId?: string,
): Promise<{ items?: unknown[]; resultId?: string }> {
  return client.connection.sendRequest('textDocument/diagnostic', {
    textDocument: { uri },
    previousResultId,
  });
}

/** Types in a file of a workspace, where rules across files have their say: the policies of the namespaces are in the file beside it. */
async function measure(lines: number, isPull: boolean) {
  const folder = await mkdtemp(join(tmpdir(), 'kube-safeguards-bench-'));
  try {
    const file = join(folder, 'manifests.yaml');
    const text = manifests(lines);
    await writeFile(file, text);
    await writeFile(join(folder, 'policies.yaml'), policies());
    return await measureTyping(pathToFileURL(folder).href, pathToFileURL(file).href, text, isPull);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measureTyping(rootUri: string, uri: string, text: string, isPull: boolean) {
  const started = performance.now();
  const { client, process: child } = connectToProcess(server);
  await client.initialize({ textDocument: isPull ? { diagnostic: {} } : {} }, { rootUri });
  const published = client.publishedFor(uri, 1);
  await client.open(uri, text);
  const first = isPull ? (await pull(client, uri)).items : await published;
  const firstDiagnostics = performance.now() - started;
  const typist = new Typist(client, uri, text, isPull);
  const inValues = await typist.type(PLACES.value);
  const inNames = await typist.type(PLACES.name);
  const memory = residentMebibytes(child.pid);
  await client.exit();
  return {
    model: isPull ? 'pull' : 'push',
    lines: text.split('\n').length - 1,
    findings: first?.length,
    'first (ms)': round(firstDiagnostics),
    'key p50 (ms)': round(inValues.median),
    'p95 (ms)': round(inValues.p95),
    'in a name p50 (ms)': round(inNames.median),
    'p95 in a name (ms)': round(inNames.p95),
    'RSS (MiB)': memory === undefined ? '?' : round(memory),
  };
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
  for (const isPull of [false, true]) rows.push(await measure(lines, isPull));
}
console.log(
  `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${process.platform} ${process.arch}`,
);
console.table(rows);
