import type { OffsetRange } from '../../syntax/ranges.ts';
import type { Origin, Trace } from './origin.ts';

/** The places where a missing key of a map would be written. */
export function absentTrace(map: Trace, key: string): Trace {
  const absent: Origin[] = [];
  for (const origin of map) {
    if (origin.kind !== 'value' && origin.kind !== 'absent') continue;
    absent.push(new AbsentOrigin(origin, key));
  }
  return absent.length === 0 ? map : absent;
}

/** Where a missing key would be written: it moves along with the map. */
class AbsentOrigin implements Origin {
  readonly kind = 'absent';
  readonly #map: Origin;
  readonly #key: string;

  constructor(map: Origin, key: string) {
    this.#map = map;
    this.#key = key;
  }

  get file(): string {
    return this.#map.file;
  }

  get range(): OffsetRange | undefined {
    return this.#map.range;
  }

  get path(): readonly (string | number)[] {
    return [...this.#map.path, this.#key];
  }
}
