import type { Fact } from '../analysis/facts.ts';
import type { World } from '../analysis/world.ts';
import type { Resource } from '../kubernetes/resource.ts';
import type { Operation, Place, Report, Rule } from '../rules/rule.ts';
import type { ParsedDocument } from '../syntax/parse.ts';
import { MapValue, Value } from '../syntax/values.ts';
import {
  changedScalars,
  counterpart,
  WatchedScalar,
  type WatchedTree,
  watchedTree,
} from '../syntax/watched-tree.ts';
import type { RawReport } from './rule-runner.ts';

/** Who reads: what all rules are given, the facts, and each rule. */
export class Readers {
  readonly #rules: ReadonlyMap<Rule, number>;

  constructor(rules: readonly Rule[]) {
    this.#rules = new Map(rules.map((rule, index) => [rule, index + FIRST_RULE]));
  }

  of(rule: Rule): number | undefined {
    return this.#rules.get(rule);
  }

  get count(): number {
    return this.#rules.size + FIRST_RULE;
  }
}

/** What every rule is given: kinds, names, labels. */
const ALL_RULES = 0;
const FACTS = 1;
const FIRST_RULE = 2;
const NOBODY = -1;

interface Known {
  readonly rule: Rule;
  readonly world: World;
  readonly reports: readonly RawReport[];
}

/** An inspection, as far as it is kept. */
interface Before {
  readonly watched?: WatchedReports | undefined;
  readonly resources: readonly Resource[];
  readonly facts: readonly Fact[];
}

/**
 * What rules say of a document, and which of its scalars each of them has looked at. Where only others have changed, a rule would say the same
 * again, at the same places of the tree: rules see values alone, and of the text nothing but what a value that they have read is written as.
 */
export class WatchedReports {
  readonly parsed: ParsedDocument;
  readonly #tree: WatchedTree;
  readonly #readers: Readers;
  /** For each scalar a bit for each reader. */
  readonly #reads: Uint32Array;
  readonly #words: number;
  readonly #known: (Known | undefined)[] = [];
  #reader = NOBODY;
  #isTakenOver = false;

  private constructor(parsed: ParsedDocument, root: Value, readers: Readers) {
    const tree = watchedTree(root, parsed.text, (scalar) => this.#note(scalar));
    if (tree === undefined) throw NOT_WATCHED;
    this.#tree = tree;
    this.parsed = { ...parsed, root: tree.root };
    this.#readers = readers;
    this.#words = (readers.count >> 5) + 1;
    this.#reads = new Uint32Array(this.#words * tree.scalars.length);
  }

  /** Watches a document; undefined for one in which a value stands at several places, or that cannot be read wholly. */
  static over(parsed: ParsedDocument, readers: Readers): WatchedReports | undefined {
    const { root, problems, anchors } = parsed;
    if (root === undefined || problems.length > 0 || anchors.length > 0) return undefined;
    try {
      return new WatchedReports(parsed, root, readers);
    } catch (error) {
      if (error === NOT_WATCHED) return undefined;
      throw error;
    }
  }

  #note(scalar: number): void {
    const reader = this.#reader;
    if (reader === NOBODY) return;
    const word = scalar * this.#words + (reader >> 5);
    this.#reads[word] = (this.#reads[word] ?? 0) | (1 << (reader & 31));
  }

