import { describe, expect, it } from 'vitest';
import type { CodeAction, Hover, MarkupContent } from 'vscode-languageserver';
import { RULE_PAGE_REQUEST } from '../../server/src/features/protocol.ts';
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
    const { client, diagnostics } = await diagnosticsWith({ rulePages: 'kube-safeguards-rule' });
    const finding = diagnostics.find(({ code }) => code === 'privileged-container');
    expect(finding?.codeDescription).toEqual({ href: 'kube-safeguards-rule:privileged-container.md' });
    const page = await client.connection.sendRequest(RULE_PAGE_REQUEST, { rule: 'privileged-container' });
    expect(page).toMatch(/^# privileged-container\n\n/);
    expect(page).toContain('## What to do');
    expect(await client.connection.sendRequest(RULE_PAGE_REQUEST, { rule: 'none' })).toBeNull();
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

  it('exist for every rule, without anything undefined', async () => {
    const client = connectInProcess({ rules });
    await client.initialize();
    for (const { id, meta } of rules) {
      const page = await client.connection.sendRequest<string>(RULE_PAGE_REQUEST, { rule: id });
      expect(page).toContain(meta.references.hipaa.map((section) => `**45 CFR ${section}**`)[0] ?? '# ');
      expect(page).not.toContain('undefined');
    }
  });
});
