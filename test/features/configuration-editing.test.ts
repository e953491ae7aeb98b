import { describe, expect, it } from 'vitest';
import type { CompletionItem, MarkupContent } from 'vscode-languageserver';
import { CONFIGURATION_SCHEMA } from '../../server/src/engine/configuration-schema.ts';
import { completeConfiguration } from '../../server/src/features/configuration-completion.ts';
import { planConfiguration } from '../../server/src/features/configuration-edits.ts';
import { hoverConfiguration } from '../../server/src/features/configuration-hover.ts';
import { MARKDOWN, PLAIN_TEXT } from '../../server/src/features/markup.ts';
import { ruleLinksOf } from '../../server/src/features/rule-links.ts';
import { applyEdits } from '../../server/src/syntax/ranges.ts';
import { SourceFile } from '../../server/src/workspace/source-file.ts';
import { smallRules } from '../support/small-rules.ts';

/** A file and the caret in it, which `|` marks. */
function at(marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const source = new SourceFile('file:///work/.kube-safeguards.yaml', text);
  return { text, source, position: source.positionAt(offset) };
}

function completionsAt(marked: string, snippets = false): CompletionItem[] {
  const { text, position } = at(marked);
  return completeConfiguration(text, position, { rules: smallRules, markup: PLAIN_TEXT, snippets });
}

const labels = (items: CompletionItem[]) => items.map(({ label }) => label);

describe('completion in the configuration file', () => {
  it.each([
    {
      marked: '|',
      expected: Object.keys(CONFIGURATION_SCHEMA.properties ?? {}),
    },
    {
      marked: 'profile: default\nim|',
      expected: Object.keys(CONFIGURATION_SCHEMA.properties ?? {}).filter((key) => key !== 'profile'),
    },
    { marked: 'images:\n  |', expected: ['allowedRegistries', 'mirrors'] },
    { marked: 'images:\n  mirrors: {}\n\n  al|\nphi:\n', expected: ['allowedRegistries'] },
    {
      marked: 'rules:\n  # comment\n  yaml-syntax: error\n  p|',
      expected: ['privileged-container', 'namespace-default-deny-missing'],
    },
    { marked: 'rules:\n  yaml-syntax: |', expected: ['off', 'information', 'warning', 'error'] },
    { marked: 'rules:\n  yaml-syntax: wa|', expected: ['off', 'information', 'warning', 'error'] },
    { marked: 'profile: |', expected: ['default', 'proposed-2025'] },
    { marked: 'maxFileSize: |', expected: [] },
    { marked: 'unknown:\n  |', expected: [] },
    { marked: 'profile: default # |', expected: [] },
  ])('at $marked', ({ marked, expected }) => {
    expect(labels(completionsAt(marked))).toEqual(expected);
  });

  it('replaces the word that was begun', () => {
    const [item] = completionsAt('images:\n  al|');
    expect(item?.textEdit).toEqual({
      range: { start: { line: 1, character: 2 }, end: { line: 1, character: 4 } },
      newText: 'allowedRegistries:',
    });
  });

  it('says what rules are about, and lets severities be chosen', () => {
    const [item] = completionsAt('rules:\n  |', true);
    expect(item).toMatchObject({
      label: 'privileged-container',
      detail: 'Privileged container',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a snippet's placeholder
      textEdit: { newText: 'privileged-container: ${1|off,information,warning,error|}' },
    });
  });
});

describe('hover in the configuration file', () => {
  const hoverAt = (marked: string) => {
    const { source, position } = at(marked);
    return (
      hoverConfiguration(source, position, smallRules, MARKDOWN, ruleLinksOf({}))?.contents as
        | MarkupContent
        | undefined
    )?.value;
  };

  it.each([
    {
      marked: 'pro|file: default\n',
      expected: ['**profile**', 'Security Rule', '**proposed-2025**', 'Default: default'],
    },
    {
      marked: 'images:\n  mirrors:\n    docker.io: my|\n',
      expected: ['**images.mirrors\\["docker.io"\\]**', 'The mirror'],
    },
    { marked: 'phi:\n  namespaces: [a, b|]\n', expected: ['phi.namespaces\\[1\\]', "A namespace's name"] },
    {
      marked: 'rules:\n  privileged-|container: off\n',
      expected: ['Privileged container', '[privileged-container](https://github.com/', 'It matters'],
    },
  ])('at $marked', ({ marked, expected }) => {
    for (const part of expected) expect(hoverAt(marked)).toContain(part);
  });

  it('says nothing of what nobody knows', () => {
    expect(hoverAt('nothing: her|e\n')).toBeUndefined();
    expect(hoverAt('|')).toBeUndefined();
  });
});

describe('changing the configuration file', () => {
  const operations = [
    {
      op: 'edit-configuration' as const,
      path: ['images', 'allowedRegistries'],
      value: ['registry.example.com'],
    },
    { op: 'edit-configuration' as const, path: ['phi', 'label'], value: 'phi' },
  ];

  it.each([
    { text: '', expected: 'images:\n  allowedRegistries:\n  - registry.example.com\nphi:\n  label: phi\n' },
    {
      text: '# ours\nphi:\n  namespaces: [clinic] # prod\n',
      expected:
        '# ours\nphi:\n  namespaces: [clinic] # prod\n  label: phi\nimages:\n  allowedRegistries:\n  - registry.example.com\n',
    },
  ])('keeps what stands in $text', ({ text, expected }) => {
    expect(applyEdits(text, planConfiguration(text, operations) ?? [])).toBe(expected);
  });

  it('refuses where it cannot', () => {
    expect(planConfiguration('- a list\n', operations)).toBeUndefined();
  });
});
