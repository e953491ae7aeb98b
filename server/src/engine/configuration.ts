import type { Severity } from '../rules/rule.ts';
import { DEFAULT_RULE_SETTINGS, type RuleSettings } from '../rules/settings.ts';

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
}

export const DEFAULT_CONFIGURATION: Configuration = {
  profile: 'default',
  rules: {},
  maxFileSize: 10 * 1024 * 1024,
  settings: DEFAULT_RULE_SETTINGS,
};
