import { describe, expect, it } from 'vitest';
import type { CodeAction, Hover, MarkupContent } from 'vscode-languageserver';
import { offlinePages } from '../../scripts/offline-pages.ts';
import { rules } from '../../server/src/rules/index.ts';
import { connectInProcess } from '../support/language-client.ts';
import { loadKubernetesSchemas } from '../support/schemas.ts';

const URI = 'file:///work/pod.yaml';
const POD = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  contianers: []
  containers: [{ name: web, securityContext: { privileged: true } }]
`;

async function diagnosticsWith(initializationOptions: object) {
  const client = connectInProcess({ rules, schemas: await loadKubernetesSchemas() });
  await client.initialize({}, { initializationOptions });
  const published = client.publishedFor(URI, 1);
  await client.open(URI, POD);
  return { client, diagnostics: await published };
}

describe('pages of rules', () => {
  it('are opened in editors that show them, by short links', async () => {
    const { diagnostics } = await diagnosticsWith({ rulePages: 'kube-safeguards-rule' });
    const finding = diagnostics.find(({ code }) => code === 'privileged-container');
    expect(finding?.codeDescription).toEqual({ href: 'kube-safeguards-rule:privileged-container.md' });
  });

  it('are linked from hovers by the command of such editors, and from its code actions', async () => {
    const { client } = await diagnosticsWith({ explainCommand: 'client.explain' });
    const position = { line: 5, character: 60 };
    const textDocument = { uri: URI };
    const hover = await client.connection.sendRequest<Hover>('textDocument/hover', {
      textDocument,
      position,
    });
    const { value } = hover.contents as MarkupContent;
    expect(value).toContain('privileged-container: command:client.explain?%5B%22privileged-container%22%5D');
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument,
      range: { start: position, end: position },
      context: { diagnostics: [] },
    });
    const title = 'Explain privileged-container';
    const command = { title, command: 'client.explain', arguments: ['privileged-container'] };
    expect(actions).toContainEqual({ title, kind: 'quickfix', diagnostics: [], command });
  });

  it('are not offered by a command to editors that have none', async () => {
    const { client } = await diagnosticsWith({});
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: URI },
      range: { start: { line: 5, character: 60 }, end: { line: 5, character: 60 } },
      context: { diagnostics: [] },
    });
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.filter(({ title }) => title.startsWith('Explain'))).toEqual([]);
  });

  it('come with the extension as the documentation has them', async () => {
    const pages = await offlinePages();
    expect(Object.keys(pages)).toEqual(rules.map(({ id }) => id));
    for (const { id } of rules) {
      const page = pages[id] ?? '';
      expect(page).toMatch(new RegExp(`^# ${id}\n`));
      for (const heading of ['## What to do', '## Not compliant', '## Compliant', '## Suppressing'])
        expect(page).toContain(heading);
      expect(page).not.toContain('undefined');
    }
  });
});
