import { describe, expect, it } from 'vitest';
import type {
  ClientCapabilities,
  CodeAction,
  Diagnostic,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { phiInConfigMap } from '../../server/src/rules/phi-exposure/phi-in-configmap.ts';
import { connectInProcess, type TestClient } from '../support/language-client.ts';
import { smallRules } from '../support/small-rules.ts';

const URI = 'file:///work/pod.yaml';

const pod = (spec: string) => `# a pod
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
${spec}`;

const PRIVILEGED = pod(`  containers:
    - name: web
      securityContext:
        privileged: true # why
`);

const MODERN: ClientCapabilities = {
  workspace: {
    workspaceEdit: { documentChanges: true },
  },
  textDocument: {
    codeAction: { disabledSupport: true, dataSupport: true, resolveSupport: { properties: ['edit'] } },
  },
};

async function open(
  text: string,
  capabilities: ClientCapabilities = MODERN,
  languageId = 'yaml',
  rules = smallRules,
) {
  const client = connectInProcess({ rules });
  await client.initialize(capabilities);
  const published = client.publishedFor(URI, 1);
  await client.open(URI, text, languageId);
  return { client, diagnostics: await published };
}

function actionsFor(
  client: TestClient,
  diagnostic: Diagnostic | undefined,
  more: object = {},
): Promise<CodeAction[]> {
  const range = diagnostic?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const diagnostics = diagnostic === undefined ? [] : [diagnostic];
  return client.connection.sendRequest('textDocument/codeAction', {
    textDocument: { uri: URI },
    range,
    context: { diagnostics, ...more },
  });
}

function applied(text: string, edit: WorkspaceEdit | undefined): string {
  const change = edit?.documentChanges?.[0];
  const edits = change !== undefined && 'edits' in change ? change.edits : edit?.changes?.[URI];
  return TextDocument.applyEdits(TextDocument.create(URI, 'yaml', 1, text), (edits ?? []) as TextEdit[]);
}

describe('quick fixes', () => {
  it('offers each alternative for the version at hand, the first safe one preferred', async () => {
    const { client, diagnostics } = await open(PRIVILEGED);
    const actions = await actionsFor(client, diagnostics[0], { only: ['quickfix'] });
    expect(actions.map(({ title, kind, isPreferred }) => ({ title, kind, isPreferred }))).toEqual([
      { title: 'Set privileged: false', kind: 'quickfix', isPreferred: true },
      { title: 'Remove privileged', kind: 'quickfix', isPreferred: undefined },
      { title: 'Ignore privileged-container here, with a reason', kind: 'quickfix', isPreferred: undefined },
    ]);
    expect(actions[0]?.diagnostics).toEqual(diagnostics);
    expect(actions[0]?.edit?.documentChanges).toMatchObject([{ textDocument: { uri: URI, version: 1 } }]);
    expect(applied(PRIVILEGED, actions[0]?.edit)).toBe(PRIVILEGED.replace('true # why', 'false # why'));
  });

  it('sends plain changes to clients that know no versions', async () => {
    const { client, diagnostics } = await open(PRIVILEGED, {});
    const [first] = await actionsFor(client, diagnostics[0]);
    expect(first?.edit?.documentChanges).toBeUndefined();
    expect(applied(PRIVILEGED, first?.edit)).toContain('privileged: false # why');
  });

  it('finds the fix from the caret alone, and from the diagnostics of its line', async () => {
    const { client, diagnostics } = await open(PRIVILEGED);
    const caret = { line: 8, character: 21 };
    const request = (range: object, context: object) =>
      client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: URI },
        range,
        context,
      });
    expect(await request({ start: caret, end: caret }, { diagnostics: [] })).not.toEqual([]);
    const elsewhere = { line: 8, character: 0 };
    expect(
      await request({ start: elsewhere, end: elsewhere }, { diagnostics: [], only: ['quickfix'] }),
    ).toEqual([]);
    expect(await request({ start: elsewhere, end: elsewhere }, { diagnostics })).not.toEqual([]);
  });

  it('speaks of the documents behind the first one', async () => {
    const text = `a: 1\n---\n${PRIVILEGED}`;
    const { client, diagnostics } = await open(text);
    const [first] = await actionsFor(client, diagnostics[0]);
    expect(applied(text, first?.edit)).toBe(text.replace('true', 'false'));
  });

  it('says why a fix cannot be applied, where that can be shown', async () => {
    const anchored = pod(`  containers:
    - name: web
      securityContext: &context
        privileged: true
    - name: side
      securityContext: *context
`);
    const { client, diagnostics } = await open(anchored);
    const disabled = (await actionsFor(client, diagnostics[0])).filter(
      ({ disabled }) => disabled !== undefined,
    );
    expect(disabled.length).toBeGreaterThan(0);
    expect(disabled[0]?.edit).toBeUndefined();
    const plain = await open(anchored, {});
    const actions = await actionsFor(plain.client, plain.diagnostics[0]);
    expect(actions.filter(({ disabled }) => disabled !== undefined)).toEqual([]);
  });

  it('gives nothing for kinds that are not asked for', async () => {
    const { client, diagnostics } = await open(PRIVILEGED);
    expect(await actionsFor(client, diagnostics[0], { only: ['refactor'] })).toEqual([]);
  });
});

