import type { Fact } from '../analysis/facts.ts';
import type { World } from '../analysis/world.ts';
import { saysTheSame } from './structural-equality.ts';

/**
 * A world which answers with the very same list while nothing of a type has changed since the world before it. What was computed from a
 * list is good as long as the list is.
 */
export class StableWorld implements World {
  readonly complete: boolean;
  readonly #lists = new Map<string, readonly Fact[]>();

  constructor(facts: readonly Fact[], complete: boolean, before?: StableWorld) {
    this.complete = complete;
    for (const [type, list] of byType(facts)) {
      const known = before === undefined ? undefined : before.#lists.get(type);
      this.#lists.set(type, known !== undefined && saysTheSame(known, list) ? known : list);
    }
  }

  facts<Type extends Fact['type']>(type: Type): readonly Extract<Fact, { type: Type }>[] {
    return (this.#lists.get(type) ?? NONE) as readonly Extract<Fact, { type: Type }>[];
  }
}

const NONE: readonly Fact[] = [];

function byType(facts: readonly Fact[]): Map<Fact['type'], Fact[]> {
  const lists = new Map<Fact['type'], Fact[]>();
  for (const fact of facts) {
    const list = lists.get(fact.type);
    if (list === undefined) lists.set(fact.type, [fact]);
    else list.push(fact);
  }
  return lists;
}

/** Remembers what is read of a world, to tell later whether that has changed. */
export class WorldReader implements World {
  readonly #world: World;
  readonly #lists = new Map<Fact['type'], readonly Fact[]>();
  #readsComplete = false;

  constructor(world: World) {
    this.#world = world;
  }

  get complete(): boolean {
    this.#readsComplete = true;
    return this.#world.complete;
  }

  facts<Type extends Fact['type']>(type: Type): readonly Extract<Fact, { type: Type }>[] {
    const list = this.#world.facts(type);
    this.#lists.set(type, list);
    return list;
  }

  get typesRead(): ReadonlySet<Fact['type']> {
    return new Set(this.#lists.keys());
  }

  get readsComplete(): boolean {
    return this.#readsComplete;
  }

  /** Whether another world would have answered the same. */
  wouldReadTheSame(world: World): boolean {
    if (this.#readsComplete && this.#world.complete !== world.complete) return false;
    for (const [type, list] of this.#lists) if (world.facts(type) !== list) return false;
    return true;
  }
}
