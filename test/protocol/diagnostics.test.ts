import { describe, expect, it } from 'vitest';
import { connectInProcess } from '../support/language-client.ts';

const POD = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      securityContext:
        privileged: true
`;
const URI = 'file:///work/pod.yaml';

function connect() {
  return connectInProcess();
}

describe('pushed diagnostics', () => {
  it('come for every version', async () => {
    const client = connect();
    await client.initialize();
    const first = client.publishedFor(URI, 1);
    const second = client.publishedFor(URI, 2);
    await client.open(URI, POD);
    expect(await first).toEqual([
      {
        range: { start: { line: 7, character: 20 }, end: { line: 7, character: 24 } },
        severity: 1,
        code: 'privileged-container',
        codeDescription: {
          href: 'https://github.com/kube-safeguards/kube-safeguards/blob/main/docs/rules/privileged-container.md',
        },
        source: 'kube-safeguards',
        message: 'Container "web" is privileged.',
      },
    ]);
    const range = { start: { line: 7, character: 20 }, end: { line: 7, character: 24 } };
    await client.change(URI, 2, [{ range, text: 'false' }]);
    expect(await second).toEqual([]);
  });

  it('are pulled when the client can', async () => {
    const client = connect();
    const { capabilities } = await client.initialize({ textDocument: { diagnostic: {} } });
    expect(capabilities.diagnosticProvider).toBeDefined();
    await client.open(URI, POD);
    const report = await client.connection.sendRequest<{ items: unknown[] }>('textDocument/diagnostic', {
      textDocument: { uri: URI },
    });
    expect(report.items).toHaveLength(1);
    expect(client.published).toEqual([]);
  });
});
