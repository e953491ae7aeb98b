import type { Finding } from '../finding.ts';
import type { Inspection } from '../inspection.ts';
import type { DerivedDocument, FilePlace } from './source-map.ts';

/** A derived document that was checked. */
export interface CheckedDerived {
  readonly derived: DerivedDocument;
  readonly inspection: Inspection;
  /** In offsets of the derived document. */
  readonly findings: readonly Finding[];
}

/** One of the places in derived documents where a finding shows. */
export interface Occurrence {
  readonly checked: CheckedDerived;
  /** In offsets of the derived document. */
  readonly finding: Finding;
}

export interface RelatedTypedPlace extends FilePlace {
  readonly message: string;
}

/** A finding of derived documents, told once where it was typed. */
export interface DerivedFinding {
  readonly file: string;
  /** The range is in offsets of the file, the fixes are those of the first occurrence: they speak of the derived document. */
  readonly finding: Finding;
  readonly related: readonly RelatedTypedPlace[];
  readonly occurrences: readonly Occurrence[];
}

/** Whether a finding is about a file that people type itself, so that its fixes speak of that. */
export function isTypedFinding({ occurrences }: DerivedFinding): boolean {
  return occurrences.length === 0;
}
