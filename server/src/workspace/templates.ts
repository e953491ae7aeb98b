import type { ParsedDocument } from '../syntax/parse.ts';

const IN_TEMPLATES = /\/templates\/(?:[^/]+\/)*[^/]+$/;

/** Whether a text is a template by what it holds and where it stands, which spares parsing it. */
export function isPlacedAsTemplate(uri: string, languageId: string, text: string): boolean {
  return text.includes('{{') && (languageId === 'helm' || IN_TEMPLATES.test(uri));
}

/**
 * Whether a document is a template whose text says little about the manifest that it becomes: an action in a chart's `templates` folder, or
 * one (or a statement of Jinja) that keeps the text from being YAML. Workflows, alerts and dashboards quote `{{ }}` for their own use; those are manifests.
 */
export function isTemplate(uri: string, languageId: string, document: ParsedDocument): boolean {
  if (isPlacedAsTemplate(uri, languageId, document.text)) return true;
  return document.problems.length > 0 && /\{[{%]/.test(document.text);
}
