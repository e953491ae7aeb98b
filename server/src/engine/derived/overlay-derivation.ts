import {
  type BuiltResource,
  buildKustomization,
  type DocumentCache,
  filesOf,
  KUSTOMIZATION_NAMES,
  type KustomizeFiles,
} from '../../kustomize/index.ts';
import { DocumentText } from '../../syntax/documents.ts';
import { documentName, isLookedAt } from './overlay.ts';
import type { OverlaySource } from './overlay-sources.ts';
import type { AddedDocument, Derivation, DerivationProblem, Derived, DerivedDocument } from './source-map.ts';

/** A resource of a kustomization as a document. */
class OverlayDocument implements DerivedDocument {
  readonly name: string;
  readonly source: OverlaySource;
  readonly file: string;
  readonly resource: BuiltResource;
  #document: DocumentText | undefined;

  constructor(source: OverlaySource, resource: BuiltResource) {
    this.name = documentName(source.name, resource);
    this.source = source;
    this.file = resource.file;
    this.resource = resource;
  }

  get document(): DocumentText {
    this.#document ??= new DocumentText(this.resource.text);
    return this.#document;
  }

  get map(): DerivedDocument['map'] {
    const { trace } = this.resource;
    return {
      spans: (start, end) => trace.spans(start, end),
      conditionsAt: () => [],
      skipped: [],
    };
  }
}

interface Built {
  /** What the build has asked for, and was given. */
  readonly read: ReadonlyMap<string, ReturnType<KustomizeFiles['get']>>;
  readonly documents: readonly OverlayDocument[];
  readonly problems: readonly DerivationProblem[];
}

/** Builds of so many characters in all are kept for others. */
const KEPT_CHARACTERS = 1_000_000;

/** What overlays deploy as the files are, for all who repair something in them: most overlays are around many files with findings. */
export class OverlayBuilds {
  readonly #kept = new Map<OverlaySource, { readonly built: Built; readonly size: number }>();
  #characters = 0;

  get(source: OverlaySource): Built | undefined {
    return this.#kept.get(source)?.built;
  }

  keep(source: OverlaySource, built: Built): void {
    const size = built.documents.reduce((sum, { document }) => sum + document.text.length, 0);
    if (size > KEPT_CHARACTERS) return;
    this.#forget(source);
    this.#kept.set(source, { built, size });
    this.#characters += size;
    for (const oldest of this.#kept.keys()) {
      if (this.#characters <= KEPT_CHARACTERS) break;
      this.#forget(oldest);
    }
  }

  #forget(source: OverlaySource): void {
    this.#characters -= this.#kept.get(source)?.size ?? 0;
    this.#kept.delete(source);
  }
}

export interface OverlayDerivationParts {
  readonly files: KustomizeFiles;
  /** By their names; others may be added. */
  readonly sources: ReadonlyMap<string, OverlaySource>;
  readonly documents: DocumentCache;
  /** Of all who repair something in these files. */
  readonly builds?: OverlayBuilds | undefined;
  /** Whether a file may be changed. */
  isOwn(file: string): boolean;
}

/** The resources that kustomizations deploy. One is built again when a file has changed that its build has asked for. */
export class OverlayDerivation implements Derivation {
  readonly #parts: OverlayDerivationParts;
  /** By name: as the files are, and with the texts of last time. */
  readonly #stored = new Map<string, Built>();
  readonly #latest = new Map<string, Built>();

  constructor(parts: OverlayDerivationParts) {
    this.#parts = parts;
  }

  derive(texts: ReadonlyMap<string, string> = new Map()): Derived {
    const built = this.#all(texts);
    return {
      documents: built.flatMap(({ documents }) => documents),
      problems: built.flatMap(({ problems }) => problems),
    };
  }

  textOf(file: string): string | undefined {
    const contents = this.#parts.files.get(file);
    return typeof contents === 'string' ? contents : undefined;
  }

  isOwn(file: string): boolean {
    return this.#parts.isOwn(file);
  }

  standIns(): readonly never[] {
    return [];
  }

