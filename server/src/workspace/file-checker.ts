import type { Fact } from '../analysis/facts.ts';
import { type DocumentNames, NO_NAMES, namesOfDocument } from '../analysis/names/index.ts';
import type { World } from '../analysis/world.ts';
import type { DocumentRole } from '../engine/checker.ts';
import type { Finding } from '../engine/finding.ts';
import type { Suppression } from '../engine/suppressions.ts';
import type { DocumentText, PlacedDocument } from '../syntax/documents.ts';
import type { LinePosition } from '../syntax/lines.ts';
import { type ParsedDocument, parseDocument } from '../syntax/parse.ts';
import type { ContainedChecker } from './contained-checker.ts';
import type { FileFacts } from './facts-index.ts';
import { RecentInspections } from './recent-inspections.ts';
import { WorldReader, type WorldReads } from './stable-world.ts';
import { saysTheSame } from './structural-equality.ts';

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

/** What a document names, and where the document stands. */
export interface DocumentNamesAt {
  readonly placed: PlacedDocument;
  readonly names: DocumentNames;
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
export type WorldWith = (facts: OwnFacts) => World;

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
  readonly #results = new WeakMap<DocumentText, KnownResult>();
  readonly #names = new WeakMap<DocumentText, DocumentNames>();
  readonly #inspections = new RecentInspections();
  #known: readonly KnownDocument[] = [];
  #sayings: Sayings = { facts: [], fileSuppressions: [] };
  #world: World | undefined;
  #last: readonly CheckedDocument[] = [];
  /** Between two edits, several features ask. */
  #named: { readonly documents: readonly PlacedDocument[]; readonly names: readonly DocumentNamesAt[] } = {
    documents: [],
    names: [],
  };

  constructor(checker: ContainedChecker, skips: Skips, role: DocumentRole = 'manifest') {
    this.#checker = checker;
    this.#skips = skips;
    this.#role = role;
  }

  check(uri: string, documents: readonly PlacedDocument[], worldWith: WorldWith): CheckedFile {
    const known = documents.map(({ document }) => this.#inspect(document));
    const kept = keptAround(this.#known, known);
    const sayings = this.#sayingsOf(known, kept);
    const world = worldWith({ facts: sayings.facts, complete: isComplete(known) });

    const isSameContext =
      world === this.#world && sayings.fileSuppressions === this.#sayings.fileSuppressions;
    const keptAtEnd = documents.length - kept.end;
    const shift = this.#known.length - known.length;
    const last = this.#last;
    this.#last = documents.map((placed, index) => {
      const isKept = isSameContext && (index < kept.start || index >= keptAtEnd);
      const before = isKept ? last[index < kept.start ? index : index + shift] : undefined;
      return { placed, result: before?.result ?? this.#result(uri, known[index], world, sayings) };
    });
    this.#known = known;
    this.#sayings = sayings;
    this.#world = world;
    return { uri, documents: this.#last };
  }

  /** What the file says to others, without its findings. */
  factsOf(documents: readonly PlacedDocument[]): OwnFacts {
    const known = documents.map(({ document }) => this.#inspect(document));
    const { facts } = this.#sayingsOf(known, keptAround(this.#known, known));
    return { facts, complete: isComplete(known) };
  }

  /** The objects that the file makes, and those of which it speaks. */
  namesIn(documents: readonly PlacedDocument[]): readonly DocumentNamesAt[] {
    if (this.#named.documents !== documents) {
      const names = documents.map((placed) => ({ placed, names: this.#namesOf(placed.document) }));
      this.#named = { documents, names };
    }
    return this.#named.names;
  }

  #namesOf(document: DocumentText): DocumentNames {
    let names = this.#names.get(document);
    if (names === undefined) {
      const { isSkipped } = this.#inspect(document);
      const parsed = () => this.#inspections.get(document)?.parsed ?? parseDocument(document.text);
      names = isSkipped ? NO_NAMES : namesOfDocument(parsed());
      this.#names.set(document, names);
    }
    return names;
  }

  /** Most edits change no fact, so only what is new is compared with what it replaces. */
  #sayingsOf(known: readonly KnownDocument[], kept: Kept): Sayings {
    const stale = this.#known.slice(kept.start, this.#known.length - kept.end);
    const fresh = known.slice(kept.start, known.length - kept.end);
    const { facts, fileSuppressions } = this.#sayings;
    return {
      facts: saysTheSame(factsIn(stale), factsIn(fresh)) ? facts : factsIn(known),
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
      return { inspection, canHaveFindings: checker.canHaveFindings(inspection) };
    });
    if (result === undefined) return { ...skipped(document), failures };
    const { inspection, canHaveFindings } = result;
    if (this.#skips.document(inspection.parsed)) return skipped(document);
    if (canHaveFindings) this.#inspections.keep(document, inspection);
    return {
      document,
      isSkipped: false,
      facts: inspection.facts,
      fileSuppressions: inspection.suppressions.filter(({ reach }) => reach === 'file'),
      canHaveFindings,
      failures,
    };
  }

  #result(
    uri: string,
    known: KnownDocument | undefined,
    world: World,
    { fileSuppressions }: Sayings,
  ): DocumentResult {
    if (known === undefined || (!known.canHaveFindings && known.failures.length === 0)) return NOTHING;
    const { document, canHaveFindings, failures: inspectionFailures } = known;
    if (!canHaveFindings) return { ...NOTHING, failures: inspectionFailures };
    const before = this.#results.get(document);
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
    this.#results.set(document, { result, reads: reader.reads, fileSuppressions });
    return result;
  }
}

function skipped(document: DocumentText): KnownDocument {
  return { document, isSkipped: true, facts: [], fileSuppressions: [], canHaveFindings: false, failures: [] };
}

/** How many documents at the start and at the end of a file are the same. */
interface Kept {
  readonly start: number;
  readonly end: number;
}

function keptAround(before: readonly KnownDocument[], after: readonly KnownDocument[]): Kept {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { start, end };
}

function isComplete(known: readonly KnownDocument[]): boolean {
  return known.every(({ isSkipped }) => !isSkipped);
}

function factsIn(known: readonly KnownDocument[]): Fact[] {
  return known.flatMap(({ facts }) => facts);
}

function fileSuppressionsIn(known: readonly KnownDocument[]): Suppression[] {
  return known.flatMap(({ fileSuppressions }) => fileSuppressions);
}

/** What suppressions say to other documents; where they stand in their own does not matter to those. */
function said(known: readonly KnownDocument[]): unknown {
  return fileSuppressionsIn(known).map(({ rules, until, reason }) => [rules, until, reason]);
}
