import {
  type DocumentNames,
  type NameInDocument,
  type NameUse,
  namesOfDocument,
} from '../analysis/names/index.ts';
import { areSame, keyOf, type ObjectName } from '../analysis/names/kinds.ts';
import { meantName } from '../analysis/names/nearest.ts';
import { type PlacedDocument, splitDocuments } from '../syntax/documents.ts';
import { parseDocument } from '../syntax/parse.ts';
import type { DocumentNamesAt, NamesInFile } from './file-names.ts';
import { type PlacedName, placedName } from './names-index.ts';
import type { Surroundings } from './surroundings.ts';
import { isPlacedAsTemplate } from './templates.ts';
import { canonicalUri, folderOf } from './uris.ts';

/** A name and the file in which it stands, as the editor spells that. */
export interface NamePlace extends PlacedName {
  readonly uri: string;
}

/** A name in an open file. */
export interface NameAt<Name extends NameInDocument = NameInDocument> {
  readonly placed: PlacedDocument;
  readonly name: Name;
}

/** A use of a name that no file declares, and the name that was meant. */
interface Mistyped {
  readonly name: NameUse;
  readonly meant: string;
}

export interface MistypedName extends Mistyped, NameAt<NameUse> {
  readonly name: NameUse;
}

export interface OpenFileNames {
  readonly uri: string;
  readonly key: string;
  /** Undefined for a file that is too large to look at. */
  names(): NamesInFile | undefined;
}

export interface NamesHost {
  readonly surroundings: Surroundings;
  openFiles(): readonly OpenFileNames[];
  /** The files that may name objects and are not open. */
  closedFiles(): readonly string[];
  /** Whether a file is laid over others, so that what it names is declared elsewhere. */
  isPart(key: string): boolean;
  /** Whether all files that deploy together with a file are known. */
  isComplete(key: string): boolean;
}

/** Declared names by kind and name. */
type ByKind = ReadonlyMap<string, ReadonlyMap<string, readonly ObjectName[]>>;

/** What a folder's files can mean, and what has been found out about it. */
interface Declared {
  readonly version: string;
  /** What open files declare: the same lists as long as they declare the same. */
  readonly open: readonly NamesInFile['declared'][];
  readonly byKind: ByKind;
  /** By use; undefined where nothing was meant. */
  readonly meant: Map<string, string | undefined>;
}

/** Who names whom in the files that deploy together. */
export class Names {
  readonly #host: NamesHost;
  /** By folder. */
  readonly #declared = new Map<string, Declared>();
  readonly #mistyped = new WeakMap<DocumentNames, { declared: Declared; found: readonly Mistyped[] }>();

  constructor(host: NamesHost) {
    this.#host = host;
  }

  /** What an open file names. */
  usedIn(uri: string): NameAt<NameUse>[] {
    return this.#in(uri).flatMap(({ placed, names }) => names.used.map((name) => ({ placed, name })));
  }

  declaredIn(uri: string): NameAt[] {
    return this.#in(uri).flatMap(({ placed, names }) => names.declared.map((name) => ({ placed, name })));
  }

  /** Where the objects with a name are declared that a file can mean by it. */
  declarationsOf(uri: string, wanted: ObjectName): NamePlace[] {
    const folder = folderIn(canonicalUri(uri));
    const places: NamePlace[] = [];
    for (const open of this.#openAround(folder)) {
      for (const { placed, names } of open.names()?.documents ?? []) {
        for (const name of names.declared)
          if (areSame(name, wanted)) places.push({ ...placedName(placed, name), uri: open.uri });
      }
    }
    for (const { file, names } of this.#closedAround(folder)) {
      for (const name of names) if (areSame(name, wanted)) places.push({ ...name, uri: file });
    }
    const whole = places.filter((place) => !this.#host.isPart(place.uri));
    return whole.length === 0 ? places : whole;
  }

  /** Where files use a name; those that are not open are read. */
  async usesOf(uri: string, wanted: ObjectName): Promise<NamePlace[]> {
    const folder = folderIn(canonicalUri(uri));
    const places: NamePlace[] = [];
    for (const open of this.#openAround(folder)) {
      for (const { placed, names } of open.names()?.documents ?? []) {
        for (const name of names.used)
          if (areSame(name, wanted)) places.push({ ...placedName(placed, name), uri: open.uri });
      }
    }
    const { index } = this.#host.surroundings.scopeOf(fileIn(folder));
    for (const file of this.#host.closedFiles()) {
      if (!index.areTogether(folder, folderIn(file))) continue;
      const text = await this.#host.surroundings.textOf(file);
      if (text?.includes(wanted.name)) places.push(...usesInText(file, text, wanted));
    }
    return places;
  }

  /** Names in an open file that nothing declares, where one is declared that is almost the same. */
  mistypedIn(uri: string): MistypedName[] {
    const file = this.#fileAt(uri);
    if (file === undefined || !this.#host.isComplete(uri)) return [];
    const declared = this.#declaredAround(folderIn(canonicalUri(uri)));
    return file.placed.flatMap((placed, index) => {
      const names = file.names[index];
      if (names === undefined || names.used.length === 0) return NO_MISTAKES;
      const found = this.#mistypedAmong(names, declared);
      return found.length === 0 ? NO_MISTAKES : found.map((mistyped) => ({ placed, ...mistyped }));
    });
  }

  #mistypedAmong(names: DocumentNames, declared: Declared): readonly Mistyped[] {
    const known = this.#mistyped.get(names);
    if (known?.declared === declared) return known.found;
    const found = names.used.flatMap((name) => {
      const meant = name.isOptional ? undefined : meantBy(name, declared);
      return meant === undefined ? [] : [{ name, meant }];
    });
    this.#mistyped.set(names, { declared, found });
    return found;
  }

  #in(uri: string): readonly DocumentNamesAt[] {
    return this.#fileAt(uri)?.documents ?? [];
  }

