import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules/index.ts';
import type { Rule } from '../../server/src/rules/rule.ts';
import { TestFolder } from '../support/command-line.ts';
import { POD, reportRules } from '../support/report-run.ts';

const pod = (privileged: boolean, name = 'web') => `apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec: { containers: [{ name: web, securityContext: { privileged: ${privileged} } }] }
`;
const BAD = pod(true);
const GOOD = pod(false);
const privilegedPod = (index: number) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: `web-${index}`, namespace: 'clinic' },
  spec: { containers: [{ name: 'web', image: 'web', securityContext: { privileged: true } }] },
});
const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: ehr }\n';
const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: ehr }
spec: { podSelector: {} }
`;

describe('the export of a cluster', () => {
  it('has all of its findings told, and the edits for the first of them', async () => {
    const items = Array.from({ length: 800 }, (_, index) => privilegedPod(index));
    const folder = new TestFolder();
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, undefined, 2);
    const { output } = await folder.run('check --format json -', list);
    const { findings } = JSON.parse(output) as { findings: { rule: string; fixes?: unknown[] }[] };
    const found = findings.filter(({ rule }) => rule === 'privileged-container');
    expect(found).toHaveLength(800);
    expect(found[0]?.fixes).not.toEqual([]);
    expect(found.at(-1)?.fixes).toEqual([]);
  });
});

describe('the files', () => {
  it('are those of a folder that can be manifests, in order', async () => {
    const folder = new TestFolder({
      'z.yaml': BAD,
      'a/b.yml': BAD,
      'a/c.json': JSON.stringify({
        apiVersion: 'v1',
        kind: 'Pod',
        spec: { containers: [{ name: 'a', securityContext: { privileged: true } }] },
      }),
      'a/notes.txt': BAD,
      'node_modules/x/m.yaml': BAD,
      'docker-compose.yml': 'services: { db: { privileged: true } }\n',
    });
    expect(await folder.findings('')).toEqual([
      'a/b.yml: privileged-container',
      'a/c.json: privileged-container',
      'z.yaml: privileged-container',
    ]);
    expect(await folder.findings('z.yaml a ./z.yaml')).toHaveLength(3);
  });

  it('are checked whatever they are called when they are named', async () => {
    const folder = new TestFolder({ 'notes.txt': BAD });
    expect(await folder.findings('notes.txt')).toEqual(['notes.txt: privileged-container']);
  });

  it('are left out as .gitignore says, at every level', async () => {
    const folder = new TestFolder({
      '.git/HEAD': '',
      '.gitignore': '/out\n*.tmp.yaml\n',
      'out/a.yaml': BAD,
      'app/out/a.yaml': BAD,
      'app/b.tmp.yaml': BAD,
      'app/keep/.gitignore': '!*.tmp.yaml\n*.yml\n',
      'app/keep/c.tmp.yaml': BAD,
      'app/keep/d.yml': BAD,
    });
    const found = ['app/keep/c.tmp.yaml: privileged-container', 'app/out/a.yaml: privileged-container'];
    expect(await folder.findings('.')).toEqual(found);
    expect(await folder.findings('app')).toEqual(found);
    expect(await folder.findings('out')).toEqual(['out/a.yaml: privileged-container']);
    expect(await folder.findings('app/b.tmp.yaml')).toHaveLength(1);
  });

  it('are not reached through symbolic links that leave the folder or go round in it', async () => {
    const elsewhere = new TestFolder({ 'a.yaml': BAD });
    const folder = new TestFolder({ 'in/a.yaml': BAD });
    symlinkSync(folder.path, join(folder.path, 'in/loop'));
    symlinkSync(elsewhere.path, join(folder.path, 'outside'));
    symlinkSync('nowhere', join(folder.path, 'dangling.yaml'));
    const { errors, code } = await folder.run('check .');
    expect(await folder.findings('.')).toEqual(['in/a.yaml: privileged-container']);
    expect(errors.split('\n')).toEqual([
      'dangling.yaml: The symbolic link leads nowhere.',
      'outside: The symbolic link leads out of the folder and was not followed.',
      '',
    ]);
    expect(code).toBe(1);
    expect(await folder.findings('outside')).toEqual(['outside/a.yaml: privileged-container']);
  });

  it('with templates that belong to no chart are left alone', async () => {
    const folder = new TestFolder({
      'chart/templates/pod.yaml': BAD.replace('web', '{{ .Values.name }}'),
      'chart/crds/pod.yaml': BAD,
      'workflow.yaml': BAD.replace('name: web }', 'name: "{{workflow.name}}" }'),
    });
    expect(await folder.findings('')).toEqual([
      'chart/crds/pod.yaml: privileged-container',
      'workflow.yaml: privileged-container',
    ]);
  });
});

describe('bad input', () => {
  it.each([
    ['binary', new Uint8Array([0x61, 0x3a, 0x20, 0x00]), 'It is a binary file, or not encoded as UTF-8.'],
    ['another encoding', new Uint8Array([0x61, 0x3a, 0x20, 0xe9, 0x0a]), 'It is not encoded as UTF-8.'],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x61, 0x00, 0x3a, 0x00]), 'It is not encoded as UTF-8.'],
    [
      'enormous',
      `a: ${'x'.repeat(5_000_001)}`,
      'It has 5000004 bytes, and files above 5000000 bytes are skipped (maxFileSize).',
    ],
  ])(
    '%s: is skipped in a folder and told once, and refused when it is named',
    async (_, content, message) => {
      const folder = new TestFolder({ 'good.yaml': GOOD, 'odd.yaml': content });
      const inFolder = await folder.run('check');
      expect(inFolder).toMatchObject({ code: 0, errors: `odd.yaml: ${message}\n` });
      expect((await folder.run('check ./odd.yaml .')).code).toBe(2);
    },
  );

  it('a path that does not exist does not keep the others from being checked', async () => {
    const folder = new TestFolder({ 'a.yaml': BAD });
    const { code, errors, output } = await folder.run('check gone.yaml a.yaml');
    expect(errors).toBe('gone.yaml: There is no such file or folder.\n');
    expect(output).toContain('privileged-container');
    expect(code).toBe(2);
  });

  it('a link in a circle that is named', async () => {
    const folder = new TestFolder();
    symlinkSync('loop.yaml', join(folder.path, 'loop.yaml'));
    expect(await folder.run('check loop.yaml')).toMatchObject({
      code: 2,
      errors: 'loop.yaml: It cannot be read (ELOOP).\n',
    });
  });

  it('a rule that fails costs its findings alone, and nothing of the file is told', async () => {
    const folder = new TestFolder({ 'a.yaml': pod(true, 'crash') });
    const { code, errors, output } = await folder.run('check');
    expect(errors).toBe('a.yaml: The rule yaml-syntax failed here: this is a defect of the rule.\n');
    expect(output).toContain('privileged-container');
    expect(code).toBe(2);
  });

  it('broken YAML is reported, and the other documents of the file are checked', async () => {
    const folder = new TestFolder({ 'a.yaml': `${BAD}---\napiVersion: v1\nkind: Pod\na: [\n---\n${BAD}` });
    expect(await folder.findings('')).toEqual([
      'a.yaml: privileged-container',
      'a.yaml: yaml-syntax',
      'a.yaml: privileged-container',
    ]);
  });
});

describe('the exit code', () => {
  it.each([
    ['check bad.yaml', 1],
    ['check warning.yaml', 0],
    ['check good.yaml', 0],
    ['check bad.yaml --fail-on warning', 1],
    ['check warning.yaml --fail-on warning', 1],
    ['check warning.yaml --fail-on information', 1],
    ['check bad.yaml --fail-on never', 0],
    ['check gone.yaml --fail-on never', 2],
    ['check --isolate', 2],
    ['explain nothing', 2],
    ['rules', 0],
    ['--version', 0],
  ])('of %s is %i', async (args, code) => {
    const folder = new TestFolder({
      'bad.yaml': BAD,
      'good.yaml': GOOD,
      'warning.yaml': POD.replaceAll('privileged: true', 'privileged: false'),
    });
    expect((await folder.run(args)).code).toBe(code);
  });

  it('does not count what is suppressed', async () => {
    const suppressed = BAD.replace(
      '\nspec',
      '\n# kube-safeguards-ignore privileged-container: node agent\nspec',
    );
    const folder = new TestFolder({ 'a.yaml': suppressed });
    expect(await folder.run('check')).toMatchObject({
      code: 0,
      output: 'No findings in 1 file. 1 finding suppressed.\n',
    });
  });
});

describe('rules across files', () => {
  const files = { 'namespace.yaml': NAMESPACE, 'policies/deny.yaml': POLICY };
  const missing = ['namespace.yaml: namespace-default-deny-missing'];

  it('see all files of a folder', async () => {
    expect(await new TestFolder(files).findings('.')).toEqual([]);
    expect(await new TestFolder({ 'namespace.yaml': NAMESPACE }).findings('.')).toEqual(missing);
  });

  it('say nothing is missing where a template or a file that cannot be read may hold it', async () => {
    const template = POLICY.replace('ehr', '{{ .Release.Namespace }}');
    const inChart = { 'templates/namespace.yaml': NAMESPACE, 'templates/policy.yaml': template };
    expect(await new TestFolder(inChart).findings('.')).toEqual([]);
    const latin1 = new Uint8Array([0x61, 0x3a, 0x20, 0xe9, 0x0a]);
    expect(await new TestFolder({ 'a.yaml': latin1, 'n.yaml': NAMESPACE }).findings('.')).toEqual([]);
  });

  it('say nothing is missing when only some files are in view', async () => {
    const folder = new TestFolder(files);
    expect(await folder.findings('namespace.yaml')).toEqual([]);
    expect(await folder.findings('--isolated .')).toEqual([]);
  });
});

describe('standard input', () => {
  it('is checked, also a List', async () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n- ${BAD.trim().replaceAll('\n', '\n  ')}\n`;
    expect(await new TestFolder().findings('-', list)).toEqual(['stdin: privileged-container']);
  });

  const EXPORT = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Namespace
  metadata: { name: clinic, uid: 8a6f1a1c-0000-4000-8000-000000000001 }
