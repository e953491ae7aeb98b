import type { Fact } from '../analysis/facts.ts';
import { type FactOf, type FactType, groupBy, type KeyValue } from '../analysis/world.ts';
import { freshOf, keptIn } from './kept-documents.ts';
import { saysTheSame } from './structural-equality.ts';

type FactLists = ReadonlyMap<unknown, readonly Fact[]>;

/** Facts that have taken the place of others. */
export interface Replacement {
  readonly before: readonly Fact[];
  readonly after: readonly Fact[];
}

const NONE: readonly never[] = [];

/**
 * The facts of a world, which answer with the very same list as those of before while nothing in that list has changed. What was computed from a
 * list is good as long as the list is.
 */
export class StableFacts {
  readonly #byType: ReadonlyMap<unknown, FactsOfType>;

  private constructor(byType: ReadonlyMap<unknown, FactsOfType>) {
    this.#byType = byType;
  }

  static of(facts: readonly Fact[], before?: StableFacts): StableFacts {
    const known: ReadonlyMap<unknown, FactsOfType> = before === undefined ? new Map() : before.#byType;
    return new StableFacts(
      new Map(
        [...groupBy(facts, 'type')].map(([type, list]) => [
          type,
          known.get(type)?.after(list) ?? new FactsOfType(list),
        ]),
      ),
    );
  }

  /**
   * The same with other facts in the place of some that follow each other, such as those of a file. Costs nothing for types of which there are neither.
   * @returns undefined when it is not known where their place is
   */
  with({ before, after }: Replacement): StableFacts | undefined {
    const kept = keptIn(before, after);
    const gone = groupBy(freshOf(before, kept), 'type');
    const fresh = groupBy(freshOf(after, kept), 'type');
    const byType = new Map(this.#byType);
    for (const type of new Set([...gone.keys(), ...fresh.keys()])) {
      const known = byType.get(type);
      if (known === undefined) return undefined;
      const list = replaced(known.list, gone.get(type) ?? NONE, fresh.get(type) ?? NONE);
      if (list === undefined) return undefined;
      byType.set(type, known.after(list));
    }
    return new StableFacts(byType);
  }

  ofType<Type extends FactType>(type: Type): readonly FactOf<Type>[] {
    return (this.#byType.get(type)?.list ?? NONE) as readonly FactOf<Type>[];
  }

  matching<Type extends FactType, Key extends keyof FactOf<Type>>(
    type: Type,
    key: Key,
    value: KeyValue<FactOf<Type>[Key]>,
  ): readonly FactOf<Type>[] {
    return (this.#byType.get(type)?.matching(key, value) ?? NONE) as readonly FactOf<Type>[];
  }
}

/** The facts of a type, by those of their properties that somebody has asked for. */
class FactsOfType {
  readonly list: readonly Fact[];
  readonly #indexes: Map<PropertyKey, Groups>;

  constructor(list: readonly Fact[], indexes = new Map<PropertyKey, Groups>()) {
    this.list = list;
    this.#indexes = indexes;
  }

  matching(key: PropertyKey, value: unknown): readonly Fact[] {
    let index = this.#indexes.get(key);
    if (index === undefined) {
      index = new Groups(groupBy(this.list, key));
      this.#indexes.set(key, index);
    }
    return index.get(value);
  }

  /** What takes the place of these when the facts of the type have become a list. Costs little when most of them are the same. */
  after(list: readonly Fact[]): FactsOfType {
    const kept = keptIn(this.list, list);
    const change = { list, gone: freshOf(this.list, kept), fresh: freshOf(list, kept) };
    if (saysTheSame(change.gone, change.fresh)) return this;
    const indexes = [...this.#indexes].map(([key, groups]) => [key, groups.after(key, change)] as const);
    return new FactsOfType(list, new Map(indexes));
  }
}

/** A list of facts, and those by which it differs from the one before: in each, they follow each other. */
interface Change {
  readonly list: readonly Fact[];
  readonly gone: readonly Fact[];
  readonly fresh: readonly Fact[];
}

/** So many groups may differ from those that were made at once. */
const MOST_DIFFERENT = 100;

/** The facts of a type by the values of one of their properties. */
class Groups {
  readonly #made: FactLists;
  /** What has taken the place of some of them. */
  readonly #others: FactLists;

  constructor(made: FactLists, others: FactLists = new Map()) {
    this.#made = made;
    this.#others = others;
  }

  get(value: unknown): readonly Fact[] {
    return this.#others.get(value) ?? this.#made.get(value) ?? NONE;
  }

  /** The same lists but for those that say something else after a change. */
  after(key: PropertyKey, change: Change): Groups {
    const [gone, fresh] = [groupBy(change.gone, key), groupBy(change.fresh, key)];
    let anew: FactLists | undefined;
    const others = new Map(this.#others);
    for (const value of new Set([...gone.keys(), ...fresh.keys()])) {
      const before = this.get(value);
      let after = replaced(before, gone.get(value) ?? NONE, fresh.get(value) ?? NONE);
      if (after === undefined) {
        anew ??= groupBy(change.list, key);
        after = anew.get(value) ?? NONE;
      }
      if (!saysTheSame(before, after)) others.set(value, after);
    }
    if (others.size <= MOST_DIFFERENT) return new Groups(this.#made, others);
    return new Groups(new Map([...this.#made, ...others].filter(([, { length }]) => length > 0)));
  }
}

/** A list with some facts in the place of others; undefined when it does not tell where that is. */
function replaced(
  list: readonly Fact[],
  gone: readonly Fact[],
  fresh: readonly Fact[],
): readonly Fact[] | undefined {
  if (list.length === gone.length) return fresh;
  const [first] = gone;
  const at = first === undefined ? -1 : list.indexOf(first);
  // Documents with the same text have the same facts.
  if (first === undefined || at === -1 || list.lastIndexOf(first) !== at) return undefined;
  return list.slice(0, at).concat(fresh, list.slice(at + gone.length));
}
