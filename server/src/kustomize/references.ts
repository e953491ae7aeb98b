import type { Value } from '../syntax/values.ts';

/** The files that a kustomization names, as it writes them: relative to its own folder. */
export interface KustomizationReferences {
  /** What it deploys: manifests, and folders of other kustomizations. */
  readonly resources: readonly string[];
  /** What is laid over resources, or made into one, and is no object by itself. */
  readonly parts: readonly string[];
}

/** Fields that only a kustomization has at its root, for those that leave out `kind`, as Kustomize allows. */
const OWN_FIELDS =
  /^(?:patches|patchesStrategicMerge|patchesJson6902|configMapGenerator|secretGenerator|commonLabels)[ \t]*:/m;

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
  ];
  return { resources, parts };
}

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
