import type { Condition, Origin, SkippedBranch, TracedSpan } from '../../helm/index.ts';
import type { AddDocumentOperation } from '../../rules/rule.ts';
import type { DocumentText } from '../../syntax/documents.ts';
import type { OffsetRange } from '../../syntax/ranges.ts';
import type { FileEdits } from './typed-edits.ts';

export type { Condition, Origin, SkippedBranch, TracedSpan };

/** Where the text of a derived document was typed. */
export interface SourceMap {
  /** The pieces of a range, in order and without gaps, each with its origins: the deciding one first, none where nobody typed it. */
  spans(start: number, end: number): Iterable<TracedSpan>;
  /** The conditions under which the character at an offset is there, innermost first. */
  conditionsAt(offset: number): readonly Condition[];
  /** What was left out, and which value decided that. */
  readonly skipped: readonly SkippedBranch[];
}

/**
 * A document that nobody typed: rendered from a template, or built from a base and its patches. It is parsed and checked as any other; what is
 * found in it is told, and repaired, where it was typed.
 */
export interface DerivedDocument {
  readonly document: DocumentText;
  readonly map: SourceMap;
  /** The file that made it, such as the template. */
  readonly file: string;
  /** Tells it apart from others made by the same file; a document that is added later does not change it. */
  readonly name: string;
}

/** What kept documents from being made, wholly or in part. */
export interface DerivationProblem {
  readonly kind: string;
  /** For people; it may quote values. */
  readonly message: string;
  readonly file: string | undefined;
  readonly range: OffsetRange | undefined;
  /** The derived line with the problem, which was typed somewhere in `range`. */
  readonly line?: string | undefined;
}

/** Derived documents, as the files are. */
export interface Derived {
  readonly documents: readonly DerivedDocument[];
  readonly problems: readonly DerivationProblem[];
  /** The files that should have made documents and failed, at least in part. */
  readonly broken?: ReadonlySet<string>;
}

/** A place in a file, in offsets of the file. */
export interface FilePlace {
  readonly file: string;
  readonly range: OffsetRange;
}

export type AddedDocument = AddDocumentOperation['value'];

/** Makes documents from files that people type. Files are named by their path from the derivation's folder. */
export interface Derivation {
  /**
   * @param texts of files that are other ones than those that are stored
   * @param isTraced false when nobody will ask where the documents come from, which is faster
   */
  derive(texts: ReadonlyMap<string, string>, isTraced?: boolean): Derived;
  /** The text of a file that origins name; undefined when nobody can look at it. */
  textOf(file: string): string | undefined;
  /** Whether a file belongs to the project; others, such as a dependency that was downloaded, are not edited. */
  isOwn(file: string): boolean;
  /** The origins that stand for one in a file that is not own: where the project says what becomes of it, the best first. */
  standIns(origin: Origin): readonly Origin[];
  /** How a document that is to stand beside one may have to be typed so that it is made; absent: as it is. */
  asTyped?(value: AddedDocument, name: string): readonly AddedDocument[];
  /** What deploys a document together with others, where several do; absent: all are deployed together. */
  groupOf?(document: DerivedDocument): string;
  /** Whether a document that was made is the one that was meant; absent: when it says the same. */
  isMeant?(made: unknown, value: AddedDocument): boolean;
  /** Where a document may be added beside one, apart from the file of that; the best first. */
  filesBeside?(name: string): readonly string[];
  /**
   * Where a document may be added for one in a file of its own, as the first edits; the others have that file count. Undefined where that cannot be.
   *
   * @param textOf the text of a file as it is by now
   */
  newFileFor?(
    name: string,
    textOf: (file: string) => string | undefined,
  ): { readonly file: string; readonly mentions: readonly FileEdits[] } | undefined;
  /** Names of documents that are made from the same text as one, and may change with it. */
  counterpartsOf?(name: string): readonly string[];
}

/** Whether an origin is a value of YAML that people type, which an operation on a path can change. */
export function isTypedValue({ kind }: Origin): boolean {
  return kind === 'value' || kind === 'manifest' || kind === 'patch' || kind === 'kustomization';
}
