import type { Fact } from '../analysis/facts.ts';
import { Checker, type CheckerOptions, type Inspection } from '../engine/checker.ts';
import type { Finding } from '../engine/finding.ts';
import type { Suppression } from '../engine/suppressions.ts';
import type { DocumentText, PlacedDocument } from '../syntax/documents.ts';
import { keepKnown, StableWorld, type Surroundings, WorldReader } from './stable-world.ts';
import { sameItems, saysTheSame } from './structural-equality.ts';

/** What checking one document gave. The same object as long as nothing that it depends on has changed. */
export interface DocumentResult {
  /** Absent for templates and for a document whose check failed. */
  readonly inspection: Inspection | undefined;
  readonly findings: readonly Finding[];
  /** What failed, by rule id; `document` when the document could not be checked at all. */
  readonly failures: readonly string[];
}

export interface CheckedDocument {
  readonly placed: PlacedDocument;
  readonly result: DocumentResult;
}

/** A file with its findings, as of one of its versions. */
export interface CheckedFile {
  readonly uri: string;
  readonly documents: readonly CheckedDocument[];
  readonly facts: readonly Fact[];
  readonly world: StableWorld;
}

/** Told of a rule (or of `document`) that failed. */
export type OnFailure = (name: string, error: unknown) => void;

/** A checker that says for each piece of work which rules failed in it. */
export class ContainedChecker {
  readonly checker: Checker;
  readonly #onFailure: OnFailure;
  #failures: string[] = [];

  constructor(options: Omit<CheckerOptions, 'onCrash'>, onFailure: OnFailure) {
    this.#onFailure = onFailure;
    this.checker = new Checker({ ...options, onCrash: (rule, error) => this.#fail(rule, error) });
  }

  /** Runs a piece of work; an error in it costs its result alone. */
  run<Result>(work: (checker: Checker) => Result): { result: Result | undefined; failures: string[] } {
    this.#failures = [];
    let result: Result | undefined;
    try {
      result = work(this.checker);
    } catch (error) {
      this.#fail('document', error);
    }
    return { result, failures: this.#failures };
  }

  #fail(name: string, error: unknown): void {
    if (!this.#failures.includes(name)) this.#failures.push(name);
    this.#onFailure(name, error);
  }
}

interface KnownInspection {
  readonly inspection: Inspection | undefined;
  readonly failures: readonly string[];
}

interface KnownResult {
  readonly result: DocumentResult;
  readonly reader: WorldReader;
  readonly fileSuppressions: readonly Suppression[];
}

const NOTHING: DocumentResult = { inspection: undefined, findings: [], failures: [] };

/** Checks one file again and again, at the cost of what has changed. */
export class FileChecker {
  readonly #checker: ContainedChecker;
  readonly #isSkipped: (inspection: Inspection) => boolean;
  readonly #inspections = new WeakMap<DocumentText, KnownInspection>();
  readonly #results = new WeakMap<DocumentText, KnownResult>();
  #facts: readonly Fact[] = [];
  #fileSuppressions: readonly Suppression[] = [];
  #surroundings: Surroundings | undefined;
  #world: StableWorld | undefined;

  /** @param isSkipped whether a document is no manifest by itself, such as a template */
  constructor(checker: ContainedChecker, isSkipped: (inspection: Inspection) => boolean) {
    this.#checker = checker;
    this.#isSkipped = isSkipped;
  }

  check(uri: string, documents: readonly PlacedDocument[], surroundings: Surroundings): CheckedFile {
    const inspections = documents.map(({ document }) => this.#inspect(document));
    const world = this.#worldWith(
      inspections.flatMap(({ inspection }) => inspection?.facts ?? []),
      surroundings,
    );
    const suppressions = inspections
      .flatMap(({ inspection }) => inspection?.suppressions ?? [])
      .filter(({ reach }) => reach === 'file');
    if (!sameSuppressions(this.#fileSuppressions, suppressions)) this.#fileSuppressions = suppressions;
    return {
      uri,
      documents: documents.map((placed, index) => ({
        placed,
        result: this.#result(placed.document, inspections[index], world),
      })),
      facts: this.#facts,
      world,
    };
  }

  #inspect(document: DocumentText): KnownInspection {
    let known = this.#inspections.get(document);
    if (known === undefined) {
      const { result, failures } = this.#checker.run((checker) => checker.inspect(document));
      const inspection = result !== undefined && this.#isSkipped(result) ? undefined : result;
      known = { inspection, failures };
      this.#inspections.set(document, known);
    }
    return known;
  }

  #worldWith(ownFacts: readonly Fact[], surroundings: Surroundings): StableWorld {
    const facts = keepKnown(this.#facts, ownFacts);
    if (this.#world === undefined || facts !== this.#facts || surroundings !== this.#surroundings) {
      this.#facts = facts;
      this.#surroundings = surroundings;
      this.#world = new StableWorld([...facts, ...surroundings.facts], surroundings.complete, this.#world);
    }
    return this.#world;
  }

  #result(document: DocumentText, known: KnownInspection | undefined, world: StableWorld): DocumentResult {
    if (known?.inspection === undefined) {
      return known === undefined || known.failures.length === 0
        ? NOTHING
        : { ...NOTHING, failures: known.failures };
    }
    const { inspection } = known;
    if (inspection.resources.length === 0 && inspection.reports.length === 0) return NOTHING;
    const before = this.#results.get(document);
    if (before?.fileSuppressions === this.#fileSuppressions && before.reader.wouldReadTheSame(world))
      return before.result;

    const reader = new WorldReader(world);
    const { result: findings = [], failures } = this.#checker.run((checker) =>
      checker.findings(inspection, reader, this.#fileSuppressions),
    );
    const result = { inspection, findings, failures: [...known.failures, ...failures] };
    this.#results.set(document, { result, reader, fileSuppressions: this.#fileSuppressions });
    return result;
  }
}

function sameSuppressions(before: readonly Suppression[], after: readonly Suppression[]): boolean {
  if (sameItems(before, after)) return true;
  // Where they stand in their document does not matter to the others.
  const said = (suppressions: readonly Suppression[]) =>
    suppressions.map(({ rules, until, reason }) => [rules, until, reason]);
  return saysTheSame(said(before), said(after));
}
