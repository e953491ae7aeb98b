import { Dict, type GoValue, List } from './value.ts';

/** The entries of maps that were read: by the path of the map, their keys. */
export type Reads = ReadonlyMap<string, ReadonlySet<string>>;

/** Stands among the keys of a map for the question which keys it has, and in which order. */
export const KEYS = '\0keys';
/** Stands among the keys of a map for all of its entries. */
export const ALL = '\0all';

/** Notes which entries of maps are read, and whether maps change. */
export class ReadLog {
  #reads = new Map<string, Set<string>>();
  /** Whether a map was changed since all began. */
  hasChanges = false;

  read(path: string, key: string): void {
    const keys = this.#reads.get(path);
    if (keys === undefined) this.#reads.set(path, new Set([key]));
    else keys.add(key);
  }

  /** What has been read since this was last asked. */
  take(): Reads {
    const reads = this.#reads;
    this.#reads = new Map();
    return reads;
  }
}

/** Entries that tell a log when they are read or changed. */
export class TrackedMap extends Map<string, GoValue> {
  readonly #path: string | undefined;
  readonly #log: ReadLog;

  /** @param path undefined where only changes are of interest: of maps in lists, which are read as a whole */
  constructor(path: string | undefined, entries: Iterable<readonly [string, GoValue]>, log: ReadLog) {
    super();
    this.#path = path;
    this.#log = log;
    for (const [key, value] of entries) super.set(key, value);
  }

  #note(key: string): void {
    if (this.#path !== undefined) this.#log.read(this.#path, key);
  }

  override get(key: string): GoValue | undefined {
    this.#note(key);
    return super.get(key);
  }

  override has(key: string): boolean {
    this.#note(key);
    return super.has(key);
  }

  override get size(): number {
    this.#note(KEYS);
    return super.size;
  }

  override keys(): MapIterator<string> {
    this.#note(KEYS);
    return super.keys();
  }

  override values(): MapIterator<GoValue> {
    this.#note(ALL);
    return super.values();
  }

  override entries(): MapIterator<[string, GoValue]> {
    this.#note(ALL);
    return super.entries();
  }

  override [Symbol.iterator](): MapIterator<[string, GoValue]> {
    return this.entries();
  }

  override forEach(action: (value: GoValue, key: string, map: Map<string, GoValue>) => void): void {
    this.#note(ALL);
    super.forEach(action);
  }

  override set(key: string, value: GoValue): this {
    this.#log.hasChanges = true;
    return super.set(key, value);
  }

  override delete(key: string): boolean {
    this.#log.hasChanges = true;
    return super.delete(key);
  }

  override clear(): void {
    this.#log.hasChanges = true;
    super.clear();
  }

  /** Sets an entry that is nobody's change. */
  put(key: string, value: GoValue): void {
    super.set(key, value);
  }
}

/** The path of a map below the entry of another. */
export function pathBelow(path: string, key: string): string {
  return `${path}\0${key}`;
}

/**
 * A copy of a map whose entries, and those of the maps in it, tell a log when they are read.
 *
 * @param path undefined where only changes are of interest
 */
export function tracked(map: Dict, path: string | undefined, log: ReadLog): Dict {
  const entries = new TrackedMap(path, [], log);
  for (const [key, value] of map.entries) {
    entries.put(key, trackedValue(value, path === undefined ? undefined : pathBelow(path, key), log));
  }
  const copy = new Dict(entries, map.type, map.trace, map.isNil);
  copy.keyTraces = map.keyTraces;
  return copy;
}

function trackedValue(value: GoValue, path: string | undefined, log: ReadLog): GoValue {
  if (value.kind === 'map') return tracked(value, path, log);
  if (value.kind !== 'list' || !value.items.some(({ kind }) => kind === 'map' || kind === 'list'))
    return value;
  const items = value.items.map((item) => trackedValue(item, undefined, log));
  return new List(items, value.type, value.trace, value.isNil);
}
