import type { Fact } from './facts.ts';

/** What is known of the files that deploy together, as facts. */
export interface World {
  /** Whether everything that deploys together is in view; when not, nothing can be said to be missing elsewhere. */
  readonly complete: boolean;
  facts<Type extends Fact['type']>(type: Type): readonly Extract<Fact, { type: Type }>[];
}

/** A world of the given facts. */
export function worldOf(facts: readonly Fact[], complete: boolean): World {
  const byType = new Map<Fact['type'], Fact[]>();
  for (const fact of facts) {
    const others = byType.get(fact.type);
    if (others === undefined) byType.set(fact.type, [fact]);
    else others.push(fact);
  }
  return {
    complete,
    facts: <Type extends Fact['type']>(type: Type) =>
      (byType.get(type) ?? []) as Extract<Fact, { type: Type }>[],
  };
}
