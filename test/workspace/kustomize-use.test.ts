import { describe, expect, it } from 'vitest';
import { isActive } from '../../server/src/engine/finding.ts';
import { runAsNonRoot } from '../../server/src/rules/integrity/run-as-non-root.ts';
import { defineRule } from '../../server/src/rules/rule.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { TestFolder } from '../support/command-line.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';
import { privileged } from '../support/small-rules.ts';

/** Stands for what the API server refuses without a field. */
const selectorMissing = defineRule({
  id: 'selector-missing',
  meta: {
    ...privileged.meta,
    safeguard: 'authoring',
    scope: 'document',
    messages: { missing: 'No selector.' },
  },
  resource: {
    kinds: ['Deployment'],
    check({ root }, { report }) {
      if (!root.has(['spec', 'selector']))
        report({ at: root, missing: ['spec', 'selector'], messageId: 'missing' });
    },
  },
});

const RULES = [privileged, runAsNonRoot, selectorMissing];
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { template: { spec: { containers: [{ name: web, image: "web:1", securityContext: { privileged: true } }] } } }
`;
const URI = 'file:///work/base/web.yaml';
const ALL = ['selector-missing', 'run-as-non-root', 'privileged-container'];

async function rulesOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const workspace = new Workspace({
    rules: RULES,
    fileSystem: new MemoryFileSystem({ [URI]: DEPLOYMENT, ...files }),
    today: () => '2026-06-01',
    onFailure: () => {},
    onSkipped: () => {},
  });
  workspace.configure(['file:///work'], new Map());
  await workspace.readAll(
    () => {},
    () => false,
  );
  const { file } = (await workspace.closedFiles.check(URI)) ?? { file: { documents: [] } };
  workspace.open(URI, 'yaml', 1, DEPLOYMENT);
  await workspace.prepare(URI);
  const rules = rulesIn(workspace.check(URI)?.documents ?? []);
  expect(rulesIn(file.documents)).toEqual(rules);
  return rules;
}

function rulesIn(documents: NonNullable<ReturnType<Workspace['check']>>['documents']): string[] {
  return documents.flatMap(({ result }) => result.findings.filter(isActive).map(({ rule }) => rule));
}

const kustomization = (text: string) =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${text}`;

describe('a file that a kustomization names', () => {
  it('lacks what it lacks when no kustomization names it', async () => {
    const text = kustomization('resources: [other.yaml]\n');
    expect(await rulesOf({ 'file:///work/base/kustomization.yaml': text })).toEqual(ALL);
  });

  it('as a resource may get from it what the API server requires', async () => {
    const text = kustomization('resources: [web.yaml]\ncommonLabels: { app: web }\n');
    const expected = ['run-as-non-root', 'privileged-container'];
    expect(await rulesOf({ 'file:///work/base/kustomization.yaml': text })).toEqual(expected);
    const above = kustomization('resources: [./base/../base/web.yaml]\n');
    expect(await rulesOf({ 'file:///work/kustomization.yaml': above })).toEqual(expected);
  });

  it.each([
    'patches: [{ path: ../../base/web.yaml }]',
    'patchesStrategicMerge: [../../base/web.yaml]',
    'configMapGenerator: [{ name: c, files: [key=../../base/web.yaml] }]',
    'resources: [../../base/web.yaml]\npatches: [{ path: ../../base/web.yaml, target: { kind: Deployment } }]',
  ])('as a patch or as data says only what it says: %s', async (fields) => {
    const uri = 'file:///work/overlays/prod/kustomization.yaml';
    expect(await rulesOf({ [uri]: kustomization(`${fields}\n`) })).toEqual(['privileged-container']);
    // Kustomize does not ask for apiVersion and kind.
    expect(await rulesOf({ [uri]: `${fields}\n` })).toEqual(['privileged-container']);
  });

  it('is known to the command line', async () => {
    const folder = new TestFolder({
      'base/web.yaml': DEPLOYMENT,
      'prod/kustomization.yaml': 'patches:\n  - path: ../base/web.yaml\n',
    });
    expect(await folder.findings('.', '', RULES)).toEqual(['base/web.yaml: privileged-container']);
    expect(await folder.findings('base', '', RULES)).toHaveLength(3);
  });
});
