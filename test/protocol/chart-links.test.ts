import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver';
import { readChartFolder } from '../../server/src/workspace/chart-reader.ts';
import { NodeFileSystem } from '../../server/src/workspace/node-file-system.ts';
import { connectInProcess } from '../support/language-client.ts';
import { smallRules } from '../support/small-rules.ts';

const POD = `apiVersion: v1
kind: Pod
metadata: { name: {{ .Release.Name }}-api }
spec: { containers: [{ name: web, securityContext: { privileged: {{ .Values.privileged }} } }] }
`;

/** Folders on disk, with links by their target. */
function folderWith(files: Readonly<Record<string, string>>, links: Readonly<Record<string, string>>) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'chart-links-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const place = (path: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    return join(folder, path);
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(place(path), text);
  for (const [path, target] of Object.entries(links)) symlinkSync(target, place(path));
  return { folder, uriOf: (path: string) => pathToFileURL(join(folder, path)).href };
}

const chartFile = (name: string) => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`;

const FILES = {
  'work/app/Chart.yaml': chartFile('app'),
  'work/app/values.yaml': 'api: { privileged: true }\n',
  'work/lib/Chart.yaml': chartFile('api'),
  'work/lib/values.yaml': 'privileged: false\n',
  'work/lib/templates/pod.yaml': POD,
};

describe('a chart with links in charts/', () => {
  it('is checked with the charts of the workspace that they lead to, also while these are edited', async () => {
    const { uriOf } = folderWith(FILES, { 'work/app/charts/api': '../../lib' });
    const client = connectInProcess({ fileSystem: new NodeFileSystem(), rules: smallRules });
    onTestFinished(() => client.connection.dispose());
    await client.initialize({ textDocument: { diagnostic: {} } }, { rootUri: uriOf('work') });
    const told = async (path: string) => {
      const params = { textDocument: { uri: uriOf(path) } };
      const { items } = await client.connection.sendRequest<{ items: Diagnostic[] }>(
        'textDocument/diagnostic',
        params,
      );
      return items.map(({ code, range: { start } }) => `${code} ${start.line}:${start.character}`);
    };
    await client.open(uriOf('work/app/values.yaml'), FILES['work/app/values.yaml']);
    expect(await told('work/app/values.yaml')).toEqual(['privileged-container 0:19']);
    await client.open(uriOf('work/lib/templates/pod.yaml'), POD, 'helm');
    expect(await told('work/lib/templates/pod.yaml')).toEqual([]);
    const typed = POD.replace('{{ .Values.privileged }}', 'true');
    await client.change(uriOf('work/lib/templates/pod.yaml'), 2, [{ text: typed }]);
    expect(await told('work/lib/templates/pod.yaml')).toEqual(['privileged-container 3:65']);
    expect(await told('work/app/values.yaml')).toEqual([]);
  });

  it('is read without what is elsewhere, and without going round in a circle', async () => {
    const { uriOf } = folderWith(
      {
        ...FILES,
        'else/secret/Chart.yaml': chartFile('secret'),
        'else/secret/values.yaml': 'a: 1\n',
        'work/plain/values.yaml': 'a: 1\n',
      },
      {
        'work/app/charts/api': '../../lib',
        'work/lib/charts/app': '../../app',
        'work/lib/more': 'templates',
        'work/app/charts/secret': '../../../else/secret',
        'work/app/charts/plain': '../../plain',
        'work/app/outside.yaml': '../../else/secret/values.yaml',
        'work/app/inside.yaml': 'values.yaml',
        'work/app/gone': 'nowhere',
      },
    );
    const read = await readChartFolder(new NodeFileSystem(), uriOf('work/app'), uriOf('work'));
    expect([...(read?.files.keys() ?? [])].sort()).toEqual([
      'Chart.yaml',
      'charts/api/Chart.yaml',
      'charts/api/charts/app/Chart.yaml',
      'charts/api/charts/app/inside.yaml',
      'charts/api/charts/app/values.yaml',
      'charts/api/more/pod.yaml',
      'charts/api/templates/pod.yaml',
      'charts/api/values.yaml',
      'inside.yaml',
      'values.yaml',
    ]);
  });
});
