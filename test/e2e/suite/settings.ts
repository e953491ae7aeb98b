import { ConfigurationTarget, commands, workspace } from 'vscode';
import type { Test } from '../runner.ts';
import { expectFindings, open, privilegedPod } from './support.ts';

const RULE = 'privileged-container';

export const settingsTests: Test[] = [
  {
    name: 'a rule can be switched off and on again while the editor runs',
    run: async () => {
      const document = await open('settings/rule.yaml', privilegedPod('rule'));
      await expectFindings(document, RULE, 1);
      await set('rules', { [RULE]: 'off' });
      await expectFindings(document, RULE, 0);
      await set('rules', undefined);
      await expectFindings(document, RULE, 1);
    },
  },
  {
    name: 'the whole extension can be switched off and on again',
    run: async () => {
      const document = await open('settings/enable.yaml', privilegedPod('enable'));
      await expectFindings(document, RULE, 1);
      await set('enable', false);
      await expectFindings(document, RULE, 0);
      await set('enable', undefined);
      await expectFindings(document, RULE, 1);
    },
  },
  {
    name: 'reverting a file brings its diagnostics back',
    run: async () => {
      const document = await open('settings/revert.yaml', privilegedPod('revert'));
      await expectFindings(document, RULE, 1);
      await commands.executeCommand('editor.action.selectAll');
      await commands.executeCommand('deleteLeft');
      await expectFindings(document, RULE, 0);
      await commands.executeCommand('workbench.action.files.revert');
      await expectFindings(document, RULE, 1);
    },
  },
];

async function set(setting: string, value: unknown): Promise<void> {
  await workspace.getConfiguration('kubeSafeguards').update(setting, value, ConfigurationTarget.Workspace);
}