- apiVersion: apps/v1
  kind: Deployment
  metadata: { name: web, namespace: clinic }
  spec: { template: { spec: { containers: [{ name: web, securityContext: { privileged: true } }] } } }
- apiVersion: apps/v1
  kind: ReplicaSet
  metadata:
    name: web-5d4f8c7b9
    namespace: clinic
    ownerReferences: [{ apiVersion: apps/v1, kind: Deployment, name: web, controller: true }]
  spec: { template: { spec: { containers: [{ name: web, securityContext: { privileged: true } }] } } }
- apiVersion: v1
  kind: Pod
  metadata:
    name: web-5d4f8c7b9-abcde
    namespace: clinic
    ownerReferences: [{ apiVersion: apps/v1, kind: ReplicaSet, name: web-5d4f8c7b9, controller: true }]
  spec: { containers: [{ name: web, securityContext: { privileged: true } }] }
- apiVersion: v1
  kind: Pod
  metadata:
    name: kube-proxy-x
    namespace: clinic
    ownerReferences: [{ apiVersion: apps/v1, kind: DaemonSet, name: kube-proxy, controller: true }]
  spec: { containers: [{ name: proxy, securityContext: { privileged: true } }] }
`;

  it('may be an export of a cluster, in which workloads are told once and not again for what controllers make of them', async () => {
    const { findings } = JSON.parse((await new TestFolder().run('check - --format json', EXPORT)).output);
    expect(findings.map(({ resource }: { resource: object }) => resource)).toEqual([
      { kind: 'Deployment', name: 'web', namespace: 'clinic' },
      { kind: 'Pod', name: 'kube-proxy-x', namespace: 'clinic' },
    ]);
  });

  it('tells what is missing when it is said to be everything', async () => {
    const missing = 'stdin: namespace-default-deny-missing';
    expect(await new TestFolder().findings('-', EXPORT)).not.toContain(missing);
    expect(await new TestFolder().findings('--whole -', EXPORT)).toContain(missing);
    expect(await new TestFolder().findings('--whole - nowhere.yaml', EXPORT)).not.toContain(missing);
  });

  it('is fixed to standard output, with the report on standard error', async () => {
    const { output, errors, code } = await new TestFolder().run('check - --fix', BAD);
    expect(output).toBe(GOOD);
    expect(errors).toBe('1 fix applied in 1 file.\nNo findings in 1 file.\n');
    expect(code).toBe(0);
  });

  it('comes out as it went in when there is nothing to fix', async () => {
    const odd = '\ufeffa:   1\r\n';
    expect((await new TestFolder().run('check - --fix', odd)).output).toBe(odd);
  });
});

describe('--fix', () => {
  it('repairs files in place and reports what stays', async () => {
    const folder = new TestFolder({ 'a.yaml': POD, 'b.yaml': `\ufeff${BAD}`, 'c.yaml': GOOD });
    const { output, code } = await folder.run('check --fix');
    expect(output).toBe('3 fixes applied in 2 files.\nNo findings in 3 files. 1 finding suppressed.\n');
    expect(code).toBe(0);
    expect(folder.read('a.yaml')).toBe(
      POD.replace('privileged: true', 'privileged: false').replace('"hunter2-Kestrel"', '""'),
    );
    expect(folder.read('b.yaml')).toBe(`\ufeff${GOOD}`);
    expect((await folder.run('check --fix')).output).toMatch(/^0 fixes applied in 0 files\.\n/);
  });

  it('leaves a file alone that holds templates', async () => {
    const chart = `${BAD}---\n${BAD.replace('web', '{{ .Values.name }}')}`;
    const folder = new TestFolder({ 'chart/templates/a.yaml': chart });
    await folder.run('check --fix');
    expect(folder.read('chart/templates/a.yaml')).toBe(chart);
  });
});

describe('what can be fixed', () => {
  const withoutAccount = rules.filter(({ id }) => id === 'default-service-account');
  const counts = async (files: Record<string, string>, known: readonly Rule[] = withoutAccount) => {
    const { output } = await new TestFolder(files).run('check .', '', known);
    return { counted: /.*can be fixed.*/.exec(output)?.[0], listed: output.match(/^ *fix: .*/gm) ?? [] };
  };

  it('is counted and listed', async () => {
    expect(await counts({ 'a.yaml': GOOD })).toEqual({
      counted: '0 can be fixed with --fix, 1 with --fix=all.',
      listed: ['    fix: Use a ServiceAccount "web" (review)'],
    });
  });

  it('is not what a JSON file cannot hold', async () => {
    const json = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: { containers: [{ name: 'web' }] },
    });
    expect(await counts({ 'a.json': json })).toEqual({ counted: undefined, listed: [] });
  });

  it('is not what would change something else: here the other user of an anchor, which has its own fix', async () => {
    const text = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: a
      securityContext: &shared
        privileged: true
    - name: b
      securityContext: *shared
`;
    const { counted, listed } = await counts({ 'a.yaml': text }, reportRules);
    expect(counted).toBe('1 can be fixed with --fix, 1 with --fix=all.');
    expect(listed).toHaveLength(2);
  });

  it('is nothing of a file with templates, which is left alone', async () => {
    const file = `${BAD}---\n${BAD.replace('web', '{{ .Values.name }}')}`;
    expect(await counts({ 'templates/a.yaml': file })).toEqual({ counted: undefined, listed: [] });
  });
});

