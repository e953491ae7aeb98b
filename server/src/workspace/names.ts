import {
  type DocumentNames,
  type NameInDocument,
  type NameUse,
  namesOfDocument,
} from '../analysis/names/index.ts';
import { areSame, type ObjectName } from '../analysis/names/kinds.ts';
import { type PlacedDocument, splitDocuments } from '../syntax/documents.ts';
import { parseDocument } from '../syntax/parse.ts';
import { type DeclaredKind, type DeclaredKinds, declaredAfter, meantBy } from './declared-names.ts';
import type { DocumentNamesAt, NamesInFile } from './file-names.ts';
import { freshOf, type Kept, keptIn, withFresh } from './kept-documents.ts';
import { type PlacedName, placedName } from './names-index.ts';
import { ObjectPlaces } from './object-places.ts';
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

/** What a folder's files can mean. */
interface Declared {
  readonly version: string;
  /** What open files declare: the same lists as long as they declare the same. */
  readonly open: readonly NamesInFile['declared'][];
  readonly kinds: DeclaredKinds;
}

/** What was found in a document. */
interface Mistakes {
  readonly used: readonly NameUse[];
  /** What each use was looked up in. */
  readonly kinds: readonly (DeclaredKind | undefined)[];
  readonly found: readonly Mistyped[];
}

/** What was last found in the documents of a file. */
interface MistakesInFile {
  readonly kinds: DeclaredKinds;
  readonly names: readonly DocumentNames[];
  readonly mistakes: readonly Mistakes[];
}

/** Who names whom in the files that deploy together. */
export class Names {
  readonly #host: NamesHost;
  /** By folder. */
  readonly #declared = new Map<string, Declared>();
  /** By the keys of open files. */
  readonly #mistakes = new Map<string, MistakesInFile>();

  readonly #places = new ObjectPlaces();

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

  /** Where one object is declared that a file means by a name: in itself, else in its folder, else in another file; undefined where that is not known. */
  placeOf(uri: string, wanted: ObjectName): NamePlace | undefined {
    const key = canonicalUri(uri);
    const folder = folderIn(key);
    const { names, index } = this.#host.surroundings.scopeOf(key);
    const files = [...this.#openAround(folder)];
    const keys = new Set(files.map((file) => file.key));
    const places: NamePlace[] = [
      ...files.flatMap((file) =>
        this.#places.inOpen(file.names(), wanted).map((place) => ({ ...place, uri: file.uri })),
      ),
      ...this.#places
        .inClosed(names, wanted)
        .filter((place) => !keys.has(place.file) && index.areTogether(folder, place.folder))
        .map(({ file, name }) => ({ ...name, uri: file })),
    ];
    const whole = places.filter((place) => !this.#host.isPart(place.uri));
    const candidates = whole.length === 0 ? places : whole;
    return (
      candidates.find((place) => canonicalUri(place.uri) === key) ??
      candidates.find((place) => folderIn(canonicalUri(place.uri)) === folder) ??
      candidates[0]
    );
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
    const mistyped: MistypedName[] = [];
    this.#mistakesIn(canonicalUri(uri), file).forEach(({ found }, index) => {
      const placed = file.placed[index];
      if (placed !== undefined) for (const mistake of found) mistyped.push({ placed, ...mistake });
    });
    return mistyped;
  }

  /**
   * A file is no longer open.
   *
   * @param key a canonical URI
   */
  close(key: string): void {
    this.#mistakes.delete(key);
    // All names of the workspace are kept for each folder that somebody works in.
    const folder = folderIn(key);
    if (!this.#host.openFiles().some((open) => folderIn(open.key) === folder)) this.#declared.delete(folder);
  }

  #mistakesIn(key: string, { names }: NamesInFile): readonly Mistakes[] {
    const { kinds } = this.#declaredAround(folderIn(key));
    const before = this.#mistakes.get(key);
    const kept = before === undefined ? NOTHING_KEPT : keptIn(before.names, names);
    const fresh = freshOf(names, kept).map(({ used }) => mistakesAmong(used, kinds));
    let mistakes = withFresh(before?.mistakes ?? [], kept, fresh);
    if (before !== undefined && before.kinds !== kinds)
      mistakes = mistakes.map((known) => (areFrom(known, kinds) ? known : mistakesAmong(known.used, kinds)));
    this.#mistakes.set(key, { kinds, names, mistakes });
    return mistakes;
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
    const kinds =
      known?.version === version
        ? kindsAfter(known, open)
        : declaredAfter(
            new Map(),
            [],
            [...[...this.#closedAround(folder)].flatMap((file) => file.names), ...open.flat(2)],
          );
    const declared = { version, open, kinds };
    this.#declared.set(folder, declared);
    return declared;
  }
}

const NOTHING: NamesInFile['declared'] = [];
const NO_MISTAKES: Mistakes = { used: [], kinds: [], found: [] };
const NOTHING_KEPT: Kept = { start: 0, end: 0 };

function folderIn(uri: string): string {
  return folderOf(uri) ?? uri;
}

function fileIn(folder: string): string {
  return `${folder}/any`;
}

function mistakesAmong(used: readonly NameUse[], kinds: DeclaredKinds): Mistakes {
  if (used.length === 0) return NO_MISTAKES;
  const found = used.flatMap((name) => {
    const meant = name.isOptional ? undefined : meantBy(name, kinds.get(name.kind));
    return meant === undefined ? [] : [{ name, meant }];
  });
  return { used, kinds: used.map(({ kind }) => kinds.get(kind)), found };
}

/** Whether mistakes were looked for in what is declared now. */
function areFrom({ used, kinds: looked }: Mistakes, kinds: DeclaredKinds): boolean {
  for (let index = 0; index < used.length; index++)
    if (kinds.get(used[index]?.kind ?? '') !== looked[index]) return false;
  return true;
}

/** What is declared after open files have changed. */
function kindsAfter({ open, kinds }: Declared, now: Declared['open']): DeclaredKinds {
  const changes = now.map((after, index) => ({ before: open[index] ?? NOTHING, after }));
  const [gone, fresh] = [
    changes.flatMap(({ before, after }) => freshOf(before, keptIn(before, after)).flat()),
    changes.flatMap(({ before, after }) => freshOf(after, keptIn(before, after)).flat()),
  ];
  return declaredAfter(kinds, gone, fresh);
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
