import type { DocumentNames, NameInDocument } from '../analysis/names/index.ts';
import { keyOf } from '../analysis/names/kinds.ts';
import type { DocumentText, PlacedDocument } from '../syntax/documents.ts';
import { freshOf, keptAround, withFresh } from './kept-documents.ts';

/** What a document names, and where the document stands. */
export interface DocumentNamesAt {
  readonly placed: PlacedDocument;
  readonly names: DocumentNames;
}

export interface NamesInFile {
  readonly documents: readonly DocumentNamesAt[];
  /** The same list as long as the documents declare the same objects, wherever that stands in them. */
  readonly declared: readonly (readonly NameInDocument[])[];
}

/** The names in a file, again and again, at the cost of what has changed. */
export class FileNames {
  readonly #namesOf: (document: DocumentText) => DocumentNames;
  #placed: readonly PlacedDocument[] = [];
  #names: readonly DocumentNames[] = [];
  #last: NamesInFile = { documents: [], declared: [] };

  constructor(namesOf: (document: DocumentText) => DocumentNames) {
    this.#namesOf = namesOf;
  }

  in(documents: readonly PlacedDocument[]): NamesInFile {
    // Between two edits, several features ask.
    if (documents === this.#placed) return this.#last;
    const kept = keptAround(this.#placed, documents);
    const stale = freshOf(this.#names, kept);
    const fresh = freshOf(documents, kept).map(({ document }) => this.#namesOf(document));
    const names = withFresh(this.#names, kept, fresh);
    this.#placed = documents;
    this.#names = names;
    this.#last = {
      documents: documents.flatMap((placed, index) => {
        const own = names[index];
        return own === undefined || saysNothing(own) ? [] : { placed, names: own };
      }),
      declared: declareTheSame(stale, fresh) ? this.#last.declared : names.map(({ declared }) => declared),
    };
    return this.#last;
  }
}

function saysNothing({ declared, used }: DocumentNames): boolean {
  return declared.length === 0 && used.length === 0;
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
