import type { Connection } from 'vscode-languageserver';
import type { ConfigurationValues, Profile } from '../engine/configuration.ts';
import type { Severity } from '../rules/rule.ts';
import { isRecord } from '../syntax/records.ts';
import { SETTINGS_SECTION } from './protocol.ts';

const PROFILES: ReadonlySet<unknown> = new Set<Profile>(['default', 'proposed-2025']);
const SEVERITIES: ReadonlySet<unknown> = new Set<Severity | 'off'>([
  'off',
  'information',
  'warning',
  'error',
]);

/** What the editor's settings say; what is not of the right form says nothing. */
export function settingsFrom(section: unknown): ConfigurationValues {
  if (!isRecord(section)) return {};
  const { profile, rules, maxFileSize } = section;
  return {
    ...(PROFILES.has(profile) && { profile: profile as Profile }),
    ...(isRecord(rules) && {
      rules: Object.fromEntries(
        Object.entries(rules).filter(([, severity]) => SEVERITIES.has(severity)),
      ) as Record<string, Severity | 'off'>,
    }),
    ...(typeof maxFileSize === 'number' && maxFileSize > 0 && { maxFileSize }),
  };
}

/** Whether the settings ask for hints of what the actions of templates write. */
export function wantsInlayHints(section: unknown): boolean {
  return isRecord(section) && isRecord(section.helm) && section.helm.inlayHints === true;
}

/** Whether the settings leave the lenses above resources on. */
export function wantsCodeLenses(section: unknown): boolean {
  return !isRecord(section) || section.codeLens !== false;
}

/** Asks the client for its settings: those of each folder, and under '' those for everything else. */
export async function askForSettings(
  connection: Connection,
  folders: readonly string[],
): Promise<ReadonlyMap<string, ConfigurationValues>> {
  const section = SETTINGS_SECTION;
  const answers: unknown[] = await connection.workspace.getConfiguration([
    { section },
    ...folders.map((scopeUri) => ({ scopeUri, section })),
  ]);
  return new Map(['', ...folders].map((folder, index) => [folder, settingsFrom(answers[index])]));
}

/** The section with what the editor does not show. */
export const EXCLUDED_SECTION = 'files.exclude';

/** Asks the client what it does not show of each folder, as globs; under '' for everything else. */
export async function askForExcluded(
  connection: Connection,
  folders: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const section = EXCLUDED_SECTION;
  const answers: unknown[] = await connection.workspace.getConfiguration([
    { section },
    ...folders.map((scopeUri) => ({ scopeUri, section })),
  ]);
  const globs = (answer: unknown) =>
    isRecord(answer) ? Object.keys(answer).filter((glob) => answer[glob] === true) : [];
  return new Map(['', ...folders].map((folder, index) => [folder, globs(answers[index])]));
}

/** The settings in the parameters of a change, which clients that cannot be asked send along. */
export function settingsInChange(settings: unknown): ReadonlyMap<string, ConfigurationValues> {
  return new Map([['', settingsFrom(isRecord(settings) ? settings[SETTINGS_SECTION] : undefined)]]);
}
