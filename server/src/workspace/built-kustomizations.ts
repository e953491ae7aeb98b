import type { Fact } from '../analysis/facts.ts';
import type { Fork } from './application-folders.ts';
import { saysTheSame } from './structural-equality.ts';

/** What the kustomization of a folder deploys, in place of what its files say by themselves. */
export interface BuiltFacts {
  readonly facts: readonly Fact[];
  /** Whether it builds, so that these are all. */
  readonly complete: boolean;
  /** The files that its resources stand in. */
  readonly deployed: ReadonlySet<string>;
}

/** With the folder of the kustomization. */
export type BuiltEntry = readonly [string, BuiltFacts];

/** What the kustomizations of a scope deploy, as far as they are built. */
export class BuiltKustomizations {
  readonly #byFolder = new Map<string, BuiltFacts>();
  #deployed: ReadonlySet<string> = new Set();

  get(folder: string): BuiltFacts | undefined {
    return this.#byFolder.get(folder);
  }

  /**
   * @param built undefined when the kustomization is gone
   * @returns whether that says something else than before
   */
  set(folder: string, built: BuiltFacts | undefined): boolean {
    const known = this.#byFolder.get(folder);
    if (built === undefined) this.#byFolder.delete(folder);
    else this.#byFolder.set(folder, built);
    if (saysTheSame(known, built)) return false;
    this.#deployed = new Set([...this.#byFolder.values()].flatMap(({ deployed }) => [...deployed]));
    return true;
  }

  /** Whether kustomizations alone deploy a file. */
  deploys(file: string): boolean {
    return this.#deployed.has(file);
  }

  get entries(): BuiltEntry[] {
    return [...this.#byFolder];
  }

  /** By the names of folders. */
  get inOrder(): BuiltEntry[] {
    return this.entries.sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** The folders of kustomizations that deploy the same files: each does so for itself. */
  get siblings(): Fork[] {
    const byFile = new Map<string, string[]>();
    for (const [folder, { deployed }] of this.#byFolder) {
      for (const file of deployed) {
        const folders = byFile.get(file);
        if (folders === undefined) byFile.set(file, [folder]);
        else folders.push(folder);
      }
    }
    const groups = [...byFile.values()].filter(({ length }) => length > 1);
    const distinct = [...new Map(groups.map((group) => [group.join('\n'), group])).values()];
    return distinct.map((group) => ({ choices: new Map(group.map((folder) => [folder, folder])) }));
  }
}
