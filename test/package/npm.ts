/** Tests of the npm package: installed into an empty folder, its command checks manifests and serves editors. */

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { npm } from '../../scripts/npm.ts';
import { root } from '../../scripts/steps.ts';
import type { Test } from '../e2e/runner.ts';
import { TestClient } from '../support/language-client.ts';

const POD = `apiVersion: v1
kind: Pod
metadata: { name: portal, namespace: clinic }
spec:
  contianers: []
  containers:
    - name: portal
      image: registry.example.com/portal:1.4.2
      securityContext: { privileged: true }
`;

export function npmTests(): Test[] {
  return [
    {
      name: 'the npm package installs into an empty folder, checks and serves',
      run: async () => {
        const folder = await mkdtemp(join(tmpdir(), 'kube-safeguards-npm-'));
        try {
          const command = await installedCommand(folder);
          await writeFile(join(folder, 'pod.yaml'), POD);
          checks(command, folder);
          await serves(command, pathToFileURL(join(folder, 'pod.yaml')).href);
        } finally {
          await rm(folder, { recursive: true, force: true });
        }
      },
    },
  ];
}

/** The script behind `kube-safeguards`. */
async function installedCommand(folder: string): Promise<string> {
  const app = join(folder, 'app');
  await mkdir(app);
  await writeFile(join(app, 'package.json'), '{ "private": true }\n');
  await npm(['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], root);
  const packed = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  assert.ok(packed, 'a package was made');
  await npm(
    ['install', '--offline', '--no-audit', '--no-fund', '--loglevel=error', join(folder, packed)],
    app,
  );
  assert.deepEqual(
    (await readdir(join(app, 'node_modules'))).filter((name) => !name.startsWith('.')),
    ['kube-safeguards'],
  );
  return join(app, 'node_modules/.bin/kube-safeguards');
}

function checks(command: string, folder: string): void {
  const { stdout, status } = spawnSync(command, ['check', '--format', 'json', 'pod.yaml'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const found: string[] = JSON.parse(stdout).findings.map(({ rule }: { rule: string }) => rule);
  assert.ok(found.includes('privileged-container'), stdout);
  assert.ok(found.includes('kubernetes-schema'), 'the schemas are in the package');
  assert.equal(status, 1);
}

/** Without any option or capability: what the barest of editors has. */
async function serves(command: string, uri: string): Promise<void> {
  const server = spawn(command, ['lsp'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(server, 'exit');
  const client = new TestClient(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const { serverInfo } = await client.initialize();
  assert.equal(serverInfo?.name, 'kube-safeguards');
  const published = client.publishedFor(uri, 1);
  await client.open(uri, POD);
  const codes = (await published).map(({ code }) => code);
  assert.ok(codes.includes('privileged-container'), codes.join(' '));
  await client.exit();
  assert.deepEqual(await exited, [0, null]);
}
