import { dirname, relative, resolve, sep } from 'node:path';
import { declaredOf } from '../analysis/names/index.ts';
import { areSame, type ObjectName } from '../analysis/names/kinds.ts';
import type { CheckedFile, FileFinding, FilePlace, RelatedFilePlace } from '../report/run.ts';
import type { RelatedObject } from '../rules/rule.ts';
import { splitDocuments } from '../syntax/documents.ts';
import { withOwnTexts } from '../syntax/own-text.ts';
import { parseDocument } from '../syntax/parse.ts';
import type { FactsIndex } from '../workspace/facts-index.ts';
import { STANDARD_INPUT } from './manifests.ts';
import { placeOf } from './places.ts';

interface Declaration {
  readonly folder: string;
  readonly file: string;
}

export interface RelatedPlacesParts {
  readonly workingFolder: string;
  readonly facts: FactsIndex;
  /** @param file its absolute path */
  textOf(file: string): string | undefined;
}

interface DeclaredPlace {
  readonly name: ObjectName;
  readonly place: FilePlace;
}

function placesIn(text: string): DeclaredPlace[] {
  return splitDocuments(text).flatMap((placed) =>
    declaredOf(parseDocument(placed.document.text)).map(({ kind, name, namespace, range }) => ({
      name: withOwnTexts({ kind, name, namespace }),
      place: placeOf(placed, range),
    })),
  );
}

function byKey(places: readonly DeclaredPlace[]): Map<string, DeclaredPlace[]> {
  const groups = new Map<string, DeclaredPlace[]>();
  for (const place of places) {
    const key = keyOf(place.name);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [place]);
    else group.push(place);
  }
  return groups;
}

function keyOf({ kind, name }: ObjectName): string {
  return `${kind} ${name}`;
}

/** Where objects are declared that findings speak of. They are few: the files are read again for that. */
export class RelatedPlaces {
  readonly #parts: RelatedPlacesParts;
  /** By the names of objects. */
  #files: Map<string, Declaration[]> | undefined;
  /** Of the files that were looked into, by kind and name. */
  readonly #declared = new Map<string, ReadonlyMap<string, readonly DeclaredPlace[]>>();

  constructor(parts: RelatedPlacesParts) {
    this.#parts = parts;
  }

  /** A file with the places of all objects that its findings speak of. */
  in(file: CheckedFile): CheckedFile {
    if (!file.findings.some(({ finding }) => finding.relatedObjects)) return file;
    return { ...file, findings: file.findings.map((found) => this.#inFinding(found, file.path)) };
  }

  #inFinding(found: FileFinding, path: string): FileFinding {
    const { relatedObjects } = found.finding;
    if (relatedObjects === undefined) return found;
    const places = relatedObjects.flatMap((object) => this.#placeOf(object, path) ?? []);
    return places.length === 0 ? found : { ...found, related: [...found.related, ...places] };
  }

  /** In the file itself, else in its folder, else in another one. */
  #placeOf(object: RelatedObject, path: string): RelatedFilePlace | undefined {
    const { workingFolder, facts } = this.#parts;
    const isInput = path === STANDARD_INPUT.path;
    const own = isInput ? STANDARD_INPUT.absolutePath : resolve(workingFolder, path);
    const folder = isInput ? workingFolder : dirname(own);
    const rank = (candidate: Declaration) =>
      candidate.file === own ? 0 : candidate.folder === folder ? 1 : 2;
    const candidates = this.#declarationsOf(object.name)
      .filter((candidate) => facts.areTogether(folder, candidate.folder))
      .sort((a, b) => rank(a) - rank(b));
    for (const { file } of candidates) {
      const place = this.#placeIn(file, object);
      if (place !== undefined)
        return file === own ? place : { ...place, file: relative(workingFolder, file).split(sep).join('/') };
    }
    return undefined;
  }

  #declarationsOf(name: string): readonly Declaration[] {
    if (this.#files === undefined) {
      this.#files = new Map();
      for (const [folder, file, { facts }] of this.#parts.facts.entries)
        for (const own of new Set(facts.map((fact) => fact.name)))
          this.#files.set(own, [...(this.#files.get(own) ?? []), { folder, file }]);
    }
    return this.#files.get(name) ?? [];
  }

  #placeIn(file: string, object: RelatedObject): RelatedFilePlace | undefined {
    let declared = this.#declared.get(file);
    if (declared === undefined) {
      declared = byKey(placesIn(this.#parts.textOf(file) ?? ''));
      this.#declared.set(file, declared);
    }
    const found = declared.get(keyOf(object))?.find(({ name }) => areSame(name, object));
    return found && { place: found.place, message: object.message };
  }
}
