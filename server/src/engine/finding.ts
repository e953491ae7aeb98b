import type { Allowance, Confidence, Fix, RelatedObject, Severity } from '../rules/rule.ts';
import type { Path } from '../syntax/paths.ts';
import type { OffsetRange } from '../syntax/ranges.ts';
import type { Suppression } from './suppressions.ts';

/** The object that a finding is about. */
export interface ResourceName {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** A place that explains a finding. */
export interface RelatedRange {
  readonly range: OffsetRange;
  readonly message: string;
}

/** One violation at one place of a document: evidence about a safeguard, not a legal verdict. */
export interface Finding {
  readonly rule: string;
  readonly messageId: string;
  readonly message: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** In offsets of the document that was checked. */
  readonly range: OffsetRange;
  /** The value that is wrong, or the path where the missing one belongs. */
  readonly path: Path;
  readonly resource: ResourceName | undefined;
  readonly related: readonly RelatedRange[];
  /** Absent where no other object explains it. */
  readonly relatedObjects?: readonly RelatedObject[] | undefined;
  /** Alternatives, the recommended one first. */
  readonly fixes: readonly Fix[];
  /** How the configuration can let the value pass; absent where it cannot. */
  readonly allowance?: Allowance | undefined;
  /** The suppression that covers the finding; such findings are evidence, not diagnostics. */
  readonly suppression: Suppression | undefined;
}

export function isActive(finding: Finding): boolean {
  return finding.suppression === undefined;
}
