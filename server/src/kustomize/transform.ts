import type { KustomizeFiles } from './charts.ts';
import type { TransformerConfig } from './default-field-specs.ts';
import { contentsText, documentsOf, fileText, type SourceText } from './documents.ts';
import type { FieldSpec } from './field-path.ts';
import { visitFields } from './field-path.ts';
import { replaceImages } from './images.ts';
import { type ConfigObject, scalarEntries } from './kustomization.ts';
import { addToNames, scalarIn, setEntries, setNamespace } from './names.ts';
import { at, MapNode, ScalarNode, textOf } from './node.ts';
import { applyPatch } from './patches.ts';
import { type Budget, BuildError } from './problems.ts';
import { replaceValues } from './replacements.ts';
import { type BuildResource, isSelected } from './resource.ts';
import { fieldSpecsIn, mergeFields } from './transformer-config.ts';

/** What transformations work with. */
export interface TransformContext {
  readonly files: KustomizeFiles;
  readonly budget: Budget;
  /** Runs a step, whose error costs its own result. */
  readonly contained: (step: () => void) => void;
}

/** A list of resources that loses those that are deleted. */
export interface ResourceList {
  resources: BuildResource[];
}

/** Runs the transformations that fields of a kustomization ask for, in Kustomize's order. */
export function transform(
  list: ResourceList,
  kustomization: ConfigObject,
  config: TransformerConfig,
  context: TransformContext,
): void {
  const each = <Item>(items: readonly Item[], step: (item: Item, index: number) => void) => {
    for (const [index, item] of items.entries()) {
      context.contained(() => step(item, index));
      list.resources = list.resources.filter(({ root }) => root !== undefined);
    }
  };
  each(kustomization.scalars('patchesStrategicMerge'), (entry, index) =>
    applyStrategicPatch(list, kustomization, entry, ['patchesStrategicMerge', index], context),
  );
  each(kustomization.maps('patches'), (entry, index) =>
    applyPatchEntry(list, kustomization, entry, ['patches', index, 'patch'], context),
  );
  const namespace = kustomization.scalar('namespace');
  if (namespace !== undefined)
    each([namespace], (node) => setNamespace(list.resources, node, { fields: config.namespace }));
  for (const place of ['prefix', 'suffix'] as const) {
    const added = kustomization.scalar(place === 'prefix' ? 'namePrefix' : 'nameSuffix');
    const fields = place === 'prefix' ? config.namePrefix : config.nameSuffix;
    if (added !== undefined) each([added], (node) => addToNames(list.resources, node, place, fields));
  }
  each(kustomization.maps('labels'), (entry) =>
    setEntries(list.resources, scalarEntries(entry.get('pairs')), labelFields(entry, config)),
  );
  each(['commonLabels'], (field) =>
    setEntries(list.resources, kustomization.entries(field), config.commonLabels),
  );
  each(['commonAnnotations'], (field) =>
    setEntries(list.resources, kustomization.entries(field), config.commonAnnotations),
  );
  each(kustomization.maps('patchesJson6902'), (entry, index) =>
    applyPatchEntry(list, kustomization, entry, ['patchesJson6902', index, 'patch'], context, false),
  );
  each(kustomization.maps('replicas'), (entry) => setReplicas(list.resources, entry, config.replicas));
  each([...kustomization.maps('images'), ...kustomization.maps('imageTags')], (entry) =>
    replaceImages(list.resources, entry, config.images),
  );
  each(kustomization.maps('replacements'), (entry) => applyReplacements(list, kustomization, entry, context));
}

/** The fields that an entry of `labels` is written to. */
function labelFields(entry: MapNode, config: TransformerConfig): readonly FieldSpec[] {
  const isSet = (field: string) => textOf(entry.get(field)) === 'true';
  let fields = mergeFields(fieldSpecsIn(entry.get('fields')), config.labels);
  if (isSet('includeSelectors')) return mergeFields(fields, config.commonLabels);
  if (isSet('includeTemplates')) fields = mergeFields(fields, config.templateLabels);
  if (isSet('includeVolumeClaimTemplates')) fields = mergeFields(fields, config.volumeClaimTemplateLabels);
  return mergeFields(fields, [{ path: 'metadata/labels', create: true }]);
}

export function setReplicas(
  resources: readonly BuildResource[],
  entry: MapNode,
  fields: readonly FieldSpec[],
): void {
  const [name, count] = [textOf(entry.get('name')) ?? '', entry.get('count')];
  if (!(count instanceof ScalarNode))
    throw new BuildError('invalid', 'This entry has no count.', entry.trace);
  let isFound = false;
  for (const field of fields) {
    for (const resource of resources) {
      if (!resource.ids.some((id) => id.name === name && isSelected(id, field))) continue;
      isFound = true;
      visitFields(resource, field, {
        create: 'scalar',
        trace: count.trace,
        visit: (node) => scalarIn(node).setText(count.text, false),
      });
    }
  }
  if (!isFound)
    throw new BuildError(
      'invalid',
      `No resource with replicas is called "${name}".`,
      entry.get('name')?.trace,
    );
}

/** The text of a file that a configuration names. */
function namedFile(
  config: ConfigObject,
  path: ScalarNode,
  kind: SourceText['kind'],
  { files }: TransformContext,
): SourceText {
  const file = config.resolve(path.text.text);
  const contents = file === undefined ? undefined : files.get(file);
  if (file === undefined || contents === undefined)
    throw new BuildError('missing-file', `There is no file "${path.text.text}".`, path.trace);
  return fileText(file, contentsText(contents), kind);
}

function applyStrategicPatch(
  list: ResourceList,
  config: ConfigObject,
  entry: ScalarNode,
  path: readonly (string | number)[],
  context: TransformContext,
): void {
  const isInline = entry.text.text.includes('\n') || entry.text.text.trimStart().startsWith('{');
  const source = isInline ? config.inline(path, 'patch') : namedFile(config, entry, 'patch', context);
  applyPatch(list.resources, source, { budget: context.budget });
}

/** An entry of `patches` or `patchesJson6902`. */
export function applyPatchEntry(
  list: ResourceList,
  config: ConfigObject,
  entry: MapNode,
  inlinePath: readonly (string | number)[],
  context: TransformContext,
  remembersIds = true,
): void {
  const [path, target, options] = [entry.get('path'), entry.get('target'), entry.get('options')];
  const isSet = (field: string) => textOf(at(options, field)) === 'true';
  const hasPath = path instanceof ScalarNode && !path.isNull && path.text.text !== '';
  const source = hasPath ? namedFile(config, path, 'patch', context) : config.inline(inlinePath, 'patch');
  applyPatch(list.resources, source, {
    target: target instanceof MapNode ? target : undefined,
    allowNameChange: isSet('allowNameChange'),
    allowKindChange: isSet('allowKindChange'),
    remembersIds,
    budget: context.budget,
  });
}

export function applyReplacements(
  list: ResourceList,
  config: ConfigObject,
  entry: MapNode,
  context: TransformContext,
): void {
  const path = entry.get('path');
  if (!(path instanceof ScalarNode)) {
    replaceValues(list.resources, entry, context.budget);
    return;
  }
  for (const { root } of documentsOf(namedFile(config, path, 'kustomization', context))) {
    for (const item of root.kind === 'list' ? root.items : [root]) {
      if (item instanceof MapNode)
        context.contained(() => replaceValues(list.resources, item, context.budget));
    }
  }
}
