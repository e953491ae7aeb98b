/** Nodes of the posture as items of a tree view. */

import {
  MarkdownString,
  Range,
  ThemeColor,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  type Uri,
  workspace,
} from 'vscode';
import type { PostureFinding } from '../../../server/src/features/protocol.ts';
import { t } from '../l10n.ts';
import { type FindingNode, findingsBelow, type GroupKind, type GroupNode, nameOf } from './model.ts';
import { countsText, severityName } from './texts.ts';

/** From the server's spelling of an address to the editor's. */
export type ToUri = (uri: string) => Uri;

const GROUP_ICONS: Readonly<Record<GroupKind, ThemeIcon>> = {
  safeguard: new ThemeIcon('shield'),
  rule: new ThemeIcon('checklist'),
  file: ThemeIcon.File,
  resource: new ThemeIcon('symbol-object'),
  namespace: new ThemeIcon('symbol-namespace'),
  unit: new ThemeIcon('package'),
  regulation: new ThemeIcon('law'),
  covered: new ThemeIcon('eye-closed'),
};

const SEVERITY_ICONS: Readonly<Record<PostureFinding['severity'], ThemeIcon>> = {
  error: new ThemeIcon('error', new ThemeColor('problemsErrorIcon.foreground')),
  warning: new ThemeIcon('warning', new ThemeColor('problemsWarningIcon.foreground')),
  information: new ThemeIcon('info', new ThemeColor('problemsInfoIcon.foreground')),
};

export function groupItem(node: GroupNode, toUri: ToUri): TreeItem {
  const uri = node.uri === undefined ? undefined : toUri(node.uri);
  const label = uri === undefined || node.kind === 'resource' ? node.label : workspace.asRelativePath(uri);
  const item = new TreeItem(label, TreeItemCollapsibleState.Collapsed);
  item.id = node.id;
  item.iconPath = GROUP_ICONS[node.kind];
  item.description = countsText(node.counts);
  item.tooltip = [node.detail ?? label, item.description].join('\n');
  item.accessibilityInformation = { label: `${label}: ${item.description}` };
  const canFix = findingsBelow(node).some(({ finding }) => isFixable(finding) && finding.fix === 'safe');
  const context = node.kind === 'rule' ? 'rule' : 'group';
  item.contextValue = canFix ? `${context}.fixable` : context;
  if (uri !== undefined && node.kind === 'file') item.resourceUri = uri;
  return item;
}

export function findingItem({ id, uri: address, finding }: FindingNode, toUri: ToUri): TreeItem {
  const uri = toUri(address);
  const { start, end } = finding.range;
  const item = new TreeItem(finding.message);
  item.id = id;
  item.iconPath =
    finding.covered === undefined ? SEVERITY_ICONS[finding.severity] : new ThemeIcon('circle-slash');
  const place = `${workspace.asRelativePath(uri)}:${start.line + 1}`;
  item.description = place;
  item.tooltip = tooltipOf(finding, place);
  item.contextValue = isFixable(finding) ? 'finding.fixable' : 'finding';
  item.accessibilityInformation = { label: spoken(finding, place) };
  const selection = new Range(start.line, start.character, end.line, end.character);
  item.command = {
    title: t('Go to Finding'),
    command: 'vscode.open',
    arguments: [uri, { selection, preserveFocus: true }],
  };
  return item;
}

/** What a screen reader says of a finding, whose picture alone tells the severity and whether it is covered. */
function spoken({ severity, message, covered }: PostureFinding, place: string): string {
  const kind = covered === undefined ? severityName(severity) : t('Covered');
  return [`${kind}: ${message}`, place, ...(covered === undefined ? [] : [covered.reason])].join(' ');
}

function isFixable({ fix, covered }: PostureFinding): boolean {
  return fix !== undefined && covered === undefined;
}

function tooltipOf({ message, rule, resource, covered }: PostureFinding, place: string): MarkdownString {
  const text = new MarkdownString();
  text.appendText(message).appendMarkdown('\n\n');
  text.appendText([rule, ...(resource === undefined ? [] : [nameOf(resource)]), place].join(' · '));
  if (covered === undefined) return text;
  const { reason, approver, until } = covered;
  const ends = until === undefined ? [] : [t('until {0}', until)];
  const by = approver === undefined ? [] : [t('approved by {0}', approver)];
  text.appendMarkdown('\n\n').appendText([reason, ...by, ...ends].join(' · '));
  return text;
}
