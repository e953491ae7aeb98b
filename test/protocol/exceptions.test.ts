import { describe, expect, it } from 'vitest';
import type { Diagnostic, Hover } from 'vscode-languageserver';
import { suppressionInvalid } from '../../server/src/rules/authoring/suppression-invalid.ts';
import { connectInProcess } from '../support/language-client.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';
import { smallRules } from '../support/small-rules.ts';

const FOLDER = 'file:///work';
const CONFIGURATION = `${FOLDER}/.kube-safeguards.yaml`;
const URI = `${FOLDER}/legacy/pod.yaml`;
const POD = `apiVersion: v1
kind: Pod
metadata: { name: agent }
spec: { containers: [{ name: a, securityContext: { privileged: true } }] }
`;
const configuration = (until: string) => `exceptions:
  - rule: privileged-container
    path: legacy
    reason: The node pool holds *no* PHI.
    approver: J. Officer
    date: 2026-03-01
    until: ${until}
`;

/** Opens the pod and its configuration; gives the diagnostics of both and what the privileged field says. */
async function look(until: string) {
  const fileSystem = new MemoryFileSystem({ [URI]: POD, [CONFIGURATION]: configuration(until) });
  const rules = [...smallRules.filter(({ id }) => id !== suppressionInvalid.id), suppressionInvalid];
  const client = connectInProcess({ fileSystem, rules });
  await client.initialize(
    { textDocument: { diagnostic: {}, hover: { contentFormat: ['markdown'] } } },
    { workspaceFolders: [{ uri: FOLDER, name: 'work' }] },
  );
  await client.open(URI, POD);
  await client.open(CONFIGURATION, configuration(until));
  const diagnosticsOf = async (uri: string) => {
    const { items } = await client.connection.sendRequest<{ items: Diagnostic[] }>(
      'textDocument/diagnostic',
      {
        textDocument: { uri },
      },
    );
    return items;
  };
  const pod = await diagnosticsOf(URI);
  const hover = await client.connection.sendRequest<Hover | null>('textDocument/hover', {
    textDocument: { uri: URI },
    position: { line: 3, character: POD.split('\n')[3]?.indexOf('true') ?? 0 },
  });
  return { pod, configuration: await diagnosticsOf(CONFIGURATION), hover };
}

describe('an exception in the configuration', () => {
  it('silences the finding, and hover tells the decision', async () => {
    const seen = await look('2027-03-01');
    expect(seen.pod.map(({ code }) => code)).not.toContain('privileged-container');
    expect(seen.configuration).toEqual([]);
    expect(seen.hover?.contents).toMatchObject({
      value: expect.stringContaining(
        'Exception, approved by J. Officer on 2026-03-01, until 2027-03-01: The node pool holds \\*no\\* PHI.',
      ),
    });
  });

  it('speaks up where it stands once its date has passed', async () => {
    const seen = await look('2026-05-01');
    expect(seen.pod.map(({ code }) => code)).toContain('privileged-container');
    expect(seen.configuration).toMatchObject([
      {
        code: 'suppression-invalid',
        range: { start: { line: 6, character: 11 }, end: { line: 6, character: 21 } },
        message: expect.stringContaining('ended on 2026-05-01'),
      },
    ]);
  });
});
