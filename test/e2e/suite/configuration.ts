import assert from 'node:assert/strict';
import { commands, Uri, window, workspace } from 'vscode';
import type { Test } from '../runner.ts';
import { open, privilegedPod } from './support.ts';

export const configurationTests: Test[] = [
  {
    name: 'a configuration is proposed from what the workspace holds, and never overwritten',
    run: async () => {
      await open('configuration/intake.yaml', privilegedPod('intake'));
      const uri = Uri.joinPath(
        workspace.workspaceFolders?.[0]?.uri ?? Uri.file('/'),
        '.kube-safeguards.yaml',
      );
      try {
        await commands.executeCommand('kubeSafeguards.initializeConfiguration');
        assert.equal(window.activeTextEditor?.document.uri.toString(), uri.toString());
        const text = window.activeTextEditor?.document.getText() ?? '';
        assert.match(text, /^ {4}- clinic # its name$/m);
        assert.match(text, /^ {4}- registry\.example\.com$/m);

        await workspace.fs.writeFile(uri, new TextEncoder().encode('rules: {}\n'));
        await commands.executeCommand('kubeSafeguards.initializeConfiguration');
        assert.equal(new TextDecoder().decode(await workspace.fs.readFile(uri)), 'rules: {}\n');
      } finally {
        await workspace.fs.delete(uri);
      }
    },
  },
];
