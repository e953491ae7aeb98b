import { describe, expect, it } from 'vitest';
import {
  ProgressType,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { STATUS_NOTIFICATION, type Status } from '../../server/src/features/protocol.ts';
import { connectInProcess, type TestClient } from '../support/language-client.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';

const FOLDER = 'file:///work';
const POD = `${FOLDER}/pod.yaml`;
const NAMESPACE = `${FOLDER}/namespace.yaml`;
const CONFIGURATION = `${FOLDER}/.kube-safeguards.yaml`;

const FILES = {
  [POD]: `apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, securityContext: { privileged: true } }] }
`,
  [NAMESPACE]: 'apiVersion: v1\nkind: Namespace\nmetadata: { name: clinic }\n',
  [`${FOLDER}/compose.yaml`]: 'services: {}\n',
};

const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: clinic }
spec: { podSelector: {} }
`;

async function open(files: Record<string, string> = FILES) {
  const fileSystem = new MemoryFileSystem(files);
  const client = connectInProcess({ fileSystem });
  await client.initialize({ textDocument: { diagnostic: {} } }, { rootUri: FOLDER });
  return { client, fileSystem };
}

function pull(client: TestClient, previous: readonly WorkspaceDocumentDiagnosticReport[] = []) {
  const previousResultIds = previous.map(({ uri, resultId }) => ({ uri, value: resultId }));
  return client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
    previousResultIds,
  });
}

/** What is said of each file: its rules, or `same`. */
function summary({ items }: WorkspaceDiagnosticReport): Record<string, unknown> {
  const entries = items.map((item) => [
    item.uri,
    item.kind === 'full' ? item.items.map(({ code }) => code) : 'same',
  ]);
  return Object.fromEntries(entries);
}

async function change(client: TestClient, uri: string): Promise<void> {
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri, type: 2 }],
  });
}

describe('workspace diagnostics', () => {
  it('tell of files that are not open, and of open ones as they are in the editor', async () => {
    const { client } = await open();
    expect(summary(await pull(client))).toEqual({
      [POD]: ['privileged-container'],
      [NAMESPACE]: ['namespace-default-deny-missing'],
    });
    await client.open(POD, 'a: 1\n');
    expect(summary(await pull(client))).toMatchObject({ [POD]: [] });
    await client.close(POD);
    expect(summary(await pull(client))).toMatchObject({ [POD]: ['privileged-container'] });
  });

  it('repeat nothing, and read nothing again', async () => {
    const { client, fileSystem } = await open();
    const first = await pull(client);
    const { length } = fileSystem.reads;
    expect(summary(await pull(client, first.items))).toEqual({ [POD]: 'same', [NAMESPACE]: 'same' });
    expect(fileSystem.reads).toHaveLength(length);
  });

  it('follow what changes in the file, around it and in the configuration', async () => {
    const { client, fileSystem } = await open();
    const first = await pull(client);
    fileSystem.write(POD, FILES[POD]?.replace('true', 'false') ?? '');
    await change(client, POD);
    expect(summary(await pull(client, first.items))).toEqual({ [POD]: [], [NAMESPACE]: 'same' });

    fileSystem.write(`${FOLDER}/policy.yaml`, POLICY);
    await change(client, `${FOLDER}/policy.yaml`);
    expect(summary(await pull(client, first.items))).toMatchObject({ [NAMESPACE]: [] });

    fileSystem.write(CONFIGURATION, 'rules: { namespace-default-deny-missing: off }\nx: 1\n');
    fileSystem.remove(`${FOLDER}/policy.yaml`);
    await change(client, CONFIGURATION);
    await change(client, `${FOLDER}/policy.yaml`);
    expect(summary(await pull(client, first.items))).toMatchObject({
      [NAMESPACE]: [],
      [CONFIGURATION]: ['configuration-invalid'],
    });
  });

  it('clear files that are gone', async () => {
    const { client, fileSystem } = await open();
    const first = await pull(client);
    fileSystem.remove(POD);
    await change(client, POD);
    expect(summary(await pull(client, first.items))).toEqual({ [POD]: [], [NAMESPACE]: 'same' });
  });

  it('leave nothing to be counted of a folder that is gone, of which alone is told', async () => {
    const pod = `${FOLDER}/app/pod.yaml`;
    const { client, fileSystem } = await open({ [pod]: FILES[POD] });
    let errors = 0;
    client.connection.onNotification(STATUS_NOTIFICATION, (status: Status) => {
      errors = status.errors;
    });
    const first = await pull(client);
    await expect.poll(() => errors).toBe(1);
    fileSystem.remove(pod);
    await change(client, `${FOLDER}/app`);
    expect(summary(await pull(client, first.items))).toEqual({ [pod]: [] });
    await expect.poll(() => errors).toBe(0);
  });

  it('wait for news where the client takes them as they come', async () => {
    const { client, fileSystem } = await open();
    const first = await pull(client);
    const told: Record<string, unknown>[] = [];
    client.connection.onProgress(new ProgressType<WorkspaceDiagnosticReport>(), 'news', (report) => {
      told.push(summary(report));
    });
    const answer = client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      previousResultIds: first.items.map(({ uri, resultId }) => ({ uri, value: resultId })),
      partialResultToken: 'news',
    });
    fileSystem.write(POD, 'a: 1\n');
    await change(client, POD);
    expect(await answer).toEqual({ items: [] });
    expect(told).toEqual([{ [POD]: [] }]);
  });
});
