/** That nothing is told twice beside the YAML and the Kubernetes extension, and nothing by nobody (`stand-ins.ts`). */

import assert from 'node:assert/strict';
import {
  type CompletionList,
  commands,
  type Diagnostic,
  extensions,
  type Hover,
  languages,
  type MarkdownString,
  type TextDocument,
} from 'vscode';
import type { Test } from '../runner.ts';
import { expectFindings, open, when } from './support.ts';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: portal, namespace: clinic }
spec:
  replicas: two
  selecter: {}
`;

const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: portal, namespace: clinic }
spec:
  rules: nothing
`;

const TEMPLATE = `apiVersion: v1
kind: Pod
metadata: { name: {{ .Release.Name | quote }}, namespace: clinic }
spec:
  hostPd: true
  nodeName: {{ lookup "v1" "Node" "" "" | toJson | quote }}
  containers: []
`;

export const besideTests: Test[] = [
  {
    name: 'a finding that the YAML extension tells of its line is not told again; the others are',
    run: async () => {
      const document = await open('beside/deployment.yaml', DEPLOYMENT);
      await told(document, 'Incorrect type');
      const [unknown] = await expectFindings(document, 'kubernetes-schema', 1);
      assert.equal(document.getText(unknown?.range), 'selecter');
      const broken = await open(
        'beside/broken.yaml',
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  a: "b\n',
      );
      await told(broken, 'Missing closing');
      await expectFindings(broken, 'default-namespace', 1); // the server has read it
      await expectFindings(broken, 'yaml-syntax', 0);
    },
  },
  {
    name: 'fields of the kinds that the Kubernetes extension knows are left to it, and no others',
    run: async () => {
      const deployment = await open('beside/known.yaml', DEPLOYMENT);
      await expectFindings(deployment, 'kubernetes-schema', 1); // the server has read it
      assert.deepEqual(await hovers(deployment, 'replicas', 'replicas'), []);
      assert.ok(!(await labels(deployment, 'selecter')).includes('strategy'));
      const ingress = await open('beside/unknown.yaml', INGRESS);
      await expectFindings(ingress, 'kubernetes-schema', 1);
      assert.match((await hovers(ingress, 'rules', 'rules')).join(), /list of IngressRule/);
      assert.ok((await labels(ingress, 'rules')).includes('ingressClassName'));
    },
  },
  {
    name: 'templates in the language of another extension are checked and explained, their functions left to it',
    run: async () => {
      await open('beside/chart/Chart.yaml', 'apiVersion: v2\nname: portal\nversion: 1.0.0\n');
      const template = await open('beside/chart/templates/pod.yaml', TEMPLATE);
      assert.equal(template.languageId, 'helm');
      await expectFindings(template, 'kubernetes-schema', 1);
      assert.match((await hovers(template, 'containers', 'containers')).join(), /list of Container/);
      assert.match((await hovers(template, 'Release.Name', 'Name')).join(), /name of the release/);
      const kubernetes = extensions.getExtension('ms-kubernetes-tools.vscode-kubernetes-tools');
      assert.ok(kubernetes?.isActive);
      const quote = (await hovers(template, 'quote', 'quote')).join();
      assert.match(quote, /surrounds with quotes/);
      assert.doesNotMatch(quote, /quote VALUE/);
      assert.match((await hovers(template, 'lookup', 'lookup')).join(), /lookup VERSION/);
    },
  },
  {
    name: 'names in templates are offered once, whoever offers them, and fields as ever',
    run: async () => {
      await open('beside/names/Chart.yaml', 'apiVersion: v2\nname: portal\nversion: 1.0.0\n');
      await open('beside/names/values.yaml', 'image: portal\nreplicas: 2\n');
      const text = TEMPLATE.replace(
        '  containers: []\n',
        '  containers: [{ name: web, env: [] }]\n# {{ .Values.replicas }} {{ default 1 2 }}\n',
      );
      const template = await open('beside/names/templates/pod.yaml', text);
      await expectFindings(template, 'kubernetes-schema', 1); // the server has read it
      const offered = async (before: string) => {
        const all = await labels(template, before, before.length);
        return (name: string) => all.filter((label) => label === name).length;
      };
      const value = await offered('.Values.');
      assert.deepEqual([value('image'), value('replicas')], [1, 1]);
      const word = await offered('{{ de');
      assert.deepEqual(['define', 'quote', 'default', 'lookup'].map(word), [1, 1, 1, 1]);
      assert.equal((await offered('web, en'))('env'), 2); // the field, and somebody's function
    },
  },
];

/** Resolves once somebody tells something of a document. */
async function told(document: TextDocument, message: string): Promise<void> {
  const isIt = (diagnostic: Diagnostic) => diagnostic.message.startsWith(message);
  await when(
    languages.onDidChangeDiagnostics,
    () => languages.getDiagnostics(document.uri).some(isIt),
    () => message,
  );
}

/** What our hovers say of a word that stands in a text of the document. */
async function hovers(document: TextDocument, text: string, word: string): Promise<string[]> {
  const at = document.positionAt(document.getText().indexOf(text) + text.indexOf(word) + 1);
  const found: Hover[] = await commands.executeCommand('vscode.executeHoverProvider', document.uri, at);
  return found.flatMap(({ contents }) => contents.map((content) => (content as MarkdownString).value));
}

/** What is offered where a text of the document begins, or so many characters behind. */
async function labels(document: TextDocument, text: string, behind = 0): Promise<string[]> {
  const at = document.positionAt(document.getText().indexOf(text) + behind);
  const list: CompletionList = await commands.executeCommand(
    'vscode.executeCompletionItemProvider',
    document.uri,
    at,
  );
  return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}
