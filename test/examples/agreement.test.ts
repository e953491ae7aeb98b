import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WorkspaceDiagnosticReport } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { runCommand } from '../../server/src/cli/main.ts';
import { rules } from '../../server/src/rules/index.ts';
import { NodeFileSystem } from '../../server/src/workspace/node-file-system.ts';
import { TODAY } from '../support/check-text.ts';
import { TestFolder } from '../support/command-line.ts';
import { connectInProcess } from '../support/language-client.ts';

/** The findings of the command line, as `file:line rule message`. */
async function onCommandLine(folder: string): Promise<string[]> {
  let output = '';
  await runCommand(['check', '--format', 'json', '.'], {
    ...{ workingFolder: folder, rules, version: '1.2.3', today: TODAY, now: Date.parse(TODAY) },
    ...{ colour: false, standardInput: new Uint8Array(), writeError: () => {} },
    writeOutput: (text) => {
      output += text;
    },
  });
  const { findings } = JSON.parse(output) as {
    findings: {
      file: string;
      rule: string;
      message: string;
      range: { start: { line: number } };
      suppression?: unknown;
    }[];
  };
  return findings
    .filter(({ suppression }) => suppression === undefined)
    .map(({ file, rule, message, range }) => `${file}:${range.start.line} ${rule} ${message}`)
    .sort();
}

/** The same of the editor, for all files of the folder. */
async function inEditor(folder: string): Promise<string[]> {
  const root = URI.file(folder).toString();
  const client = connectInProcess({ rules, fileSystem: new NodeFileSystem(), today: () => TODAY });
  await client.initialize({ textDocument: { diagnostic: {} } }, { rootUri: root });
  const { items } = await client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
    previousResultIds: [],
  });
  return items
    .flatMap((item) => (item.kind === 'full' ? item.items.map((each) => ({ uri: item.uri, each })) : []))
    .map(({ uri, each: { range, code, message } }) => {
      const file = decodeURIComponent(uri.slice(root.length + 1));
      return `${file}:${range.start.line + 1} ${code} ${message}`;
    })
    .sort();
}

const EXAMPLES = join(import.meta.dirname, '../../examples');

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: registry.example.com/web:1.2.3 }] }
`;

describe('the editor and the command line find the same', () => {
  it.each(['clinic', 'clinic-compliant', 'control-plane', 'mesh', 'monorepo'])(
    'in the example %s',
    async (name) => {
      const folder = join(EXAMPLES, name);
      expect(await inEditor(folder)).toEqual(await onCommandLine(folder));
    },
  );

  it('beside files that look like kustomizations and configure one', async () => {
    const { path } = new TestFolder({
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'base/web.yaml': WEB,
      'prod/kustomization.yaml': 'resources: [../base]\nconfigurations: [params.yaml]\nnamespace: clinic\n',
      'prod/params.yaml': 'commonLabels: [{ kind: Policy, path: spec/labels, create: true }]\n',
    });
    expect(await inEditor(path)).toEqual(await onCommandLine(path));
  });

  it('whichever of several facts a message names', async () => {
    const { path } = new TestFolder({
      'z.yaml': WEB.replaceAll('web', 'zoo'),
      'b/z.yaml': WEB.replaceAll('web', 'bar'),
      'b.yaml': WEB,
      'a/role.yaml': `apiVersion: v1
kind: Service
metadata: { name: all }
spec: { type: NodePort, selector: {}, ports: [{ port: 80 }] }
`,
    });
    expect(await inEditor(path)).toEqual(await onCommandLine(path));
  });
});
