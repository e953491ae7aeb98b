import assert from 'node:assert/strict';
import { commands, env, extensions, type Hover, type MarkdownString, Position, UIKind } from 'vscode';
import type { Test } from '../runner.ts';
import { expectFindings, open, privilegedPod, write } from './support.ts';

export const workerTests: Test[] = [
  {
    name: 'the extension runs in the browser, without a process',
    run: async () => {
      const document = await open('worker/pod.yaml', privilegedPod('worker'));
      await expectFindings(document, 'privileged-container', 1);
      assert.equal(env.uiKind, UIKind.Web);
      assert.equal(typeof process, 'undefined');
      const client = extensions.getExtension('kube-safeguards.kube-safeguards')?.exports;
      assert.equal(client.serverProcess, undefined);
    },
  },
  {
    name: 'the command restarts the server, also while it starts',
    run: async () => {
      const document = await open('worker/restart.yaml', privilegedPod('restart'));
      await expectFindings(document, 'privileged-container', 1);
      const restart = () => commands.executeCommand('kubeSafeguards.restartServer');
      await restart();
      await expectFindings(document, 'privileged-container', 1);
      await Promise.all([restart(), restart(), restart()]);
      await expectFindings(document, 'privileged-container', 1);
    },
  },
  {
    name: 'files that are not open are read through the file system of the editor',
    run: async () => {
      const namespace = await open(
        'worker/deny/namespace.yaml',
        'apiVersion: v1\nkind: Namespace\nmetadata: { name: billing }\n',
      );
      await expectFindings(namespace, 'namespace-default-deny-missing', 1);
      await write('worker/deny/policy.yaml', DEFAULT_DENY);
      await expectFindings(namespace, 'namespace-default-deny-missing', 0);
    },
  },
  {
    name: 'schemas validate manifests and describe their fields',
    run: async () => {
      const text = privilegedPod('schema').replace('containers:', 'contianers: []\n  containers:');
      const document = await open('worker/schema.yaml', text);
      const [finding] = await expectFindings(document, 'kubernetes-schema', 1);
      assert.equal(document.getText(finding?.range), 'contianers');
      const line = text.split('\n').indexOf('  containers:');
      const hovers = await commands.executeCommand<Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        new Position(line, 4),
      );
      const shown = hovers.flatMap(({ contents }) => contents as MarkdownString[]).map(({ value }) => value);
      assert.match(shown.join('\n'), /List of containers belonging to the pod/);
    },
  },
];

const DEFAULT_DENY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: billing }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`;
