import { type Fact, factsOfDocument } from '../analysis/facts.ts';
import type { Pipeline } from '../analysis/pipelines/pipeline.ts';
import type { Resource } from '../kubernetes/resource.ts';
import type { DocumentText } from '../syntax/documents.ts';
import type { ParsedDocument } from '../syntax/parse.ts';
import type { RawReport } from './rule-runner.ts';
import type { DocumentRole, Subject } from './subject.ts';
import { type Suppression, suppressionsIn } from './suppressions.ts';
import type { WatchedReports } from './watched-reports.ts';

/** What one document says by itself. It stays valid until its text changes. */
export interface Inspection extends Subject {
  readonly document: DocumentText;
  readonly suppressions: readonly Suppression[];
  // Both are made when they are first asked for: of many documents only the facts are wanted yet, and later only the reports.
  readonly facts: readonly Fact[];
  readonly reports: readonly RawReport[];
  /** What rules said and what they looked at; absent where no edits are expected. */
  readonly watched?: WatchedReports | undefined;
}

/** What is known of a document without being asked for. */
export interface InspectionParts {
  readonly document: DocumentText;
  readonly subject: Subject;
  readonly makeReports: () => readonly RawReport[];
  readonly watched?: WatchedReports | undefined;
  readonly facts?: readonly Fact[] | undefined;
}

/**
 * The inspection of a manifest, of a pipeline or of values. A class, since V8 keeps an object with accessors of its own, and the tree that they see, until the
 * next full collection.
 */
export class DocumentInspection implements Inspection {
  readonly document: DocumentText;
  readonly parsed: ParsedDocument;
  readonly resources: readonly Resource[];
  readonly pipeline: Pipeline | undefined;
  readonly role: DocumentRole;
  readonly suppressions: readonly Suppression[];
  readonly watched: WatchedReports | undefined;
  readonly #makeReports: () => readonly RawReport[];
  #facts: readonly Fact[] | undefined;
  #reports: readonly RawReport[] | undefined;

  constructor({ document, subject, makeReports, watched, facts }: InspectionParts) {
    this.document = document;
    this.parsed = subject.parsed;
    this.resources = subject.resources;
    this.pipeline = subject.pipeline;
    this.role = subject.role;
    this.suppressions = suppressionsIn(subject.parsed, subject.resources);
    this.watched = watched;
    this.#makeReports = makeReports;
    this.#facts = facts;
  }

  get facts(): readonly Fact[] {
    this.#facts ??= factsOfDocument(this.resources, this.pipeline);
    return this.#facts;
  }

  get reports(): readonly RawReport[] {
    this.#reports ??= this.#makeReports();
    return this.#reports;
  }
}

/** The inspection of a document in which nothing is looked at. */
export function nothingIn(document: DocumentText, facts: readonly Fact[]): Inspection {
  const parsed = { text: document.text, root: undefined, problems: [], comments: [], anchors: [] };
  const empty = { resources: [], pipeline: undefined, suppressions: [], reports: [] };
  return { document, parsed, role: 'manifest', facts, ...empty };
}
