import type { Inspection } from '../engine/inspection.ts';
import type { DocumentText } from '../syntax/documents.ts';

/** In UTF-16 code units of text. Trees take about twelve bytes for each. */
const MAX_LENGTH = 25_000;

/**
 * The trees of the documents that were looked at last. Trees are what takes memory, and most are never looked at again: what has been found in
 * a document holds until its text or the world changes, and then it is quickly read anew.
 */
export class RecentInspections {
  /** The longest unused first. */
  readonly #kept = new Map<DocumentText, Inspection>();
  #length = 0;

  get(document: DocumentText): Inspection | undefined {
    const known = this.#kept.get(document);
    if (known === undefined) return undefined;
    this.#kept.delete(document);
    this.#kept.set(document, known);
    return known;
  }

  keep(document: DocumentText, inspection: Inspection): void {
    if (!this.#kept.has(document)) this.#length += document.text.length;
    this.#kept.set(document, inspection);
    for (const oldest of this.#kept.keys()) {
      if (this.#length <= MAX_LENGTH || oldest === document) return;
      this.#kept.delete(oldest);
      this.#length -= oldest.text.length;
    }
  }
}
