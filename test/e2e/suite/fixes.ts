import assert from 'node:assert/strict';
import {
  type CodeAction,
  CodeActionKind,
  ConfigurationTarget,
  commands,
  type Diagnostic,
  type TextDocument,
  workspace,
} from 'vscode';
import type { Test } from '../runner.ts';
import { expectFindings, open, privilegedPod } from './support.ts';

export const fixTests: Test[] = [
  {
    name: 'the quick-fix changes one word, and the diagnostic goes away',
    run: async () => {
      const text = privilegedPod('fix');
      const document = await open('fixes/pod.yaml', text);
      const [finding] = await expectFindings(document, 'privileged-container', 1);
      await apply(await quickFix(document, finding as Diagnostic));
      assert.equal(document.getText(), text.replace('privileged: true', 'privileged: false'));
      await expectFindings(document, 'privileged-container', 0);
    },
  },
  {
    name: 'the quick-fix keeps CRLF line ends',
    run: async () => {
      const text = privilegedPod('crlf').replaceAll('\n', '\r\n');
      const document = await open('fixes/crlf.yaml', text);
      const [finding] = await expectFindings(document, 'privileged-container', 1);
      await apply(await quickFix(document, finding as Diagnostic));
      assert.equal(document.getText(), text.replace('privileged: true', 'privileged: false'));
    },
  },
  {
    name: 'saving applies the safe fixes, and those alone, when the user asked for it',
    run: async () => {
      const editor = workspace.getConfiguration('editor');
      const onSave = { 'source.fixAll.kubeSafeguards': 'always' };
      await editor.update('codeActionsOnSave', onSave, ConfigurationTarget.Workspace);
      try {
        const text = `${privilegedPod('save')}        runAsUser: 10001\n        runAsNonRoot: false # why?\n`;
        const document = await open('fixes/save.yaml', text);
        await expectFindings(document, 'run-as-non-root', 1);
        await commands.executeCommand('type', { text: '# typed\n' });
        await document.save();
        assert.equal(document.getText(), `# typed\n${text.replace('NonRoot: false', 'NonRoot: true')}`);
        await expectFindings(document, 'run-as-non-root', 0);
        await expectFindings(document, 'privileged-container', 1); // its fix may change what runs
      } finally {
        await editor.update('codeActionsOnSave', undefined, ConfigurationTarget.Workspace);
      }
    },
  },
];

/** The preferred quick-fix at a finding, or else the first one, among those which change the document. */
export async function quickFix(document: TextDocument, finding: Diagnostic): Promise<CodeAction> {
  const actions = await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    finding.range,
    CodeActionKind.QuickFix.value,
    10, // resolve that many
  );
  const fixes = actions.filter(({ edit }) => edit?.has(document.uri));
  const fix = fixes.find(({ isPreferred }) => isPreferred) ?? fixes[0];
  if (!fix)
    throw new Error(`No quick-fix; there are: ${actions.map(({ title }) => title).join('; ') || 'none'}`);
  return fix;
}

export async function apply({ edit }: CodeAction): Promise<void> {
  assert.ok(edit && (await workspace.applyEdit(edit)), 'the edit was applied');
}
