import assert from 'node:assert/strict';
import { type CodeLens, commands, languages, type Uri, workspace } from 'vscode';
import type { Test } from '../runner.ts';
import { expectFindings, findings, open, privilegedPod, when } from './support.ts';

const FIX = 'kubeSafeguards.fixFindings';

export const postureTests: Test[] = [
  {
    name: 'a lens above each resource counts its findings and fixes them alone',
    run: async () => {
      const text = `${privilegedPod('first')}---\n${privilegedPod('second')}`;
      const document = await open('posture/lens.yaml', text);
      await expectFindings(document, 'privileged-container', 2);
      const lenses = await lensesIn(document.uri);
      assert.deepEqual([...new Set(lenses.map(({ range }) => range.start.line))], [0, 12]);
      assert.match(lenses[0]?.command?.title ?? '', /^\d+ errors?/);

      const fix = lenses.find(
        ({ range, command }) => range.start.line === 12 && command?.title === 'fix all',
      );
      assert.equal(fix?.command?.command, FIX);
      await commands.executeCommand(fix.command.command, ...(fix.command.arguments ?? []));
      await expectFindings(document, 'privileged-container', 1);
      assert.equal(findings(document, 'privileged-container')[0]?.range.start.line, 10);
      assert.ok(document.getText().startsWith(privilegedPod('first')), 'the first pod is as it was');
    },
  },
  {
    name: 'the lenses can be switched off',
    run: async () => {
      const document = await open('posture/no-lens.yaml', privilegedPod('quiet'));
      await expectFindings(document, 'privileged-container', 1);
      const settings = workspace.getConfiguration('kubeSafeguards', document.uri);
      await settings.update('codeLens', false);
      try {
        assert.deepEqual(await lensesIn(document.uri), []);
      } finally {
        await settings.update('codeLens', undefined);
      }
    },
  },
  {
    name: 'a finding is fixed from the posture, in a file that nobody had open',
    run: async () => {
      const document = await open('posture/tree.yaml', privilegedPod('tree'));
      const [known] = await expectFindings(document, 'privileged-container', 1);
      await commands.executeCommand('workbench.action.closeActiveEditor');
      await commands.executeCommand('kubeSafeguards.showPosture');
      await commands.executeCommand('kubeSafeguards.posture.refresh');
      const finding = {
        rule: 'privileged-container',
        severity: 'error',
        message: known?.message,
        range: known?.range,
        resource: { kind: 'Pod', name: 'tree', namespace: 'clinic' },
        fix: 'review',
      };
      const uri = document.uri.toString();
      await commands.executeCommand('kubeSafeguards.posture.fix', { type: 'finding', id: 'x', uri, finding });
      const fixed = () =>
        workspace.textDocuments.find((candidate) => candidate.uri.toString() === uri)?.getText() ?? '';
      await when(
        languages.onDidChangeDiagnostics,
        () => fixed().includes('privileged: false   # three spaces stay, too'),
        () => `the fix in ${fixed()}`,
      );
    },
  },
];

async function lensesIn(uri: Uri): Promise<CodeLens[]> {
  const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri);
  return lenses.sort((a, b) => a.range.start.line - b.range.start.line);
}
