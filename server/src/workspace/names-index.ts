import type { NameInDocument } from '../analysis/names/index.ts';
import type { ObjectName } from '../analysis/names/kinds.ts';
import type { PlacedDocument } from '../syntax/documents.ts';
import type { LinePosition } from '../syntax/lines.ts';
import { withOwnTexts } from '../syntax/own-text.ts';
import { saysTheSame } from './structural-equality.ts';

/** The name of an object, where a file writes it. */
export interface PlacedName extends ObjectName {
  readonly start: LinePosition;
  readonly end: LinePosition;
}

/** What the files of a folder that are not open declare. */
interface FileNames {
  readonly folder: string;
  readonly names: readonly PlacedName[];
}

/** The objects that the files of a scope declare, those aside that are open. */
export class NamesIndex {
  readonly #files = new Map<string, FileNames>();
  #version = 0;

  set(folder: string, file: string, names: readonly PlacedName[]): void {
    const known = this.#files.get(file);
    if (saysTheSame(known?.names ?? [], names)) return;
    this.#version++;
    if (names.length === 0) this.#files.delete(file);
    else this.#files.set(file, { folder, names });
  }

  /** Changes whenever names may have changed. */
  get version(): number {
    return this.#version;
  }

  /** All files that declare something, with their folders. */
  *files(): Generator<{ file: string; folder: string; names: readonly PlacedName[] }> {
    for (const [file, { folder, names }] of this.#files) yield { file, folder, names };
  }
}

/** The place in its file of a name in a document. */
export function placedName({ document, startLine }: PlacedDocument, name: NameInDocument): PlacedName {
  const { kind, namespace, range } = name;
  const position = (offset: number) => {
    const { line, character } = document.lines.positionAt(offset);
    return { line: startLine + line, character };
  };
  const own = withOwnTexts({ kind, name: name.name, namespace });
  return { ...own, start: position(range.start), end: position(range.end) };
}
