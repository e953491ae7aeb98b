import { looksLikePipeline } from '../analysis/pipelines/commands.ts';
import { type Pipeline, pipelineOf } from '../analysis/pipelines/pipeline.ts';
import { looksLikeManifest, type Resource, resourcesOf } from '../kubernetes/resource.ts';
import type { DocumentText } from '../syntax/documents.ts';
import { type ParsedDocument, parseDocument } from '../syntax/parse.ts';

/** What a document is apart from what it says: the values of a chart are told by the name of their file. */
export type DocumentRole = 'manifest' | 'chart-values';

/** What rules look at in one document. */
export interface Subject {
  readonly parsed: ParsedDocument;
  readonly resources: readonly Resource[];
  readonly pipeline: Pipeline | undefined;
  readonly role: DocumentRole;
}

/** What there is to be looked at in a document; undefined when that is nothing. */
export function subjectIn(document: DocumentText, wantedRole: DocumentRole): Subject | undefined {
  const isManifest = looksLikeManifest(document.text);
  const mayBeValues = wantedRole === 'chart-values';
  if (!isManifest && !mayBeValues && !looksLikePipeline(document.text)) return undefined;
  const parsed = parseDocument(document.text);
  const pipeline = pipelineOf(parsed);
  if (!isManifest && !mayBeValues && pipeline === undefined) return undefined;
  const resources = resourcesOf(parsed);
  const role = mayBeValues && resources.length === 0 ? 'chart-values' : 'manifest';
  return { parsed, resources, pipeline, role };
}
