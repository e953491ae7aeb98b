import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  CLUSTER_POLICIES_REQUEST,
  EVIDENCE_REPORT_REQUEST,
  type EvidenceReportParams,
} from '../../server/src/features/protocol.ts';
import { rules } from '../../server/src/rules/index.ts';
import { connectInProcess } from '../support/language-client.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';

const FOLDER = 'file:///work';
const manifest = (name: string) => readFileSync(`examples/clinic/manifests/${name}.yaml`, 'utf8');
const FILES = {
  [`${FOLDER}/.kube-safeguards.yaml`]: 'phi: { namespaces: [clinic] }\n',
  [`${FOLDER}/namespace.yaml`]: manifest('namespace'),
  [`${FOLDER}/rbac.yaml`]: manifest('rbac'),
  [`${FOLDER}/chart/Chart.yaml`]: 'apiVersion: v2\nname: portal\nversion: 1.0.0\n',
  [`${FOLDER}/chart/values.yaml`]: 'account: portal\n',
  [`${FOLDER}/chart/templates/pod.yaml`]: `apiVersion: v1
kind: Pod
metadata: { name: portal, namespace: clinic }
spec: { serviceAccountName: {{ .Values.account }}, containers: [{ name: a, image: registry.example.com/a:1 }] }
`,
  [`${FOLDER}/.git/HEAD`]: 'ref: refs/heads/main\n',
  [`${FOLDER}/.git/refs/heads/main`]: '0123456789abcdef0123456789abcdef01234567\n',
};

type Format = EvidenceReportParams['format'];

async function reportOf(format: Format, open: Readonly<Record<string, string>> = {}): Promise<string> {
  const client = connectInProcess({ rules, fileSystem: new MemoryFileSystem(FILES) });
  await client.initialize({}, { workspaceFolders: [{ uri: FOLDER, name: 'work' }] });
  for (const [uri, text] of Object.entries(open)) await client.open(uri, text);
  const params: EvidenceReportParams = { format };
  return client.connection.sendRequest<string>(EVIDENCE_REPORT_REQUEST, params);
}

describe('the evidence report in the editor', () => {
  it('is about all files, open or not, and what charts deploy', async () => {
    const page = await reportOf('html');
    expect(page).toMatch(/^<!DOCTYPE html>/);
    expect(page).toContain('rbac.yaml:14');
    expect(page).toContain('Pod &quot;portal&quot; runs as ServiceAccount &quot;portal&quot;.');
    expect(page).toContain('the configuration');
    expect(page).toContain('0123456789abcdef0123456789abcdef01234567 (main)');
  });

  it.each<[Format, string]>([
    ['md', '# Evidence of technical safeguards\n'],
    ['csv', 'record,control,part,status,'],
    ['oscal', '{\n  "assessment-results": {'],
    ['sarif', '{\n  "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0'],
    ['junit', '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites '],
  ])('is there as %s, too', async (format, start) => {
    const report = await reportOf(format);
    expect(report.slice(0, start.length)).toBe(start);
    expect(report).toContain('rbac-');
  });

  it('takes the text of open files from the editor', async () => {
    const page = await reportOf('html', { [`${FOLDER}/rbac.yaml`]: '# nothing left\n' });
    expect(page).not.toContain('rbac.yaml:14');
    expect(page).toContain('namespace.yaml');
  });
});

it('the policies for a cluster are a manifest', async () => {
  const client = connectInProcess({ rules, fileSystem: new MemoryFileSystem({}) });
  await client.initialize({}, { workspaceFolders: [{ uri: FOLDER, name: 'work' }] });
  const policies = await client.connection.sendRequest<string>(CLUSTER_POLICIES_REQUEST);
  expect(policies).toMatch(
    /^---\napiVersion: admissionregistration\.k8s\.io\/v1\nkind: ValidatingAdmissionPolicy\n/,
  );
});
