import { describe, expect, it } from 'vitest';
import { isActive } from '../../server/src/engine/finding.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { SlowFileSystem } from '../support/slow-file-system.ts';
import { smallRules } from '../support/small-rules.ts';

const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: clinic }\n';
const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: clinic }
spec: { podSelector: {} }
`;
const ROOT = 'file:///work';
const POLICIES = `${ROOT}/policies/deny.yaml`;

/** A workspace whose folders have been read. */
async function workspaceOf(files: Record<string, string>, folders: readonly string[] = [ROOT]) {
  const fileSystem = new SlowFileSystem({ [`${ROOT}/app/namespace.yaml`]: NAMESPACE, ...files });
  const workspace = new Workspace({
    rules: smallRules,
    fileSystem,
    today: () => '2026-06-01',
    onFailure: () => {},
    onSkipped: () => {},
  });
  workspace.configure(folders, new Map());
  await workspace.readAll(
    () => {},
    () => false,
  );
  /** Whether the policy is found that protects the namespace of a folder. */
  const isProtected = async (folder = 'app') => {
    const closed = await workspace.closedFiles.check(`${ROOT}/${folder}/namespace.yaml`);
    const findings = closed?.file.documents.flatMap(({ result }) => result.findings.filter(isActive)) ?? [];
    return !findings.some(({ rule }) => rule === 'namespace-default-deny-missing');
  };
  return { workspace, fileSystem, isProtected };
}

describe('the files that count', () => {
  it.each([
    ['are not those that git ignores', `${ROOT}/build/deny.yaml`],
    ['are not those of packages', `${ROOT}/node_modules/x/deny.yaml`],
    ['are not links', `${ROOT}/app/link.yaml`],
  ])('%s, when these change', async (_, file) => {
    const { workspace, fileSystem, isProtected } = await workspaceOf({ [`${ROOT}/.gitignore`]: 'build/\n' });
    if (file.endsWith('link.yaml')) fileSystem.link(file, POLICY);
    else fileSystem.write(file, POLICY);
    expect(await workspace.refresh([file])).toBe(false);
    expect(await isProtected()).toBe(false);
  });

  it('are found without listing a folder for each that is new in it', async () => {
    const { workspace, fileSystem, isProtected } = await workspaceOf({});
    const files = Array.from({ length: 50 }, (_, index) => `${ROOT}/new/${index}.yaml`);
    for (const file of files) fileSystem.write(file, POLICY);
    fileSystem.lists.length = 0;
    expect(await workspace.refresh(files)).toBe(true);
    expect(await isProtected()).toBe(true);
    // For a .gitignore file and for its names.
    expect(fileSystem.lists.filter((folder) => folder === `${ROOT}/new`)).toHaveLength(2);
  });

  it.each(['changes', 'goes'])('are what is read last when a file %s while it is read', async (happens) => {
    const { workspace, fileSystem, isProtected } = await workspaceOf({ [POLICIES]: POLICY });
    const goOn = fileSystem.hold(POLICIES);
    const first = workspace.refresh([POLICIES]);
    await expect.poll(() => fileSystem.reads.filter((uri) => uri === POLICIES)).toHaveLength(2);
    fileSystem.hold('no other');
    if (happens === 'goes') fileSystem.remove(POLICIES);
    else fileSystem.write(POLICIES, 'a: 1\n');
    const second = workspace.refresh([POLICIES]);
    await new Promise((done) => setTimeout(done, 20));
    goOn();
    await Promise.all([first, second]);
    expect(await isProtected()).toBe(false);
  });

  it('follow a .gitignore file that changes', async () => {
    const { workspace, fileSystem, isProtected } = await workspaceOf({ [POLICIES]: POLICY });
    expect(await isProtected()).toBe(true);
    fileSystem.write(`${ROOT}/.gitignore`, 'policies\n');
    expect(await workspace.refresh([`${ROOT}/.gitignore`])).toBe(true);
    expect(await isProtected()).toBe(false);
    fileSystem.write(`${ROOT}/.gitignore`, 'other\n');
    expect(await workspace.refresh([`${ROOT}/.gitignore`])).toBe(true);
    expect(await isProtected()).toBe(true);
  });

  it('go and come with folders, of which alone is told', async () => {
    const { workspace, fileSystem, isProtected } = await workspaceOf({
      [`${ROOT}/a/policies/deny.yaml`]: POLICY,
    });
    fileSystem.remove(`${ROOT}/a/policies/deny.yaml`);
    expect(await workspace.refresh([`${ROOT}/a`])).toBe(true);
    expect(await isProtected()).toBe(false);
    fileSystem.write(`${ROOT}/b/policies/deny.yaml`, POLICY);
    expect(await workspace.refresh([`${ROOT}/b`])).toBe(true);
    expect(await isProtected()).toBe(true);
    fileSystem.write(`${ROOT}/b/LICENSE`, '');
    const before = fileSystem.reads.length;
    expect(await workspace.refresh([`${ROOT}/readme.md`, `${ROOT}/b/LICENSE`])).toBe(false);
    expect(fileSystem.reads.length).toBe(before);
  });

  it.each([
    ['**/policies', false],
    ['policies', false],
    ['**/*.{bak,yaml}', false],
    ['deny.yaml', true],
    ['**/*.bak', true],
  ])('are not those that the editor leaves out by %s', async (glob, isFound) => {
    const { workspace, isProtected } = await workspaceOf({
      [POLICIES]: POLICY,
      [`${ROOT}/.gitignore`]: '!policies\n!deny.yaml\n',
    });
    expect(await workspace.exclude(new Map([['', [glob]]]))).toBe(!isFound);
    expect(await isProtected()).toBe(isFound);
    expect(await workspace.exclude(new Map([[ROOT, []]]))).toBe(!isFound);
    expect(await isProtected()).toBe(true);
  });

  it('belong to the innermost of the workspace folders around them', async () => {
    const files = { [`${ROOT}/inner/deny.yaml`]: POLICY, [`${ROOT}/inner/namespace.yaml`]: NAMESPACE };
    const both = await workspaceOf(files, [ROOT, `${ROOT}/inner`]);
    expect([await both.isProtected('app'), await both.isProtected('inner')]).toEqual([false, true]);
  });
});

describe('folders that the configuration states to deploy apart', () => {
  const FILES = {
    [`${ROOT}/east/deny.yaml`]: POLICY,
    [`${ROOT}/west/namespace.yaml`]: NAMESPACE,
    [`${ROOT}/west/sub/account.yaml`]: 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: a }\n',
  };
  const CONFIGURATION = `${ROOT}/.kube-safeguards.yaml`;

  it('follow the file on disk and in the editor, while nothing else is open', async () => {
    const { workspace, fileSystem, isProtected } = await workspaceOf(FILES);
    expect(await isProtected('west')).toBe(true);
    fileSystem.write(CONFIGURATION, 'units: [east, west]\n');
    await workspace.refresh([CONFIGURATION]);
    expect(await isProtected('west')).toBe(false);
    workspace.open(CONFIGURATION, 'yaml', 1, 'units: []\n');
    await workspace.reconfigure(CONFIGURATION);
    expect(await isProtected('west')).toBe(true);
    await workspace.close(CONFIGURATION);
    expect(await isProtected('west')).toBe(false);
    fileSystem.remove(CONFIGURATION);
    await workspace.refresh([CONFIGURATION]);
    expect(await isProtected('west')).toBe(true);
  });

  it('stay when a file is opened for which another configuration counts', async () => {
    const { workspace, isProtected } = await workspaceOf({
      ...FILES,
      [CONFIGURATION]: 'units: [east, west]\n',
      [`${ROOT}/west/sub/.kube-safeguards.yaml`]: 'profile: default\n',
    });
    workspace.open(`${ROOT}/west/sub/account.yaml`, 'yaml', 1, FILES[`${ROOT}/west/sub/account.yaml`] ?? '');
    await workspace.prepare(`${ROOT}/west/sub/account.yaml`);
    expect(await isProtected('west')).toBe(false);
  });

  it('make what is known of closed files out of date', async () => {
    const { workspace } = await workspaceOf(FILES);
    const uri = `${ROOT}/west/namespace.yaml`;
    const closed = await workspace.closedFiles.check(uri);
    workspace.open(CONFIGURATION, 'yaml', 1, 'units: [east, west]\n');
    await workspace.reconfigure(CONFIGURATION);
    expect(closed && workspace.closedFiles.stillGood(uri, closed.dependencies)).toBeUndefined();
  });
});
