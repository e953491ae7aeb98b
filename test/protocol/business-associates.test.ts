import { describe, expect, it } from 'vitest';
import type { CodeAction, Diagnostic } from 'vscode-languageserver';
import { baaUndocumented } from '../../server/src/rules/business-associates/baa-undocumented.ts';
import { LineIndex } from '../../server/src/syntax/lines.ts';
import { connectInProcess } from '../support/language-client.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';

const FOLDER = 'file:///work';
const CONFIGURATION = `${FOLDER}/.kube-safeguards.yaml`;
const URI = `${FOLDER}/pod.yaml`;
const POD = `apiVersion: v1
kind: Pod
metadata: { name: portal, namespace: phi }
spec: { containers: [{ name: a, env: [{ name: API, value: "https://api.twilio.com" }] }] }
`;
const LIST = 'businessAssociates:\n  - name: Okta # single sign-on\n';

describe('the fix for a vendor that is not listed', () => {
  it('adds it to the list in the configuration file', async () => {
    const fileSystem = new MemoryFileSystem({ [URI]: POD, [CONFIGURATION]: LIST });
    const client = connectInProcess({ fileSystem, rules: [baaUndocumented] });
    await client.initialize(
      {
        textDocument: {
          diagnostic: {},
          codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
        },
      },
      { workspaceFolders: [{ uri: FOLDER, name: 'work' }] },
    );
    await client.open(URI, POD);
    const { items } = await client.connection.sendRequest<{ items: Diagnostic[] }>(
      'textDocument/diagnostic',
      {
        textDocument: { uri: URI },
      },
    );
    const range = items[0]?.range;
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: URI },
      range,
      context: { diagnostics: items },
    });
    const action = actions.find(({ title }) => title === 'Record Twilio in the configuration file');
    const edits = action?.edit?.changes?.[CONFIGURATION] ?? [];
    expect(edits).toHaveLength(1);
    const at = new LineIndex(LIST).offsetAt(edits[0]?.range.start ?? { line: 0, character: 0 });
    expect(LIST.slice(0, at) + edits[0]?.newText + LIST.slice(at)).toBe(`${LIST}  - name: Twilio\n`);
  });
});
