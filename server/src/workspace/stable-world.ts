import type { Fact } from '../analysis/facts.ts';
import { type FactOf, type FactType, groupBy, type KustomizeUse, type World } from '../analysis/world.ts';
import { saysTheSame } from './structural-equality.ts';

type Groups = ReadonlyMap<unknown, readonly Fact[]>;

const NONE: readonly never[] = [];

/**
 * The facts of a world, which answer with the very same list as those of before while nothing in that list has changed. What was computed from a
 * list is good as long as the list is.
 */
export class StableFacts {
  readonly #byType: Groups;
  /** By type and property. */
  readonly #indexes = new Map<string, Groups>();
  /** Of those of before, to be compared with when they are asked for again. */
  readonly #indexesBefore: ReadonlyMap<string, Groups>;

  constructor(facts: readonly Fact[], before?: StableFacts) {
    this.#byType = keepKnown(before === undefined ? undefined : before.#byType, groupBy(facts, 'type'));
    this.#indexesBefore =
      before === undefined ? new Map() : new Map([...before.#indexesBefore, ...before.#indexes]);
  }

  ofType<Type extends FactType>(type: Type): readonly FactOf<Type>[] {
    return (this.#byType.get(type) ?? NONE) as readonly FactOf<Type>[];
  }

  matching<Type extends FactType, Key extends keyof FactOf<Type>>(
    type: Type,
    key: Key,
    value: FactOf<Type>[Key],
  ): readonly FactOf<Type>[] {
    const name = `${type} ${String(key)}`;
    let index = this.#indexes.get(name);
    if (index === undefined) {
      index = keepKnown(this.#indexesBefore.get(name), groupBy(this.ofType(type), key));
      this.#indexes.set(name, index);
    }
    return (index.get(value) ?? NONE) as readonly FactOf<Type>[];
  }
}

/** How a file sees the facts that it shares with others. */
export interface View {
  readonly complete: boolean;
  readonly usedAs: KustomizeUse | undefined;
  /** Those that come before the others of their type, since they stand nearer. */
  readonly nearby: readonly Fact[];
}

/** The facts that files share, as one of them sees them. */
export class StableWorld implements World {
  readonly complete: boolean;
  readonly usedAs: KustomizeUse | undefined;
  readonly #facts: StableFacts;
  readonly #reordered: Groups;

  constructor(facts: StableFacts, { complete, usedAs, nearby }: View, before?: StableWorld) {
    this.#facts = facts;
    this.complete = complete;
    this.usedAs = usedAs;
    const groups = new Map<unknown, readonly Fact[]>();
    for (const [type, near] of groupBy(nearby, 'type')) {
      const others = facts.ofType(type as FactType).filter((fact) => !near.includes(fact));
      groups.set(type, [...near, ...others]);
    }
    this.#reordered = keepKnown(before === undefined ? undefined : before.#reordered, groups);
  }

  facts<Type extends FactType>(type: Type): readonly FactOf<Type>[] {
    return (this.#reordered.get(type) as readonly FactOf<Type>[] | undefined) ?? this.#facts.ofType(type);
  }

  matching<Type extends FactType, Key extends keyof FactOf<Type>>(
    type: Type,
    key: Key,
    value: FactOf<Type>[Key],
  ): readonly FactOf<Type>[] {
    return this.#facts.matching(type, key, value);
  }
}

/** Groups with the lists of before where they say the same. */
function keepKnown(before: Groups | undefined, after: Groups): Groups {
  if (before === undefined) return after;
  return new Map(
    [...after].map(([key, list]) => {
      const known = before.get(key);
      return [key, known !== undefined && saysTheSame(known, list) ? known : list];
    }),
  );
}

interface Read {
  readonly type: FactType;
  /** Absent when all facts of the type were read. */
  readonly key?: string;
  readonly value?: unknown;
  readonly list: readonly Fact[];
}

/** What was read of a world. Holds the lists alone, so that worlds of the past can go. */
export class WorldReads {
  readonly #lists: Read[] = [];
  #complete: boolean | undefined;
  #use: { readonly usedAs: KustomizeUse | undefined } | undefined;

  add(read: Read): void {
    const isKnown = this.#lists.some(
      ({ type, key, value }) => type === read.type && key === read.key && value === read.value,
    );
    if (!isKnown) this.#lists.push(read);
  }

  addComplete(complete: boolean): void {
    this.#complete = complete;
  }

  addUse(usedAs: KustomizeUse | undefined): void {
    this.#use = { usedAs };
  }

  get types(): ReadonlySet<FactType> {
    const types = new Set(this.#lists.map(({ type }) => type));
    if (this.#use !== undefined) types.add('kustomization');
    return types;
  }

  /** Whether it mattered that everything is in view. */
  get includesComplete(): boolean {
    return this.#complete !== undefined;
  }

  /** Whether a world would have answered the same. */
  holdIn(world: World): boolean {
    if (this.#complete !== undefined && this.#complete !== world.complete) return false;
    if (this.#use !== undefined && this.#use.usedAs !== world.usedAs) return false;
    return this.#lists.every(({ type, key, value, list }) => {
      const now = key === undefined ? world.facts(type) : world.matching(type, key as never, value as never);
      return now === list;
    });
  }
}

/** A world that remembers what is read of it. */
export class WorldReader implements World {
  readonly reads = new WorldReads();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  get complete(): boolean {
    const { complete } = this.#world;
    this.reads.addComplete(complete);
    return complete;
  }

  get usedAs(): KustomizeUse | undefined {
    const { usedAs } = this.#world;
    this.reads.addUse(usedAs);
    return usedAs;
  }

  facts<Type extends FactType>(type: Type): readonly FactOf<Type>[] {
    const list = this.#world.facts(type);
    this.reads.add({ type, list });
    return list;
  }

  matching<Type extends FactType, Key extends keyof FactOf<Type>>(
    type: Type,
    key: Key,
    value: FactOf<Type>[Key],
  ): readonly FactOf<Type>[] {
    const list = this.#world.matching(type, key, value);
    this.reads.add({ type, key: String(key), value, list });
    return list;
  }
}
