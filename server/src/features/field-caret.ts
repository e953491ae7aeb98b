import type { Position } from 'vscode-languageserver';
import { type Resource, resourcesOf } from '../kubernetes/resource.ts';
import type { PlacedDocument } from '../syntax/documents.ts';
import { layoutOf } from '../syntax/edit/layout.ts';
import { type ParsedDocument, parseDocument } from '../syntax/parse.ts';
import { type Path, startsWithPath } from '../syntax/paths.ts';
import { MapValue, type Value } from '../syntax/values.ts';
import { blockDraft, type Draft, PLACEHOLDER } from './field-draft.ts';
import { flowDraft } from './flow-draft.ts';

/** Where a field or its value is being typed in a manifest. */
export interface FieldCaret {
  readonly resource: Resource;
  /** From the resource's root: of the field that is being typed, or of the one whose value is. */
  readonly path: Path;
  readonly at: 'key' | 'value';
  /** The fields that the map has beside it. */
  readonly taken: ReadonlySet<string>;
  /** Characters of the line: the word that is being typed with its quotes, up to the colon of a key that has one already. */
  readonly word: { readonly start: number; readonly end: number };
  /** The quote in front of the word. */
  readonly quote: string;
  /** Whether the key that is being typed has a colon already, with whatever follows it. */
  readonly hasValue: boolean;
  /** Braces around it, in which a comma is missing behind the word or not; undefined in block style. */
  readonly flow: { readonly json: boolean; readonly needsComma: boolean } | undefined;
}

/** The field at a position whose key or value is being typed; undefined where none can stand and where nothing says which kind it belongs to. */
export function fieldCaretAt(
  { document, startLine }: PlacedDocument,
  position: Position,
): FieldCaret | undefined {
  const line = { line: position.line - startLine, character: position.character };
  const offset = document.lines.offsetAt(line);
  return (
    caretIn(flowDraft(document.text, offset, position.character), (parent) => parent.style === 'flow') ??
    caretIn(blockDraft(document.text, offset, position.character), () => true)
  );
}

function caretIn(draft: Draft | undefined, accepts: (parent: MapValue) => boolean): FieldCaret | undefined {
  const parsed = draft && parseDocument(draft.text);
  if (draft === undefined || parsed === undefined) return undefined;
  const found = parsed.root && placeholderIn(parsed.root, draft.start);
  if (found === undefined || !accepts(found.parent)) return undefined;
  const resource = resourcesOf(parsed).find(({ root }) => startsWithPath(found.path, root.path));
  if (resource === undefined) return undefined;
  const { at, field, word, quote, hasValue, needsComma } = draft;
  const path = found.path.slice(resource.root.path.length);
  return {
    resource,
    path: field === undefined ? path : [...path.slice(0, -1), field],
    at,
    taken: new Set(found.parent.entries.map(({ key }) => key)),
    word,
    quote,
    hasValue,
    flow: found.parent.style === 'flow' ? { json: quotesKeys(found.parent, parsed), needsComma } : undefined,
  };
}

/** Whether keys take double quotes: in JSON, and where the map's other keys have them. */
function quotesKeys(map: MapValue, document: ParsedDocument): boolean {
  const others = map.entries.filter(({ key }) => key !== PLACEHOLDER);
  return layoutOf(document).json || others.some(({ keyValue }) => keyValue.style === 'double-quoted');
}

interface Found {
  readonly path: Path;
  readonly parent: MapValue;
}

/** The entry whose key or value is the placeholder. A list's item is none, though YAML would read one there as a map of its own. */
function placeholderIn(value: Value, start: number): Found | undefined {
  if (value.via !== undefined) return undefined;
  for (const { key, keyValue, value: child } of value.entries) {
    const isHere =
      (key === PLACEHOLDER && keyValue.range.start === start) ||
      (child.text === PLACEHOLDER && child.range.start === start);
    const isBare =
      value instanceof MapValue && value.range.start === keyValue.range.start && value.style === 'flow';
    if (isHere && !isBare && value instanceof MapValue) return { path: child.path, parent: value };
    const found = placeholderIn(child, start);
    if (found !== undefined) return found;
  }
  for (const item of value.items) {
    const found = placeholderIn(item, start);
    if (found !== undefined) return found;
  }
  return undefined;
}
