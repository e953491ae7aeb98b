import type { Finding } from '../engine/finding.ts';
import type { EditObjectOperation } from '../rules/rule.ts';
import type { Names } from './names.ts';
import type { EditTarget, OpenFiles } from './open-files.ts';
import type { Surroundings } from './surroundings.ts';
import { canonicalUri } from './uris.ts';

type Wanted = EditObjectOperation['object'];

export interface ObjectFilesParts {
  readonly names: Names;
  readonly openFiles: OpenFiles;
  readonly surroundings: Surroundings;
}

/** The files with objects that fixes change. Those that are not open are read before. */
export class ObjectFiles {
  readonly #parts: ObjectFilesParts;
  /** By canonical URI. */
  readonly #texts = new Map<string, string>();

  constructor(parts: ObjectFilesParts) {
    this.#parts = parts;
  }

  /** Reads what fixes of findings need. */
  async prepare(uri: string, findings: readonly Finding[]): Promise<void> {
    const { names, openFiles, surroundings } = this.#parts;
    this.#texts.clear();
    const operations = findings.flatMap(({ fixes }) => fixes.flatMap((fix) => fix.operations));
    for (const operation of operations) {
      if (operation.op !== 'edit-object') continue;
      const place = names.placeOf(uri, operation.object);
      const key = place && canonicalUri(place.uri);
      if (key === undefined || openFiles.has(key) || this.#texts.has(key)) continue;
      const text = await surroundings.textOf(key);
      if (text !== undefined) this.#texts.set(key, text);
    }
  }

  with(uri: string, object: Wanted): EditTarget | undefined {
    const { names, openFiles } = this.#parts;
    const place = names.placeOf(uri, object);
    const key = place && canonicalUri(place.uri);
    if (key === undefined || !(openFiles.has(key) || this.#texts.has(key))) return undefined;
    return openFiles.targetOf(key, this.#texts.get(key) ?? '');
  }
}
