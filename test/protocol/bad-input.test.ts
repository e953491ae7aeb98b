import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { STATUS_NOTIFICATION, type Status } from '../../server/src/features/protocol.ts';
import { connectToProcess, type TestClient } from '../support/language-client.ts';

/** The server as it runs, on a folder with everything that can be wrong on disk. */
let folder: string;
let client: TestClient;
let exited: Promise<unknown>;
const statuses: Status[] = [];

const uri = (name: string) => URI.file(join(folder, name)).toString();

const POD = `---
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      securityContext: { privileged: true }
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kube-safeguards-bad-'));
  await mkdir(join(folder, 'sub'));
  await writeFile(join(folder, 'binary.yaml'), Buffer.from([1, 0, 2, 0]));
  await writeFile(join(folder, 'latin.yaml'), Buffer.from('kind: Jos\xe9\n', 'latin1'));
  await writeFile(join(folder, 'large.yaml'), POD.repeat(60_000));
  await writeFile(join(folder, '.kube-safeguards.yaml'), 'profile: strict\nrulez: {}\n');
  await symlink(folder, join(folder, 'sub/loop'), 'junction');
  const server = connectToProcess(join(import.meta.dirname, '../../server/src/server.ts'));
  client = server.client;
  exited = new Promise((done) => server.process.on('exit', done));
  client.connection.onNotification(STATUS_NOTIFICATION, (status: Status) => void statuses.push(status));
  await client.initialize({}, { rootUri: URI.file(folder).toString() });
}, 60_000);

afterAll(async () => {
  await client.exit();
  await exited;
  await rm(folder, { recursive: true });
});

let opened = 0;

async function diagnose(text: string): Promise<Diagnostic[]> {
  const name = uri(`open-${++opened}.yaml`);
  const published = client.publishedFor(name, 1);
  await client.open(name, text);
  const diagnostics = await published;
  await client.close(name);
  return diagnostics;
}

/** The rules of diagnostics on a line. */
function rulesOn(diagnostics: readonly Diagnostic[], line: number): unknown[] {
  return diagnostics.filter(({ range }) => range.start.line === line).map(({ code }) => code);
}

const privilegedOn = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.filter(({ code }) => code === 'privileged-container').map(({ range }) => range.start.line);

describe('bad input', () => {
  it.each([
    { name: 'a tab', broken: 'kind: Pod\napiVersion: v1\nmetadata:\n\tname: x\n', lines: [12] },
    {
      name: 'a duplicate key',
      broken: 'kind: Pod\napiVersion: v1\nmetadata: {}\nmetadata: {}\n',
      lines: [12],
    },
    {
      name: 'an unknown alias',
      broken: 'kind: Pod\napiVersion: v1\nspec: {}\nmetadata: *nowhere\n',
      lines: [12],
    },
    {
      name: 'an open quote',
      broken: 'kind: Pod\napiVersion: v1\nspec: {}\nmetadata: "open\n',
      lines: [12, 13],
    },
  ])(
    'such as $name is told at its place, and other documents keep their findings',
    async ({ broken, lines }) => {
      const diagnostics = await diagnose(`${POD}---\n${broken}${POD}`);
      expect(lines.flatMap((line) => rulesOn(diagnostics, line))).toContain('yaml-syntax');
      expect(privilegedOn(diagnostics)).toEqual([7, 8 + 5 + 7]);
    },
  );

  it.each([
    {
      name: 'an alias bomb',
      text: `kind: Pod\napiVersion: v1\na0: &a0 [x, x]\n${Array.from(
        { length: 30 },
        (_, index) => `a${index + 1}: &a${index + 1} [${Array(10).fill(`*a${index}`).join(', ')}]`,
      ).join('\n')}\n`,
    },
    { name: 'deep nesting', text: `kind: Pod\napiVersion: v1\na: ${'['.repeat(50_000)}\n` },
    {
      name: 'deep indentation',
      text: `kind: Pod\napiVersion: v1\n${Array.from({ length: 1500 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')}`,
    },
    {
      name: 'a text that is no YAML at all',
      text: `kind: Pod\napiVersion: v1\n${'}{][*&!|>\'"%@`\n'.repeat(500)}`,
    },
    {
      name: 'control characters',
      text: 'kind: Pod\napiVersion: v1\nmetadata: { name: "\u0000\u0007\uffff" }\n',
    },
    { name: 'half a surrogate pair', text: 'kind: Pod\napiVersion: v1\nmetadata: { name: "\ud800" }\n' },
    { name: 'one long line', text: `kind: Pod\napiVersion: v1\nspec: ${'a'.repeat(500_000)}\n` },
  ])(
    'such as $name costs nothing else',
    async ({ text }) => {
      const diagnostics = await diagnose(`${text}${POD}`);
      expect(privilegedOn(diagnostics)).toHaveLength(1);
    },
    20_000,
  );

  it('such as a file of 50 MB is skipped with one note', async () => {
    const diagnostics = await diagnose(POD.repeat(400_000));
    expect(diagnostics).toMatchObject([{ code: 'file-skipped', severity: 3 }]);
    expect(privilegedOn(await diagnose(POD))).toEqual([7]);
  }, 60_000);

  it('on disk is skipped, each file told once, and the rest is checked', async () => {
    expect(privilegedOn(await diagnose(POD))).toEqual([7]);
    await expect.poll(() => statuses.at(-1)?.indexing, { timeout: 20_000 }).toBe(false);
    const { skipped = [], configurationProblems = [] } = statuses.at(-1) ?? {};
    expect(skipped.map(({ uri, reason }) => `${uri} ${reason}`).sort()).toEqual([
      `${uri('binary.yaml')} binary`,
      `${uri('large.yaml')} too-large`,
      `${uri('latin.yaml')} not-utf-8`,
    ]);
    expect(configurationProblems.map(({ line, message }) => `${line} ${message}`)).toEqual([
      '0 Must be one of default, proposed-2025.',
      '1 Unknown key "rulez". Did you mean "rules"?',
    ]);
    expect(client.logged.filter((line) => line.includes('binary.yaml'))).toHaveLength(1);
  }, 30_000);

  it('is never repeated where it is PHI or a secret', async () => {
    const diagnostics = await diagnose(`${POD}      env:
        - { name: PATIENT_SSN, value: "536-22-8796" }
        - { name: DB_PASSWORD, value: "kT9#vLq2!xWz7Rm" }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: patients }
data:
  list.csv: |
    name,ssn
    Jane Roe,536-22-8796
  broken: "536-22-8796
`);
    expect(diagnostics.map(({ code }) => code)).toContain('phi-in-env');
    const told = JSON.stringify([client.published, client.logged, statuses]);
    for (const secret of ['536-22-8796', 'kT9#vLq2!xWz7Rm', 'Jane Roe']) expect(told).not.toContain(secret);
  });
});
