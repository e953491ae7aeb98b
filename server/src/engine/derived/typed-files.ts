import { type DocumentText, splitDocuments } from '../../syntax/documents.ts';
import { type ParsedDocument, parseDocument } from '../../syntax/parse.ts';
import type { Path } from '../../syntax/paths.ts';
import { type OffsetRange, shiftRange } from '../../syntax/ranges.ts';
import type { Value } from '../../syntax/values.ts';
import { headOf } from '../places.ts';

/** A document of a file that people type, and where it starts there. It is read when somebody first asks for what it says. */
export class TypedDocument {
  readonly start: number;
  readonly #document: DocumentText;
  #parsed: ParsedDocument | undefined;

  constructor(document: DocumentText, start: number) {
    this.#document = document;
    this.start = start;
  }

  get parsed(): ParsedDocument {
    this.#parsed ??= parseDocument(this.#document.text);
    return this.#parsed;
  }
}

interface ReadFile {
  readonly text: string;
  readonly documents: readonly TypedDocument[];
}

/** Files of so many characters in all stay read. */
const KEPT_CHARACTERS = 2_000_000;

/** The files that people type, read as YAML where that is asked for. */
export class TypedFiles {
  readonly #textOf: (file: string) => string | undefined;
  readonly #read = new Map<string, ReadFile>();
  #characters = 0;

  constructor(textOf: (file: string) => string | undefined) {
    this.#textOf = textOf;
  }

  text(file: string): string | undefined {
    return this.#textOf(file);
  }

  /** The documents of a file; the same ones as long as the text stays. */
  documents(file: string): readonly TypedDocument[] {
    const text = this.#textOf(file);
    if (text === undefined) return [];
    let read = this.#read.get(file);
    if (read?.text !== text) {
      const documents = splitDocuments(text).map(({ document, start }) => new TypedDocument(document, start));
      read = { text, documents };
      this.#characters += text.length;
      if (this.#characters > KEPT_CHARACTERS) {
        this.#read.clear();
        this.#characters = text.length;
      }
      this.#read.set(file, read);
    }
    return read.documents;
  }

  /** The document that holds an offset of the file. */
  documentAt(file: string, offset: number): TypedDocument | undefined {
    return this.documents(file).findLast(({ start }) => start <= offset);
  }

  /** Which of the documents of a file holds an offset. */
  documentIndexAt(file: string, offset: number): number {
    return Math.max(
      0,
      this.documents(file).findLastIndex(({ start }) => start <= offset),
    );
  }

  /** The value at a path of the document that holds an offset. */
  valueAt(file: string, path: Path, offset = 0): Value | undefined {
    return this.documentAt(file, offset)?.parsed.root?.at(path);
  }

  /**
   * The text that stands for the value at a path, or for the deepest one above it that exists. Undefined when nothing of the path exists.
   */
  headAt(file: string, path: Path, offset = 0): OffsetRange | undefined {
    const document = this.documentAt(file, offset);
    for (let depth = path.length; depth > 0; depth--) {
      const value = document?.parsed.root?.at(path.slice(0, depth));
      if (document !== undefined && value !== undefined) {
        return shiftRange(headOf(value, document.parsed), document.start);
      }
    }
    return undefined;
  }
}
