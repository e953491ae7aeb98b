import { expect, it } from 'vitest';
import type { CodeAction, DocumentDiagnosticReport, WorkspaceDiagnosticReport } from 'vscode-languageserver';
import { connectInProcess } from '../support/language-client.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';
import { SlowFileSystem } from '../support/slow-file-system.ts';
import { smallRules } from '../support/small-rules.ts';

const FOLDER = 'file:///work/ehr';
const VALUES = `${FOLDER}/values.yaml`;
const TEMPLATE = `${FOLDER}/templates/pod.yaml`;
const TEXT = 'privileged: true\n';
const FILES = {
  [`${FOLDER}/Chart.yaml`]: 'apiVersion: v2\nname: ehr\nversion: 0.1.0\n',
  [VALUES]: TEXT,
  [TEMPLATE]: `apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, securityContext: { privileged: {{ .Values.privileged }} } }] }
`,
};

it('keeps findings and fixes of a chart while its files are read again', async () => {
  const fileSystem = new SlowFileSystem(FILES);
  const client = connectInProcess({ fileSystem, rules: smallRules });
  await client.initialize(
    { textDocument: { diagnostic: {} }, workspace: { workspaceEdit: { documentChanges: true } } },
    { rootUri: 'file:///work' },
  );
  await client.open(VALUES, TEXT);
  const { connection } = client;
  const textDocument = { uri: VALUES };
  const findings = async () => {
    const report = await connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument,
    });
    return report.kind === 'full' ? report.items : [];
  };
  const [found] = await findings();
  expect(found?.code).toBe('privileged-container');

  const goOn = fileSystem.hold(TEMPLATE);
  await connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: `${FOLDER}/Chart.yaml`, type: 2 }],
  });
  await new Promise((done) => setTimeout(done, 50));
  const meanwhile = findings();
  const actions = connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument,
    range: found?.range,
    context: { diagnostics: [] },
  });
  await new Promise((done) => setTimeout(done, 50));
  goOn();
  expect((await meanwhile).map(({ code }) => code)).toEqual(['privileged-container']);
  expect((await actions).filter(({ edit }) => edit !== undefined).map(({ title }) => title)).toContain(
    'Set privileged: false',
  );
  expect((await findings()).map(({ code }) => code)).toEqual(['privileged-container']);
});

it('lets a chart go whose Chart.yaml is gone', async () => {
  const fileSystem = new MemoryFileSystem(FILES);
  const client = connectInProcess({ fileSystem, rules: smallRules });
  await client.initialize({}, { rootUri: 'file:///work' });
  const first = client.publishedFor(VALUES, 1);
  await client.open(VALUES, TEXT);
  expect(await first).toHaveLength(1);
  fileSystem.remove(`${FOLDER}/Chart.yaml`);
  const next = client.publishedFor(VALUES);
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: `${FOLDER}/Chart.yaml`, type: 3 }],
  });
  expect(await next).toEqual([]);
});

it('has the manifests of a chart stand for themselves once its Chart.yaml is gone', async () => {
  const text = FILES[TEMPLATE]?.replace('{{ .Values.privileged }}', 'true') ?? '';
  const fileSystem = new MemoryFileSystem({ ...FILES, [TEMPLATE]: text });
  const client = connectInProcess({ fileSystem, rules: smallRules });
  await client.initialize({ textDocument: { diagnostic: {} } }, { rootUri: 'file:///work' });
  const found = async () => {
    const { items } = await client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      previousResultIds: [],
    });
    return items.flatMap((item) => (item.kind === 'full' && item.items.length > 0 ? item.uri : []));
  };
  expect(await found()).toEqual([TEMPLATE]);
  fileSystem.remove(`${FOLDER}/Chart.yaml`);
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: `${FOLDER}/Chart.yaml`, type: 3 }],
  });
  expect(await found()).toEqual([TEMPLATE]);
});
