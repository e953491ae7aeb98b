import assert from 'node:assert/strict';
import {
  type CompletionItem,
  type CompletionList,
  commands,
  languages,
  Position,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { Test } from '../runner.ts';
import { apply, quickFix } from './fixes.ts';
import { expectFindings, open, privilegedPod, when } from './support.ts';

const SCHEME = 'kube-safeguards-rendered';

const TEMPLATE = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "portal.name" . }}
data:
  tag: {{ .Values.image.tag | quote }}
`;

const POD = privilegedPod('portal').replace('privileged: true', 'privileged: {{ .Values.privileged }}');

const helpers = (name: string) => `{{ define "portal.name" }}{{ .Release.Name }}-${name}{{ end }}\n`;

async function write(path: string, text: string): Promise<void> {
  const root = workspace.workspaceFolders?.[0]?.uri;
  if (!root) throw new Error('No folder is open.');
  await workspace.fs.writeFile(Uri.joinPath(root, path), new TextEncoder().encode(text));
}

/** Writes a chart into the workspace and shows its template. */
async function openChart(folder: string, template = TEMPLATE): Promise<TextDocument> {
  await write(`${folder}/Chart.yaml`, 'apiVersion: v2\nname: portal\nversion: 1.0.0\n');
  await write(`${folder}/values.yaml`, 'image:\n  tag: "1.4.2"\n  repository: portal\n');
  await write(`${folder}/templates/_helpers.tpl`, helpers('portal'));
  return open(`${folder}/templates/web.yaml`, template);
}

async function labelsAt(document: TextDocument, position: Position): Promise<string[]> {
  const list = await commands.executeCommand<CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  return list.items.map(({ label }: CompletionItem) => (typeof label === 'string' ? label : label.label));
}

function previewText(): string {
  return workspace.textDocuments.find(({ uri }) => uri.scheme === SCHEME)?.getText() ?? '';
}

/** Resolves when the preview has a text. */
function previewed(text: string): Promise<void> {
  return when(workspace.onDidChangeTextDocument, () => previewText().includes(text), previewText);
}

export const chartTests: Test[] = [
  {
    name: 'values are completed in a template',
    run: async () => {
      const document = await openChart('charts/completed', `${TEMPLATE}  more: {{ .Values.image. }}\n`);
      // The first diagnostics tell that the server knows the file.
      await when(
        languages.onDidChangeDiagnostics,
        () => true,
        () => 'diagnostics',
      );
      const at = new Position(6, '  more: {{ .Values.image.'.length);
      assert.deepEqual((await labelsAt(document, at)).filter((label) => label !== 'abc').sort(), [
        'repository',
        'tag',
      ]);
    },
  },
  {
    name: 'the rendered manifest stands beside its template and follows edits, and files on disk',
    run: async () => {
      const document = await openChart('charts/previewed');
      await commands.executeCommand('kubeSafeguards.previewRenderedManifest');
      assert.ok(window.visibleTextEditors.some((editor) => editor.document.uri.scheme === SCHEME));
      await previewed('name: release-name-portal');
      assert.match(previewText(), /tag: "1\.4\.2"/);
      const edit = new WorkspaceEdit();
      edit.insert(document.uri, new Position(6, 0), '  more: {{ .Values.image.repository }}\n');
      await workspace.applyEdit(edit);
      await previewed('more: portal');
      await write('charts/previewed/templates/_helpers.tpl', helpers('records'));
      await previewed('name: release-name-records');
    },
  },
  {
    name: 'a finding of a chart stands in values.yaml, where its fix repairs it',
    run: async () => {
      await openChart('charts/found', POD);
      const values = await open('charts/found/values.yaml', 'privileged: true # for now\n');
      const [finding] = await expectFindings(values, 'privileged-container', 1);
      assert.ok(finding);
      assert.equal(values.getText(finding.range), 'true');
      await apply(await quickFix(values, finding));
      assert.equal(values.getText(), 'privileged: false # for now\n');
      await expectFindings(values, 'privileged-container', 0);
    },
  },
];
