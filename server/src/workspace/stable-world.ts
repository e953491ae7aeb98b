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
import { freshOf, keptIn } from './kept-documents.ts';
import type { StableFacts } from './stable-facts.ts';
import { saysTheSame } from './structural-equality.ts';
import { type Difference, type TraceableWorld, WorldReader, type WorldReads } from './world-reads.ts';

type Groups = ReadonlyMap<unknown, readonly Fact[]>;

/** How a file sees the facts that it shares with others. */
export interface View {
  readonly complete: boolean;
  readonly usedAs: KustomizeUse | undefined;
  readonly namespace: string | undefined;
  /** Those that come before the others of their type, since they stand nearer. */
  readonly nearby: readonly Fact[];
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
      // Facts that say the same may be of an earlier version of their file.
      const isNear = (fact: Fact) => near.some((one) => saysTheSame(one, fact));
      const others = facts.ofType(type as FactType).filter((fact) => !isNear(fact));
      groups.set(type, [...near, ...others]);
    }
    this.#reordered = keepKnown(before === undefined ? undefined : before.#reordered, groups);
  }

  /** How a world of before differs in what it says about a type; undefined where it answers every question with the same lists. */
  differenceIn(type: FactType, before: StableWorld): Difference | undefined {
    const [was, is] = [before.#facts.ofType(type), this.#facts.ofType(type)];
    if (was === is && before.facts(type) === this.facts(type)) return undefined;
    const kept = keptIn<Fact>(was, is);
    return { type, facts: [...freshOf(was, kept), ...freshOf(is, kept)] };
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

/** How two worlds differ in what they say about types; undefined when they may differ in more than that. */
export function differencesIn(
  types: Iterable<FactType>,
  before: World | undefined,
  after: World,
): readonly Difference[] | undefined {
  if (!(before instanceof StableWorld && after instanceof StableWorld)) return undefined;
  if (before.complete !== after.complete || before.usedAs !== after.usedAs) return undefined;
  if (before.namespace !== after.namespace) return undefined;
  return [...types].flatMap((type) => after.differenceIn(type, before) ?? []);
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
