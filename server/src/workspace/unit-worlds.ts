import type { StableFacts } from './stable-facts.ts';
import { StableWorld, type View } from './stable-world.ts';

/** What the files of a unit say, and the ways in which its files see it. */
export class UnitWorlds {
  readonly facts: StableFacts;
  readonly #worlds = new Map<string, StableWorld>();
  readonly #worldsBefore: ReadonlyMap<string, StableWorld> | undefined;

  /** @param before those of before the facts have changed */
  constructor(facts: StableFacts, before: UnitWorlds | undefined) {
    this.facts = facts;
    this.#worldsBefore = before === undefined ? undefined : before.#worlds;
  }

  /**
   * The same object for all who see the facts in the same way.
   *
   * @param place where one sees them from; only asked for where something is nearby
   */
  seenFrom(place: string, view: View): StableWorld {
    const key = `${view.complete} ${view.usedAs ?? ''} ${view.namespace ?? ''} ${view.nearby.length === 0 ? '' : place}`;
    let world = this.#worlds.get(key);
    if (world === undefined) {
      world = new StableWorld(this.facts, view, this.#worldsBefore?.get(key));
      this.#worlds.set(key, world);
    }
    return world;
  }
}
