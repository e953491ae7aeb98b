/** The pages of rules, which the links of diagnostics open in the editor, so that they need no network. */

import { type Disposable, type Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { RULE_PAGE_REQUEST, type RulePageParams } from '../../server/src/features/protocol.ts';
import { t } from './l10n.ts';

export const RULE_PAGE_SCHEME = 'kube-safeguards-rule';

export function registerRulePages(client: BaseLanguageClient): Disposable {
  return workspace.registerTextDocumentContentProvider(RULE_PAGE_SCHEME, {
    async provideTextDocumentContent({ path }: Uri): Promise<string> {
      if (!client.isRunning()) return `${t('The server of Kube Safeguards is not running.')}\n`;
      const params: RulePageParams = { rule: path.replace(/\.md$/, '') };
      const page: string | null = await client.sendRequest(RULE_PAGE_REQUEST, params);
      return page ?? `${t('There is no such rule.')}\n`;
    },
  });
}
