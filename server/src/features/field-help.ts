import { type CompletionItem, CompletionItemKind, type Hover, type Position } from 'vscode-languageserver';
import { type Resource, resourcesOf } from '../kubernetes/resource.ts';
import type { FieldInfo, KubernetesSchemas } from '../kubernetes/schema/schemas.ts';
import { documentIndexAtLine, type PlacedDocument } from '../syntax/documents.ts';
import { parseDocument } from '../syntax/parse.ts';
import { type Path, startsWithPath } from '../syntax/paths.ts';
import { MapValue, type Value } from '../syntax/values.ts';
import { type Markup, markupContent } from './markup.ts';
import { toRange } from './to-lsp.ts';

export interface FieldHelpOptions {
  readonly schemas: KubernetesSchemas;
  readonly markup: Markup;
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

/** The fields that the map at the caret can take, or the values that the field on the caret's line knows. */
export function completeField(
  documents: readonly PlacedDocument[],
  position: Position,
  { schemas, markup }: FieldHelpOptions,
): CompletionItem[] {
  const placed = documents[documentIndexAtLine(documents, position.line)];
  const caret = placed && caretIn(placed, position);
  if (caret === undefined) return [];
  const parsed = parseDocument(caret.text);
  const found = parsed.root && searchKeys(parsed.root, (_, name) => name === PLACEHOLDER);
  const resource = found && resourceAround(resourcesOf(parsed), found.path);
  if (found === undefined || resource === undefined) return [];
  const { apiVersion, kind } = resource;
  const path = found.path.slice(resource.root.path.length);
  const { line } = position;
  const range = { start: { line, character: caret.wordStart }, end: { line, character: caret.wordEnd } };
  if (caret.field !== undefined) {
    const words = valuesOf(schemas.describe(apiVersion, kind, [...path.slice(0, -1), caret.field]));
    return words.map((label) => ({
      label,
      kind: CompletionItemKind.Value,
      textEdit: { range, newText: label },
    }));
  }
  const taken = new Set(found.parent.entries.map(({ key }) => key));
  return schemas
    .fieldsAt(apiVersion, kind, path.slice(0, -1))
    .filter(({ name }) => !taken.has(name))
    .map((field) => ({
      label: field.name,
      kind: CompletionItemKind.Field,
      detail: field.required ? `${field.type}, required` : field.type,
      sortText: `${field.required ? 0 : 1}${field.name}`,
      ...(field.description === undefined
        ? {}
        : { documentation: markupContent(markup, [field.description]) }),
      textEdit: { range, newText: caret.hasValue ? field.name : newText(field) },
    }));
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

function newText({ name, type }: FieldInfo): string {
  if (type.startsWith('list of')) return `${name}:\n  - `;
  const isPlain =
    /^(?:string|integer|number|boolean|quantity|date|base64)/.test(type) || type.includes(' or ');
  return isPlain ? `${name}: ` : `${name}:\n  `;
}

function valuesOf(field: FieldInfo | undefined): string[] {
  if (field?.enum !== undefined) return field.enum.map(String);
  return field?.type === 'boolean' ? ['true', 'false'] : [];
}

interface LocatedKey {
  readonly path: Path;
  readonly range: { readonly start: number; readonly end: number };
  readonly parent: MapValue;
}

function keyAt(root: Value, offset: number): LocatedKey | undefined {
  return searchKeys(root, ({ range }) => range.start <= offset && offset <= range.end);
}

function searchKeys(value: Value, accepts: (key: Value, name: string) => boolean): LocatedKey | undefined {
  if (value.via !== undefined) return undefined;
  for (const { key, keyValue, value: child } of value.entries) {
    if (keyValue.via === undefined && value instanceof MapValue && accepts(keyValue, key)) {
      return { path: child.path, range: keyValue.range, parent: value };
    }
    const found = searchKeys(child, accepts);
    if (found !== undefined) return found;
  }
  for (const item of value.items) {
    const found = searchKeys(item, accepts);
    if (found !== undefined) return found;
  }
  return undefined;
}

function resourceAround(resources: readonly Resource[], path: Path): Resource | undefined {
  return resources.find(({ root }) => startsWithPath(path, root.path));
}

/** A document made readable around the caret: the line that is being typed holds the placeholder as its key, and a value only behind a key that has one. */
interface Caret {
  readonly text: string;
  /** The key on the line, when its value is being typed. */
  readonly field: string | undefined;
  /** Character of the line where the word before the caret starts. */
  readonly wordStart: number;
  /** Where it ends: at the caret, or at the colon of a key that has one already. */
  readonly wordEnd: number;
  /** Whether the key that is being typed has a colon already, with whatever follows it. */
  readonly hasValue: boolean;
}

/** No field is called so; it takes the place of what is being typed. */
const PLACEHOLDER = 'kube-safeguards-caret';

const KEY_LINE = /^(\s*(?:- +)*)([\w.-]*)$/;
const REST_OF_KEY = /^([\w.-]*)(:(?:\s.*)?)$/;
const VALUE_LINE = /^(\s*(?:- +)*)([\w.-]+):\s+([\w-]*)$/;

function caretIn({ document, startLine }: PlacedDocument, position: Position): Caret | undefined {
  const line = position.line - startLine;
  const start = document.lines.startOf(line);
  const end = document.text.indexOf('\n', start);
  const whole = document.text.slice(start, end === -1 ? undefined : end).replace(/\r$/, '');
  const before = whole.slice(0, position.character);
  const rest = whole.slice(position.character);
  const value = VALUE_LINE.exec(before);
  const key = value === null ? KEY_LINE.exec(before) : null;
  const match = value ?? key;
  const behind = key === null ? null : REST_OF_KEY.exec(rest);
  if (match === null || (behind === null && rest.trim() !== '')) return undefined;
  const word = (value === null ? match[2] : match[3]) ?? '';
  const typed = `${match[1] ?? ''}${PLACEHOLDER}${behind?.[2] ?? ':'}`;
  return {
    text: document.text.slice(0, start) + typed + document.text.slice(start + whole.length),
    field: value?.[2],
    wordStart: position.character - word.length,
    wordEnd: position.character + (behind?.[1] ?? '').length,
    hasValue: behind !== null,
  };
}
