import assert from 'node:assert/strict';
import {
  type CodeAction,
  CodeActionKind,
  commands,
  type Hover,
  MarkdownString,
  Selection,
  TabInputWebview,
  Uri,
  window,
} from 'vscode';
import type { Test } from '../runner.ts';
import { expectFindings, open, privilegedPod, when } from './support.ts';

const EXPLAIN = 'kubeSafeguards.explainFinding';
const RULE = 'privileged-container';

/** Opens a pod and puts the caret on its finding. */
async function openAtFinding(name: string) {
  const document = await open(`explain/${name}.yaml`, privilegedPod(name));
  const [finding] = await expectFindings(document, RULE, 1);
  assert.ok(finding && window.activeTextEditor);
  window.activeTextEditor.selection = new Selection(finding.range.start, finding.range.start);
  return { document, finding };
}

/** Resolves once the page of a rule is shown, rendered; then closes it. */
async function expectPage(rule: string): Promise<void> {
  const page = () =>
    window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .find(({ input, label }) => input instanceof TabInputWebview && label.includes(`${rule}.md`));
  await when(
    window.tabGroups.onDidChangeTabs,
    () => page() !== undefined,
    () => `the page of ${rule}`,
  );
  const shown = page();
  if (shown !== undefined) await window.tabGroups.close(shown);
}

export const explainTests: Test[] = [
  {
    name: 'the finding at the caret is explained by the page of its rule, rendered in the editor',
    run: async () => {
      await openAtFinding('caret');
      await commands.executeCommand(EXPLAIN);
      await expectPage(RULE);
    },
  },
  {
    name: 'the link in a hover explains as well, and no other command can be linked there',
    run: async () => {
      const { document, finding } = await openAtFinding('hover');
      const hovers = await commands.executeCommand<Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        finding.range.start,
      );
      const [shown] = hovers
        .flatMap(({ contents }) => contents)
        .filter((content) => content instanceof MarkdownString)
        .filter(({ value }) => value.includes(RULE));
      assert.deepEqual(shown?.isTrusted, { enabledCommands: [EXPLAIN] });
      const link = /\(command:([\w.]+)\?([^)]+)\)/.exec(shown?.value ?? '');
      assert.equal(link?.[1], EXPLAIN);
      await commands.executeCommand(EXPLAIN, ...JSON.parse(decodeURIComponent(link?.[2] ?? '')));
      await expectPage(RULE);
    },
  },
  {
    name: 'the lightbulb offers to explain',
    run: async () => {
      const { document, finding } = await openAtFinding('lightbulb');
      const actions = await commands.executeCommand<CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        finding.range,
        CodeActionKind.QuickFix.value,
      );
      const explain = actions.find(({ title }) => title === `Explain ${RULE}`);
      assert.ok(explain?.command, actions.map(({ title }) => title).join('; '));
      await commands.executeCommand(explain.command.command, ...(explain.command.arguments ?? []));
      await expectPage(RULE);
    },
  },
  {
    name: 'the posture explains a finding of its tree',
    run: async () => {
      const { document, finding } = await openAtFinding('tree');
      const { message, range } = finding;
      const node = { rule: RULE, severity: 'error', message, range };
      const uri = document.uri.toString();
      await commands.executeCommand(EXPLAIN, { type: 'finding', id: 'x', uri, finding: node });
      await expectPage(RULE);
    },
  },
  {
    name: 'the page of a rule is readable where nothing renders Markdown',
    run: async () => {
      const uri = Uri.parse(`kube-safeguards-rule:${RULE}.md`);
      await window.showTextDocument(uri);
      assert.match(window.activeTextEditor?.document.getText() ?? '', /## What to do/);
      await commands.executeCommand('workbench.action.closeActiveEditor');
    },
  },
];
