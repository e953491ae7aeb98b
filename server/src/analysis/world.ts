import type { Fact } from './facts.ts';

export type FactType = Fact['type'];
export type FactOf<Type extends FactType> = Extract<Fact, { type: Type }>;

/** What facts are found by: the value of a property, or an item of a list. */
export type KeyValue<Property> = Property extends readonly (infer Item)[] ? Item : Property;

/** How a kustomization in view uses a file: as something that it deploys, or as a patch or another part of it. */
export type KustomizeUse = 'resource' | 'part';

/** What is known of the files that deploy together, as facts. */
export interface World {
  /** What becomes of the file that is looked at; absent when no kustomization names it. */
  readonly usedAs?: KustomizeUse | undefined;
  /** Where what names no namespace goes, when an application says so. */
  readonly namespace?: string | undefined;
  /** Whether everything that deploys together is in view; when not, nothing can be said to be missing elsewhere. */
  readonly complete: boolean;
  facts<Type extends FactType>(type: Type): readonly FactOf<Type>[];
  /**
   * The facts of a type with this value of a property, or with it in the list that the property is, without looking at the others: prefer it, since
   * a rule then also need not run again when others change.
   */
  matching<Type extends FactType, Key extends keyof FactOf<Type>>(
    type: Type,
    key: Key,
    value: KeyValue<FactOf<Type>[Key]>,
  ): readonly FactOf<Type>[];
  /**
   * What is computed from many facts: once for all who ask, and the same object as long as it says the same. Who asks need not run again when the facts
   * change in another way.
   */
  derived<Result>(derivation: Derivation<Result>): Result;
}

/** A computation from facts alone, whose result is plain data. Known by its identity. */
export type Derivation<Result> = (world: World) => Result;

/** A world of the given facts. */
export function worldOf(facts: readonly Fact[], complete: boolean): World {
  const byType = groupBy(facts, 'type');
  const indexes = new Map<FactType, Map<PropertyKey, ReadonlyMap<unknown, readonly Fact[]>>>();
  const derived = new Map<Derivation<unknown>, unknown>();
  const world: World = {
    complete,
    facts: <Type extends FactType>(type: Type) =>
      (byType.get(type) ?? []) as readonly Fact[] as readonly FactOf<Type>[],
    matching(type, key, value) {
      const ofType = indexes.get(type) ?? new Map<PropertyKey, ReadonlyMap<unknown, readonly Fact[]>>();
      indexes.set(type, ofType);
      const index = ofType.get(key) ?? groupBy(byType.get(type) ?? [], key);
      ofType.set(key, index);
      return (index.get(value) ?? []) as readonly FactOf<typeof type>[];
    },
    derived<Result>(derivation: Derivation<Result>) {
      if (!derived.has(derivation)) derived.set(derivation, derivation(world));
      return derived.get(derivation) as Result;
    },
  };
  return world;
}

/** Facts by the value of a property, in their order; by each item of one that is a list. */
export function groupBy(facts: readonly Fact[], key: PropertyKey): Map<unknown, Fact[]> {
  const groups = new Map<unknown, Fact[]>();
  for (const fact of facts) {
    const value: unknown = fact[key as keyof Fact];
    if (Array.isArray(value)) for (const item of new Set(value)) addTo(groups, item, fact);
    else addTo(groups, value, fact);
  }
  return groups;
}

function addTo(groups: Map<unknown, Fact[]>, key: unknown, fact: Fact): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [fact]);
  else group.push(fact);
}
