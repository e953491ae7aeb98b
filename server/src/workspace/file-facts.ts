import { type Fact, factsOfDocument, otherFactsOf } from '../analysis/facts.ts';
import { declaredOf } from '../analysis/names/index.ts';
import { looksLikePipeline } from '../analysis/pipelines/commands.ts';
import { pipelineOf } from '../analysis/pipelines/pipeline.ts';
import { looksLikeManifest, resourcesOf } from '../kubernetes/resource.ts';
import { looksLikeKustomization } from '../kustomize/references.ts';
import { splitDocuments } from '../syntax/documents.ts';
import { parseDocument } from '../syntax/parse.ts';
import { isValuesFile } from './chart-values.ts';
import { type PlacedName, placedName } from './names-index.ts';
import { isPlacedAsTemplate, isTemplate } from './templates.ts';

/** What a file says to others. */
export interface FileFacts {
  readonly facts: readonly Fact[];
  /** Whether these are all: no when the file could not be read, or holds templates. */
  readonly complete: boolean;
  /** Whether there may be findings in the file. */
  readonly isManifest: boolean;
}

/** What files that are no manifests say. */
export const NO_MANIFEST: FileFacts = { facts: [], complete: true, isManifest: false };

/** What a file says, and what it declares. */
export interface FileSayings extends FileFacts {
  readonly names: readonly PlacedName[];
}

/** Reads the facts of a file that is not open; one that fails says nothing. */
export function factsOfText(uri: string, text: string): FileSayings {
  let isManifest = looksLikeManifest(text) || isValuesFile(uri);
  if (!isManifest && !looksLikePipeline(text))
    return { ...NO_MANIFEST, facts: otherFactsOf(text), names: generatedNames(text) };
  const facts: Fact[] = [];
  const names: PlacedName[] = [];
  let complete = true;
  for (const placed of splitDocuments(text)) {
    const { document } = placed;
    if (!looksLikeManifest(document.text) && !looksLikePipeline(document.text)) continue;
    if (isPlacedAsTemplate(uri, '', document.text)) {
      complete = false;
      continue;
    }
    const parsed = parseDocument(document.text);
    const pipeline = pipelineOf(parsed);
    isManifest ||= pipeline !== undefined;
    if (isTemplate(uri, '', parsed)) complete = false;
    else {
      facts.push(...factsOfDocument(resourcesOf(parsed), pipeline));
      names.push(...declaredOf(parsed).map((name) => placedName(placed, name)));
    }
  }
  return isManifest ? { facts, complete, isManifest, names } : { ...NO_MANIFEST, names: [] };
}

/** What a kustomization without its kind generates. */
function generatedNames(text: string): PlacedName[] {
  if (!looksLikeKustomization(text)) return [];
  return splitDocuments(text).flatMap((placed) =>
    declaredOf(parseDocument(placed.document.text)).map((name) => placedName(placed, name)),
  );
}
