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
   * @param own the file's facts, when they are newer than those that were set
   */
  worldOf(file: string, own: readonly Fact[] = this.#byFile.get(file) ?? []): World {
    const known = new Set(this.#byFile.get(file));
    return {
      complete: this.#complete,
      facts: <Type extends Fact['type']>(type: Type) => {
        const ofType = own.filter((fact) => fact.type === type);
        const all = this.#all(type);
        const others = ofType.length === 0 && known.size === 0 ? all : all.filter((fact) => !known.has(fact));
        return (ofType.length === 0 ? others : [...ofType, ...others]) as Extract<Fact, { type: Type }>[];
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
