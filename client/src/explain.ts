/** The command that explains a finding: the page of its rule, rendered, wherever somebody asks from. */

import {
  commands,
  type Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  languages,
  type QuickPickItem,
  type TextEditor,
  Uri,
  window,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { DIAGNOSTIC_SOURCE, SETTINGS_SECTION } from '../../server/src/features/protocol.ts';
import { t } from './l10n.ts';
import { sayNodeIsGone } from './posture/fix.ts';
import { findingsBelow, type PostureNode } from './posture/model.ts';
import { RULE_PAGE_SCHEME } from './rule-pages.ts';
import { whenRunning } from './when-running.ts';

export const EXPLAIN_COMMAND = `${SETTINGS_SECTION}.explainFinding`;

/** Of the editor's own Markdown extension. */
const PREVIEW_COMMAND = 'markdown.showPreview';

export function registerExplain(client: BaseLanguageClient): Disposable {
  return commands.registerCommand(EXPLAIN_COMMAND, async (...given: [asked?: string | PostureNode]) => {
    if (!(await whenRunning(client))) return;
    const [asked] = given;
    if (given.length > 0 && !asked) return sayNodeIsGone();
    const rule = asked ? ruleOf(asked) : await chosenRule();
    if (rule !== undefined) await showPage(rule);
  });
}

/** Links and code actions ask for a rule by its id, the posture by a node of its tree. */
function ruleOf(asked: string | PostureNode): string | undefined {
  return typeof asked === 'string' ? asked : findingsBelow(asked)[0]?.finding.rule;
}

async function showPage(rule: string): Promise<void> {
  const uri = Uri.from({ scheme: RULE_PAGE_SCHEME, path: `${rule}.md` });
  try {
    await commands.executeCommand(PREVIEW_COMMAND, uri);
  } catch {
    // Somebody has switched that extension off.
    await window.showTextDocument(uri);
  }
}

/** The one finding at the caret, or one that is picked: of those there, else on the line, else in the file. */
async function chosenRule(): Promise<string | undefined> {
  const editor = window.activeTextEditor;
  if (editor === undefined) {
    void window.showInformationMessage(
      t('Open a manifest, a chart or its values first, and put the caret on what is underlined.'),
    );
    return undefined;
  }
  const { isNear, findings } = findingsNear(editor);
  if (findings.length === 0) {
    void window.showInformationMessage(
      t('No rule finds anything in this file, so there is nothing to explain.'),
    );
    return undefined;
  }
  const picks = picksFor(findings);
  const [only] = picks;
  if (isNear && picks.length === 1) return only?.label;
  const placeHolder = isNear
    ? t('Which finding is to be explained?')
    : t('Nothing is found on this line. Which finding of the file is to be explained?');
  const picked = await window.showQuickPick(picks, { placeHolder, matchOnDetail: true });
  return picked?.label;
}

/** The findings as near to the caret as there are any. */
function findingsNear({ document, selection: { active } }: TextEditor): {
  isNear: boolean;
  findings: readonly Diagnostic[];
} {
  const all = languages.getDiagnostics(document.uri).filter((known) => ruleIn(known) !== undefined);
  const atCaret = all.filter(({ range }) => range.contains(active));
  if (atCaret.length > 0) return { isNear: true, findings: atCaret };
  const onLine = all.filter(({ range }) => range.start.line <= active.line && active.line <= range.end.line);
  return onLine.length > 0 ? { isNear: true, findings: onLine } : { isNear: false, findings: all };
}

const ICONS: Readonly<Record<DiagnosticSeverity, string>> = {
  [DiagnosticSeverity.Error]: 'error',
  [DiagnosticSeverity.Warning]: 'warning',
  [DiagnosticSeverity.Information]: 'info',
  [DiagnosticSeverity.Hint]: 'info',
};

/** One pick a rule, in the order of the file; the label is the rule. */
function picksFor(findings: readonly Diagnostic[]): QuickPickItem[] {
  const byRule = new Map<string, QuickPickItem>();
  const inOrder = findings.toSorted((a, b) => a.range.start.compareTo(b.range.start));
  for (const finding of inOrder) {
    const rule = ruleIn(finding);
    if (rule === undefined || byRule.has(rule)) continue;
    const description = t('line {0}', finding.range.start.line + 1);
    byRule.set(rule, {
      label: rule,
      description,
      detail: `$(${ICONS[finding.severity]}) ${finding.message}`,
    });
  }
  return [...byRule.values()];
}

/** Remarks of the tool itself have no page. */
function ruleIn({ source, code }: Diagnostic): string | undefined {
  return source === DIAGNOSTIC_SOURCE && typeof code === 'object' ? String(code.value) : undefined;
}
