import type { Fact } from '../analysis/facts.ts';
import { type DocumentNames, NO_NAMES, namesOfDocument } from '../analysis/names/index.ts';
import type { FactType } from '../analysis/world.ts';
import type { Finding } from '../engine/finding.ts';
import type { DocumentRole } from '../engine/subject.ts';
import type { Suppression } from '../engine/suppressions.ts';
import type { DocumentText, PlacedDocument } from '../syntax/documents.ts';
import type { LinePosition } from '../syntax/lines.ts';
import { type ParsedDocument, parseDocument } from '../syntax/parse.ts';
import type { ContainedChecker } from './contained-checker.ts';
import type { FileFacts } from './file-facts.ts';
import { FileNames, type NamesInFile } from './file-names.ts';
import { freshOf, type Kept, keptAround, withFresh } from './kept-documents.ts';
import { RecentInspections } from './recent-inspections.ts';
import { differencesIn } from './stable-world.ts';
import { saysTheSame } from './structural-equality.ts';
import { type TraceableWorld, WorldReader, type WorldReads } from './world-reads.ts';

/** What checking one document gave. The same object as long as nothing that it depends on has changed. */
export interface DocumentResult {
  readonly findings: readonly Finding[];
  /** What failed, by rule id; `document` when the document could not be checked at all. */
  readonly failures: readonly string[];
  /** Of findings that documents which nobody typed have: what explains them, in any file. */
  readonly elsewhere?: ReadonlyMap<Finding, readonly ElsewherePlace[]>;
}

/** A place in some file that explains a finding. */
export interface ElsewherePlace {
  readonly uri: string;
  readonly start: LinePosition;
  readonly end: LinePosition;
  readonly message: string;
}

export interface CheckedDocument {
  readonly placed: PlacedDocument;
  readonly result: DocumentResult;
}

/** A file with its findings, as of one of its versions. */
export interface CheckedFile {
  readonly uri: string;
  readonly documents: readonly CheckedDocument[];
}

/** What a document says by itself. */
interface KnownDocument {
  readonly document: DocumentText;
  readonly isSkipped: boolean;
  readonly facts: readonly Fact[];
  readonly fileSuppressions: readonly Suppression[];
  readonly canHaveFindings: boolean;
  readonly failures: readonly string[];
  /** What checking it gave last. */
  result: KnownResult | undefined;
}

interface KnownResult {
  readonly result: DocumentResult;
  readonly reads: WorldReads;
  readonly fileSuppressions: readonly Suppression[];
}

/** What the documents of a file say to each other and to other files. The same lists as long as they say the same. */
interface Sayings {
  readonly facts: readonly Fact[];
  readonly fileSuppressions: readonly Suppression[];
}

/** The world of a file, given its facts and whether they are all. */
export type WorldWith = (facts: OwnFacts) => TraceableWorld;

export type OwnFacts = Pick<FileFacts, 'facts' | 'complete'>;

const NOTHING: DocumentResult = { findings: [], failures: [] };

/** Which documents are no manifests by themselves, such as templates. */
export interface Skips {
  /** By the text alone. */
  readonly text: (text: string) => boolean;
  readonly document: (document: ParsedDocument) => boolean;
}

/** Checks one file again and again, at the cost of what has changed. */
export class FileChecker {
  readonly #checker: ContainedChecker;
  readonly #skips: Skips;
  readonly #role: DocumentRole;
  readonly #documents = new WeakMap<DocumentText, KnownDocument>();
  readonly #names = new FileNames((document) => this.#namesOf(document));
  readonly #inspections = new RecentInspections();
  /** As of the last check, and what each of them says. */
  #placed: readonly PlacedDocument[] = [];
  #known: readonly KnownDocument[] = [];
  #sayings: Sayings = { facts: [], fileSuppressions: [] };
  #world: TraceableWorld | undefined;
  #last: readonly CheckedDocument[] = [];
  /** Of all facts that some result has asked for. */
  readonly #readTypes = new Set<FactType>();

  constructor(checker: ContainedChecker, skips: Skips, role: DocumentRole = 'manifest') {
    this.#checker = checker;
    this.#skips = skips;
    this.#role = role;
  }

