import assert from 'node:assert/strict';
import { commands, TabInputWebview, window } from 'vscode';
import type { Test } from '../runner.ts';
import { expectFindings, open, privilegedPod, when } from './support.ts';

function reports() {
  return window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) => input instanceof TabInputWebview && input.viewType.endsWith('kubeSafeguards.evidence'),
    );
}

export const evidenceTests: Test[] = [
  {
    name: 'the evidence report opens once, and again when asked for again',
    run: async () => {
      const document = await open('evidence/pod.yaml', privilegedPod('evidence'));
      await expectFindings(document, 'privileged-container', 1);
      await commands.executeCommand('kubeSafeguards.showEvidenceReport');
      const labels = () => reports().map(({ label }) => label);
      await when(
        window.tabGroups.onDidChangeTabs,
        () => labels().includes('Evidence Report'),
        () => labels().join(),
      );
      await commands.executeCommand('kubeSafeguards.showEvidenceReport');
      assert.equal(reports().length, 1);
      await window.tabGroups.close(reports());
    },
  },
  {
    name: 'admission policies are shown as a new file',
    run: async () => {
      await commands.executeCommand('kubeSafeguards.exportClusterPolicies');
      const document = window.activeTextEditor?.document;
      assert.equal(document?.uri.scheme, 'untitled');
      assert.match(document?.getText() ?? '', /kind: ValidatingAdmissionPolicy\n/);
      await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    },
  },
];
