/** The pages of rules, which the links of diagnostics open in the editor: the documentation's own, which come with the extension, so that they need no network. */

import { type Disposable, Uri, workspace } from 'vscode';
import { t } from './l10n.ts';

export const RULE_PAGE_SCHEME = 'kube-safeguards-rule';

/** Made by the build (`scripts/offline-pages.ts`): Markdown, by rule. */
const PAGES = 'dist/rule-pages.json';

export function registerRulePages(extension: Uri): Disposable {
  let pages: Promise<Readonly<Record<string, string>>> | undefined;
  return workspace.registerTextDocumentContentProvider(RULE_PAGE_SCHEME, {
    async provideTextDocumentContent({ path }: Uri): Promise<string> {
      pages ??= read(Uri.joinPath(extension, PAGES)).catch((error) => {
        pages = undefined; // so that it is read again
        throw error;
      });
      return (await pages)[path.replace(/\.md$/, '')] ?? `${t('There is no such rule.')}\n`;
    },
  });
}

async function read(file: Uri): Promise<Readonly<Record<string, string>>> {
  return JSON.parse(new TextDecoder().decode(await workspace.fs.readFile(file)));
}