  /** A kustomization may put what its bases deploy into a namespace. */
  asTyped(value: AddedDocument): readonly AddedDocument[] {
    const { metadata } = value as Record<string, AddedDocument>;
    if (typeof metadata !== 'object' || metadata === null || !('namespace' in metadata)) return [value];
    const { namespace: _, ...named } = metadata;
    return [value, { ...(value as Record<string, AddedDocument>), metadata: named }];
  }

  /** Manifests in the kustomization's own folder: what is added there is not added to what others make of a base. */
  filesBeside(name: string): readonly string[] {
    const documents = this.#documents();
    const found = documents.find((document) => document.name === name);
    if (found === undefined) return [];
    const { folder } = found.source;
    const files = new Map<string, string>();
    for (const { source, file, resource } of documents)
      if (source === found.source && isIn(file, folder) && this.isOwn(file)) files.set(file, resource.kind);
    files.delete(found.file);
    return [...files]
      .sort(([a, kindOfA], [b, kindOfB]) => rankOf(kindOfA) - rankOf(kindOfB) || (a < b ? -1 : 1))
      .map(([file]) => file);
  }

  /** What other kustomizations make of the same document of a file. */
  counterpartsOf(name: string): readonly string[] {
    const documents = this.#documents();
    const origin = placeOf(documents.find((document) => document.name === name));
    if (origin === undefined) return [];
    return documents
      .filter((other) => other.name !== name && placeOf(other) === origin)
      .map((other) => other.name);
  }

  /** The files that a resource is made from. */
  filesOf(name: string): ReadonlySet<string> {
    const found = this.#documents().find((document) => document.name === name);
    return found === undefined ? new Set() : filesOf(found.resource);
  }

  #documents(): OverlayDocument[] {
    return this.#all(new Map()).flatMap(({ documents }) => documents);
  }

  #all(texts: ReadonlyMap<string, string>): Built[] {
    const contentsOf = (file: string) => texts.get(file) ?? this.#parts.files.get(file);
    return [...this.#parts.sources].map(([name, source]) => {
      const { builds } = this.#parts;
      const known = [this.#stored.get(name), this.#latest.get(name), builds?.get(source)];
      const current = known.find((built) => built && isCurrent(built, contentsOf));
      const built = current ?? this.#build(source, contentsOf);
      if (!this.#stored.has(name)) this.#stored.set(name, built);
      if (current !== undefined) return current;
      if (texts.size === 0) builds?.keep(source, built);
      this.#latest.set(name, built);
      return built;
    });
  }

  #build(source: OverlaySource, contentsOf: KustomizeFiles['get']): Built {
    const read = new Map<string, ReturnType<KustomizeFiles['get']>>();
    const files: KustomizeFiles = {
      get: (path) => {
        const contents = contentsOf(path);
        read.set(path, contents);
        return contents;
      },
      keys: (within) => this.#parts.files.keys(within),
    };
    const { folder, amendment } = source;
    const options = { cache: this.#parts.documents, amendment };
    const { resources, problems } = buildKustomization(files, folder, options);
    const documents = resources.filter(isLookedAt).map((each) => new OverlayDocument(source, each));
    return { read, documents, problems };
  }
}

function isCurrent({ read }: Built, contentsOf: KustomizeFiles['get']): boolean {
  return [...read].every(([file, contents]) => contentsOf(file) === contents);
}

/** Whether a file is a manifest in a folder, or in one below it: what is generated has its place in the kustomization itself. */
function isIn(file: string, folder: string): boolean {
  const isBelow = folder === '' || file.startsWith(`${folder}/`);
  return isBelow && !KUSTOMIZATION_NAMES.includes(file.slice(file.lastIndexOf('/') + 1));
}

/** Policies go to policies, and what is about a whole namespace goes beside it. */
function rankOf(kind: string): number {
  return kind === 'NetworkPolicy' ? 0 : kind === 'Namespace' ? 1 : 2;
}

/** Where the document stands that a resource is made from. */
function placeOf(document: OverlayDocument | undefined): string | undefined {
  const origin = document?.resource.root.trace.findLast(({ kind }) => kind === 'manifest');
  return origin?.range && JSON.stringify([origin.file, origin.range.start]);
}
