import { documentsOf, type SourceText } from './documents.ts';
import { applyJsonPatch, jsonPatchOf } from './json-patch.ts';
import { at, copyOf, MapNode, ScalarNode, stringNode, textOf } from './node.ts';
import { type Budget, BuildError } from './problems.ts';
import { objectsIn } from './read-resources.ts';
import { BuildResource, isSameId, setMetadata } from './resource.ts';
import { Selector } from './selectors.ts';
import { mergePatch } from './strategic-merge.ts';

export interface PatchOptions {
  readonly target?: MapNode | undefined;
  readonly allowNameChange?: boolean;
  readonly allowKindChange?: boolean;
  /** Whether the ids from before are still known behind a JSON patch. */
  readonly remembersIds?: boolean;
  readonly budget: Budget;
}

/**
 * Applies a patch of either kind: JSON patches are lists of operations, everything else merges.
 *
 * @throws {BuildError} when it is none, or what it is for cannot be told
 */
export function applyPatch(
  resources: readonly BuildResource[],
  source: SourceText,
  options: PatchOptions,
): void {
  const [first] = documentsOf(source);
  if (first === undefined) return;
  if (first.root.kind === 'list') {
    const operations = jsonPatchOf(first.root);
    if (operations === undefined)
      throw new BuildError(
        'invalid',
        'This is neither a JSON patch nor a part of an object.',
        first.root.trace,
      );
    applyOperations(resources, operations, options);
  } else applyParts(resources, objectsIn(source), options);
}

function applyOperations(
  resources: readonly BuildResource[],
  operations: readonly MapNode[],
  { target, remembersIds = false, budget }: PatchOptions,
): void {
  if (target === undefined)
    throw new BuildError('invalid', 'A JSON patch needs a target.', operations[0]?.trace);
  const selector = new Selector(target);
  for (const resource of resources.filter((candidate) => selector.selects(candidate))) {
    resource.readWhole();
    if (resource.root === undefined) continue;
    if (remembersIds) resource.rememberId();
    ensureAnnotations(resource);
    resource.root = applyJsonPatch(resource.root, operations, budget);
  }
}

/** Kustomize keeps what it knows of a resource in annotations, so that patches can rely on there being some. */
function ensureAnnotations({ root, previousIds, needsHash }: BuildResource): void {
  const metadata = root?.get('metadata');
  if (metadata?.kind !== 'map' || metadata.entries.has('annotations')) return;
  if (previousIds.length > 0 || needsHash) metadata.set('annotations', new MapNode(metadata.trace));
}

function applyParts(
  resources: readonly BuildResource[],
  parts: readonly MapNode[],
  options: PatchOptions,
): void {
  const { target } = options;
  if (target === undefined) {
    for (const part of parts) mergeInto(targetOf(resources, part), part, options);
    return;
  }
  const [part] = parts;
  if (part === undefined) return;
  if (parts.length > 1)
    throw new BuildError('invalid', 'Several patches in one entry cannot share a target.', parts[1]?.trace);
  const selector = new Selector(target);
  for (const resource of resources.filter((candidate) => selector.selects(candidate))) {
    mergeInto(resource, asOf(part, resource), options);
  }
}

/** The one resource that a patch names, by its present or an earlier id. */
function targetOf(resources: readonly BuildResource[], part: MapNode): BuildResource {
  const { id } = new BuildResource(part, '');
  const found = resources.filter(
    ({ root, ids }) => root !== undefined && ids.some((candidate) => isSameId(candidate, id)),
  );
  const [target] = found;
  if (target !== undefined && found.length === 1) return target;
  const what = `${id.kind} "${id.name}"`;
  const message =
    target === undefined
      ? `No resource of the kustomization is the ${what} that this patch is for.`
      : `Several resources of the kustomization are the ${what} that this patch is for.`;
  throw new BuildError('invalid', message, at(part, 'metadata', 'name')?.trace ?? part.trace);
}

/** With a target, the version that a patch names does not matter. */
function asOf(part: MapNode, resource: BuildResource): MapNode {
  const copy = copyOf(part);
  const version = copy.get('apiVersion');
  if (version?.kind !== 'scalar' || version.text.text !== resource.apiVersion)
    copy.set('apiVersion', stringNode(resource.apiVersion, version?.trace ?? copy.trace));
  return copy;
}

function mergeInto(resource: BuildResource, part: MapNode, options: PatchOptions): void {
  resource.readWhole();
  const { root } = resource;
  if (root === undefined) return;
  const { allowNameChange = false, allowKindChange = false } = options;
  const [kind, name, namespace] = [root.get('kind'), kept(root, 'name'), kept(root, 'namespace')];
  if (allowNameChange || allowKindChange) resource.rememberId();
  const keptKind = kind?.kind === 'scalar' ? copyOf(kind) : undefined;
  resource.root = mergePatch(root, part);
  if (resource.root === undefined || resource.root.entries.size === 0) {
    resource.root = undefined;
    return;
  }
  if (!allowKindChange && keptKind !== undefined) resource.root.set('kind', keptKind);
  if (!allowNameChange) setMetadata(resource.root, 'name', name);
  setMetadata(resource.root, 'namespace', namespace);
}

function kept(root: MapNode, field: 'name' | 'namespace'): ScalarNode | undefined {
  const node = at(root, 'metadata', field);
  return node instanceof ScalarNode && textOf(node) ? copyOf(node) : undefined;
}