describe('the configuration', () => {
  it('is the nearest file upward', async () => {
    const folder = new TestFolder({
      '.kube-safeguards.yaml': 'rules: { privileged-container: off }\n',
      'a/pod.yaml': BAD,
      'b/.kube-safeguards.yaml': 'profile: default\n',
      'b/c/pod.yaml': BAD,
    });
    expect(await folder.findings('a b')).toEqual(['b/c/pod.yaml: privileged-container']);
    expect(await folder.findings('--config b/.kube-safeguards.yaml a')).toHaveLength(1);
    expect(await folder.findings('-', BAD)).toEqual([]);
  });

  it('with mistakes is told at its place, and what is right in it counts', async () => {
    const folder = new TestFolder({
      '.kube-safeguards.yaml': 'rules:\n  privileged-container: off\nimage: {}\n',
      'a.yaml': BAD,
    });
    expect(await folder.run('check')).toMatchObject({
      code: 2,
      errors: '.kube-safeguards.yaml:3:1: Unknown key "image". Did you mean "images"?\n',
      output: 'No findings in 1 file.\n',
    });
  });

  it('that is named must exist', async () => {
    const folder = new TestFolder({ 'a.yaml': BAD });
    const { code, errors } = await folder.run('check --config gone.yaml');
    expect(code).toBe(2);
    expect(errors).toContain('gone.yaml: The configuration file cannot be read (ENOENT).');
  });
});

