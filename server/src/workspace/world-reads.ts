import type { Fact } from '../analysis/facts.ts';
import type { Derivation, FactOf, FactType, KeyValue, KustomizeUse, World } from '../analysis/world.ts';

/** A world that knows what its derived results depend on. */
export interface TraceableWorld extends World {
  /** The types of the facts that a derivation has read. */
  typesBehind(derivation: Derivation<unknown>): ReadonlySet<FactType>;
}

/** A type about which two worlds may answer otherwise, and the facts of it that are in one of them alone. */
export interface Difference {
  readonly type: FactType;
  readonly facts: readonly Fact[];
}

interface Read {
  readonly type: FactType;
  /** Absent when all facts of the type were read. */
  readonly key?: string;
  readonly value?: unknown;
  readonly list: readonly Fact[];
}

interface DerivedRead {
  readonly derivation: Derivation<unknown>;
  readonly result: unknown;
  readonly types: ReadonlySet<FactType>;
}

/** What was read of a world. Holds the lists alone, so that worlds of the past can go. */
export class WorldReads {
  readonly #lists = new Map<FactType, Read[]>();
  readonly #derived: DerivedRead[] = [];
  #complete: boolean | undefined;
  #use: { readonly usedAs: KustomizeUse | undefined } | undefined;
  #target: { readonly namespace: string | undefined } | undefined;

  add(read: Read): void {
    const known = this.#lists.get(read.type);
    if (known === undefined) this.#lists.set(read.type, [read]);
    else if (!known.some(({ key, value }) => key === read.key && value === read.value)) known.push(read);
  }

  addDerived(read: DerivedRead): void {
    if (!this.#derived.some(({ derivation }) => derivation === read.derivation)) this.#derived.push(read);
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
    const types = new Set(this.#lists.keys());
    if (this.#use !== undefined) types.add('kustomization');
    if (this.#target !== undefined) types.add('application');
    for (const derived of this.#derived) for (const type of derived.types) types.add(type);
    return types;
  }

  /** The same without the facts. */
  get compact(): CompactReads {
    const asked = [...this.#lists.values()].flatMap((reads) =>
      reads.map(({ type, key, value }) => questionOf(type, key, value)),
    );
    return new CompactReads(Uint32Array.from(asked), this.#derived);
  }

  /** Whether it mattered that everything is in view. */
  get includesComplete(): boolean {
    return this.#complete !== undefined;
  }

  /**
   * Whether a world would have answered the same.
   *
   * @param differences to a world that would have; absent when they are not known
   */
  holdIn(world: World, differences?: readonly Difference[]): boolean {
    if (this.#complete !== undefined && this.#complete !== world.complete) return false;
    if (this.#use !== undefined && this.#use.usedAs !== world.usedAs) return false;
    if (this.#target !== undefined && this.#target.namespace !== world.namespace) return false;
    // Plain loops: after most edits of a name, all documents of the file are asked.
    for (const { derivation, result } of this.#derived)
      if (world.derived(derivation) !== result) return false;
    if (differences === undefined) {
      for (const reads of this.#lists.values())
        for (const read of reads) if (!isAnsweredAlike(read, world)) return false;
      return true;
    }
    for (const { type, facts } of differences) {
      const reads = this.#lists.get(type);
      if (reads === undefined) continue;
      for (const read of reads) if (concerns(read, facts) && !isAnsweredAlike(read, world)) return false;
    }
    return true;
  }
}

/** What was read of a world, for those who keep it of thousands of files: questions as numbers of 32 bits, and no facts. */
export class CompactReads {
  readonly #questions: Uint32Array;
  readonly #derived: readonly DerivedRead[];

  constructor(questions: Uint32Array, derived: readonly DerivedRead[]) {
    this.#questions = questions;
    this.#derived = derived;
  }

  /**
   * Whether a world still answers the same.
   *
   * @param changed the questions that facts which have come or gone since are an answer to
   */
  holdIn(world: () => World, changed: ReadonlySet<number>): boolean {
    for (const question of this.#questions) if (changed.has(question)) return false;
    return this.#derived.every(
      ({ derivation, result, types }) =>
        ![...types].some((type) => changed.has(questionOf(type))) || world().derived(derivation) === result,
    );
  }
}

/** All questions that facts are an answer to, as numbers. Two may have the same, which costs nothing but another look. */
export function questionsAbout(facts: readonly Fact[]): Set<number> {
  const questions = new Set<number>();
  for (const fact of facts) {
    questions.add(questionOf(fact.type));
    for (const [key, value] of Object.entries(fact)) {
      const values: readonly unknown[] = Array.isArray(value) ? value : [value];
      for (const each of values) questions.add(questionOf(fact.type, key, each));
    }
  }
  return questions;
}

/** @param key absent: all facts of the type */
function questionOf(type: FactType, key?: string, value?: unknown): number {
  return hashOf(key === undefined ? type : `${type} ${key} ${String(value)}`);
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

function isAnsweredAlike({ type, key, value, list }: Read, world: World): boolean {
  const now = key === undefined ? world.facts(type) : world.matching(type, key as never, value as never);
  return now === list;
}

/** Whether facts that come or go may change what was read. */
function concerns({ key, value }: Read, facts: readonly Fact[]): boolean {
  if (key === undefined) return true;
  for (const fact of facts) {
    const own: unknown = fact[key as keyof Fact];
    if (own === value || (Array.isArray(own) && own.includes(value))) return true;
  }
  return false;
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
    this.reads.addDerived({ derivation, result, types: this.typesBehind(derivation) });
    return result;
  }

  typesBehind(derivation: Derivation<unknown>): ReadonlySet<FactType> {
    return this.#world.typesBehind(derivation);
  }
}
