import { describe, expect, it } from 'vitest';
import type {
  CompletionContext,
  CompletionItem,
  CompletionList,
  CompletionTriggerKind,
  Hover,
} from 'vscode-languageserver';
import { LineIndex } from '../../server/src/syntax/lines.ts';
import { connectInProcess } from '../support/language-client.ts';
import { loadKubernetesSchemas } from '../support/schemas.ts';

const ASKED: CompletionTriggerKind = 1;
const TYPED: CompletionTriggerKind = 2;
const TYPED_ON: CompletionTriggerKind = 3;
const SNIPPETS = { textDocument: { completion: { completionItem: { snippetSupport: true } } } };
const YAML = 'file:///work/pod.yaml';
const JSON_FILE = 'file:///work/pod.json';

/** Opens a file (`│` marks the place) in an editor, and asks at the place. */
async function ask<Answer>(
  request: 'completion' | 'hover',
  uri: string,
  marked: string,
  { context, fieldHelp = true }: { context?: CompletionContext; fieldHelp?: boolean } = {},
): Promise<Answer> {
  const client = connectInProcess({ schemas: await loadKubernetesSchemas() });
  await client.initialize(SNIPPETS, { initializationOptions: { fieldHelp } });
  const text = marked.replace('│', '');
  await client.open(uri, text, uri.endsWith('.json') ? 'json' : 'yaml');
  return client.connection.sendRequest<Answer>(`textDocument/${request}`, {
    textDocument: { uri },
    position: new LineIndex(text).positionAt(marked.indexOf('│')),
    ...(context === undefined ? {} : { context }),
  });
}

const itemOf = (items: readonly CompletionItem[], label: string) =>
  items.find((item) => item.label === label);

const IN_BRACES = 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { hos│ }\n';
const IN_JSON = '{ "apiVersion": "v1", "kind": "Pod", "spec": { "│" } }\n';

describe('completion of fields', () => {
  it('works in braces', async () => {
    const items = await ask<CompletionItem[]>('completion', YAML, IN_BRACES);
    expect(itemOf(items, 'hostPID')).toMatchObject({
      insertTextFormat: 2,
      textEdit: {
        range: { start: { line: 3, character: 8 }, end: { line: 3, character: 11 } },
        newText: 'hostPID: $0',
      },
    });
  });

  it('is asked for by a quote in JSON, and replaces the quotes', async () => {
    const context = { triggerKind: TYPED, triggerCharacter: '"' };
    const items = await ask<CompletionItem[]>('completion', JSON_FILE, IN_JSON, { context });
    expect(itemOf(items, 'securityContext')).toMatchObject({
      filterText: '"securityContext"',
      textEdit: {
        range: { start: { line: 0, character: 47 }, end: { line: 0, character: 49 } },
        newText: '"securityContext": {$0}',
      },
    });
  });

  it('is not asked for by a quote in the text of a value, nor by a point', async () => {
    for (const triggerCharacter of ['"', '.']) {
      const context = { triggerKind: TYPED, triggerCharacter };
      const text = `apiVersion: v1\nkind: Pod\nspec:\n  nodeName: ${triggerCharacter}│\n`;
      expect(await ask('completion', YAML, text, { context })).toEqual([]);
    }
  });

  it.each([
    { name: 'is offered while it is typed', typed: 'tru', triggerKind: TYPED_ON, offered: ['true', 'false'] },
    {
      name: 'is offered no more when it is there, so that Enter begins a line',
      typed: 'true',
      triggerKind: TYPED_ON,
      offered: [],
    },
    { name: 'is offered to who asks by hand', typed: 'true', triggerKind: ASKED, offered: ['true', 'false'] },
  ])('a value $name', async ({ typed, triggerKind, offered }) => {
    const text = `apiVersion: v1\nkind: Pod\nspec:\n  hostPID: ${typed}│\n`;
    const list = await ask<CompletionList>('completion', YAML, text, { context: { triggerKind } });
    expect(list.isIncomplete).toBe(true);
    expect(list.items.map(({ label }) => label)).toEqual(offered);
  });

  it('leaves YAML to another extension that describes fields, which leaves JSON to this one', async () => {
    const options = { fieldHelp: false };
    expect(await ask('completion', YAML, IN_BRACES, options)).toEqual([]);
    expect(await ask('completion', JSON_FILE, IN_JSON, options)).not.toEqual([]);
    const hover = (uri: string) =>
      ask<Hover | null>('hover', uri, '{ "apiVersion": "v1", "kind": "Pod", "sp│ec": {} }', options);
    expect(await hover(YAML)).toBeNull();
    expect(JSON.stringify(await hover(JSON_FILE))).toContain('spec: PodSpec');
  });
});
