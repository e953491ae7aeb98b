import type { Fact } from '../analysis/facts.ts';
import { applicationsIn, type RepositoryView } from '../analysis/gitops/index.ts';
import { KUSTOMIZATION_NAMES } from '../kustomize/paths.ts';
import type { KustomizationReferences } from '../kustomize/references.ts';
import type { PlacedApplication } from './chart-deployments.ts';
import type { FileFacts } from './file-facts.ts';

/** A folder, a file in it, and what that says. */
export type FactsEntry = readonly [folder: string, file: string, facts: FileFacts];

/** The kustomization of a folder. */
export interface PlacedKustomization {
  readonly folder: string;
  readonly references: KustomizationReferences;
}

/** What the files of a scope say, by their folders. */
export class IndexedFiles {
  readonly #folders = new Map<string, Map<string, FileFacts>>();
  readonly #folderOf = new Map<string, string>();
  #foldersVersion = 0;
  #order: readonly (readonly [folder: string, file: string])[] | undefined;
  #names: { readonly order: unknown; readonly files: readonly string[] } | undefined;

  get folders(): Iterable<string> {
    return this.#folders.keys();
  }

  /** Changes whenever a folder comes or goes. */
  get foldersVersion(): number {
    return this.#foldersVersion;
  }

  get(folder: string, file: string): FileFacts | undefined {
    return this.#folders.get(folder)?.get(file);
  }

  set(folder: string, file: string, facts: FileFacts): void {
    let files = this.#folders.get(folder);
    if (files === undefined) {
      files = new Map();
      this.#folders.set(folder, files);
      this.#foldersVersion++;
    }
    if (!files.has(file)) this.#order = undefined;
    files.set(file, facts);
    this.#folderOf.set(file, folder);
  }

  /** @returns what the file said; undefined when it was not known */
  delete(folder: string, file: string): FileFacts | undefined {
    const files = this.#folders.get(folder);
    const known = files?.get(file);
    if (files?.delete(file) === true) this.#order = undefined;
    if (files?.size === 0) {
      this.#folders.delete(folder);
      this.#foldersVersion++;
    }
    this.#folderOf.delete(file);
    return known;
  }

  /** All that is known, by folder and file. */
  get entries(): FactsEntry[] {
    return [...this.#folders].flatMap(([folder, files]) =>
      [...files].map(([file, facts]): FactsEntry => [folder, file, facts]),
    );
  }

  /** The files that may have findings. */
  get manifests(): string[] {
    const files: string[] = [];
    for (const folder of this.#folders.values()) {
      for (const [file, { isManifest }] of folder) if (isManifest) files.push(file);
    }
    return files;
  }

  /** Folders and files by the names of files: what is said first must not depend on what was read first. */
  get inOrder(): readonly (readonly [folder: string, file: string])[] {
    this.#order ??= [...this.#folders]
      .flatMap(([folder, files]) => [...files.keys()].map((file) => [folder, file] as const))
      .sort(([, a], [, b]) => (a < b ? -1 : 1));
    return this.#order;
  }

  /** The files, by their names; the same list as long as none comes or goes. */
  get names(): readonly string[] {
    const order = this.inOrder;
    if (this.#names?.order !== order) this.#names = { order, files: order.map(([, file]) => file) };
    return this.#names.files;
  }

  /** What a file says, whatever its folder. */
  factsOf(file: string): readonly Fact[] {
    return this.get(this.#folderOf.get(file) ?? '', file)?.facts ?? [];
  }

  filesIn(folder: string): Iterable<string> {
    return this.#folders.get(folder)?.keys() ?? [];
  }

  factsIn(folder: string): Fact[] {
    return [...(this.#folders.get(folder)?.values() ?? [])].flatMap(({ facts }) => facts);
  }

  /** Whether the facts of all files of a folder are known. */
  isComplete(folder: string): boolean {
    for (const { complete } of this.#folders.get(folder)?.values() ?? []) if (!complete) return false;
    return true;
  }

  /** The folders with a kustomization, and what each names. */
  *kustomizations(): Generator<PlacedKustomization> {
    for (const [folder, files] of this.#folders) {
      for (const fact of kustomizationIn(files))
        if (fact.type === 'kustomization') yield { folder, references: fact.references };
    }
  }

  /** What Argo CD and Flux deploy, with where that is said. */
  *applications(viewsAround: (folder: string) => readonly RepositoryView[]): Generator<PlacedApplication> {
    for (const [folder, files] of this.#folders) {
      for (const [file, { facts }] of files) {
        for (const fact of facts) {
          if (fact.type !== 'application') continue;
          for (const application of applicationsIn(fact, () => viewsAround(folder)))
            yield { application, folder, file };
        }
      }
    }
  }
}

/** What the kustomization of a folder says. Other files, such as those that configure one, may look like it. */
function kustomizationIn(files: ReadonlyMap<string, FileFacts>): readonly Fact[] {
  const found = KUSTOMIZATION_NAMES.flatMap((name) =>
    [...files].filter(
      ([file]) => file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1) === name,
    ),
  );
  return found[0]?.[1].facts ?? [];
}
