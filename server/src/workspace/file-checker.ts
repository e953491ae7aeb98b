import type { Fact } from '../analysis/facts.ts';
import { Checker, type CheckerOptions, type Inspection } from '../engine/checker.ts';
import type { Finding } from '../engine/finding.ts';
import type { Suppression } from '../engine/suppressions.ts';
import type { DocumentText, PlacedDocument } from '../syntax/documents.ts';
import { StableWorld, type Surroundings, WorldReader } from './stable-world.ts';
import { saysTheSame } from './structural-equality.ts';

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

/** What the documents of a file say to each other. */
interface Context {
  readonly surroundings: Surroundings;
  readonly facts: readonly Fact[];
  readonly world: StableWorld;
  readonly fileSuppressions: readonly Suppression[];
}

const NOTHING: DocumentResult = { inspection: undefined, findings: [], failures: [] };

/** Checks one file again and again, at the cost of what has changed. */
export class FileChecker {
  readonly #checker: ContainedChecker;
  readonly #isSkipped: (inspection: Inspection) => boolean;
  readonly #inspections = new WeakMap<DocumentText, KnownInspection>();
  readonly #results = new WeakMap<DocumentText, KnownResult>();
  #context: Context | undefined;
  #last: readonly CheckedDocument[] = [];

  /** @param isSkipped whether a document is no manifest by itself, such as a template */
  constructor(checker: ContainedChecker, isSkipped: (inspection: Inspection) => boolean) {
    this.#checker = checker;
    this.#isSkipped = isSkipped;
  }

  check(uri: string, documents: readonly PlacedDocument[], surroundings: Surroundings): CheckedFile {
    const before = this.#context;
    const context = this.#contextFor(documents, surroundings);
    const kept = context === before ? this.#keptAround(documents) : { start: 0, end: 0 };
    const shift = this.#last.length - documents.length;
    this.#context = context;
    this.#last = documents.map((placed, index) => {
      const isKept = index < kept.start || index >= documents.length - kept.end;
      const known = isKept ? this.#last[index < kept.start ? index : index + shift] : undefined;
      return { placed, result: known?.result ?? this.#result(placed.document, context) };
    });
    return { uri, documents: this.#last, facts: context.facts, world: context.world };
  }

  /** How many documents at the start and at the end of the file are those of the last check. */
  #keptAround(documents: readonly PlacedDocument[]): { start: number; end: number } {
    const last = this.#last;
    const most = Math.min(documents.length, last.length);
    let start = 0;
    while (start < most && documents[start]?.document === last[start]?.placed.document) start++;
    let end = 0;
    while (
      end < most - start &&
      documents[documents.length - 1 - end]?.document === last[last.length - 1 - end]?.placed.document
    ) {
      end++;
    }
    return { start, end };
  }

  /** The context of before, when nothing in it has changed: most edits change no fact. */
  #contextFor(documents: readonly PlacedDocument[], surroundings: Surroundings): Context {
    const before = this.#context;
    if (before?.surroundings === surroundings) {
      const { start, end } = this.#keptAround(documents);
      const stale = this.#last.slice(start, this.#last.length - end).map(({ placed }) => placed);
      const fresh = documents.slice(start, documents.length - end);
      const sayTheSame =
        saysTheSame(this.#factsIn(stale), this.#factsIn(fresh)) &&
        saysTheSame(said(this.#fileSuppressionsIn(stale)), said(this.#fileSuppressionsIn(fresh)));
      if (sayTheSame) return before;
    }
    const facts = this.#factsIn(documents);
    const fileSuppressions = this.#fileSuppressionsIn(documents);
    const world = new StableWorld([...facts, ...surroundings.facts], surroundings.complete, before?.world);
    const known = before?.fileSuppressions ?? [];
    const isKnown = saysTheSame(said(known), said(fileSuppressions));
    return { surroundings, facts, world, fileSuppressions: isKnown ? known : fileSuppressions };
  }

  #factsIn(documents: readonly PlacedDocument[]): Fact[] {
    return documents.flatMap(({ document }) => this.#inspect(document).inspection?.facts ?? []);
  }

  #fileSuppressionsIn(documents: readonly PlacedDocument[]): Suppression[] {
    return documents
      .flatMap(({ document }) => this.#inspect(document).inspection?.suppressions ?? [])
      .filter(({ reach }) => reach === 'file');
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

  #result(document: DocumentText, { world, fileSuppressions }: Context): DocumentResult {
    const { inspection, failures: inspectionFailures } = this.#inspect(document);
    const before = this.#results.get(document);
    if (before?.fileSuppressions === fileSuppressions && before.reader.wouldReadTheSame(world))
      return before.result;
    if (inspection === undefined || (inspection.resources.length === 0 && inspection.reports.length === 0)) {
      return inspectionFailures.length === 0 ? NOTHING : { ...NOTHING, failures: inspectionFailures };
    }
    const reader = new WorldReader(world);
    const { result: findings = [], failures } = this.#checker.run((checker) =>
      checker.findings(inspection, reader, fileSuppressions),
    );
    const result = { inspection, findings, failures: [...inspectionFailures, ...failures] };
    this.#results.set(document, { result, reader, fileSuppressions });
    return result;
  }
}

/** What suppressions say to other documents; where they stand in their own does not matter to those. */
function said(suppressions: readonly Suppression[]): unknown {
  return suppressions.map(({ rules, until, reason }) => [rules, until, reason]);
}
