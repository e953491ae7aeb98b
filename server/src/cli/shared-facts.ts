import type { Fact } from '../analysis/facts.ts';
import type { World } from '../analysis/world.ts';

/** The facts of all files of a run, and the world as each file sees it. */
export class SharedFacts {
  readonly #byFile = new Map<string, readonly Fact[]>();
  readonly #complete: boolean;
  #byType = new Map<Fact['type'], readonly Fact[]>();

  /** @param complete whether everything that deploys together is among the files */
  constructor(complete: boolean) {
    this.#complete = complete;
  }

  set(file: string, facts: readonly Fact[]): void {
    this.#byFile.set(file, facts);
    this.#byType = new Map();
  }

  /**
   * The world around a file: its own facts first, so that of two objects with one name it sees its own.
   *
   * @param own the file's facts, which may be newer than those that were set
   */
  worldOf(file: string, own: readonly Fact[]): World {
    const known = new Set(this.#byFile.get(file));
    const lists = new Map<Fact['type'], readonly Fact[]>();
    const listOf = (type: Fact['type']) => {
      const others = this.#all(type);
      const isOwn = (fact: Fact) => fact.type === type;
      if (known.size === 0 && own.length === 0) return others;
      return [...own.filter(isOwn), ...others.filter((fact) => !known.has(fact))];
    };
    return {
      complete: this.#complete,
      facts: <Type extends Fact['type']>(type: Type) => {
        const list = lists.get(type) ?? listOf(type);
        lists.set(type, list);
        return list as readonly Extract<Fact, { type: Type }>[];
      },
    };
  }

  #all(type: Fact['type']): readonly Fact[] {
    let facts = this.#byType.get(type);
    if (facts === undefined) {
      facts = [...this.#byFile.values()].flat().filter((fact) => fact.type === type);
      this.#byType.set(type, facts);
    }
    return facts;
  }
}
