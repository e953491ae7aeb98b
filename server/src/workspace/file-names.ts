import type { DocumentNames, NameInDocument } from '../analysis/names/index.ts';
import { keyOf } from '../analysis/names/kinds.ts';
import type { DocumentText, PlacedDocument } from '../syntax/documents.ts';
import { freshOf, keptAround, withFresh } from './kept-documents.ts';

/** What a document names, and where the document stands. */
export interface DocumentNamesAt {
  readonly placed: PlacedDocument;
  readonly names: DocumentNames;
}

/** What the documents of a file name. */
export class NamesInFile {
  readonly placed: readonly PlacedDocument[];
  /** Those of each document. */
  readonly names: readonly DocumentNames[];
  /** The same list as long as the documents declare the same objects, wherever that stands in them. */
  readonly declared: readonly (readonly NameInDocument[])[];

  constructor(
    placed: readonly PlacedDocument[],
    names: readonly DocumentNames[],
    declared: NamesInFile['declared'],
  ) {
    this.placed = placed;
    this.names = names;
    this.declared = declared;
  }

  get documents(): DocumentNamesAt[] {
    return this.placed.flatMap((placed, index) => {
      const names = this.names[index];
      return names === undefined ? [] : { placed, names };
    });
  }
}

/** The names in a file, again and again, at the cost of what has changed. */
export class FileNames {
  readonly #namesOf: (document: DocumentText) => DocumentNames;
  #last = new NamesInFile([], [], []);

  constructor(namesOf: (document: DocumentText) => DocumentNames) {
    this.#namesOf = namesOf;
  }

  in(documents: readonly PlacedDocument[]): NamesInFile {
    const last = this.#last;
    // Between two edits, several features ask.
    if (documents === last.placed) return last;
    const kept = keptAround(last.placed, documents);
    const fresh = freshOf(documents, kept).map(({ document }) => this.#namesOf(document));
    const names = withFresh(last.names, kept, fresh);
    const isSame = declareTheSame(freshOf(last.names, kept), fresh);
    const declared = isSame
      ? last.declared
      : withFresh(
          last.declared,
          kept,
          fresh.map((own) => own.declared),
        );
    this.#last = new NamesInFile(documents, names, declared);
    return this.#last;
  }
}

function declareTheSame(before: readonly DocumentNames[], after: readonly DocumentNames[]): boolean {
  return (
    before.length === after.length &&
    before.every(({ declared }, index) => {
      const others = after[index]?.declared ?? [];
      return (
        declared.length === others.length &&
        declared.every((name, at) => keyOf(name) === keyOf(others[at] ?? name))
      );
    })
  );
}
