import type { Fact } from '../analysis/facts.ts';
import {
  type Derivation,
  type FactOf,
  type FactType,
  groupBy,
  type KeyValue,
  type KustomizeUse,
  type World,
} from '../analysis/world.ts';
import { saysTheSame } from './structural-equality.ts';

type Groups = ReadonlyMap<unknown, readonly Fact[]>;

const NONE: readonly never[] = [];

/**
 * The facts of a world, which answer with the very same list as those of before while nothing in that list has changed. What was computed from a
 * list is good as long as the list is.
 */
export class StableFacts {
  readonly #byType: ReadonlyMap<unknown, FactsOfType>;

  constructor(facts: readonly Fact[], before?: StableFacts) {
    this.#byType = new Map(
      [...groupBy(facts, 'type')].map(([type, list]) => {
        const known = before === undefined ? undefined : before.#byType.get(type);
        return [
          type,
          known !== undefined && saysTheSame(known.list, list) ? known : new FactsOfType(list, known),
        ];
      }),
    );
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

/** The facts of a type, by those of their properties that somebody asks for. */
class FactsOfType {
  readonly list: readonly Fact[];
  readonly #indexes = new Map<PropertyKey, Groups>();
  /** Of the list of before, to be compared with when they are asked for again. */
  readonly #indexesBefore: ReadonlyMap<PropertyKey, Groups>;

