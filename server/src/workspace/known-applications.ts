import { type ApplicationFolders, applicationFolders, NO_APPLICATIONS } from './application-folders.ts';
import type { PlacedApplication } from './chart-deployments.ts';
import { isBelow } from './folder-paths.ts';
import type { IndexVersions } from './index-versions.ts';
import type { IndexedFiles } from './indexed-files.ts';
import type { PathOf } from './kustomization-uses.ts';
import { ParameterTexts } from './parameter-texts.ts';
import { type ParameterFiles, repositoryViews } from './repository-views.ts';

/** What Argo CD and Flux deploy, and what that makes of folders, as long as neither changes. */
export class KnownApplications {
  readonly #files: IndexedFiles;
  readonly #versions: IndexVersions;
  readonly #pathOf: PathOf;
  readonly #parameterFiles: ParameterFiles;
  readonly #texts = new ParameterTexts();
  #placed:
    | {
        readonly version: number;
        readonly files: readonly string[];
        readonly all: readonly PlacedApplication[];
      }
    | undefined;
  #folders:
    | { readonly folders: ApplicationFolders; readonly version: number; readonly foldersVersion: number }
    | undefined;

  /** @param parameterFiles absent: the files that are known here, with the texts that are given */
  constructor(files: IndexedFiles, versions: IndexVersions, pathOf: PathOf, parameterFiles?: ParameterFiles) {
    this.#files = files;
    this.#versions = versions;
    this.#pathOf = pathOf;
    this.#parameterFiles = parameterFiles ?? {
      filesBelow: (folder) => files.names.filter((file) => isBelow(file, folder)),
      textOf: (file) => this.#texts.of(file),
    };
  }

  /** All of them, with where each is said. */
  get all(): readonly PlacedApplication[] {
    const version = this.#versions.of('application');
    if (version === 0) return [];
    const files = this.#files.names;
    if (this.#placed?.version !== version || this.#placed.files !== files) {
      const viewsAround = (folder: string) =>
        repositoryViews(folder, files, this.#parameterFiles, this.#pathOf);
      this.#placed = { version, files, all: [...this.#files.applications(viewsAround)] };
    }
    return this.#placed.all;
  }

  /** What they make of folders. */
  get folders(): ApplicationFolders {
    const version = this.#versions.of('application');
    if (version === 0) return NO_APPLICATIONS;
    const { foldersVersion } = this.#files;
    if (this.#folders?.version !== version || this.#folders.foldersVersion !== foldersVersion) {
      const folders = applicationFolders(this.all, this.#files.folders, { join: this.#pathOf });
      this.#folders = { folders, version, foldersVersion };
    }
    return this.#folders.folders;
  }

  /** Files that their generators ask for, whose texts have not been given. */
  takeWantedTexts(): string[] {
    void this.folders;
    return this.#texts.takeAsked();
  }

  /** Whether their generators have asked for a file. */
  asksFor(file: string): boolean {
    return this.#texts.has(file);
  }

  /** Takes the text of a file that their generators ask for. */
  setText(file: string, text: string | undefined): void {
    if (this.#texts.set(file, text)) this.#versions.bumpAll('application');
  }
}
