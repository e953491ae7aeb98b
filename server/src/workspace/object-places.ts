import type { NameInDocument } from '../analysis/names/index.ts';
import { areSame, type ObjectName } from '../analysis/names/kinds.ts';
import type { PlacedDocument } from '../syntax/documents.ts';
import type { NamesInFile } from './file-names.ts';
import { type NamesIndex, type PlacedName, placedName } from './names-index.ts';

interface ClosedObject {
  readonly file: string;
  readonly folder: string;
  readonly name: PlacedName;
}

interface OpenObject {
  readonly placed: PlacedDocument;
  readonly name: NameInDocument;
}

/** Where objects are declared, found by their kinds and names without looking at all others. */
export class ObjectPlaces {
  readonly #inOpen = new WeakMap<NamesInFile, ReadonlyMap<string, readonly OpenObject[]>>();
  readonly #inClosed = new WeakMap<
    NamesIndex,
    { readonly version: number; readonly objects: ReadonlyMap<string, readonly ClosedObject[]> }
  >();

  inOpen(file: NamesInFile | undefined, wanted: ObjectName): PlacedName[] {
    if (file === undefined) return [];
    let objects = this.#inOpen.get(file);
    if (objects === undefined) {
      const all = file.documents.flatMap(({ placed, names }) =>
        names.declared.map((name) => ({ placed, name })),
      );
      objects = byWords(all);
      this.#inOpen.set(file, objects);
    }
    return (objects.get(wordsOf(wanted)) ?? [])
      .filter(({ name }) => areSame(name, wanted))
      .map(({ placed, name }) => placedName(placed, name));
  }

  inClosed(names: NamesIndex, wanted: ObjectName): ClosedObject[] {
    let known = this.#inClosed.get(names);
    if (known?.version !== names.version) {
      const all = [...names.files()].flatMap(({ file, folder, names: own }) =>
        own.map((name) => ({ file, folder, name })),
      );
      known = { version: names.version, objects: byWords(all) };
      this.#inClosed.set(names, known);
    }
    return (known.objects.get(wordsOf(wanted)) ?? []).filter(({ name }) => areSame(name, wanted));
  }
}

function byWords<Named extends { readonly name: ObjectName }>(all: readonly Named[]): Map<string, Named[]> {
  const groups = new Map<string, Named[]>();
  for (const one of all) {
    const words = wordsOf(one.name);
    const group = groups.get(words);
    if (group === undefined) groups.set(words, [one]);
    else group.push(one);
  }
  return groups;
}

function wordsOf({ kind, name }: ObjectName): string {
  return `${kind} ${name}`;
}
