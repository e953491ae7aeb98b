import type { Diagnostic } from 'vscode-languageserver';
import type { CheckedDocument, CheckedFile } from '../workspace/file-checker.ts';
import { saysTheSame } from '../workspace/structural-equality.ts';
import { capped, type DiagnosticsConverter, speaksOfOthers } from './diagnostics.ts';

/** The diagnostics of one file from version to version: the same list as long as it says the same, and in another one the same objects. */
export class FileDiagnostics {
  readonly #converter: DiagnosticsConverter;
  #documents: readonly CheckedDocument[] = [];
  /** Those of each document. */
  #parts: readonly (readonly Diagnostic[])[] = [];
  #all: Diagnostic[] = [];

  constructor(converter: DiagnosticsConverter) {
    this.#converter = converter;
  }

  of({ uri, documents }: CheckedFile): Diagnostic[] {
    let isSame = documents.length === this.#documents.length;
    const parts = documents.map((document, index) => {
      const before = this.#documents[index];
      const known = this.#parts[index];
      if (known !== undefined && before !== undefined && isAsBefore(document, before)) return known;
      const part = this.#converter.ofDocument(uri, document);
      if (known !== undefined && saysTheSame(known, part)) return known;
      isSame = false;
      return part;
    });
    this.#documents = documents;
    this.#parts = parts;
    if (!isSame) this.#all = capped(parts.flat());
    return this.#all;
  }
}

function isAsBefore(document: CheckedDocument, before: CheckedDocument): boolean {
  return (
    document.result === before.result &&
    document.placed.startLine === before.placed.startLine &&
    !speaksOfOthers(document.result)
  );
}
