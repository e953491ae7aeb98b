import { documentsOf, headOfDefinition, type SourceDocument, type SourceText } from './documents.ts';

/** Larger files, most of them definitions of custom resources, take more memory than it costs to read them again. */
const MAX_CACHED_LENGTH = 100_000;

/** Files of so many characters in all stay read. */
const KEPT_CHARACTERS = 2_000_000;

/** The documents of files, as long as their texts stay. */
export class DocumentCache {
  readonly #files = new Map<string, { readonly text: string; readonly documents: SourceDocument[] }>();
  readonly #textOf: ((document: string) => string) | undefined;
  #characters = 0;

  /** @param skims whether of definitions of custom resources only the heads are read, unless a patch is for one: enough for all but to deploy them */
  constructor(skims = false) {
    this.#textOf = skims ? headOfDefinition : undefined;
  }

  documentsOf(source: SourceText): SourceDocument[] {
    const known = this.#files.get(source.file);
    if (known?.text === source.text) return known.documents;
    const documents = documentsOf(source, this.#textOf);
    const read = documents.reduce((sum, { text }) => sum + text.length, 0);
    if (read > MAX_CACHED_LENGTH) return documents;
    this.#characters += read;
    if (this.#characters > KEPT_CHARACTERS) {
      this.#files.clear();
      this.#characters = read;
    }
    this.#files.set(source.file, { text: source.text, documents });
    return documents;
  }
}
