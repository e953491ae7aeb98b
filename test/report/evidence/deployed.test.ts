import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EVIDENCE_REPORT_REQUEST } from '../../../server/src/features/protocol.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { TestFolder } from '../../support/command-line.ts';
import { connectInProcess } from '../../support/language-client.ts';
import { MemoryFileSystem } from '../../support/memory-file-system.ts';

const EXAMPLE = 'examples/monorepo';
const files = Object.fromEntries(
  globSync('**/*.yaml', { cwd: EXAMPLE }).map((path) => [path, readFileSync(`${EXAMPLE}/${path}`, 'utf8')]),
);
const DEV = 'appointments/overlays/dev';
const PROD = 'appointments/overlays/prod';

/** Rows of the table for spreadsheets whose text or object holds some words. */
async function rowsWith(words: string, changes: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const { output } = await new TestFolder({ ...files, ...changes }).run(
    'report --format csv --time 2026-01-31T12:00:00Z',
    '',
    rules,
  );
  return output.split('\r\n').filter((row) => row.includes(words));
}

describe('evidence of what kustomizations deploy', () => {
  it('has the protections of an overlay count for that alone', async () => {
    const [prod, ...others] = await rowsWith('"clinic-appointments-prod"" is closed by default in both');
    expect(prod).toMatch(/^shown,default-deny,namespaces-closed,/);
    expect(prod).toContain(`${PROD}/kustomization.yaml,4,`);
    expect(others).toEqual([]);
    const [dev] = await rowsWith('No policy in view closes namespace ""clinic-appointments-dev""');
    expect(dev).toMatch(/^not shown,/);
    expect(dev).toContain(`,${DEV}`);
  });

  it('lists namespaces, roles and policies by who deploys them, at the places that were typed', async () => {
    const namespaces = (await rowsWith('clinic-appointments')).filter((row) => row.startsWith('namespace,'));
    expect(namespaces).toEqual([
      expect.stringMatching(
        /clinic-appointments-dev,.*closed by default: no;.*,appointments\/overlays\/dev$/,
      ),
      expect.stringMatching(
        /clinic-appointments-prod,.*closed by default: egress and ingress;.*,appointments\/overlays\/prod$/,
      ),
    ]);
    const grants = (await rowsWith('Role appointments-operator in')).map((row) => row.split(',').at(-1));
    expect(grants).toEqual([DEV, PROD]);
    const [policy, ...others] = await rowsWith('NetworkPolicy clinic-appointments-prod/appointments');
    expect(policy).toContain(`${PROD}/network-policy.yaml,39,`);
    expect(others).toEqual([]);
  });

  it('tells nothing of bases and patches by themselves', async () => {
    const rows = await rowsWith('appointments/base/');
    expect(rows.filter((row) => !/,(?:appointments\/overlays\/\w+)?$/.test(row))).toEqual([]);
    const stated = rows.filter((row) => /^(?:not )?shown,/.test(row));
    expect(stated.length).toBeGreaterThan(0);
    expect(stated.filter((row) => row.endsWith(','))).toEqual([]);
  });

  it('keeps namespaces of one name apart, and does not take one without PHI for the other', async () => {
    const rename = (text = '') => text.replaceAll('clinic-appointments-dev', 'clinic-appointments-prod');
    const changes = {
      [`${DEV}/kustomization.yaml`]: rename(files[`${DEV}/kustomization.yaml`]),
      [`${DEV}/namespace.yaml`]: rename(files[`${DEV}/namespace.yaml`]).replace(
        'phi: "true"',
        'phi: "false"',
      ),
    };
    const rows = await rowsWith('clinic-appointments-prod', changes);
    const namespaces = rows.filter((row) => row.startsWith('namespace,'));
    expect(namespaces.map((row) => row.split(',')[3])).toEqual(['holds no PHI', 'may hold PHI']);
    expect(rows.some((row) => row.startsWith('shown,default-deny') && row.includes('is closed'))).toBe(true);
  });

  it('is the same in the editor', async () => {
    const folder = 'file:///work';
    const all = Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
    const client = connectInProcess({ rules, fileSystem: new MemoryFileSystem(all) });
    await client.initialize({}, { workspaceFolders: [{ uri: folder, name: 'work' }] });
    const page = await client.connection.sendRequest<string>(EVIDENCE_REPORT_REQUEST);
    expect(page).toContain('Namespace &quot;clinic-appointments-prod&quot; is closed by default in both');
    expect(page).not.toContain('Namespace &quot;clinic-appointments-dev&quot; is closed');
    expect(page).toContain(`appointments/base/role-binding.yaml:5, deployed by ${DEV}`);
    expect(page).toContain(`appointments/base/role-binding.yaml:5, deployed by ${PROD}`);
    expect(page).toContain('deployed by lab-results/chart with lab-results-prod (Argo CD)');
  });
});
