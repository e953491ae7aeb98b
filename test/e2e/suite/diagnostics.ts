import assert from 'node:assert/strict';
import { commands, extensions, languages, WorkspaceEdit, window, workspace } from 'vscode';
import type { Test } from '../runner.ts';
import { expectFindings, open, privilegedPod } from './support.ts';

export const diagnosticsTests: Test[] = [
  {
    name: 'a manifest activates the extension and gets its diagnostic',
    run: async () => {
      const document = await open('diagnostics/pod.yaml', privilegedPod('pod'));
      const [finding] = await expectFindings(document, 'privileged-container', 1);
      assert.equal(document.getText(finding?.range), 'true');
      assert.ok(extensions.getExtension('kube-safeguards.kube-safeguards')?.isActive);
    },
  },
  {
    name: 'a diagnostic comes and goes while typing',
    run: async () => {
      const text = privilegedPod('typing');
      const document = await open(
        'diagnostics/typing.yaml',
        text.replace('privileged: true', 'privileged: false'),
      );
      const typed = new WorkspaceEdit();
      typed.insert(
        document.uri,
        document.positionAt(document.getText().length),
        `---\n${privilegedPod('second')}`,
      );
      await workspace.applyEdit(typed);
      const [finding] = await expectFindings(document, 'privileged-container', 1);
      assert.ok(finding && finding.range.start.line > document.lineCount / 2, 'in the second document');

      const corrected = new WorkspaceEdit();
      corrected.replace(document.uri, finding.range, 'false');
      await workspace.applyEdit(corrected);
      await expectFindings(document, 'privileged-container', 0);
    },
  },
  {
    name: 'JSON manifests are checked, other JSON is left alone',
    run: async () => {
      const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'json', namespace: 'clinic' } };
      const containers = [{ name: 'json', image: 'json:1', securityContext: { privileged: true } }];
      const manifest = await open(
        'diagnostics/pod.json',
        JSON.stringify({ ...pod, spec: { containers } }, null, 2),
      );
      await expectFindings(manifest, 'privileged-container', 1);
      const other = await open(
        'diagnostics/settings.json',
        JSON.stringify({ securityContext: { privileged: true } }),
      );
      await expectFindings(other, 'privileged-container', 0);
    },
  },
  {
    name: 'the link of a diagnostic opens the page of its rule in the editor, with its examples and without a network',
    run: async () => {
      const document = await open('diagnostics/link.yaml', privilegedPod('link'));
      const [finding] = await expectFindings(document, 'privileged-container', 1);
      const { code } = finding ?? {};
      assert.ok(typeof code === 'object');
      await commands.executeCommand('vscode.open', code.target);
      const page = window.activeTextEditor?.document;
      assert.equal(page?.languageId, 'markdown');
      const text = page?.getText() ?? '';
      assert.match(text, /^# privileged-container/);
      assert.match(
        text,
        /^## Not compliant$[\s\S]*^ +privileged: true # for debugging$[\s\S]*^## Compliant$/m,
      );
    },
  },
  {
    name: 'templates that another extension opened as helm are checked as well',
    run: async () => {
      const document = await open('diagnostics/helm.yaml', privilegedPod('helm'));
      await languages.setTextDocumentLanguage(document, 'helm');
      await expectFindings(document, 'privileged-container', 1);
    },
  },
];
