import { describe, expect, it } from 'vitest';
import { isActive } from '../../server/src/engine/finding.ts';
import type { SkipReason } from '../../server/src/workspace/file-system.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { SlowFileSystem } from '../support/slow-file-system.ts';
import { smallRules } from '../support/small-rules.ts';

const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: clinic }\n';
const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: clinic }
spec: { podSelector: {} }
`;
const CONFIGURATION = 'rules: { namespace-default-deny-missing: off }\n';
const URI = 'file:///work/app/namespace.yaml';
const MISSING = ['namespace-default-deny-missing'];

type Files = Record<string, string | { skipped: SkipReason }>;

/** A workspace in which the namespace is open, and what was skipped in it. */
async function workspaceOf(files: Files, folders: string[] = []) {
  const fileSystem = new SlowFileSystem({ [URI]: NAMESPACE, ...files });
  const skipped: string[] = [];
  const workspace = new Workspace({
    rules: smallRules,
    fileSystem,
    today: () => '2026-06-01',
    onFailure: () => {},
    onSkipped: (uri, reason) => void skipped.push(`${uri} ${reason}`),
  });
  workspace.configure(folders, new Map());
  workspace.open(URI, 'yaml', 1, NAMESPACE);
  await workspace.prepare(URI);
  const readAll = () =>
    workspace.readAll(
      () => {},
      () => false,
    );
  return { workspace, fileSystem, skipped, readAll };
}

function rulesIn(workspace: Workspace, uri = URI): string[] {
  const documents = workspace.check(uri)?.documents ?? [];
  return documents.flatMap(({ result }) => result.findings.filter(isActive).map(({ rule }) => rule));
}

describe('what is known around a file', () => {
  it('is its folder, without a workspace', async () => {
    expect(rulesIn((await workspaceOf({})).workspace)).toEqual(MISSING);
    expect(rulesIn((await workspaceOf({ 'file:///work/app/policy.yaml': POLICY })).workspace)).toEqual([]);
    expect(rulesIn((await workspaceOf({ 'file:///work/other/policy.yaml': POLICY })).workspace)).toEqual(
      MISSING,
    );
  });

  it('is everything in its workspace folder, once that has been read', async () => {
    const alone = await workspaceOf({}, ['file:///work']);
    expect(rulesIn(alone.workspace)).toEqual([]);
    await alone.readAll();
    expect(rulesIn(alone.workspace)).toEqual(MISSING);

    const { workspace, readAll } = await workspaceOf({ 'file:///work/policies/deny.yaml': POLICY }, [
      'file:///work',
    ]);
    await readAll();
    expect(rulesIn(workspace)).toEqual([]);
  });

  it('leaves out what git ignores, but for the files that are open', async () => {
    const files = {
      'file:///work/.gitignore': 'build/\n*.tmp.yaml\n',
      'file:///work/build/deny.yaml': POLICY,
      'file:///work/app/deny.tmp.yaml': POLICY,
      'file:///work/node_modules/x/deny.yaml': POLICY,
    };
    const { workspace, readAll, fileSystem } = await workspaceOf(files, ['file:///work']);
    await readAll();
    expect(fileSystem.reads.filter((uri) => uri.includes('build/') || uri.includes('node_modules'))).toEqual(
      [],
    );
    expect(workspace.skipped.size).toBe(0);
  });

  it.each<[string, SkipReason]>([
    ['is unreadable', 'unreadable'],
    ['is too large', 'too-large'],
    ['is not UTF-8', 'not-utf-8'],
  ])('is not complete while a neighbour %s, which is told once', async (_, skipped) => {
    const neighbour = 'file:///work/app/big.yaml';
    const found = await workspaceOf({ [neighbour]: { skipped } }, ['file:///work']);
    await found.readAll();
    await found.readAll();
    expect(rulesIn(found.workspace)).toEqual([]);
    expect(found.skipped).toEqual([`${neighbour} ${skipped}`]);
  });

  it('is not complete beside a template', async () => {
    const { workspace } = await workspaceOf({
      'file:///work/app/policy.yaml': `{{- if .Values.x }}\n${POLICY}{{- end }}\n`,
    });
    expect(rulesIn(workspace)).toEqual([]);
  });

  it('is complete beside another workspace folder with more files than are read', async () => {
    const many = Array.from({ length: 20_001 }, (_, index) => [`file:///large/${index}.yaml`, '']);
    const found = await workspaceOf(Object.fromEntries(many), ['file:///large', 'file:///work']);
    await found.readAll();
    expect(rulesIn(found.workspace)).toEqual(MISSING);
  });

  it('does not end at a folder that cannot be listed', async () => {
    const found = await workspaceOf({ 'file:///work/data/x.yaml': 'a: 1\n' }, ['file:///work']);
    found.fileSystem.forbid('file:///work/data');
    await found.readAll();
    expect(rulesIn(found.workspace)).toEqual(MISSING);
    expect(found.skipped).toEqual(['file:///work/data unreadable']);
  });

  it('follows files that change, appear and go', async () => {
    const { workspace, fileSystem, readAll } = await workspaceOf({}, ['file:///work']);
    await readAll();
    const policy = 'file:///work/app/policy.yaml';
    fileSystem.write(policy, POLICY);
    expect(await workspace.refresh([policy])).toBe(true);
    expect(rulesIn(workspace)).toEqual([]);
    expect(await workspace.refresh([policy])).toBe(false);
    fileSystem.write(policy, POLICY.replace('namespace: clinic', 'namespace: other'));
    expect(await workspace.refresh([policy])).toBe(true);
    expect(rulesIn(workspace)).toEqual(MISSING);
    fileSystem.remove(policy);
    expect(await workspace.refresh([policy, 'file:///work/app/readme.md'])).toBe(true);
    expect(rulesIn(workspace)).toEqual(MISSING);
  });

  it('is what the editor shows of open files, and what is on disk once they are closed', async () => {
    const policy = 'file:///work/app/policy.yaml';
    const { workspace } = await workspaceOf({ [policy]: POLICY });
    workspace.open(policy, 'yaml', 1, 'a: 1\n');
    workspace.check(policy);
    expect(rulesIn(workspace)).toEqual(MISSING);
    await workspace.close(policy);
    expect(rulesIn(workspace)).toEqual([]);
  });

  it('includes other open files even before they have been looked at', async () => {
    const { workspace } = await workspaceOf({});
    workspace.open('file:///work/app/policy.yaml', 'yaml', 1, POLICY);
    expect(rulesIn(workspace)).toEqual([]);
    workspace.change('file:///work/app/policy.yaml', 2, [{ text: 'a: 1\n' }]);
    expect(rulesIn(workspace)).toEqual(MISSING);
  });

  it('treats differently escaped URIs of a file as one', async () => {
    const { workspace } = await workspaceOf({});
    workspace.open('file:///work/app/a%2Bb.yaml', 'yaml', 1, POLICY);
    expect(rulesIn(workspace)).toEqual([]);
    expect(workspace.file('file:///work/app/a+b.yaml')?.uri).toBe('file:///work/app/a%2Bb.yaml');
  });
});

