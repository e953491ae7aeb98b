import type { ParsedDocument } from '../syntax/parse.ts';

const IN_TEMPLATES = /\/templates\/(?:[^/]+\/)*[^/]+$/;

/**
 * Whether a document is a template whose text says little about the manifest that it becomes: an action in a chart's `templates` folder, or
 * one that keeps the text from being YAML. Workflows, alerts and dashboards quote `{{ }}` for their own use; those are manifests.
 */
export function isTemplate(uri: string, languageId: string, document: ParsedDocument): boolean {
  if (!document.text.includes('{{')) return false;
  return languageId === 'helm' || IN_TEMPLATES.test(uri) || document.problems.length > 0;
}
