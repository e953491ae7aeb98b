import { keyOrderAt } from '../../kubernetes/key-order.ts';
import {
  type BuiltResource,
  buildKustomization,
  type DocumentCache,
  filesOf,
  KUSTOMIZATION_NAMES,
  type KustomizeFiles,
} from '../../kustomize/index.ts';
import { DocumentText } from '../../syntax/documents.ts';
import { sameData } from '../../syntax/edit/expectation.ts';
import { insert } from '../../syntax/edit/operations.ts';
import { planOperation } from '../../syntax/edit/plan.ts';
import { parseDocument } from '../../syntax/parse.ts';
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

  /** A kustomization may put what its bases deploy into a namespace, and put words before and behind its name. */
  asTyped(value: AddedDocument, name: string): readonly AddedDocument[] {
    const { metadata, ...rest } = value as Record<string, AddedDocument>;
    if (typeof metadata !== 'object' || metadata === null || !('name' in metadata)) return [value];
    const { namespace, ...own } = metadata as Record<string, AddedDocument>;
    const named = { ...own, name: this.#typedName(String(own.name), name) };
    const typed = (data: AddedDocument): AddedDocument => {
      const entries = Object.keys(value as object).map((key) => [key, key === 'metadata' ? data : rest[key]]);
      return Object.fromEntries(entries) as AddedDocument;
    };
    return namespace === undefined ? [typed(named)] : [typed({ ...named, namespace }), typed(named)];
  }

  /** A name without what kustomizations add to that of a document. */
  #typedName(wanted: string, name: string): string {
    const found = this.#documents().find((document) => document.name === name);
    if (found === undefined || found.resource.typed.name === '') return wanted;
    const [before = '', behind, ...more] = found.resource.name.split(found.resource.typed.name);
    if (behind === undefined || more.length > 0) return wanted;
    const isInside = wanted.startsWith(before) && wanted.endsWith(behind);
    const inner = wanted.slice(before.length, wanted.length - behind.length);
    return isInside && inner !== '' ? inner : wanted;
  }

  groupOf(document: DerivedDocument): string {
    return document instanceof OverlayDocument ? document.source.name : '';
  }

  /** Kustomizations add labels and annotations to everything; and to names, which of policies nobody writes. */
  isMeant(made: unknown, value: AddedDocument): boolean {
    const [one, other] = [made, value] as readonly Record<string, Record<string, unknown>>[];
    if (one?.metadata === undefined || other?.metadata === undefined) return sameData(made, value);
    const metadata = {
      ...one.metadata,
      labels: other.metadata.labels,
      annotations: other.metadata.annotations,
      ...(UNNAMED.has(String(other.kind)) && { name: other.metadata.name }),
    };
    return sameData({ ...one, metadata: defined(metadata) }, value);
  }

  newFileFor(name: string, textOf: (file: string) => string | undefined) {
    const source = this.#documents().find((document) => document.name === name)?.source;
    if (source === undefined) return undefined;
    const { folder } = source;
    const kustomization = KUSTOMIZATION_NAMES.map((each) => within(folder, each)).find(
      (each) => textOf(each) !== undefined,
    );
    const file = newFilesFor(folder).find((each) => this.textOf(each) === undefined);
    if (kustomization === undefined || file === undefined || !this.isOwn(kustomization)) return undefined;
    // Another step has made it.
    if (textOf(file) !== undefined) return { file, mentions: [] };
    const path = file.slice(file.lastIndexOf('/') + 1);
    const plan = planOperation(
      parseDocument(textOf(kustomization) ?? ''),
      insert(['resources'], path),
      keyOrderAt,
    );
    return 'refused' in plan ? undefined : { file, mentions: [{ file: kustomization, edits: plan.edits }] };
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

/** Kinds of objects that no other object names. */
const UNNAMED: ReadonlySet<string> = new Set(['NetworkPolicy', 'PeerAuthentication', 'AuthorizationPolicy']);

function defined(map: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== undefined));
}

function within(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Files that repairs make in a folder, as far as they are not there yet. */
export function newFilesFor(folder: string): string[] {
  return ['safeguards.yaml', 'safeguards-2.yaml', 'safeguards-3.yaml'].map((name) => within(folder, name));
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
