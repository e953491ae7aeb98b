import { describe, expect, it } from 'vitest';
import type { Hover } from 'vscode-languageserver';
import { connectInProcess } from '../support/language-client.ts';

const URI = 'file:///work/pod.yaml';
const POD = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: "[a](b) *c*"
      securityContext: { privileged: true }
`;

async function hover(capabilities: object, line: number, character: number): Promise<Hover | null> {
  const client = connectInProcess();
  await client.initialize(capabilities);
  await client.open(URI, POD);
  return client.connection.sendRequest('textDocument/hover', {
    textDocument: { uri: URI },
    position: { line, character },
  });
}

const IN_MARKDOWN = { textDocument: { hover: { contentFormat: ['markdown'] } } };

describe('hover', () => {
  it('explains the finding, the regulation and the fixes', async () => {
    const shown = await hover(IN_MARKDOWN, 6, 38);
    expect(shown?.range).toEqual({ start: { line: 6, character: 37 }, end: { line: 6, character: 41 } });
    expect(shown?.contents).toEqual({
      kind: 'markdown',
      value: `**Privileged container** ([privileged-container](https://github.com/kube-safeguards/kube-safeguards/blob/main/docs/rules/privileged-container.md))

It matters.

HIPAA, 45 CFR Part 164:
- **§ 164.312(a)(1)** Access control (standard). Systems that hold ePHI let in only those persons and programs that have been granted access.

**What to do:** Do it.

**Quick fixes:**
- Set privileged: false
- Remove privileged (may change what runs: review it)`,
    });
  });

  it('speaks plainly to clients without Markdown', async () => {
    const shown = await hover({}, 6, 38);
    expect(shown?.contents).toMatchObject({
      kind: 'plaintext',
      value: expect.stringMatching(/^Privileged container \(.*\n\nIt matters\.\n/),
    });
  });

  it('stays away from everything else', async () => {
    expect(await hover(IN_MARKDOWN, 1, 3)).toBeNull();
  });
});
