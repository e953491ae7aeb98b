import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { WorkspaceDiagnosticReport } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { rules } from '../../server/src/rules/index.ts';
import { NodeFileSystem } from '../../server/src/workspace/node-file-system.ts';
import { canonicalUri } from '../../server/src/workspace/uris.ts';
import { checkedExample } from '../support/examples.ts';
import { connectInProcess } from '../support/language-client.ts';

const FOLDER = join(import.meta.dirname, '../../examples/monorepo');

/** What each unit was written to violate, and nothing else: line, rule, and where the message says that it holds. */
const FINDINGS = [
  'appointments/base/deployment.yaml:5 network-policy-missing In overlay dev.',
  'appointments/base/deployment.yaml:44 image-pull-policy In overlay dev.',
  'appointments/base/deployment.yaml:59 read-only-root-filesystem In overlay dev.',
  'appointments/overlays/dev/kustomization.yaml:4 namespace-default-deny-missing In overlay dev.',
  'appointments/overlays/dev/kustomization.yaml:11 image-tag-mutable In overlay dev.',
  'appointments/overlays/prod/reminders.yaml:13 plaintext-endpoint In overlay prod.',
  'gitops/lab-results.yaml:36 image-public-registry Only with lab-results-training (Argo CD).',
  'lab-results/chart/values-prod.yaml:4 read-only-root-filesystem Only with lab-results-prod (Argo CD).',
  'platform/hl7-gateway.yaml:10 service-node-port',
];

interface Told {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly message: string;
}

const byPlace = (a: Told, b: Told) =>
  a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || (a.rule < b.rule ? -1 : 1);

async function byCommandLine(): Promise<Told[]> {
  const findings = await checkedExample('examples/monorepo');
  return findings
    .map(({ file, rule, message, range }) => ({ file, line: range.start.line, rule, message }))
    .sort(byPlace);
}

async function byEditor(): Promise<Told[]> {
  const client = connectInProcess({ rules, fileSystem: new NodeFileSystem() });
  const root = canonicalUri(URI.file(FOLDER).toString());
  await client.initialize({ textDocument: { diagnostic: {} } }, { rootUri: root });
  const { items } = await client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
    previousResultIds: [],
  });
  const told = items.flatMap((item) =>
    (item.kind === 'full' ? item.items : []).map(({ range, code, message }) => ({
      file: item.uri.slice(root.length + 1),
      line: range.start.line + 1,
      rule: String(code),
      message: typeof message === 'string' ? message : message.value,
    })),
  );
  return told.sort(byPlace);
}

describe('examples/monorepo', () => {
  let found: Told[];
  beforeAll(async () => {
    found = await byCommandLine();
  });

  it('has what each of its units was written to violate, and nothing else', () => {
    const told = found.map(({ file, line, rule, message }) => {
      const [where = ''] = / (?:In overlay|Only with) .*$/.exec(message) ?? [];
      return `${file}:${line} ${rule}${where}`;
    });
    expect(told).toEqual(FINDINGS);
  });

  it('has the same in the editor', async () => {
    expect(await byEditor()).toEqual(found);
  });

  it('has two overlays, a chart with values for production and two applications, and manifests', () => {
    const gitops = readFileSync(join(FOLDER, 'gitops/lab-results.yaml'), 'utf8');
    expect(gitops.match(/^kind: Application$/gm)).toHaveLength(2);
    expect(readdirSync(join(FOLDER, 'appointments/overlays')).sort()).toEqual(['dev', 'prod']);
    expect(readdirSync(join(FOLDER, 'lab-results/chart'))).toContain('values-prod.yaml');
  });
});
