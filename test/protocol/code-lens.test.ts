import { describe, expect, it } from 'vitest';
import type { CodeLens, WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { rules } from '../../server/src/rules/index.ts';
import { connectInProcess } from '../support/language-client.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';

const FOLDER = 'file:///work';
const URI = `${FOLDER}/pods.yaml`;

const pod = (name: string, context: string) => `# ${name}
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: clinic }
spec:
  containers:
    - name: main
      image: registry.clinic.example/main@sha256:${'0'.repeat(64)}
      securityContext: { ${context} }
`;
const TEXT = [
  pod('first', 'privileged: true, allowPrivilegeEscalation: true'),
  pod('second', 'privileged: true # kube-safeguards-ignore privileged-container: needs the GPU\n        '),
  'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: fine, namespace: clinic }\n',
].join('---\n');

const CONFIGURATION = `exceptions:
  - rule: privilege-escalation
    resource: { kind: Pod, name: second }
    reason: The GPU driver needs it.
    approver: Ann
    date: "2026-01-01"
`;

const WANTED = ['privileged-container', 'privilege-escalation'];

async function lensesOf(settings: object = {}) {
  const fileSystem = new MemoryFileSystem({
    [URI]: TEXT,
    [`${FOLDER}/.kube-safeguards.yaml`]: CONFIGURATION,
  });
  const client = connectInProcess({ fileSystem, rules: rules.filter(({ id }) => WANTED.includes(id)) });
  const edits: WorkspaceEdit[] = [];
  client.connection.onRequest('workspace/applyEdit', ({ edit }: { edit: WorkspaceEdit }) => {
    edits.push(edit);
    return { applied: true };
  });
  await client.initialize(
    { workspace: { applyEdit: true } },
    {
      workspaceFolders: [{ uri: FOLDER, name: 'work' }],
      initializationOptions: { settings },
    },
  );
  await client.open(URI, TEXT);
  const lenses = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', {
    textDocument: { uri: URI },
  });
  return { client, edits, lenses };
}

describe('code lenses', () => {
  it('tell above each resource what was found in it, and what is covered', async () => {
    const { lenses } = await lensesOf();
    const said = lenses.map(({ range, command }) => [range.start.line, command?.title]);
    expect(said).toEqual([
      [1, '2 errors'],
      [1, 'fix all'],
      [11, '1 exception, 1 suppressed'],
    ]);
  });

  it('repair the findings of their resource alone', async () => {
    const { client, edits, lenses } = await lensesOf();
    const command = lenses.find((lens) => lens.command?.title === 'fix all')?.command;
    await client.connection.sendRequest('workspace/executeCommand', {
      command: command?.command,
      arguments: command?.arguments,
    });
    const changes = edits[0]?.changes?.[URI] ?? [];
    const after = TextDocument.applyEdits(TextDocument.create(URI, 'yaml', 1, TEXT), changes);
    expect(after.split('---\n')[0]).toContain('privileged: false, allowPrivilegeEscalation: false');
    expect(after.split('---\n').slice(1)).toEqual(TEXT.split('---\n').slice(1));
  });

  it('can be switched off', async () => {
    expect((await lensesOf({ codeLens: false })).lenses).toEqual([]);
  });
});
