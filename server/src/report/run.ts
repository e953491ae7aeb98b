import type { Finding } from '../engine/finding.ts';
import { SEVERITY_RANK } from '../engine/severity.ts';
import type { Applicability, Rule, Severity } from '../rules/rule.ts';
import type { LinePosition } from '../syntax/lines.ts';
import type { OffsetRange, TextEdit } from '../syntax/ranges.ts';

/** A range of a file, in offsets and in zero-based lines and characters. */
export interface FilePlace {
  readonly range: OffsetRange;
  readonly start: LinePosition;
  readonly end: LinePosition;
}

/** Edits of one file, in offsets of the file. */
export interface FileEdits {
  /** Relative to the working folder, with `/` between the parts. */
  readonly file: string;
  readonly text: string;
  readonly edits: readonly TextEdit[];
}

/** A fix as edits of the finding's own file, in offsets of the file, and of others. */
export interface PlannedFix {
  readonly title: string;
  readonly applicability: Applicability;
  readonly edits: readonly TextEdit[];
  /** Absent where the finding's own file is all that changes. */
  readonly elsewhere?: readonly FileEdits[];
}

/** A place that explains a finding; in the finding's own file when `file` is absent. */
export interface RelatedFilePlace {
  readonly file?: string;
  readonly place: FilePlace;
  readonly message: string;
}

/** A finding at its place in a file. */
export interface FileFinding {
  readonly finding: Finding;
  readonly place: FilePlace;
  readonly related: readonly RelatedFilePlace[];
  /** Those that can be written as edits; empty unless the run planned them. */
  readonly fixes: readonly PlannedFix[];
  /** Where the suppression that covers the finding is written, in offsets of the file. */
  readonly suppressedAt?: OffsetRange;
}

export interface CheckedFile {
  /** Relative to the working folder, with `/` between the parts. */
  readonly path: string;
  /** Empty where there are no findings. */
  readonly text: string;
  /** Suppressed ones included, in the order of their places. */
  readonly findings: readonly FileFinding[];
}

/** Something that kept a file, or a rule, from being checked. */
export interface RunProblem {
  /** `error`: what was asked for could not be done. `note`: something was left out on purpose. */
  readonly level: 'error' | 'note';
  /** Relative to the working folder; absent where no file is to blame. */
  readonly path?: string;
  /** Where in the file; zero-based. */
  readonly position?: LinePosition;
  /** For people; never a text from the file. */
  readonly message: string;
}

/** All that one run of the checker has to tell: what every report format is made from. */
export interface Run {
  readonly toolVersion: string;
  /** Every rule that could run, in the order of the catalogue. */
  readonly rules: readonly Rule[];
  /** In the order of their paths. */
  readonly files: readonly CheckedFile[];
  readonly problems: readonly RunProblem[];
  /** What was repaired before these findings were made; absent when that was not asked for. */
  readonly fixed?: { readonly fixes: number; readonly files: number };
}

/** Rules that tell of what could not be read, so that no other has seen all of it. */
export const UNREADABLE_RULES: ReadonlySet<string> = new Set(['yaml-syntax', 'helm-template-error']);

/** What is said of such a place besides the finding. */
export const UNREAD = 'This does not parse or render, so it was not checked as a whole.';

export interface Counts {
  readonly error: number;
  readonly warning: number;
  readonly information: number;
  readonly suppressed: number;
}

export function countFindings(files: readonly CheckedFile[]): Counts {
  const counts = { error: 0, warning: 0, information: 0, suppressed: 0 };
  for (const { finding } of files.flatMap((file) => file.findings)) {
    counts[finding.suppression === undefined ? finding.severity : 'suppressed']++;
  }
  return counts;
}

/** Whether a severity is at or above a limit. */
export function reaches(severity: Severity, limit: Severity): boolean {
  return SEVERITY_RANK[severity] >= SEVERITY_RANK[limit];
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
