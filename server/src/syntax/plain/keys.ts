import type { MapValue } from '../values.ts';
import { NOT_PLAIN } from './not-plain.ts';

/** Maps with more keys look for repeated ones in a set. */
const SMALL_MAP = 8;

/** The keys of a map that is being read. Which of two equal keys counts is for the full parser to say; so is what a merge brings. */
export class Keys {
  readonly #map: MapValue;
  #seen: Set<string> | undefined;

  constructor(map: MapValue) {
    this.#map = map;
  }

  /** To be called before the key is added. */
  remember(key: string): void {
    if (key === '<<') throw NOT_PLAIN;
    const { entries } = this.#map;
    if (entries.length < SMALL_MAP) {
      for (const entry of entries) if (entry.key === key) throw NOT_PLAIN;
      return;
    }
    this.#seen ??= new Set(entries.map((entry) => entry.key));
    if (this.#seen.has(key)) throw NOT_PLAIN;
    this.#seen.add(key);
  }
}