  check(uri: string, documents: readonly PlacedDocument[], worldWith: WorldWith): CheckedFile {
    const kept = keptAround(this.#placed, documents);
    const known = this.#knownOf(documents, kept);
    const sayings = this.#sayingsOf(known, kept);
    const world = worldWith({ facts: sayings.facts, complete: isComplete(known) });

    const holds = this.#stillHolds(world, sayings);
    const keptAtEnd = documents.length - kept.end;
    const shift = this.#placed.length - documents.length;
    const last = this.#last;
    this.#last = documents.map((placed, index) => {
      const isKept = index < kept.start || index >= keptAtEnd;
      const before = isKept ? last[index < kept.start ? index : index + shift] : undefined;
      if (before === undefined || !holds(known[index]) || isOutdated(before, known[index]))
        return { placed, result: this.#result(uri, known[index], world, sayings) };
      return before.placed === placed ? before : { placed, result: before.result };
    });
    this.#placed = documents;
    this.#known = known;
    this.#sayings = sayings;
    this.#world = world;
    return { uri, documents: this.#last };
  }

  /** Whether what a document had last, in the world of then, holds in a world: decided without asking for each fact that it has read. */
  #stillHolds(
    world: TraceableWorld,
    { fileSuppressions }: Sayings,
  ): (document: KnownDocument | undefined) => boolean {
    if (fileSuppressions !== this.#sayings.fileSuppressions) return () => false;
    if (world === this.#world) return () => true;
    const differences = differencesIn(this.#readTypes, this.#world, world);
    if (differences === undefined) return () => false;
    return (document) => document?.result?.reads.holdIn(world, differences) !== false;
  }

  /** What the file says to others, without its findings. */
  factsOf(documents: readonly PlacedDocument[]): OwnFacts {
    const kept = keptAround(this.#placed, documents);
    const known = this.#knownOf(documents, kept);
    const { facts } = this.#sayingsOf(known, kept);
    return { facts, complete: isComplete(known) };
  }

  #knownOf(documents: readonly PlacedDocument[], kept: Kept): readonly KnownDocument[] {
    const fresh = freshOf(documents, kept).map(({ document }) => this.#inspect(document));
    return withFresh(this.#known, kept, fresh);
  }

  /** The objects that the file makes, and those of which it speaks. */
  namesIn(documents: readonly PlacedDocument[]): NamesInFile {
    return this.#names.in(documents);
  }

  #namesOf(document: DocumentText): DocumentNames {
    if (this.#inspect(document).isSkipped) return NO_NAMES;
    return namesOfDocument(this.#inspections.get(document)?.parsed ?? parseDocument(document.text));
  }

  /** Most edits change no fact, so only what is new is compared with what it replaces. */
  #sayingsOf(known: readonly KnownDocument[], kept: Kept): Sayings {
    const stale = freshOf(this.#known, kept);
    const fresh = freshOf(known, kept);
    const { facts, fileSuppressions } = this.#sayings;
    return {
      facts: saysTheSame(factsIn(stale), factsIn(fresh))
        ? facts
        : withFresh(facts, keptFacts(known, kept), factsIn(fresh)),
      fileSuppressions: saysTheSame(said(stale), said(fresh)) ? fileSuppressions : fileSuppressionsIn(known),
    };
  }

  #inspect(document: DocumentText): KnownDocument {
    let known = this.#documents.get(document);
    if (known === undefined) {
      known = this.#skips.text(document.text) ? skipped(document) : this.#inspectAnew(document);
      this.#documents.set(document, known);
    }
    return known;
  }

  #inspectAnew(document: DocumentText): KnownDocument {
    const { result, failures } = this.#checker.run((checker) => {
      const inspection = checker.inspect(document, this.#role);
      const { facts } = inspection;
      return { inspection, facts, canHaveFindings: checker.canHaveFindings(inspection) };
    });
    if (result === undefined) return { ...skipped(document), failures };
    const { inspection, facts, canHaveFindings } = result;
    if (this.#skips.document(inspection.parsed)) return skipped(document);
    if (canHaveFindings) this.#inspections.keep(document, inspection);
    return {
      document,
      isSkipped: false,
      facts,
      fileSuppressions: inspection.suppressions.filter(({ reach }) => reach === 'file'),
      canHaveFindings,
      failures,
      result: undefined,
    };
  }

  #result(
    uri: string,
    known: KnownDocument | undefined,
    world: TraceableWorld,
    { fileSuppressions }: Sayings,
  ): DocumentResult {
    if (known === undefined || (!known.canHaveFindings && known.failures.length === 0)) return NOTHING;
    const { document, canHaveFindings, failures: inspectionFailures } = known;
    if (!canHaveFindings) return { ...NOTHING, failures: inspectionFailures };
    const before = known.result;
    if (before?.fileSuppressions === fileSuppressions && before.reads.holdIn(world)) {
      return before.result;
    }
    const reader = new WorldReader(world);
    const { result: findings = [], failures } = this.#checker.run((checker) => {
      const inspection = this.#inspections.get(document) ?? checker.inspect(document, this.#role);
      this.#inspections.keep(document, inspection);
      return checker.findings(inspection, reader, fileSuppressions, uri);
    });
    const result = { findings, failures: [...new Set([...inspectionFailures, ...failures])] };
    known.result = { result, reads: reader.reads, fileSuppressions };
    for (const type of reader.reads.types) this.#readTypes.add(type);
    return result;
  }
}

/** Whether a document with the same text, known as the same, has been checked again. */
function isOutdated({ result }: CheckedDocument, known: KnownDocument | undefined): boolean {
  return known?.result !== undefined && known.result.result !== result;
}

function skipped(document: DocumentText): KnownDocument {
  return {
    ...{ document, isSkipped: true, facts: [], fileSuppressions: [], canHaveFindings: false },
    ...{ failures: [], result: undefined },
  };
}

function isComplete(known: readonly KnownDocument[]): boolean {
  return known.every(({ isSkipped }) => !isSkipped);
}

function factsIn(known: readonly KnownDocument[]): Fact[] {
  return known.flatMap(({ facts }) => facts);
}

/** How many facts there are in the documents that are kept. */
function keptFacts(known: readonly KnownDocument[], { start, end }: Kept): Kept {
  const count = (documents: readonly KnownDocument[]) =>
    documents.reduce((sum, { facts }) => sum + facts.length, 0);
  return { start: count(known.slice(0, start)), end: count(known.slice(known.length - end)) };
}

function fileSuppressionsIn(known: readonly KnownDocument[]): Suppression[] {
  return known.flatMap(({ fileSuppressions }) => fileSuppressions);
}

/** What suppressions say to other documents; where they stand in their own does not matter to those. */
function said(known: readonly KnownDocument[]): unknown {
  return fileSuppressionsIn(known).map(({ rules, until, reason }) => [rules, until, reason]);
}
