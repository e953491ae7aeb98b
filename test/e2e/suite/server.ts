import assert from 'node:assert/strict';
import { commands, type Extension, extensions } from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import type { Test } from '../runner.ts';
import { expectFindings, open, privilegedPod, when } from './support.ts';

const RULE = 'privileged-container';

export const serverTests: Test[] = [
  {
    name: 'a server that dies is started again',
    run: async () => {
      const document = await open('server/crash.yaml', privilegedPod('crash'));
      await expectFindings(document, RULE, 1);
      const client = languageClient();
      const before = client.serverProcess?.pid;
      assert.ok(before, 'the server runs');
      process.kill(before, 'SIGKILL');
      await restarted(client, before);
      await expectFindings(document, RULE, 1);
    },
  },
  {
    name: 'a server that dies in the middle of a conversation is started again',
    run: async () => {
      const document = await open('server/talking.yaml', privilegedPod('talking'));
      await expectFindings(document, RULE, 1);
      const client = languageClient();
      const before = client.serverProcess?.pid;
      assert.ok(before, 'the server runs');
      process.kill(before, 'SIGKILL');
      // Nobody has noticed yet, and what is said now is lost.
      const lost = Array.from({ length: 20 }, async () => {
        await new Promise((done) => setTimeout(done));
        return client.sendRequest('kubeSafeguards/posture').catch(() => 'lost');
      });
      await restarted(client, before);
      await Promise.all(lost);
      await expectFindings(document, RULE, 1);
    },
  },
  {
    name: 'the server can be restarted while it starts',
    run: async () => {
      const document = await open('server/twice.yaml', privilegedPod('twice'));
      await expectFindings(document, RULE, 1);
      const client = languageClient();
      const before = client.serverProcess?.pid;
      const restart = () => commands.executeCommand('kubeSafeguards.restartServer');
      await Promise.all([restart(), restart(), restart()]);
      await restarted(client, before);
      await expectFindings(document, RULE, 1);
    },
  },
  {
    name: 'the command restarts the server',
    run: async () => {
      const document = await open('server/restart.yaml', privilegedPod('restart'));
      await expectFindings(document, RULE, 1);
      const client = languageClient();
      const before = client.serverProcess?.pid;
      await commands.executeCommand('kubeSafeguards.restartServer');
      await restarted(client, before);
      await expectFindings(document, RULE, 1);
    },
  },
];

function languageClient(): LanguageClient {
  const extension: Extension<LanguageClient> | undefined = extensions.getExtension(
    'kube-safeguards.kube-safeguards',
  );
  assert.ok(extension?.isActive, 'the extension is active');
  return extension.exports;
}

function restarted(client: LanguageClient, before: number | undefined): Promise<void> {
  const isNew = () => client.state === State.Running && client.serverProcess?.pid !== before;
  return when(client.onDidChangeState, isNew, () => 'a new server process');
}
