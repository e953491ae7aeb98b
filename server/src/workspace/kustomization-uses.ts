import type { KustomizeUse } from '../analysis/world.ts';
import type { PlacedKustomization } from './indexed-files.ts';

/** The file that a path names in a file of a folder. */
export type PathOf = (folder: string, path: string) => string;

/** What kustomizations make of files. One that is a part somewhere may be any fragment. */
export function usesIn(
  kustomizations: Iterable<PlacedKustomization>,
  pathOf: PathOf,
): Map<string, KustomizeUse> {
  const uses = new Map<string, KustomizeUse>();
  for (const { folder, references } of kustomizations) {
    for (const part of references.parts) uses.set(pathOf(folder, part), 'part');
    for (const resource of references.resources) {
      const file = pathOf(folder, resource);
      if (!uses.has(file)) uses.set(file, 'resource');
    }
  }
  return uses;
}
