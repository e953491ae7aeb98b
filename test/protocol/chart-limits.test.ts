import { expect, it, onTestFinished } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver';
import { helmTemplateError } from '../../server/src/rules/authoring/helm-template-error.ts';
import { connectInProcess } from '../support/language-client.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';
import { smallRules } from '../support/small-rules.ts';

const FOLDER = 'file:///work/ehr';
const VALUES = `${FOLDER}/values.yaml`;
const BATCH = `${FOLDER}/templates/batch.yaml`;

const pod = (name: string) => `apiVersion: v1
kind: Pod
metadata: { name: {{ .Release.Name }}-${name} }
spec: { containers: [{ name: web, securityContext: { privileged: {{ .Values.${name} }} } }] }
`;

const FILES = {
  [`${FOLDER}/Chart.yaml`]: 'apiVersion: v2\nname: ehr\nversion: 0.1.0\n',
  [VALUES]: 'api: true\nbatch: true\nweb: false\n',
  [`${FOLDER}/templates/api.yaml`]: pod('api'),
  [BATCH]: pod('batch'),
  [`${FOLDER}/templates/web.yaml`]: pod('web'),
};

it('gives up one template that does not end, and goes on with the others', { timeout: 60_000 }, async () => {
  const client = connectInProcess({
    fileSystem: new MemoryFileSystem(FILES),
    rules: [...smallRules, helmTemplateError],
  });
  onTestFinished(() => client.connection.dispose());
  await client.initialize({ textDocument: { diagnostic: {} } }, { rootUri: 'file:///work' });
  const told = async (uri: string) => {
    const params = { textDocument: { uri } };
    const { items } = await client.connection.sendRequest<{ items: Diagnostic[] }>(
      'textDocument/diagnostic',
      params,
    );
    return items.map(({ code, range: { start } }) => `${code} ${start.line}`);
  };
  await client.open(VALUES, FILES[VALUES]);
  await client.open(BATCH, FILES[BATCH], 'helm');
  expect(await told(VALUES)).toEqual(['privileged-container 0', 'privileged-container 1']);
  await client.change(BATCH, 2, [{ text: `{{- range 900000000 }}{{ end }}\n${pod('batch')}` }]);
  expect(await told(BATCH)).toEqual(['helm-template-error 0']);
  // What was found in it stays; the templates before and behind it are checked.
  expect(await told(VALUES)).toEqual(['privileged-container 0', 'privileged-container 1']);
  await client.change(VALUES, 2, [{ text: 'api: true\nbatch: true\nweb: true\n' }]);
  const all = ['privileged-container 0', 'privileged-container 1', 'privileged-container 2'];
  expect(await told(VALUES)).toEqual(all);
  await client.change(BATCH, 3, [{ text: pod('batch') }]);
  expect(await told(BATCH)).toEqual([]);
});
