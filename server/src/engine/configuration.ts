import type { CustomIdentifier } from '../detect/index.ts';
import type { DetectorSettings } from '../rules/detection.ts';
import type { Rule, Severity } from '../rules/rule.ts';
import { type BusinessAssociate, DEFAULT_RULE_SETTINGS, type RuleSettings } from '../rules/settings.ts';
import type { ConfiguredException } from './exceptions.ts';
import { SEVERITY_RANK } from './severity.ts';

/** `default`: the Security Rule in force. `proposed-2025`: as the proposed rule of 6 January 2025 (90 FR 898) would have it. */
export type Profile = 'default' | 'proposed-2025';

/** Everything that steers a check, from the configuration file and the editor's settings, with defaults filled in. */
export interface Configuration {
  readonly profile: Profile;
  /** Severity by rule id, or `off`. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  /** Files larger than this many bytes are skipped, with one visible note. */
  readonly maxFileSize: number;
  readonly settings: RuleSettings;
  readonly helm: HelmConfiguration;
  /** Folders that deploy apart from each other, as paths from the folder of the configuration file. */
  readonly units: readonly string[];
  readonly exceptions: readonly ConfiguredException[];
}

export interface HelmConfiguration {
  /** Values files that charts are also rendered with, by the name of the set; paths start at the chart's folder. */
  readonly valueSets: Readonly<Record<string, readonly string[]>>;
}

export const DEFAULT_CONFIGURATION: Configuration = {
  profile: 'default',
  rules: {},
  maxFileSize: 5_000_000,
  settings: DEFAULT_RULE_SETTINGS,
  helm: { valueSets: {} },
  units: [],
  exceptions: [],
};

/** What a configuration file or the editor's settings say, as the schema of the configuration has it. */
export interface ConfigurationValues {
  readonly profile?: Profile;
  readonly rules?: Readonly<Record<string, Severity | 'off'>>;
  readonly maxFileSize?: number;
  readonly kubernetesVersion?: string;
  readonly images?: {
    readonly allowedRegistries?: readonly string[];
    readonly mirrors?: Readonly<Record<string, string>>;
  };
  readonly units?: readonly string[];
  readonly helm?: { readonly valueSets?: Readonly<Record<string, readonly string[]>> };
  readonly phi?: DetectorValues & {
    readonly namespaces?: readonly string[];
    readonly label?: string;
    readonly customIdentifiers?: readonly CustomIdentifier[];
  };
  readonly credentials?: DetectorValues;
  readonly exceptions?: readonly ConfiguredException[];
  readonly businessAssociates?: readonly BusinessAssociate[];
}

/** What the configuration says of what is looked for in text. */
export interface DetectorValues {
  /** Severity by kind, or `off`. */
  readonly kinds?: Readonly<Record<string, Severity | 'off'>>;
  readonly allow?: {
    readonly keys?: readonly string[];
    readonly paths?: readonly string[];
    readonly hashes?: readonly string[];
  };
}

/**
 * The configuration that holds where a file and settings say something. Key by key (and rule by rule) the file wins: it is the team's
 * record, the same for everybody and in CI, while the settings are one person's, and editors always send them, defaults included.
 */
export function configurationFrom(
  file: ConfigurationValues,
  settings: ConfigurationValues = {},
): Configuration {
  const said = { ...settings, ...file };
  const fallback = DEFAULT_CONFIGURATION;
  return {
    profile: said.profile ?? fallback.profile,
    rules: { ...settings.rules, ...file.rules },
    maxFileSize: said.maxFileSize ?? fallback.maxFileSize,
    settings: {
      images: { ...fallback.settings.images, ...settings.images, ...file.images },
      phi: {
        namespaces: file.phi?.namespaces ?? settings.phi?.namespaces ?? fallback.settings.phi.namespaces,
        label: file.phi?.label ?? settings.phi?.label ?? fallback.settings.phi.label,
      },
      detection: {
        phi: {
          ...detectorFrom(file.phi, settings.phi),
          customIdentifiers: file.phi?.customIdentifiers ?? settings.phi?.customIdentifiers ?? [],
        },
        credentials: detectorFrom(file.credentials, settings.credentials),
      },
      kubernetesVersion: minorVersion(said.kubernetesVersion) ?? fallback.settings.kubernetesVersion,
      businessAssociates: file.businessAssociates,
    },
    helm: { ...fallback.helm, ...settings.helm, ...file.helm },
    // Its paths start at the file.
    units: file.units ?? fallback.units,
    // Evidence is the team's: an editor's settings have no part in it.
    exceptions: file.exceptions ?? fallback.exceptions,
  };
}

function detectorFrom(file: DetectorValues = {}, settings: DetectorValues = {}): DetectorSettings {
  const kinds = Object.entries({ ...settings.kinds, ...file.kinds });
  const allow = { ...settings.allow, ...file.allow };
  return {
    disabledKinds: kinds.filter(([, severity]) => severity === 'off').map(([kind]) => kind),
    severities: Object.fromEntries(
      kinds.flatMap(([kind, severity]) => (severity === 'off' ? [] : [[kind, severity]])),
    ),
    allowedKeys: allow.keys ?? [],
    allowedPaths: allow.paths ?? [],
    allowedHashes: allow.hashes ?? [],
  };
}

/** `v1.33.2` as `1.33`. */
function minorVersion(version: string | undefined): string | undefined {
  return version === undefined ? undefined : /^v?(\d+\.\d+)/.exec(version)?.[1];
}

/** The rules that a configuration switches off, reports below their default severity, makes exceptions from, or lets pass values of. */
export function loweredRules(
  {
    rules: severities,
    exceptions,
    settings,
  }: Pick<Configuration, 'rules' | 'exceptions'> & Partial<Configuration>,
  rules: readonly Rule[],
): string[] {
  const lenient = (['phi', 'credentials'] as const).filter((detector) =>
    isLenient(settings?.detection[detector]),
  );
  return rules
    .filter(({ id, meta }) => {
      if (exceptions.some(({ rule }) => rule === id)) return true;
      const configured = severities[id];
      const isLowered =
        configured !== undefined &&
        meta.offByDefault !== true &&
        SEVERITY_RANK[configured] < SEVERITY_RANK[meta.severity];
      return isLowered || lenient.some((detector) => id.startsWith(DETECTING_RULES[detector]));
    })
    .map(({ id }) => id);
}

/** What the ids of the rules start with that ask a detector. */
const DETECTING_RULES = { phi: 'phi-in-', credentials: 'secret-in-' } as const;

function isLenient(detector: DetectorSettings | undefined): boolean {
  if (detector === undefined) return false;
  const { disabledKinds, allowedKeys, allowedHashes, allowedPaths, severities } = detector;
  const lists = [disabledKinds, allowedKeys, allowedHashes, allowedPaths];
  return (
    lists.some((list) => list !== undefined && list.length > 0) ||
    Object.values(severities).some((severity) => severity !== 'error')
  );
}
