import type { Fact } from './facts.ts';

export type FactType = Fact['type'];
export type FactOf<Type extends FactType> = Extract<Fact, { type: Type }>;

/** How a kustomization in view uses a file: as something that it deploys, or as a patch or another part of it. */
export type KustomizeUse = 'resource' | 'part';

/** What is known of the files that deploy together, as facts. */
export interface World {
  /** What becomes of the file that is looked at; absent when no kustomization names it. */
  readonly usedAs?: KustomizeUse | undefined;
  /** Whether everything that deploys together is in view; when not, nothing can be said to be missing elsewhere. */
  readonly complete: boolean;
  facts<Type extends FactType>(type: Type): readonly FactOf<Type>[];
  /**
   * The facts of a type with this value of a property, without looking at the others: prefer it, since a rule then also need not run again when
   * others change.
   */
  matching<Type extends FactType, Key extends keyof FactOf<Type>>(
    type: Type,
    key: Key,
    value: FactOf<Type>[Key],
  ): readonly FactOf<Type>[];
}

/** A world of the given facts. */
export function worldOf(facts: readonly Fact[], complete: boolean): World {
  const byType = groupBy(facts, 'type');
  const indexes = new Map<string, ReadonlyMap<unknown, readonly Fact[]>>();
  return {
    complete,
    facts: <Type extends FactType>(type: Type) =>
      (byType.get(type) ?? []) as readonly Fact[] as readonly FactOf<Type>[],
    matching(type, key, value) {
      const name = `${type} ${String(key)}`;
      const index = indexes.get(name) ?? groupBy(byType.get(type) ?? [], key);
      indexes.set(name, index);
      return (index.get(value) ?? []) as readonly FactOf<typeof type>[];
    },
  };
}

/** Facts by the value of a property, in their order. */
export function groupBy(facts: readonly Fact[], key: PropertyKey): Map<unknown, Fact[]> {
  const groups = new Map<unknown, Fact[]>();
  for (const fact of facts) {
    const value = fact[key as keyof Fact];
    const group = groups.get(value);
    if (group === undefined) groups.set(value, [fact]);
    else group.push(fact);
  }
  return groups;
}
