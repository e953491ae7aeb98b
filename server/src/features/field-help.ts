import {
  type CompletionItem,
  CompletionItemKind,
  type Hover,
  InsertTextFormat,
  type Position,
  type Range,
} from 'vscode-languageserver';
import { type Resource, resourcesOf } from '../kubernetes/resource.ts';
import type { FieldInfo } from '../kubernetes/schema/schemas.ts';
import { documentIndexAtLine, type PlacedDocument } from '../syntax/documents.ts';
import { parseDocument } from '../syntax/parse.ts';
import { type Path, startsWithPath } from '../syntax/paths.ts';
import type { OffsetRange } from '../syntax/ranges.ts';
import { MapValue, type Value } from '../syntax/values.ts';
import type { FieldSchemas } from './described-elsewhere.ts';
import { type FieldCaret, fieldCaretAt } from './field-caret.ts';
import { type Markup, markupContent } from './markup.ts';
import { toRange } from './to-lsp.ts';

export interface FieldHelpOptions {
  readonly schemas: FieldSchemas;
  readonly markup: Markup;
}

export interface FieldCompletionOptions extends FieldHelpOptions {
  /** Whether the editor can place the caret inside of what it inserts. */
  readonly snippets: boolean;
}

/** What the Kubernetes API says of the field whose key stands at a position; undefined elsewhere. */
export function hoverField(
  documents: readonly PlacedDocument[],
  position: Position,
  { schemas, markup }: FieldHelpOptions,
): Hover | undefined {
  const placed = documents[documentIndexAtLine(documents, position.line)];
  if (placed === undefined) return undefined;
  const { document } = placed;
  const offset = document.lines.offsetAt({
    line: position.line - placed.startLine,
    character: position.character,
  });
  const parsed = parseDocument(document.text);
  const key = parsed.root && keyAt(parsed.root, offset);
  const resource = key && resourceAround(resourcesOf(parsed), key.path);
  if (key === undefined || resource === undefined) return undefined;
  const path = key.path.slice(resource.root.path.length);
  const field = schemas.describe(resource.apiVersion, resource.kind, path);
  if (field?.description === undefined) return undefined;
  return { range: toRange(placed, key.range), contents: markupContent(markup, paragraphsOn(field, markup)) };
}

/** The fields that the map at the caret can take, or the values that the field there knows. */
export function completeField(
  documents: readonly PlacedDocument[],
  position: Position,
  options: FieldCompletionOptions,
): CompletionItem[] {
  const placed = documents[documentIndexAtLine(documents, position.line)];
  const caret = placed && fieldCaretAt(placed, position);
  if (caret === undefined) return [];
  const { line } = position;
  const range = {
    start: { line, character: caret.word.start },
    end: { line, character: caret.word.end },
  };
  return caret.at === 'key' ? keysFor(caret, range, options) : valuesFor(caret, range, options);
}

function keysFor(
  caret: FieldCaret,
  range: Range,
  { schemas, markup, snippets }: FieldCompletionOptions,
): CompletionItem[] {
  const { apiVersion, kind } = caret.resource;
  const isSnippet = snippets && caret.flow !== undefined && !caret.hasValue;
  return schemas
    .fieldsAt(apiVersion, kind, caret.path.slice(0, -1))
    .filter(({ name }) => !caret.taken.has(name))
    .map((field) => ({
      label: field.name,
      kind: CompletionItemKind.Field,
      detail: field.required ? `${field.type}, required` : field.type,
      sortText: `${field.required ? 0 : 1}${field.name}`,
      ...filterTextFor(caret, field.name),
      ...(field.description === undefined
        ? {}
        : { documentation: markupContent(markup, [field.description]) }),
      ...(isSnippet && { insertTextFormat: InsertTextFormat.Snippet }),
      textEdit: { range, newText: keyText(caret, field, isSnippet) },
    }));
}

function valuesFor(caret: FieldCaret, range: Range, { schemas }: FieldCompletionOptions): CompletionItem[] {
  const { apiVersion, kind } = caret.resource;
  const field = schemas.describe(apiVersion, kind, caret.path);
  const comma = caret.flow?.needsComma === true ? ',' : '';
  return valuesOf(field).map((value) => {
    const quote = typeof value === 'string' ? quoteFor(caret) : '';
    return {
      label: String(value),
      kind: CompletionItemKind.Value,
      ...filterTextFor(caret, String(value)),
      textEdit: { range, newText: `${quote}${value}${quote}${comma}` },
    };
  });
}

/** Editors compare what is offered with all that is replaced, an opening quote included. */
function filterTextFor({ quote }: FieldCaret, label: string): { filterText?: string } {
  return quote === '' ? {} : { filterText: `${quote}${label}${quote}` };
}

function quoteFor({ flow, quote }: FieldCaret): string {
  return flow?.json === true ? '"' : quote;
}

function keyText(caret: FieldCaret, field: FieldInfo, isSnippet: boolean): string {
  const quote = quoteFor(caret);
  const name = `${quote}${isSnippet ? field.name.replaceAll('$', '\\$') : field.name}${quote}`;
  if (caret.hasValue) return name;
  if (caret.flow === undefined) return `${name}${blockValue(field)}`;
  // Without a snippet the caret could only stand behind the brackets and the comma.
  if (!isSnippet) return `${name}: `;
  return `${name}: ${flowValue(field, caret.flow.json)}${caret.flow.needsComma ? ',' : ''}`;
}

function paragraphsOn(
  { name, type, required, description, enum: words }: FieldInfo,
  markup: Markup,
): string[] {
  return [
    `${markup.bold(name)}: ${markup.text(type)}${required ? ' (required)' : ''}`,
    description ?? '',
    words === undefined ? '' : markup.text(`One of ${words.join(', ')}.`),
  ];
}

function blockValue({ type }: FieldInfo): string {
  if (isList(type)) return ':\n  - ';
  return isPlain(type) ? ': ' : ':\n  ';
}

/** A snippet with the caret where the value goes. */
function flowValue({ type }: FieldInfo, json: boolean): string {
  if (isList(type)) return '[$0]';
  if (!isPlain(type)) return json ? '{$0}' : '{ $0 }';
  return json && /^(?:string|quantity|date|base64|address)/.test(type) ? '"$0"' : '$0';
}

function isList(type: string): boolean {
  return type.startsWith('list of');
}

function isPlain(type: string): boolean {
  return (
    /^(?:string|integer|number|boolean|quantity|date|base64|address|any)/.test(type) || type.includes(' or ')
  );
}

function valuesOf(field: FieldInfo | undefined): readonly (string | number | boolean)[] {
  return field?.enum ?? (field?.type === 'boolean' ? [true, false] : []);
}

interface LocatedKey {
  readonly path: Path;
  readonly range: OffsetRange;
}

function keyAt(value: Value, offset: number): LocatedKey | undefined {
  if (value.via !== undefined) return undefined;
  for (const { keyValue, value: child } of value.entries) {
    const { range, via } = keyValue;
    const isHere = range.start <= offset && offset <= range.end;
    if (isHere && via === undefined && value instanceof MapValue) return { path: child.path, range };
    const found = keyAt(child, offset);
    if (found !== undefined) return found;
  }
  for (const item of value.items) {
    const found = keyAt(item, offset);
    if (found !== undefined) return found;
  }
  return undefined;
}

function resourceAround(resources: readonly Resource[], path: Path): Resource | undefined {
  return resources.find(({ root }) => startsWithPath(path, root.path));
}
