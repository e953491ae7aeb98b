import { ConfigurationTarget, commands, workspace } from 'vscode';
import type { Test } from '../runner.ts';
import { expectFindings, open, privilegedPod, write } from './support.ts';

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
  {
    name: 'a policy counts no longer when its folder is deleted, or hidden by the editor',
    run: async () => {
      const missing = 'namespace-default-deny-missing';
      const policy = () => write('count/policies/deny.yaml', POLICY);
      const { path } = await policy();
      const document = await open('count/app/namespace.yaml', NAMESPACE);
      await expectFindings(document, missing, 0);
      const folder = document.uri.with({ path: path.slice(0, path.lastIndexOf('/')) });
      await workspace.fs.delete(folder, { recursive: true });
      await expectFindings(document, missing, 1);
      await policy();
      await expectFindings(document, missing, 0);
      const hide = (value: unknown) =>
        workspace.getConfiguration('files').update('exclude', value, ConfigurationTarget.Workspace);
      await hide({ '**/policies': true });
      await expectFindings(document, missing, 1);
      await hide(undefined);
      await expectFindings(document, missing, 0);
    },
  },
];

const NAMESPACE = `apiVersion: v1
kind: Namespace
metadata: { name: count }
`;
const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: count }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`;

async function set(setting: string, value: unknown): Promise<void> {
  await workspace.getConfiguration('kubeSafeguards').update(setting, value, ConfigurationTarget.Workspace);
}
