import type { TransformerConfig } from './default-field-specs.ts';
import { type GeneratedKind, generate, type ReadContents } from './generators.ts';
import { replaceImages } from './images.ts';
import type { ConfigObject } from './kustomization.ts';
import { addToNames, SUBJECT_MODES, type SubjectMode, setEntries, setNamespace } from './names.ts';
import { at, MapNode, type Node, ScalarNode } from './node.ts';
import { applyPatch } from './patches.ts';
import { BuildError } from './problems.ts';
import type { BuildResource } from './resource.ts';
import {
  applyPatchEntry,
  applyReplacements,
  type ResourceList,
  setReplicas,
  type TransformContext,
} from './transform.ts';
import { fieldSpecsIn } from './transformer-config.ts';

/** Runs a transformer that stands in a file of its own, as far as it is one that Kustomize has built in. */
export function runTransformer(
  list: ResourceList,
  transformer: ConfigObject,
  defaults: TransformerConfig,
  context: TransformContext,
): void {
  const { resources } = list;
  const fields = fieldSpecsIn(transformer.node('fieldSpecs'));
  const kind = transformer.text('apiVersion') === 'builtin' ? transformer.text('kind') : '';
  const needed = (field: string): ScalarNode => {
    const node = transformer.scalar(field);
    if (node === undefined)
      throw new BuildError('invalid', `This transformer has no ${field}.`, transformer.root.trace);
    return node;
  };
  const map = (field: string): MapNode => transformer.map(field) ?? new MapNode(transformer.root.trace);
  switch (kind) {
    case 'PrefixTransformer':
      addToNames(resources, needed('prefix'), 'prefix', fields);
      return;
    case 'SuffixTransformer':
      addToNames(resources, needed('suffix'), 'suffix', fields);
      return;
    case 'PrefixSuffixTransformer':
      for (const place of ['prefix', 'suffix'] as const) {
        const added = transformer.scalar(place);
        if (added !== undefined) addToNames(resources, added, place, fields);
      }
      return;
    case 'LabelTransformer':
      setEntries(resources, transformer.entries('labels'), fields);
      return;
    case 'AnnotationsTransformer':
      setEntries(resources, transformer.entries('annotations'), fields);
      return;
    case 'NamespaceTransformer':
      setNamespace(resources, namespaceOf(transformer), {
        fields,
        unsetOnly: transformer.text('unsetOnly') === 'true',
        subjects: subjectModeOf(transformer),
      });
      return;
    case 'ImageTagTransformer':
      replaceImages(resources, map('imageTag'), fields);
      return;
    case 'ReplicaCountTransformer':
      setReplicas(resources, map('replica'), fields.length > 0 ? fields : defaults.replicas);
      return;
    case 'PatchTransformer':
      applyPatchEntry(list, transformer, transformer.root, ['patch'], context);
      return;
    case 'PatchJson6902Transformer':
      applyPatchEntry(list, transformer, transformer.root, ['jsonOp'], context, false);
      return;
    case 'PatchStrategicMergeTransformer':
      applyPaths(list, transformer, context);
      return;
    case 'ReplacementTransformer':
      for (const entry of transformer.maps('replacements'))
        applyReplacements(list, transformer, entry, context);
      return;
    default:
      throw unsupported(transformer, 'transformer');
  }
}

function subjectModeOf(transformer: ConfigObject): SubjectMode {
  const stated = transformer.scalar('setRoleBindingSubjects');
  if (stated === undefined) return 'defaultOnly';
  const mode = SUBJECT_MODES.find((each) => each === stated.text.text);
  if (mode !== undefined) return mode;
  throw new BuildError(
    'invalid',
    `The field setRoleBindingSubjects takes one of ${SUBJECT_MODES.join(', ')}.`,
    stated.trace,
  );
}

function unsupported(plugin: ConfigObject, what: string): BuildError {
  const kind = plugin.text('kind');
  return new BuildError(
    'unsupported',
    `The ${what} "${kind}" is a program or a plug-in, which is never run.`,
    plugin.root.trace,
  );
}

function namespaceOf(transformer: ConfigObject): ScalarNode {
  const namespace: Node | undefined = at(transformer.root, 'metadata', 'namespace');
  if (namespace instanceof ScalarNode) return namespace;
  throw new BuildError('invalid', 'This transformer has no namespace.', transformer.root.trace);
}

function applyPaths(list: ResourceList, transformer: ConfigObject, context: TransformContext): void {
  for (const path of transformer.scalars('paths')) {
    const entry = new MapNode(path.trace);
    entry.set('path', path);
    context.contained(() => applyPatchEntry(list, transformer, entry, ['patches'], context));
  }
  if (transformer.scalar('patches') !== undefined)
    applyPatch(list.resources, transformer.inline(['patches'], 'patch'), { budget: context.budget });
}

/** What a generator that stands in a file of its own makes. */
export function runGenerator(generator: ConfigObject, read: ReadContents): BuildResource[] {
  const kind = generator.text('apiVersion') === 'builtin' ? generator.text('kind') : '';
  if (kind !== 'ConfigMapGenerator' && kind !== 'SecretGenerator') throw unsupported(generator, 'generator');
  const args = new MapNode(generator.root.trace);
  for (const [key, value] of generator.root.entries)
    if (key !== 'kind' && key !== 'apiVersion') args.set(key, value);
  for (const field of ['name', 'namespace']) {
    const value = at(generator.root, 'metadata', field);
    if (value !== undefined && args.get(field) === undefined) args.set(field, value);
  }
  const generated: GeneratedKind = kind === 'ConfigMapGenerator' ? 'ConfigMap' : 'Secret';
  return [generate(generated, args, undefined, generator.file, read)];
}
