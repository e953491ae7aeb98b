import { expect, it } from 'vitest';
import type { Diagnostic, DocumentDiagnosticReport } from 'vscode-languageserver';
import { sharedIdentity } from '../../server/src/rules/access-control/shared-identity.ts';
import { connectInProcess } from '../support/language-client.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';

const FOLDER = 'file:///work';
const [WEB, JOBS] = [`${FOLDER}/web.yaml`, `${FOLDER}/jobs.yaml`];
const pod = (name: string) => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: clinic }
spec: { serviceAccountName: shared, containers: [{ name: main, image: a }] }
`;

it('diagnostics lead to the objects of other files that explain them, wherever these are by now', async () => {
  const texts = { [WEB]: pod('web'), [JOBS]: pod('jobs') };
  const client = connectInProcess({ fileSystem: new MemoryFileSystem(texts), rules: [sharedIdentity] });
  await client.initialize(
    { textDocument: { diagnostic: {}, publishDiagnostics: { relatedInformation: true } } },
    { workspaceFolders: [{ uri: FOLDER, name: 'work' }] },
  );
  await client.open(WEB, texts[WEB] ?? '');
  await client.connection.sendRequest('workspace/diagnostic', { previousResultIds: [] });
  const related = async (): Promise<string[]> => {
    const { connection } = client;
    const report = await connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri: WEB },
    });
    const items: Diagnostic[] = report.kind === 'full' ? report.items : [];
    return items.flatMap(({ relatedInformation = [] }) =>
      relatedInformation.map(({ location, message }) => {
        const { line, character } = location.range.start;
        return `${location.uri.slice(FOLDER.length)}:${line}:${character} ${message}`;
      }),
    );
  };
  const told = (line: number) => [`/jobs.yaml:${line}:18 It acts under the same name.`];
  expect(await related()).toEqual(told(2));

  await client.open(JOBS, `# by night\n${texts[JOBS]}`);
  expect(await related()).toEqual(told(3));

  const start = { line: 0, character: 0 };
  await client.change(WEB, 2, [{ range: { start, end: start }, text: '---\n# by day\n---\n' }]);
  expect(await related()).toEqual(told(3));

  await client.change(JOBS, 2, [{ text: 'a: 1\n' }]);
  expect(await related()).toEqual([]);
});
