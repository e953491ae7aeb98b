import { describe, expect, it } from 'vitest';
import type { CodeAction, CodeLens } from 'vscode-languageserver';
import german from '../../l10n/bundle.l10n.de.json' with { type: 'json' };
import { NEW_SERVICE_REQUEST } from '../../server/src/features/protocol.ts';
import { rules } from '../../server/src/rules/index.ts';
import { connectInProcess } from '../support/language-client.ts';

const URI = 'file:///work/pod.yaml';
const POD = `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: clinic }
spec:
  containers: [{ name: web, image: "registry.clinic.example/web:1.0.0", securityContext: { privileged: true } }]
`;

async function texts(initializationOptions: object) {
  const client = connectInProcess({ rules });
  await client.initialize({}, { initializationOptions });
  const published = client.publishedFor(URI, 1);
  await client.open(URI, POD);
  const [finding] = await published;
  const textDocument = { uri: URI };
  const { connection } = client;
  const lenses = await connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument });
  const actions = await connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument,
    range: { start: { line: 4, character: 105 }, end: { line: 4, character: 105 } },
    context: { diagnostics: [] },
  });
  const { problems } = await connection.sendRequest<{ problems: { message: string }[] }>(
    NEW_SERVICE_REQUEST,
    {
      folder: 'file:///work',
      answers: { name: 'Portal', namespace: 'default', image: 'http://a', mesh: 'linkard' },
    },
  );
  return {
    message: finding?.message,
    lenses: lenses.map(({ command }) => command?.title),
    actions: actions.map(({ title }) => title),
    problems: problems.map(({ message }) => message),
  };
}

describe('the language of the editor', () => {
  it('is that of lenses, actions and problems with answers, but not of findings and their fixes', async () => {
    const { lenses, actions, problems, message } = await texts({ texts: german });
    expect(lenses.join()).toMatch(/^\d+ Fehler, \d+ Warnungen.*,alle beheben$/);
    expect(actions).toContain('privileged-container hier übergehen, mit Begründung');
    expect(actions).toContain('Diesen Pod Restricted genügen lassen (Pod Security Standards)');
    expect(actions).toContain('Set privileged: false');
    expect(problems).toEqual([
      expect.stringMatching(/^Der Name besteht aus Kleinbuchstaben/),
      expect.stringMatching(/^In den Namespace „default“ kann jeder etwas ausrollen/),
      'Das ist kein Image: es ist eine URL.',
      'Der Port fehlt.',
      expect.stringMatching(/^Das Mesh ist eines von .*„linkard“ geht nicht\. Meinten Sie linkerd\?$/),
    ]);
    expect(message).toBe((await texts({})).message);
  });

  it.each([
    [german, 'Der Wert wird über einen Anker geteilt: Die Änderung würde auch die anderen Stellen treffen.'],
    [{}, 'The value is shared through an anchor: the change would reach its other users.'],
  ])('is that of reasons why a fix cannot be made (%#)', async (translations, reason) => {
    const shared = `${POD.slice(0, POD.indexOf('spec:'))}spec:
  containers:
    - { name: web, securityContext: &context { privileged: true } }
    - { name: side, securityContext: *context }
`;
    const client = connectInProcess({ rules });
    const capabilities = { textDocument: { codeAction: { disabledSupport: true } } };
    await client.initialize(capabilities, { initializationOptions: { texts: translations } });
    const published = client.publishedFor(URI, 1);
    await client.open(URI, shared);
    const found = (await published).find(({ code }) => code === 'privileged-container');
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: URI },
      range: found?.range,
      context: { diagnostics: [found] },
    });
    const fix = actions.find(({ title }) => title === 'Set privileged: false');
    expect(fix?.disabled?.reason).toBe(reason);
  });

  it('is English where nothing is said', async () => {
    const { lenses, actions, problems } = await texts({});
    expect(lenses.join()).toMatch(/^\d+ errors, \d+ warnings.*,fix all$/);
    expect(actions).toContain('Ignore privileged-container here, with a reason');
    expect(problems[0]).toMatch(/^The name is made of lower-case letters/);
  });
});
