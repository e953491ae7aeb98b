/** Fixes from the tree. The files stay open and unsaved, so that a person sees what has changed. */

import { commands, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { FIX_FINDINGS_COMMAND, type FixTarget } from '../../../server/src/features/protocol.ts';
import { t } from '../l10n.ts';
import { type FindingNode, findingsBelow, type PostureNode } from './model.ts';

/** The editor forgets the nodes of a tree while it reads it again, and then calls with nothing what is chosen from a menu. */
export function sayNodeIsGone(): void {
  void window.showInformationMessage(t('The findings have just been read again. Please choose once more.'));
}

/** Fixes a finding in whatever way there is; of groups, what can be fixed safely. */
export async function fixNodes(client: BaseLanguageClient, nodes: readonly PostureNode[]): Promise<void> {
  const targets = new Map<string, FixTarget>();
  for (const node of nodes) {
    for (const target of targetsOf(node)) targets.set(JSON.stringify(target), target);
  }
  let fixed = 0;
  for (const target of targets.values()) {
    // The server fixes open files; opening one tells it.
    await workspace.openTextDocument(client.protocol2CodeConverter.asUri(target.uri));
    if ((await commands.executeCommand(FIX_FINDINGS_COMMAND, target)) === true) fixed++;
  }
  if (fixed === 0) void window.showInformationMessage(t('There was nothing that could be fixed here.'));
}

function targetsOf(node: PostureNode): FixTarget[] {
  const findings = findingsBelow(node).filter(({ finding }) => finding.covered === undefined);
  if (node.type === 'group')
    return findings.filter(({ finding }) => finding.fix === 'safe').map((found) => targetOf(found, 'safe'));
  return findings.flatMap((found) =>
    found.finding.fix === undefined
      ? []
      : [
          {
            ...targetOf(found, found.finding.fix === 'safe' ? 'safe' : 'all'),
            message: found.finding.message,
          },
        ],
  );
}

function targetOf({ uri, finding: { rule, resource } }: FindingNode, level: FixTarget['level']): FixTarget {
  return { uri, rule, level, ...(resource !== undefined && { resource }) };
}
