import type { Value } from '../syntax/values.ts';
import { isRemote } from './paths.ts';

/** The files that a kustomization names, as it writes them: relative to its own folder. */
export interface KustomizationReferences {
  /** What it deploys: manifests, and folders of other kustomizations. */
  readonly resources: readonly string[];
  /** What is laid over resources, or made into one, and is no object by itself. */
  readonly parts: readonly string[];
  /** Whether others take it in, so that it is never deployed by itself. */
  readonly isComponent: boolean;
}

/** Fields that only a kustomization has at its root, for those that leave out `kind`, as Kustomize allows. */
const OWN_FIELDS =
  /^(?:(?:patches|patchesStrategicMerge|patchesJson6902|configMapGenerator|secretGenerator|commonLabels)[ \t]*:|resources[ \t]*:[ \t]*(?:\[|\r?\n[ \t]*-))/m;

/** Whether a text without `kind` looks like a kustomization. */
export function looksLikeKustomization(text: string): boolean {
  return OWN_FIELDS.test(text);
}

/** The API group of `Kustomization` and `Component`. */
export const KUSTOMIZE_GROUP = 'kustomize.config.k8s.io';

/**
 * The local files that a kustomization refers to. Addresses are among the resources, too: they name no file.
 *
 * Source: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
 */
export function referencesOf(root: Value): KustomizationReferences {
  const resources = [
    ...textsAt(root, 'resources'),
    ...textsAt(root, 'bases'),
    ...textsAt(root, 'components'),
  ];
  const parts = [
    ...pathsAt(root, 'patches'),
    ...textsAt(root, 'patchesStrategicMerge').filter((text) => !text.includes('\n')),
    ...pathsAt(root, 'patchesJson6902'),
    ...inputsOf(root, 'configMapGenerator'),
    ...inputsOf(root, 'secretGenerator'),
    ...pathsAt(root, 'replacements'),
    ...PLUGIN_FIELDS.flatMap((field) => textsAt(root, field).filter((text) => !text.includes('\n'))),
    ...itemsAt(root, 'helmCharts').flatMap((chart) => [
      ...(chart.get('valuesFile')?.text ?? '').split('\n', 1),
      ...textsAt(chart, 'additionalValuesFiles'),
    ]),
  ];
  return { resources, parts: parts.filter(Boolean), isComponent: root.get('kind')?.string === 'Component' };
}

/** Fields with files that tell Kustomize how to work, and are not deployed. */
const PLUGIN_FIELDS = ['generators', 'transformers', 'validators', 'configurations', 'crds'];

function itemsAt(root: Value, field: string): readonly Value[] {
  return root.get(field)?.items ?? [];
}

function textsAt(root: Value, field: string): string[] {
  return itemsAt(root, field).flatMap((item) => item.text ?? []);
}

function pathsAt(root: Value, field: string): string[] {
  return itemsAt(root, field).flatMap((item) => item.get('path')?.text ?? []);
}

/** Files whose content becomes data, as `path` or `key=path`. */
function inputsOf(root: Value, field: string): string[] {
  return itemsAt(root, field).flatMap((generator) => {
    const files = textsAt(generator, 'files').map((file) => file.slice(file.indexOf('=') + 1));
    return [...files, ...textsAt(generator, 'envs'), ...(generator.get('env')?.text ?? '').split('\n', 1)];
  });
}

/** The values of a kustomization that name a file or a folder, with the path that each says. */
export function namedPathsIn(root: Value): { readonly value: Value; readonly path: string }[] {
  const whole = [...FOLDER_FIELDS, ...PLUGIN_FIELDS, 'patchesStrategicMerge'].flatMap((field) =>
    itemsAt(root, field),
  );
  const paths = ['patches', 'patchesJson6902', 'replacements'].flatMap((field) =>
    itemsAt(root, field).flatMap((item) => item.get('path') ?? []),
  );
  const inputs = ['configMapGenerator', 'secretGenerator'].flatMap((field) =>
    itemsAt(root, field).flatMap((generator) => [
      ...itemsAt(generator, 'files'),
      ...itemsAt(generator, 'envs'),
      ...present(generator.get('env')),
    ]),
  );
  const charts = itemsAt(root, 'helmCharts').flatMap((chart) => [
    ...present(chart.get('valuesFile')),
    ...itemsAt(chart, 'additionalValuesFiles'),
  ]);
  return [...whole, ...paths, ...inputs, ...charts].flatMap((value) => {
    const { text } = value;
    if (text === undefined || text === '' || text.includes('\n') || isRemote(text)) return [];
    // Inputs of generators may be named `key=path`.
    return [{ value, path: text.slice(text.indexOf('=') + 1) }];
  });
}

const FOLDER_FIELDS = ['resources', 'bases', 'components'];

function present(value: Value | undefined): Value[] {
  return value === undefined ? [] : [value];
}
