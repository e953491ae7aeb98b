import { describe, expect, it } from 'vitest';
import type { CodeAction, TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { rules } from '../../server/src/rules/index.ts';
import { POD_SECURITY_RULES } from '../../server/src/rules/pod-security-standards.ts';
import { checkText } from '../support/check-text.ts';
import { connectInProcess } from '../support/language-client.ts';

const URI = 'file:///work/pods.yaml';

const BARE_POD = (name: string) => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
spec:
  hostNetwork: true
  containers:
    - name: api # the only one
      image: registry.clinic.example/api:1.4.2
`;

const FILE = `${BARE_POD('first')}---\n${BARE_POD('second')}`;

async function actionsIn(only: string[], line: number): Promise<{ titles: string[]; after: string }> {
  const client = connectInProcess({ rules });
  await client.initialize({
    textDocument: { codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } } },
  });
  const published = client.publishedFor(URI, 1);
  await client.open(URI, FILE);
  await published;
  const position = { line, character: 16 };
  const actions: CodeAction[] = await client.connection.sendRequest('textDocument/codeAction', {
    textDocument: { uri: URI },
    range: { start: position, end: position },
    context: { diagnostics: [], only },
  });
  const hardening = actions.find(({ data }) => data !== undefined);
  const resolved: CodeAction = await client.connection.sendRequest('codeAction/resolve', hardening);
  const edits = resolved.edit?.changes?.[URI] as TextEdit[];
  const after = TextDocument.applyEdits(TextDocument.create(URI, 'yaml', 1, FILE), edits);
  return { titles: actions.map(({ title }) => title), after };
}

const podSecurityFindings = (text: string) =>
  checkText(text, { rules }).filter(({ finding }) => POD_SECURITY_RULES.has(finding.rule));

describe('hardening', () => {
  it('makes one pod pass Restricted and leaves the others as they are', async () => {
    const { titles, after } = await actionsIn(['quickfix'], 5);
    expect(titles).toContain('Make this pod pass Restricted (Pod Security Standards)');
    const [first, second] = after.split('---\n');
    expect(first).toBe(`apiVersion: v1
kind: Pod
metadata:
  name: first
spec:
  securityContext:
    runAsNonRoot: true
    seccompProfile:
      type: RuntimeDefault
  containers:
    - name: api # the only one
      image: registry.clinic.example/api:1.4.2
      securityContext:
        allowPrivilegeEscalation: false
        capabilities:
          drop:
            - ALL
`);
    expect(second).toBe(BARE_POD('second'));
    expect(podSecurityFindings(first ?? '')).toEqual([]);
  });

  it('hardens every workload of a file', async () => {
    const { titles, after } = await actionsIn(['source.harden.kubeSafeguards'], 0);
    expect(titles).toEqual(['Harden all workloads in this file']);
    expect(podSecurityFindings(after)).toEqual([]);
    expect(after.match(/readOnlyRootFilesystem: true/g)?.length).toBe(2);
    expect(after.match(/# the only one/g)?.length).toBe(2);
  });
});