  constructor(list: readonly Fact[], before: FactsOfType | undefined) {
    this.list = list;
    this.#indexesBefore =
      before === undefined ? new Map() : new Map([...before.#indexesBefore, ...before.#indexes]);
  }

  matching(key: PropertyKey, value: unknown): readonly Fact[] | undefined {
    let index = this.#indexes.get(key);
    if (index === undefined) {
      index = keepKnown(this.#indexesBefore.get(key), groupBy(this.list, key));
      this.#indexes.set(key, index);
    }
    return index.get(value);
  }
}

/** How a file sees the facts that it shares with others. */
export interface View {
  readonly complete: boolean;
  readonly usedAs: KustomizeUse | undefined;
  readonly namespace: string | undefined;
  /** Those that come before the others of their type, since they stand nearer. */
  readonly nearby: readonly Fact[];
}

/** A world that knows what its derived results depend on. */
export interface TraceableWorld extends World {
  /** The types of the facts that a derivation has read. */
  typesBehind(derivation: Derivation<unknown>): ReadonlySet<FactType>;
}

/** The facts that files share, as one of them sees them. */
export class StableWorld implements TraceableWorld {
  readonly complete: boolean;
  readonly usedAs: KustomizeUse | undefined;
  readonly namespace: string | undefined;
  readonly #facts: StableFacts;
  readonly #reordered: Groups;
  readonly #derived = new Map<Derivation<unknown>, Derived>();
  readonly #derivedBefore: ReadonlyMap<Derivation<unknown>, Derived>;

  constructor(facts: StableFacts, { complete, usedAs, namespace, nearby }: View, before?: StableWorld) {
    this.#facts = facts;
    this.#derivedBefore =
      before === undefined ? new Map() : new Map([...before.#derivedBefore, ...before.#derived]);
    this.complete = complete;
    this.usedAs = usedAs;
    this.namespace = namespace;
    const groups = new Map<unknown, readonly Fact[]>();
    for (const [type, near] of groupBy(nearby, 'type')) {
      const others = facts.ofType(type as FactType).filter((fact) => !near.includes(fact));
      groups.set(type, [...near, ...others]);
    }
    this.#reordered = keepKnown(before === undefined ? undefined : before.#reordered, groups);
  }

  /** Whether another world answers every question about a type with the same lists. */
  answersAs(other: StableWorld, type: FactType): boolean {
    return this.facts(type) === other.facts(type) && this.#facts.ofType(type) === other.#facts.ofType(type);
  }

  facts<Type extends FactType>(type: Type): readonly FactOf<Type>[] {
    return (this.#reordered.get(type) as readonly FactOf<Type>[] | undefined) ?? this.#facts.ofType(type);
  }

  matching<Type extends FactType, Key extends keyof FactOf<Type>>(
    type: Type,
    key: Key,
    value: KeyValue<FactOf<Type>[Key]>,
  ): readonly FactOf<Type>[] {
    return this.#facts.matching(type, key, value);
  }

  derived<Result>(derivation: Derivation<Result>): Result {
    return this.#derivedBy(derivation).result as Result;
  }

  typesBehind(derivation: Derivation<unknown>): ReadonlySet<FactType> {
    return this.#derivedBy(derivation).reads.types;
  }

  #derivedBy(derivation: Derivation<unknown>): Derived {
    let known = this.#derived.get(derivation);
    if (known === undefined) {
      const before = this.#derivedBefore.get(derivation);
      known = before?.reads.holdIn(this) === true ? before : this.#derive(derivation, before);
      this.#derived.set(derivation, known);
    }
    return known;
  }

  #derive(derivation: Derivation<unknown>, before: Derived | undefined): Derived {
    const reader = new WorldReader(this);
    const result = derivation(reader);
    const isSame = before !== undefined && saysTheSame(before.result, result);
    return { result: isSame ? before.result : result, reads: reader.reads };
  }
}

/** A result, and what it was computed from. */
interface Derived {
  readonly result: unknown;
  readonly reads: WorldReads;
}

/** The types about which two worlds answer with other lists; undefined when they may differ in more than that. */
export function differingTypes(
  before: World | undefined,
  after: World,
  types: Iterable<FactType>,
): ReadonlySet<FactType> | undefined {
  if (!(before instanceof StableWorld && after instanceof StableWorld)) return undefined;
  if (before.complete !== after.complete || before.usedAs !== after.usedAs) return undefined;
  if (before.namespace !== after.namespace) return undefined;
  return new Set([...types].filter((type) => !before.answersAs(after, type)));
}

/** Puts the lists of before into groups that have just been made, where they say the same. */
function keepKnown(before: Groups | undefined, after: Map<unknown, readonly Fact[]>): Groups {
  if (before === undefined) return after;
  for (const [key, list] of after) {
    const known = before.get(key);
    if (known !== undefined && saysTheSame(known, list)) after.set(key, known);
  }
  return after;
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
  readonly #derived = new Map<Derivation<unknown>, { result: unknown; types: ReadonlySet<FactType> }>();
  #complete: boolean | undefined;
  #use: { readonly usedAs: KustomizeUse | undefined } | undefined;
  #target: { readonly namespace: string | undefined } | undefined;

  add(read: Read): void {
    const isKnown = this.#lists.some(
      ({ type, key, value }) => type === read.type && key === read.key && value === read.value,
    );
    if (!isKnown) this.#lists.push(read);
  }

  addDerived(derivation: Derivation<unknown>, result: unknown, types: ReadonlySet<FactType>): void {
    this.#derived.set(derivation, { result, types });
  }

  addComplete(complete: boolean): void {
    this.#complete = complete;
  }

  addUse(usedAs: KustomizeUse | undefined): void {
    this.#use = { usedAs };
  }

  addNamespace(namespace: string | undefined): void {
    this.#target = { namespace };
  }

  get types(): ReadonlySet<FactType> {
    const types = new Set(this.#lists.map(({ type }) => type));
    if (this.#use !== undefined) types.add('kustomization');
    if (this.#target !== undefined) types.add('application');
    for (const derived of this.#derived.values()) for (const type of derived.types) types.add(type);
    return types;
  }

  /** Whether it mattered that everything is in view. */
  get includesComplete(): boolean {
    return this.#complete !== undefined;
  }

  /**
   * Whether a world would have answered the same.
   *
   * @param changed the only types about which it can answer otherwise; absent when that is not known
   */
  holdIn(world: World, changed?: ReadonlySet<FactType>): boolean {
    if (this.#complete !== undefined && this.#complete !== world.complete) return false;
    if (this.#use !== undefined && this.#use.usedAs !== world.usedAs) return false;
    if (this.#target !== undefined && this.#target.namespace !== world.namespace) return false;
    for (const [derivation, { result }] of this.#derived)
      if (world.derived(derivation) !== result) return false;
    return this.#lists.every(({ type, key, value, list }) => {
      if (changed?.has(type) === false) return true;
      const now = key === undefined ? world.facts(type) : world.matching(type, key as never, value as never);
      return now === list;
    });
  }
}

/** A world that remembers what is read of it. */
export class WorldReader implements TraceableWorld {
  readonly reads = new WorldReads();
  readonly #world: TraceableWorld;

  constructor(world: TraceableWorld) {
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

  get namespace(): string | undefined {
    const { namespace } = this.#world;
    this.reads.addNamespace(namespace);
    return namespace;
  }

  facts<Type extends FactType>(type: Type): readonly FactOf<Type>[] {
    const list = this.#world.facts(type);
    this.reads.add({ type, list });
    return list;
  }

  matching<Type extends FactType, Key extends keyof FactOf<Type>>(
    type: Type,
    key: Key,
    value: KeyValue<FactOf<Type>[Key]>,
  ): readonly FactOf<Type>[] {
    const list = this.#world.matching(type, key, value);
    this.reads.add({ type, key: String(key), value, list });
    return list;
  }

  derived<Result>(derivation: Derivation<Result>): Result {
    const result = this.#world.derived(derivation);
    this.reads.addDerived(derivation, result, this.typesBehind(derivation));
    return result;
  }

  typesBehind(derivation: Derivation<unknown>): ReadonlySet<FactType> {
    return this.#world.typesBehind(derivation);
  }
}
