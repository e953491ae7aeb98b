/** The entry in the status bar: how many findings, what counts as PHI, and whether the configuration lowers rules. */

import {
  type Disposable,
  MarkdownString,
  StatusBarAlignment,
  type StatusBarItem,
  ThemeColor,
  window,
  workspace,
} from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { type Scope, SETTINGS_SECTION, type Status } from '../../../server/src/features/protocol.ts';
import { plural, t } from '../l10n.ts';
import type { StatusUpdates } from '../status-updates.ts';
import { countsText, manifests } from './texts.ts';

const NAME = 'Kube Safeguards';
/** Left of the entries about the text. */
const PRIORITY = 50;
/** Names beyond these are counted. */
const SHOWN_NAMES = 2;

export function showStatusItem(client: BaseLanguageClient, updates: StatusUpdates): Disposable[] {
  const item = window.createStatusBarItem(`${SETTINGS_SECTION}.posture`, StatusBarAlignment.Left, PRIORITY);
  item.name = NAME;
  item.command = `${SETTINGS_SECTION}.showPosture`;
  const showState = () => {
    showServerState(item, client.state);
  };
  showState();
  return [item, client.onDidChangeState(showState), updates.onChange((status) => showCounts(item, status))];
}

function showServerState(item: StatusBarItem, state: State): void {
  item.backgroundColor = undefined;
  if (!workspace.getConfiguration(SETTINGS_SECTION).get('enable', true)) {
    item.hide();
    return;
  }
  const isStopped = state === State.Stopped || state === State.StartFailed;
  item.text = isStopped ? `$(shield) ${NAME}` : '$(shield) $(loading~spin)';
  const said = isStopped
    ? t('Kube Safeguards: the server is not running')
    : t('Kube Safeguards: reading manifests');
  item.tooltip = said;
  item.accessibilityInformation = { label: said };
  item.show();
}

function showCounts(item: StatusBarItem, status: Status): void {
  const { configuredRules, scope, indexing, loweredRules } = status;
  const lowered = configuredRules.length;
  item.text = [
    `$(shield) ${countsIcons(status)}${indexing ? ' $(loading~spin)' : ''}`,
    t('PHI: {0}', scopeText(scope)),
    ...(lowered > 0 ? [`$(arrow-down) ${lowered}`] : []),
  ].join(' · ');
  item.tooltip = tooltipOf(status);
  item.accessibilityInformation = { label: `${NAME}: ${sentencesOf(status).join(' ')}` };
  // What a workspace that nobody trusts has switched off is no small thing.
  item.backgroundColor =
    loweredRules.length > 0 ? new ThemeColor('statusBarItem.warningBackground') : undefined;
  item.show();
}

function countsIcons({ errors, warnings, information }: Status): string {
  const counts = [
    ...(errors > 0 ? [`$(error) ${errors}`] : []),
    ...(warnings > 0 ? [`$(warning) ${warnings}`] : []),
    ...(information > 0 ? [`$(info) ${information}`] : []),
  ];
  return counts.length === 0 ? '$(check)' : counts.join(' ');
}

function scopeText({ namespaces, labels }: Scope): string {
  const names = [...namespaces, ...labels];
  if (names.length === 0) return t('all');
  const more = names.length - SHOWN_NAMES;
  const shown = names.slice(0, SHOWN_NAMES).join(', ');
  return more > 0 ? `${shown} +${more}` : shown;
}

function tooltipOf(status: Status): MarkdownString {
  const text = new MarkdownString();
  text.appendMarkdown(`**${NAME}**`);
  for (const sentence of sentencesOf(status)) text.appendMarkdown('\n\n').appendText(sentence);
  return text;
}

function sentencesOf(status: Status): string[] {
  const { errors, warnings, information, suppressed, files, scope, skipped, configuredRules } = status;
  const counts = countsText({ error: errors, warning: warnings, information, covered: suppressed });
  const names = [...scope.namespaces, ...scope.labels];
  return [
    counts === '' ? t('No findings in {0}.', manifests(files)) : t('{0} in {1}.', counts, manifests(files)),
    names.length === 0
      ? t('Every namespace may hold PHI: the configuration names none.')
      : t('PHI is in: {0}.', names.join(', ')),
    ...(configuredRules.length === 0
      ? []
      : [t('The configuration lowers or excepts: {0}.', configuredRules.join(', '))]),
    ...(status.loweredRules.length === 0
      ? []
      : [t('You have not trusted this workspace, whose configuration does so.')]),
    ...(status.configurationProblems.length === 0 ? [] : [t('The configuration has errors.')]),
    ...(skipped.length === 0 ? [] : [plural(skipped.length, '1 file is skipped.', '{0} files are skipped.')]),
    ...(status.indexing ? [t('The workspace is still being read.')] : []),
  ];
}
