import { describe, expect, it } from 'vitest';
import type {
  CompletionContext,
  CompletionItem,
  CompletionList,
  CompletionTriggerKind,
  Hover,
} from 'vscode-languageserver';
import {
  DESCRIBED_ELSEWHERE_NOTIFICATION,
  type DescribedElsewhereParams,
} from '../../server/src/features/protocol.ts';
import { LineIndex } from '../../server/src/syntax/lines.ts';
import { connectInProcess } from '../support/language-client.ts';
import { loadKubernetesSchemas } from '../support/schemas.ts';

const ASKED: CompletionTriggerKind = 1;
const TYPED: CompletionTriggerKind = 2;
const TYPED_ON: CompletionTriggerKind = 3;
const SNIPPETS = { textDocument: { completion: { completionItem: { snippetSupport: true } } } };
const YAML = 'file:///work/pod.yaml';
const JSON_FILE = 'file:///work/pod.json';

interface Options {
  readonly context?: CompletionContext;
  readonly fieldHelp?: boolean;
  /** The kinds that another extension describes in the file. */
  readonly elsewhere?: DescribedElsewhereParams['kinds'];
}

/** Opens a file (`│` marks the place) in an editor, and asks at the place. */
async function ask<Answer>(
  request: 'completion' | 'hover',
  uri: string,
  marked: string,
  { context, fieldHelp = true, elsewhere = [] }: Options = {},
): Promise<Answer> {
  const client = connectInProcess({ schemas: await loadKubernetesSchemas() });
  await client.initialize(SNIPPETS, { initializationOptions: { fieldHelp } });
  const text = marked.replace('│', '');
  await client.open(uri, text, uri.endsWith('.json') ? 'json' : 'yaml');
  const params: DescribedElsewhereParams = { uri, kinds: elsewhere, functions: false };
  await client.connection.sendNotification(DESCRIBED_ELSEWHERE_NOTIFICATION, params);
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

  it('leaves the kinds that another extension describes in a file to it, and no others', async () => {
    const texts = [IN_BRACES, 'apiVersion: v1\nkind: Pod\nmetadata: {}\nsp│ec: {}\n'] as const;
    const answers = (elsewhere: DescribedElsewhereParams['kinds']) =>
      Promise.all([
        ask<CompletionItem[]>('completion', YAML, texts[0], { elsewhere }),
        ask<Hover | null>('hover', YAML, texts[1], { elsewhere }),
      ]);
    expect(await answers(['apps/v1@deployment', 'v1@pod'])).toEqual([[], null]);
    expect(await answers('all')).toEqual([[], null]);
    const [items, hover] = await answers(['apps/v1@deployment']);
    expect(itemOf(items, 'hostPID')).toBeDefined();
    expect(JSON.stringify(hover)).toContain('spec: PodSpec');
  });
});
