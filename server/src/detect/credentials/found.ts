import { valueHash } from '../options.ts';
import type { Confidence, CredentialKind, Detection } from '../types.ts';

/** A credential with its value; unlike a detection it never leaves the detector. */
export interface FoundCredential {
  readonly kind: CredentialKind;
  readonly label: string;
  readonly confidence: Confidence;
  readonly start: number;
  readonly end: number;
  readonly value: string;
  readonly evidence: readonly string[];
  /** The names above the value, where they differ from those of the text. */
  readonly keys?: readonly string[];
}

/** Of a credential nothing is shown, not even its length. */
const MASK = '********';

export function detectionOf(found: FoundCredential): Detection<CredentialKind> {
  const { kind, label, confidence, start, end, evidence, value } = found;
  return { kind, label, confidence, start, end, masked: MASK, evidence, hash: () => valueHash(value) };
}
