/** The entry behind `{}` in the status bar of a checked document. */

import {
  type Disposable,
  type DocumentSelector,
  type LanguageStatusItem,
  LanguageStatusSeverity,
  languages,
  workspace,
} from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { SETTINGS_SECTION, type Status } from '../../server/src/features/protocol.ts';
import { plural, t } from './l10n.ts';
import { countsText, manifests } from './posture/texts.ts';
import type { StatusUpdates } from './status-updates.ts';

const NAME = 'Kube Safeguards';

/** What the entry shows, apart from its name. */
type Appearance = Pick<LanguageStatusItem, 'detail' | 'severity' | 'busy' | 'command'>;

const SHOW_OUTPUT = { command: `${SETTINGS_SECTION}.showOutput`, title: t('Show Output') };
const START = { command: `${SETTINGS_SECTION}.restartServer`, title: t('Start') };

/** Follows the server's state until disposed. */
export function showStatus(
  client: BaseLanguageClient,
  selector: DocumentSelector,
  updates: StatusUpdates,
): Disposable {
  const item = languages.createLanguageStatusItem(`${SETTINGS_SECTION}.status`, selector);
  item.name = NAME;
  item.text = NAME;
  const show = (appearance: Appearance) => {
    const accessibilityInformation = { label: `${NAME}: ${appearance.detail}` };
    Object.assign(item, { ...appearance, accessibilityInformation });
  };
  show(appearanceOfState(client.state));
  client.onDidChangeState(({ newState }) => show(appearanceOfState(newState)));
  updates.onChange((status) => show(appearanceOfStatus(status)));
  return item;
}

function appearanceOfState(state: State): Appearance {
  const busy = state === State.Starting;
  if (busy || state === State.Running) {
    const detail = busy ? t('starting') : t('checking');
    return { detail, severity: LanguageStatusSeverity.Information, busy, command: SHOW_OUTPUT };
  }
  const enabled = workspace.getConfiguration(SETTINGS_SECTION).get('enable', true);
  return enabled
    ? { detail: t('the server is not running'), severity: LanguageStatusSeverity.Error, busy, command: START }
    : { detail: t('switched off'), severity: LanguageStatusSeverity.Information, busy, command: undefined };
}

function appearanceOfStatus(status: Status): Appearance {
  const concerns = concernsOf(status);
  return {
    detail: [summaryOf(status), ...concerns].join(' · '),
    severity: concerns.length > 0 ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information,
    busy: status.indexing,
    command: SHOW_OUTPUT,
  };
}

function summaryOf({ files, errors, warnings, information }: Status): string {
  const counts = countsText({ error: errors, warning: warnings, information, covered: 0 });
  return counts === ''
    ? t('no findings in {0}', manifests(files))
    : t('{0} in {1}', counts, manifests(files));
}

/** What keeps files from being checked as the user may think they are. */
function concernsOf({ skipped, configurationProblems, loweredRules }: Status): string[] {
  return [
    ...(skipped.length > 0 ? [plural(skipped.length, '1 file skipped', '{0} files skipped')] : []),
    ...(configurationProblems.length > 0 ? [t('the configuration has errors')] : []),
    ...(loweredRules.length > 0
      ? [
          plural(
            loweredRules.length,
            'untrusted configuration lowers 1 rule',
            'untrusted configuration lowers {0} rules',
          ),
        ]
      : []),
  ];
}