describe('the configuration of a file', () => {
  it('is that of the nearest configuration file upward', async () => {
    const above = { 'file:///work/.kube-safeguards.yaml': CONFIGURATION };
    expect(rulesIn((await workspaceOf(above)).workspace)).toEqual([]);
    const nearer = { ...above, 'file:///work/app/.kube-safeguards.yaml': 'profile: default\n' };
    expect(rulesIn((await workspaceOf(nearer)).workspace)).toEqual(MISSING);
  });

  it.each([
    { name: 'is read with the other ending, too', files: ['.kube-safeguards.yml'], found: [] },
    {
      name: 'is the one with the usual ending of two',
      files: ['.kube-safeguards.yml', '.kube-safeguards.yaml'],
      found: MISSING,
    },
  ])('$name', async ({ files, found }) => {
    const texts = files.map((name, index) => [`file:///work/${name}`, index === 0 ? CONFIGURATION : '']);
    expect(rulesIn((await workspaceOf(Object.fromEntries(texts))).workspace)).toEqual(found);
  });

  it('is that of the editor where no file says otherwise', async () => {
    const { workspace } = await workspaceOf({});
    workspace.changeSettings(new Map([['', { rules: { 'namespace-default-deny-missing': 'off' } }]]));
    await workspace.prepareAll();
    expect(rulesIn(workspace)).toEqual([]);
  });

  it('follows the configuration file on disk', async () => {
    const { workspace, fileSystem } = await workspaceOf({});
    fileSystem.write('file:///work/.kube-safeguards.yaml', CONFIGURATION);
    expect(await workspace.refresh(['file:///work/.kube-safeguards.yaml'])).toBe(true);
    expect(rulesIn(workspace)).toEqual([]);
  });

  it('follows the configuration file in the editor, and keeps what it said while it is broken', async () => {
    const uri = 'file:///work/.kube-safeguards.yaml';
    const { workspace } = await workspaceOf({});
    workspace.open(uri, 'yaml', 1, CONFIGURATION);
    expect(await workspace.reconfigure(uri)).toMatchObject({ isChanged: true });
    expect(rulesIn(workspace)).toEqual([]);
    workspace.change(uri, 2, [{ text: `${CONFIGURATION}phi: {\n` }]);
    expect(await workspace.reconfigure(uri)).toMatchObject({ isChanged: false });
    expect(rulesIn(workspace)).toEqual([]);
    await workspace.close(uri);
    expect(rulesIn(workspace)).toEqual(MISSING);
  });

  it('is that on disk when the file is closed before it has been looked at', async () => {
    const uri = 'file:///work/.kube-safeguards.yaml';
    const { workspace } = await workspaceOf({});
    workspace.open(uri, 'yaml', 1, CONFIGURATION);
    await Promise.all([workspace.reconfigure(uri), workspace.close(uri)]);
    await workspace.prepareAll();
    expect(rulesIn(workspace)).toEqual(MISSING);
  });

  it('is what was read last when it changes while it is read', async () => {
    const uri = 'file:///work/app/.kube-safeguards.yaml';
    const { workspace, fileSystem } = await workspaceOf({ [uri]: 'profile: default\n' });
    workspace.configurations.forget();
    const goOn = fileSystem.hold(uri);
    const { length } = fileSystem.reads;
    const first = workspace.prepare(URI);
    await expect.poll(() => fileSystem.reads.slice(length)).toContain(uri);
    fileSystem.hold('no other');
    fileSystem.write(uri, CONFIGURATION);
    await workspace.refresh([uri]);
    goOn();
    await first;
    expect(rulesIn(workspace)).toEqual([]);
  });

  it('says nothing where it cannot be read', async () => {
    const { workspace } = await workspaceOf({
      'file:///work/.kube-safeguards.yaml': { skipped: 'unreadable' },
    });
    expect(rulesIn(workspace)).toEqual(MISSING);
    expect(await workspace.configurations.sources()).toMatchObject([{ skipped: 'unreadable' }]);
  });
});
