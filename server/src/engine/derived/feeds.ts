import type { Path } from '../../syntax/paths.ts';
import type { Value } from '../../syntax/values.ts';
import { type DerivedDocument, isTypedValue, type Origin } from './source-map.ts';

/** A collection or scalar that people typed, which feeds a value of a derived document as it is. */
export interface Feed {
  readonly file: string;
  readonly path: Path;
  /** An offset of the file inside of the document that holds the path. */
  readonly offset: number;
  /** The origin that tells of it. */
  readonly origin: Origin;
}

/**
 * What feeds a value of a derived document entry by entry, as `toYaml .Values.securityContext` feeds a block. A map counts as fed when the very
 * keys come from a map that somebody typed; keys that a template writes around single values do not make it one.
 */
export function feedsOf(value: Value, derived: DerivedDocument): Feed[] {
  if (value.kind === 'map' && value.entries.length > 0) {
    return distinct(
      value.entries.flatMap(({ key, keyValue }) =>
        originsAt(derived, keyValue.range.start).flatMap((origin) => {
          return isTyped(origin) && origin.path.at(-1) === key
            ? [feedAt(origin, origin.path.slice(0, -1))]
            : [];
        }),
      ),
    );
  }
  const [first] = value.items;
  if (first !== undefined) {
    return distinct(feedsOf(first, derived).filter(({ path }) => path.at(-1) === 0)).map((feed) => ({
      ...feed,
      path: feed.path.slice(0, -1),
    }));
  }
  // Scalars, and collections that are empty.
  return originsAt(derived, value.range.start)
    .filter(isTyped)
    .map((origin) => feedAt(origin, origin.path));
}

function originsAt(derived: DerivedDocument, offset: number): readonly Origin[] {
  for (const { origins } of derived.map.spans(offset, offset + 1)) return origins;
  return [];
}

function isTyped(origin: Origin): boolean {
  return (isTypedValue(origin) || origin.kind === 'absent') && origin.range !== undefined;
}

function feedAt(origin: Origin, path: Path): Feed {
  return { file: origin.file, path, offset: origin.range?.start ?? 0, origin };
}

function distinct(feeds: readonly Feed[]): Feed[] {
  const seen = new Set<string>();
  return feeds.filter(({ file, path }) => {
    const name = JSON.stringify([file, path]);
    return !seen.has(name) && seen.add(name);
  });
}
