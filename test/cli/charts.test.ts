import { describe, expect, it } from 'vitest';
import { TestFolder } from '../support/command-line.ts';

const CHART = 'apiVersion: v2\nname: ehr\nversion: 0.1.0\n';

const POD = `apiVersion: v1
kind: Pod
metadata: { name: {{ .Release.Name }} }
spec: { containers: [{ name: web, securityContext: { privileged: {{ .Values.privileged }} } }] }
`;

const FILES = {
  'ehr/Chart.yaml': CHART,
  'ehr/values.yaml': 'privileged: true\n',
  'ehr/templates/pod.yaml': POD,
};

describe('a chart', () => {
  it('is rendered, and its findings stand where they were typed', async () => {
    const folder = new TestFolder(FILES);
    const found = ['ehr/values.yaml: privileged-container'];
    expect(await folder.findings('ehr')).toEqual(found);
    expect(await folder.findings('')).toEqual(found);
    const { output, code } = await folder.run('check ehr');
    expect(output).toContain('1 | privileged: true');
    expect(output).toContain(
      'ehr/templates/pod.yaml:4: Shows in Pod "release-name", made by templates/pod.yaml.',
    );
    expect(code).toBe(1);
  });

  it('is checked with the values that are given, and no others', async () => {
    const folder = new TestFolder({ ...FILES, 'prod.yaml': 'privileged: false\n' });
    expect(await folder.findings('ehr --values prod.yaml')).toEqual([]);
    expect(await folder.findings('ehr --set privileged=false')).toEqual([]);
    folder.write('no.txt', 'false');
    expect(await folder.findings('ehr --set-file privileged=no.txt')).toEqual([]);
    folder.write('prod.yaml', 'privileged: true\n');
    expect(await folder.findings('ehr -f prod.yaml')).toEqual(['prod.yaml: privileged-container']);
    expect((await folder.run('check ehr -f nowhere.yaml')).errors).toMatch(
      /^nowhere\.yaml: The values file cannot be read \(ENOENT\)/,
    );
  });

  it('is checked with each set of values that belongs to it', async () => {
    const folder = new TestFolder({
      ...FILES,
      'ehr/values.yaml': 'privileged: false\n',
      'ehr/values-prod.yaml': 'privileged: true\n',
      'ehr/ci/small-values.yaml': 'privileged: true\n',
      'environments/eu.yaml': 'privileged: true\n',
      '.kube-safeguards.yaml': 'helm:\n  valueSets:\n    eu: [../environments/eu.yaml]\n',
    });
    expect(await folder.findings('ehr')).toEqual([
      'ehr/ci/small-values.yaml: privileged-container',
      'ehr/values-prod.yaml: privileged-container',
      'environments/eu.yaml: privileged-container',
    ]);
  });

  it('inside of another chart is a part of it', async () => {
    const folder = new TestFolder({
      'all/Chart.yaml': CHART,
      'all/values.yaml': 'ehr: {privileged: true}\n',
      ...Object.fromEntries(Object.entries(FILES).map(([path, text]) => [`all/charts/${path}`, text])),
    });
    expect(await folder.findings('')).toEqual(['all/values.yaml: privileged-container']);
    expect(await folder.findings('all/charts/ehr')).toEqual([
      'all/charts/ehr/values.yaml: privileged-container',
    ]);
  });

  it('is written to SARIF with the places where it shows', async () => {
    const folder = new TestFolder(FILES);
    const { output } = await folder.run('check ehr --format sarif');
    const [result] = JSON.parse(output).runs[0].results;
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe('ehr/values.yaml');
    expect(result.relatedLocations[0].physicalLocation.artifactLocation.uri).toBe('ehr/templates/pod.yaml');
  });

  it('is repaired where it was typed', async () => {
    const folder = new TestFolder(FILES);
    const { output, code } = await folder.run('check ehr --fix=all');
    expect(folder.read('ehr/values.yaml')).toBe('privileged: false\n');
    expect(folder.read('ehr/templates/pod.yaml')).toBe(POD);
    expect(output).toMatch(/^1 fix applied in 1 file\.\nNo findings in 3 files\.$/m);
    expect(code).toBe(0);
  });

  it('shows the fixes that are proven, with edits of all files that they change', async () => {
    const folder = new TestFolder({
      ...FILES,
      'ehr/templates/pod.yaml': POD.replace('{{ .Values.privileged }}', 'true'),
    });
    const { output } = await folder.run('check ehr --format json');
    const [finding] = JSON.parse(output).findings;
    expect(finding.file).toBe('ehr/templates/pod.yaml');
    expect(finding.fixes[0].edits).toEqual([expect.objectContaining({ newText: 'false' })]);
  });

  it('follows exceptions that name its files', async () => {
    const exception = (path: string) =>
      `exceptions:\n  - rule: privileged-container\n    path: ${path}\n    reason: It sets up the node.\n    approver: Security officer\n    date: 2026-01-01\n`;
    for (const [path, found] of [
      ['ehr/values.yaml', 0],
      ['ehr/templates', 0],
      ['other', 1],
    ] as const) {
      const folder = new TestFolder({ ...FILES, '.kube-safeguards.yaml': exception(path) });
      expect(await folder.findings('ehr')).toHaveLength(found);
    }
  });
});