describe('ignoring a finding', () => {
  const ignore = (actions: CodeAction[]) => actions.find(({ title }) => title.startsWith('Ignore'));

  it('adds a comment that counts once it has a reason', async () => {
    const { client, diagnostics } = await open(PRIVILEGED);
    const text = applied(PRIVILEGED, ignore(await actionsFor(client, diagnostics[0]))?.edit);
    expect(text).toContain(
      '        # kube-safeguards-ignore privileged-container: <reason>\n        privileged: true',
    );
    const unreasoned = client.publishedFor(URI, 2);
    await client.change(URI, 2, [{ text }]);
    expect(await unreasoned).toHaveLength(1);
    const reasoned = client.publishedFor(URI, 3);
    await client.change(URI, 3, [{ text: text.replace('<reason>', 'node agent, no ePHI') }]);
    expect(await reasoned).toEqual([]);
  });

  it('keeps CRLF', async () => {
    const text = PRIVILEGED.replaceAll('\n', '\r\n');
    const { client, diagnostics } = await open(text);
    const after = applied(text, ignore(await actionsFor(client, diagnostics[0]))?.edit);
    expect(after).toContain('privileged-container: <reason>\r\n');
    expect(after.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('comments above the key of a text of several lines', async () => {
    const text = `apiVersion: v1
kind: ConfigMap
metadata: { name: a, namespace: phi }
data:
  a.csv: |
    name,ssn
    Ann Example,524-71-3386
`;
    const { client, diagnostics } = await open(text, MODERN, 'yaml', [phiInConfigMap]);
    const after = applied(text, ignore(await actionsFor(client, diagnostics[0]))?.edit);
    expect(after).toContain('  # kube-safeguards-ignore phi-in-configmap: <reason>\n  a.csv: |\n');
    const reasoned = client.publishedFor(URI, 2);
    await client.change(URI, 2, [{ text: after.replace('<reason>', 'an invented person') }]);
    expect(await reasoned).toEqual([]);
  });

  it('annotates the object where no comment can stand', async () => {
    const text = JSON.stringify(
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'web' },
        spec: { containers: [{ name: 'web', securityContext: { privileged: true } }] },
      },
      null,
      2,
    );
    const { client, diagnostics } = await open(text, MODERN, 'json');
    const after = applied(text, ignore(await actionsFor(client, diagnostics[0]))?.edit);
    expect(JSON.parse(after)).toMatchObject({
      metadata: { annotations: { 'ignore.kube-safeguards.io/privileged-container': '<reason>' } },
    });
  });

  it('selects the reason where the client knows snippets', async () => {
    const capabilities = {
      workspace: { workspaceEdit: { documentChanges: true, snippetEditSupport: true } },
    };
    const { client, diagnostics } = await open(PRIVILEGED, capabilities);
    const action = ignore(await actionsFor(client, diagnostics[0]));
    const change = action?.edit?.documentChanges?.[0];
    expect(change).toMatchObject({
      edits: [
        {
          snippet: {
            kind: 'snippet',
            // biome-ignore lint/suspicious/noTemplateCurlyInString: a snippet's placeholder
            value: '        # kube-safeguards-ignore privileged-container: ${1:<reason>}\n',
          },
        },
      ],
    });
  });
});

describe('fix all', () => {
  const TWO = pod(`  containers:
    - { name: a, securityContext: { privileged: true } }
    - { name: b, securityContext: { privileged: true } }
`);

  it('fixes what is safe to fix on save', async () => {
    const { client } = await open(`${TWO}---\n${PRIVILEGED}`);
    const [action] = await actionsFor(client, undefined, { only: ['source.fixAll.kubeSafeguards'] });
    expect(action?.kind).toBe('source.fixAll.kubeSafeguards');
    const after = applied(`${TWO}---\n${PRIVILEGED}`, action?.edit);
    expect(after).toBe(`${TWO}---\n${PRIVILEGED}`.replaceAll('privileged: true', 'privileged: false'));
  });

  it('is resolved when it is chosen from a menu', async () => {
    const { client } = await open(TWO);
    const actions = await actionsFor(client, undefined);
    const listed = actions.find(({ kind }) => kind === 'source.fixAll.kubeSafeguards');
    expect(listed?.edit).toBeUndefined();
    const resolved = await client.connection.sendRequest<CodeAction>('codeAction/resolve', listed);
    expect(applied(TWO, resolved.edit)).not.toContain('true');
  });

  it('is not offered where there is nothing to fix', async () => {
    const { client } = await open(pod('  containers: []\n'));
    expect(await actionsFor(client, undefined, { only: ['source.fixAll'] })).toEqual([]);
    expect(await actionsFor(client, undefined)).toEqual([]);
  });
});