  #noting<Result>(reader: number, work: () => Result): Result {
    const outer = this.#reader;
    this.#reader = reader;
    try {
      return work();
    } finally {
      this.#reader = outer;
    }
  }

  /** Notes what a rule reads. */
  noting<Result>(rule: Rule, work: () => Result): Result {
    return this.#noting(this.#readers.of(rule) ?? ALL_RULES, work);
  }

  /** Notes what is read for all rules. */
  notingForAll<Result>(work: () => Result): Result {
    return this.#noting(ALL_RULES, work);
  }

  notingForFacts<Result>(work: () => Result): Result {
    return this.#noting(FACTS, work);
  }

  keep(rule: Rule, world: World, reports: readonly RawReport[]): void {
    const reader = this.#readers.of(rule);
    // What reads whole documents sees comments, too.
    if (reader !== undefined && rule.document === undefined) this.#known[reader] = { rule, world, reports };
  }

  /** What a rule says in a world; undefined where it has to be asked. */
  reportsOf(rule: Rule, world: World): readonly RawReport[] | undefined {
    const known = this.#known[this.#readers.of(rule) ?? NOBODY];
    return known?.world === world ? known.reports : undefined;
  }

  /** The scalars that differ from those of another document; undefined when more than that does, or when rules are given something else. */
  #changesSince(before: WatchedReports): readonly number[] | undefined {
    if (before.#readers !== this.#readers || !haveSameComments(before.parsed, this.parsed)) return undefined;
    const changed = changedScalars(before.#tree, this.#tree);
    return changed?.some((scalar) => before.#isRead(scalar, ALL_RULES)) === false ? changed : undefined;
  }

  #isRead(scalar: number, reader: number): boolean {
    return (((this.#reads[scalar * this.#words + (reader >> 5)] ?? 0) >> (reader & 31)) & 1) === 1;
  }

  /**
   * Takes over what an edit has not changed.
   *
   * @param now the resources of this document
   * @returns the facts, where they are the same
   */
  takeOver(
    { watched: before, resources, facts }: Before,
    now: readonly Resource[],
  ): readonly Fact[] | undefined {
    const changed = before && this.#changesSince(before);
    if (before === undefined || changed === undefined) return undefined;
    this.#isTakenOver = true;
    this.#reads.set(before.#reads);
    const move: Move = { before: before.#tree, now: this.#tree, changed: new Set(changed) };
    const resourceOf = (resource: Resource) => now[resources.indexOf(resource)];
    for (const [reader, known] of before.#known.entries()) {
      if (known !== undefined && !before.#isAnyRead(changed, reader))
        this.#known[reader] = movedKnown(known, move, resourceOf);
    }
    return before.#isAnyRead(changed, FACTS) ? undefined : facts;
  }

  /** Whether most of what rules say is known from before. */
  get isTakenOver(): boolean {
    return this.#isTakenOver;
  }

  #isAnyRead(scalars: readonly number[], reader: number): boolean {
    return scalars.some((scalar) => this.#isRead(scalar, reader));
  }
}

/** What a rule would say now; undefined where that cannot be told. */
function movedKnown(
  known: Known,
  move: Move,
  resourceOf: (resource: Resource) => Resource | undefined,
): Known | undefined {
  if (known.reports.length === 0) return known;
  const reports: RawReport[] = [];
  for (const { rule, report, resource } of known.reports) {
    const moved = movedReport(report, move);
    const its = resource && resourceOf(resource);
    if (moved === undefined || (its === undefined && resource !== undefined)) return undefined;
    reports.push({ rule, report: moved, resource: its });
  }
  return { ...known, reports };
}

const NOT_WATCHED = new Error('not watched');

function haveSameComments(a: ParsedDocument, b: ParsedDocument): boolean {
  return (
    a.comments.length === b.comments.length &&
    a.comments.every(({ text }, index) => text === b.comments[index]?.text)
  );
}

/** From a tree to one with the same shape. */
interface Move {
  readonly before: WatchedTree;
  readonly now: WatchedTree;
  readonly changed: ReadonlySet<number>;
}

function movedReport(report: Report, move: Move): Report | undefined {
  const at = movedPlace(report.at, move);
  if (at === undefined || report.fixes?.some(({ operations }) => operations.some(isAboutText)) === true)
    return undefined;
  const { related } = report;
  if (related === undefined) return { ...report, at };
  const movedRelated = related.flatMap((one) => {
    const there = movedPlace(one.at, move);
    return there === undefined ? [] : [{ ...one, at: there }];
  });
  return movedRelated.length === related.length ? { ...report, at, related: movedRelated } : undefined;
}

/** Whether an operation speaks of a range of the document. */
function isAboutText({ op }: Operation): boolean {
  return op === 'replace-comment';
}

function movedPlace(at: Place, move: Move): Place | undefined {
  if (at instanceof Value) return counterpart(at, move.before, move.now);
  if ('key' in at) return movedKey(at, move);
  const { range, within } = at;
  if (!(within instanceof WatchedScalar) || move.changed.has(within.index)) return undefined;
  const moved = counterpart(within, move.before, move.now);
  if (moved === undefined || range.start < within.range.start || range.end > within.range.end)
    return undefined;
  const shift = moved.range.start - within.range.start;
  return { range: { start: range.start + shift, end: range.end + shift }, within: moved };
}

function movedKey({ key: entry }: Extract<Place, { key: unknown }>, move: Move): Place | undefined {
  const map = entry.value.parent;
  if (!(map instanceof MapValue) || map.entryOf(entry.key) !== entry) return undefined;
  const moved = counterpart(map, move.before, move.now);
  const key = moved instanceof MapValue ? moved.entryOf(entry.key) : undefined;
  return key && { key };
}