  #fileAt(uri: string): NamesInFile | undefined {
    const key = canonicalUri(uri);
    return this.#host
      .openFiles()
      .find((open) => open.key === key)
      ?.names();
  }

  *#openAround(folder: string): Generator<OpenFileNames> {
    for (const open of this.#host.openFiles()) {
      const { index } = this.#host.surroundings.scopeOf(open.key);
      if (this.#isSameScope(folder, open.key) && index.areTogether(folder, folderIn(open.key))) yield open;
    }
  }

  *#closedAround(folder: string): Generator<{ file: string; names: readonly PlacedName[] }> {
    const { names, index } = this.#host.surroundings.scopeOf(fileIn(folder));
    const open = new Set(this.#host.openFiles().map(({ key }) => key));
    for (const known of names.files())
      if (!open.has(known.file) && index.areTogether(folder, known.folder)) yield known;
  }

  #isSameScope(folder: string, key: string): boolean {
    const { surroundings } = this.#host;
    return surroundings.rootOf(fileIn(folder)) === surroundings.rootOf(key);
  }

  /** Most edits change no name that is declared, so the same object serves for many. */
  #declaredAround(folder: string): Declared {
    const { names, index } = this.#host.surroundings.scopeOf(fileIn(folder));
    const files = [...this.#openAround(folder)];
    const version = [names.version, index.unitsVersion, ...files.map(({ key }) => key)].join('\n');
    const open = files.map((file) => file.names()?.declared ?? NOTHING);
    const known = this.#declared.get(folder);
    if (known?.version === version && known.open.every((names, index) => names === open[index])) return known;
    const closed = [...this.#closedAround(folder)].flatMap((file) => file.names);
    const byKind = namesByKind([...closed, ...open.flat(2)]);
    const declared = { version, open, byKind, meant: new Map() };
    this.#declared.set(folder, declared);
    return declared;
  }
}

const NOTHING: NamesInFile['declared'] = [];
const NO_MISTAKES: readonly MistypedName[] = [];

function folderIn(uri: string): string {
  return folderOf(uri) ?? uri;
}

function fileIn(folder: string): string {
  return `${folder}/any`;
}

function namesByKind(names: readonly ObjectName[]): ByKind {
  const byKind = new Map<string, Map<string, ObjectName[]>>();
  for (const name of names) {
    const ofKind = byKind.get(name.kind) ?? new Map<string, ObjectName[]>();
    byKind.set(name.kind, ofKind);
    const same = ofKind.get(name.name);
    if (same === undefined) ofKind.set(name.name, [name]);
    else same.push(name);
  }
  return byKind;
}

function meantBy(use: ObjectName, { byKind, meant }: Declared): string | undefined {
  const ofKind = byKind.get(use.kind);
  if (ofKind === undefined || ofKind.has(use.name)) return undefined;
  const key = keyOf(use);
  if (meant.has(key)) return meant.get(key);
  const found = meantName(use.name, ofKind.keys(), (name) =>
    (ofKind.get(name) ?? []).some((object) => areSame(object, { ...use, name })),
  );
  meant.set(key, found);
  return found;
}

function usesInText(uri: string, text: string, wanted: ObjectName): NamePlace[] {
  return splitDocuments(text).flatMap((placed) => {
    const { document } = placed;
    if (!document.text.includes(wanted.name) || isPlacedAsTemplate(uri, '', document.text)) return [];
    return namesOfDocument(parseDocument(document.text))
      .used.filter((name) => areSame(name, wanted))
      .map((name) => ({ ...placedName(placed, name), uri }));
  });
}
