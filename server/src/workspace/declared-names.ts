import { areSame, keyOf, type ObjectName } from '../analysis/names/kinds.ts';
import { meantName } from '../analysis/names/nearest.ts';

/** The objects of a kind that a folder's files can mean, and what has been found out about them. */
export interface DeclaredKind {
  readonly byName: ReadonlyMap<string, readonly ObjectName[]>;
  /** By use; undefined where nothing was meant. */
  readonly meant: Map<string, string | undefined>;
}

/** By kind. The same objects as long as the same is declared of a kind. */
export type DeclaredKinds = ReadonlyMap<string, DeclaredKind>;

/** With more objects. */
export function withNames(before: DeclaredKinds, names: readonly ObjectName[]): DeclaredKinds {
  return changed(before, names, (same, added) => same.concat(added));
}

/** Without objects that are among them. */
export function withoutNames(before: DeclaredKinds, names: readonly ObjectName[]): DeclaredKinds {
  // Documents with the same text declare the same object, each for itself.
  return changed(before, names, (same, removed) =>
    removed.reduce((left, name) => left.toSpliced(left.indexOf(name), 1), same),
  );
}

/** With other lists of the objects that have the names of these. */
function changed(
  before: DeclaredKinds,
  names: readonly ObjectName[],
  change: (same: readonly ObjectName[], names: readonly ObjectName[]) => readonly ObjectName[],
): DeclaredKinds {
  const kinds = new Map(before);
  for (const [kind, ofKind] of groupedBy('kind', names)) {
    const byName = new Map(before.get(kind)?.byName);
    for (const [name, named] of groupedBy('name', ofKind)) {
      const same = change(byName.get(name) ?? [], named);
      if (same.length === 0) byName.delete(name);
      else byName.set(name, same);
    }
    kinds.set(kind, { byName, meant: new Map() });
  }
  return kinds;
}

function groupedBy(key: 'kind' | 'name', names: readonly ObjectName[]): Map<string, ObjectName[]> {
  const groups = new Map<string, ObjectName[]>();
  for (const name of names) {
    const group = groups.get(name[key]);
    if (group === undefined) groups.set(name[key], [name]);
    else group.push(name);
  }
  return groups;
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
