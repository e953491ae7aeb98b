import { areSame, keyOf, type ObjectName } from '../analysis/names/kinds.ts';
import { meantName } from '../analysis/names/nearest.ts';

/** The objects of a kind that a folder's files can mean, and what has been found out about them. */
export interface DeclaredKind {
  readonly byName: Map<string, ObjectName[]>;
  /** By use; undefined where nothing was meant. */
  readonly meant: Map<string, string | undefined>;
}

/** By kind. The same objects as long as the same is declared of a kind. */
export type DeclaredKinds = ReadonlyMap<string, DeclaredKind>;

/** What is declared when some objects have gone and others have come. Takes over what is known of before, which nobody may ask from then on. */
export function declaredAfter(
  before: DeclaredKinds,
  gone: readonly ObjectName[],
  come: readonly ObjectName[],
): DeclaredKinds {
  const kinds = new Map(before);
  const namesOf = (kind: string) => {
    const known = kinds.get(kind);
    if (known !== undefined && known !== before.get(kind)) return known.byName;
    const byName = known?.byName ?? new Map<string, ObjectName[]>();
    kinds.set(kind, { byName, meant: new Map() });
    return byName;
  };
  for (const name of gone) {
    const byName = namesOf(name.kind);
    const same = byName.get(name.name) ?? [];
    // Documents with the same text declare the same object, each for itself.
    const at = same.indexOf(name);
    if (at !== -1) same.splice(at, 1);
    if (same.length === 0) byName.delete(name.name);
  }
  for (const name of come) {
    const byName = namesOf(name.kind);
    const same = byName.get(name.name);
    if (same === undefined) byName.set(name.name, [name]);
    else same.push(name);
  }
  return kinds;
}

/** The name that was meant by one that is not declared; undefined where none is near, or several are. */
export function meantBy(use: ObjectName, declared: DeclaredKind | undefined): string | undefined {
  if (declared === undefined || declared.byName.has(use.name)) return undefined;
  const { byName, meant } = declared;
  const key = keyOf(use);
  if (meant.has(key)) return meant.get(key);
  const found = meantName(use.name, byName.keys(), (name) =>
    (byName.get(name) ?? []).some((object) => areSame(object, { ...use, name })),
  );
  meant.set(key, found);
  return found;
}
