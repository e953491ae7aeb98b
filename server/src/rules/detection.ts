import {
  type CredentialKind,
  type Detection,
  type DetectOptions,
  detectCredentials,
  detectPhi,
  type IdentifierKind,
  type TextContext,
} from '../detect/index.ts';
import { matchesWildcard } from '../kubernetes/wildcards.ts';
import type { Path } from '../syntax/paths.ts';
import type { Allowance, Confidence, Severity } from './rule.ts';
import type { RuleSettings } from './settings.ts';

/** What the configuration says about one of the two detectors. */
export interface DetectorSettings extends DetectOptions {
  /** Paths of values that are never reported, with `/` between the segments; `*` stands for any characters. */
  readonly allowedPaths: readonly string[];
  readonly severities: Readonly<Record<string, Severity>>;
}

/** What the configuration says about PHI and credentials in text. */
export interface DetectionSettings {
  readonly phi: DetectorSettings;
  readonly credentials: DetectorSettings;
}

/** What was found, with all that a report says of it beside its place and message. */
export interface Weighed<K extends string> {
  readonly detection: Detection<K>;
  readonly weight: {
    readonly confidence: Confidence;
    readonly severity?: Severity;
    readonly allowance: Allowance;
  };
}

/** Identifiers of persons in a text, as far as the configuration wants to hear of them. */
export function phiIn(
  text: string,
  path: Path,
  context: TextContext,
  { detection: { phi } }: RuleSettings,
): Weighed<IdentifierKind>[] {
  return isAllowedPath(path, phi)
    ? []
    : detectPhi(text, context, phi).map((found) => weighed(found, phi, 'phi'));
}

/** Credentials in a text, as far as the configuration wants to hear of them. */
export function credentialsIn(
  text: string,
  path: Path,
  context: TextContext,
  { detection: { credentials } }: RuleSettings,
): Weighed<CredentialKind>[] {
  if (isAllowedPath(path, credentials)) return [];
  return detectCredentials(text, context, credentials).map((found) =>
    weighed(found, credentials, 'credentials'),
  );
}

function weighed<K extends string>(
  detection: Detection<K>,
  { severities }: DetectorSettings,
  section: Allowance['section'],
): Weighed<K> {
  const { confidence, kind, hash } = detection;
  const severity = severities[kind];
  const weight = { confidence, allowance: { section, hash } };
  return { detection, weight: severity === undefined ? weight : { ...weight, severity } };
}

function isAllowedPath(path: Path, { allowedPaths }: DetectorSettings): boolean {
  if (allowedPaths.length === 0) return false;
  const written = path.join('/');
  return allowedPaths.some((pattern) => matchesWildcard(pattern, written));
}