describe('--output', () => {
  it('writes the report to a file', async () => {
    const folder = new TestFolder({ 'a.yaml': BAD });
    expect(await folder.run('check --format sarif -o out.sarif')).toEqual({
      code: 1,
      output: '',
      errors: '',
    });
    expect(JSON.parse(folder.read('out.sarif')).runs[0].results).toHaveLength(1);
  });

  it('cannot be a file in a folder that does not exist', async () => {
    const folder = new TestFolder({ 'a.yaml': BAD });
    expect((await folder.run('check -o gone/out.sarif')).code).toBe(2);
  });
});

it('gives the same report every time', async () => {
  const files = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${i % 7}/${i}.yaml`, POD]));
  const reports = await Promise.all([1, 2].map(() => new TestFolder(files).run('check --format sarif')));
  expect(reports[0]).toEqual(reports[1]);
});

it('prints the hash of a value, by which the configuration lets it pass', async () => {
  const folder = new TestFolder({
    'values.yaml': 'smtp:\n  password: S3cure-Horse!\ndb:\n  password: S3cure-Horse?\n',
  });
  const { output: hash, code } = await folder.run('hash', 'S3cure-Horse!\n', rules);
  expect(code).toBe(0);
  expect(await folder.findings('', '', rules)).toEqual([
    'values.yaml: secret-in-values',
    'values.yaml: secret-in-values',
  ]);
  folder.write('.kube-safeguards.yaml', `credentials: { allow: { hashes: [${hash.trim()}] } }\n`);
  expect(await folder.findings('', '', rules)).toEqual(['values.yaml: secret-in-values']);
  expect((await folder.run('hash', ' \n', rules)).errors).toContain('which is empty');
});
