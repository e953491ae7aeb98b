import {
  type CompletionItem,
  CompletionItemKind,
  InsertTextFormat,
  type MarkupContent,
  type Position,
} from 'vscode-languageserver';
import { type ConfigurationSchema, schemaAt } from '../engine/configuration-schema.ts';
import type { Rule } from '../rules/rule.ts';
import { parseDocument } from '../syntax/parse.ts';
import type { Path } from '../syntax/paths.ts';
import { type Markup, markupContent } from './markup.ts';

export interface CompletionOptions {
  readonly rules: readonly Rule[];
  readonly markup: Markup;
  readonly snippets: boolean;
}

/** Where in a configuration file the caret stands: at a key of the map at `path`, or at the value of `path`. */
interface Caret {
  readonly at: 'key' | 'value';
  readonly path: Path;
  /** Character of the line where the word before the caret starts. */
  readonly wordStart: number;
}

/** The keys, rule ids and values that fit at a position of a configuration file in block style. */
export function completeConfiguration(
  text: string,
  position: Position,
  { rules, markup, snippets }: CompletionOptions,
): CompletionItem[] {
  const lines = text.split(/\r?\n/);
  const caret = caretAt(lines, position);
  const schema = caret && schemaAt(caret.path);
  if (caret === undefined || schema === undefined) return [];
  const range = { start: { line: position.line, character: caret.wordStart }, end: position };
  const items =
    caret.at === 'value' ? valuesOf(schema, markup) : keysOf(caret.path, schema, rules, markup, snippets);
  const taken = caret.at === 'key' ? keysIn(lines, caret.path, position.line) : new Set<string>();
  return items
    .filter(({ label }) => !taken.has(label))
    .map(({ insertText, ...item }) => ({ ...item, textEdit: { range, newText: insertText ?? item.label } }));
}

const KEY_BEFORE_CARET = /^(\s*)([\w.-]*)$/;
const VALUE_BEFORE_CARET = /^(\s*)([\w.-]+):\s+(\S*)$/;
const KEY_OF_LINE = /^(\s*)([\w.-]+):/;

/** Reads the lines above by their indentation, since a file being typed is often no YAML yet. */
function caretAt(lines: readonly string[], { line, character }: Position): Caret | undefined {
  const before = (lines[line] ?? '').slice(0, character);
  const key = KEY_BEFORE_CARET.exec(before);
  if (key !== null) {
    const [, indentation = '', word = ''] = key;
    return {
      at: 'key',
      path: parentsOf(lines, line, indentation.length),
      wordStart: character - word.length,
    };
  }
  const value = VALUE_BEFORE_CARET.exec(before);
  if (value === null) return undefined;
  const [, indentation = '', name = '', word = ''] = value;
  const path = [...parentsOf(lines, line, indentation.length), name];
  return { at: 'value', path, wordStart: character - word.length };
}

/** The keys that a line is below, outermost first. */
function parentsOf(lines: readonly string[], line: number, indentation: number): string[] {
  const parents: string[] = [];
  let within = indentation;
  for (let above = line - 1; above >= 0 && within > 0; above--) {
    const match = KEY_OF_LINE.exec(lines[above] ?? '');
    const [, spaces = '', key = ''] = match ?? [];
    if (match === null || spaces.length >= within) continue;
    parents.unshift(key);
    within = spaces.length;
  }
  return parents;
}

/** The keys that the map at a path has without the line that is being typed. */
function keysIn(lines: readonly string[], path: Path, typed: number): Set<string> {
  const { root } = parseDocument(lines.map((line, index) => (index === typed ? '' : line)).join('\n'));
  return new Set(root?.at(path)?.entries.map(({ key }) => key));
}

type Item = Pick<CompletionItem, 'label' | 'kind' | 'insertText'> & Partial<CompletionItem>;

function keysOf(
  path: Path,
  schema: ConfigurationSchema,
  rules: readonly Rule[],
  markup: Markup,
  snippets: boolean,
): Item[] {
  if (path.length === 1 && path[0] === 'rules')
    return rules.map((rule) => ruleItem(rule, schema, markup, snippets));
  return Object.entries(schema.properties ?? {}).map(([key, child]) => ({
    label: key,
    kind: CompletionItemKind.Property,
    insertText: child.type === 'object' || child.type === 'array' ? `${key}:` : `${key}: `,
    documentation: documentationOf(child.description, markup),
  }));
}

function ruleItem({ id, meta }: Rule, schema: ConfigurationSchema, markup: Markup, snippets: boolean): Item {
  const choices =
    typeof schema.additionalProperties === 'object' ? schema.additionalProperties.enum : undefined;
  const choose = snippets && choices !== undefined;
  return {
    label: id,
    kind: CompletionItemKind.EnumMember,
    detail: meta.title,
    documentation: documentationOf(meta.rationale, markup),
    insertText: choose ? `${id}: \${1|${choices.join(',')}|}` : `${id}: `,
    insertTextFormat: choose ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
  };
}

function valuesOf(schema: ConfigurationSchema, markup: Markup): Item[] {
  return (schema.enum ?? []).map((value, index) => ({
    label: value,
    kind: CompletionItemKind.Value,
    insertText: value,
    documentation: documentationOf(schema.enumDescriptions?.[index], markup),
  }));
}

function documentationOf(words: string | undefined, markup: Markup): MarkupContent {
  return markupContent(markup, [markup.text(words ?? '')]);
}
