import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import packageJson from '../../package.json' with { type: 'json' };
import { TestFolder } from '../support/command-line.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const POD = `apiVersion: v1
kind: Pod
metadata: { name: portal, namespace: clinic }
spec: { containers: [{ name: portal, securityContext: { privileged: true } }] }
`;

/** Runs a script of a recipe, with the program in place of what the registry would give. */
function runScript(script: string, folder: TestFolder, env: Readonly<Record<string, string>>) {
  const tools = join(folder.path, 'tools');
  mkdirSync(tools);
  const npx = join(tools, 'npx');
  writeFileSync(
    npx,
    `#!/usr/bin/env bash\n[ "$1 $2" = "--yes kube-safeguards@${packageJson.version}" ] || exit 9\nshift 2\nexec "${process.execPath}" "${join(root, 'server/src/cli.ts')}" "$@"\n`,
  );
  chmodSync(npx, 0o755);
  // As runners start it.
  return spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: folder.path,
    encoding: 'utf8',
    env: { ...process.env, ...env, PATH: `${tools}${delimiter}${process.env.PATH}` },
  });
}

describe('action.yml', () => {
  const action = parse(read('action.yml'));
  const [step] = action.runs.steps;
  const defaults: Record<string, string> = Object.fromEntries(
    Object.entries(step.env as Record<string, string>).map(([name, expression]) => {
      const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1] ?? '';
      return [name, String(action.inputs[input].default)];
    }),
  );

  it('annotates, writes SARIF and fails at the limit', () => {
    const folder = new TestFolder({ 'deploy/my pod.yaml': POD, 'other/pod.yaml': POD });
    const env = { ...defaults, PATHS: 'deploy/my pod.yaml\n' };
    const { stdout, stderr, status } = runScript(step.run, folder, env);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^::error title=[\w-]+,file=deploy\/my pod\.yaml,/m);
    expect(stdout).not.toContain('other/');
    const [{ results }] = JSON.parse(folder.read('kube-safeguards.sarif')).runs;
    expect(results.map(({ ruleId }: { ruleId: string }) => ruleId)).toContain('privileged-container');
    expect(status).toBe(1);
  });

  it('passes when nothing shall fail, and never runs what an input says', () => {
    const folder = new TestFolder({ 'pod.yaml': POD, '$(touch ran)/pod.yaml': POD });
    const env = { ...defaults, PATHS: 'pod.yaml\n$(touch ran)', FAIL_ON: 'never' };
    expect(runScript(step.run, folder, env).status).toBe(0);
    expect(() => folder.read('ran')).toThrow();
    expect(step.run).not.toContain('${{');
  });
});

describe('the template for GitLab', () => {
  const job = parse(read('ci/gitlab.yml'))['kube-safeguards'];

  /** What the job runs with, as GitLab has it: its own variables win over those of the pipeline. */
  const runJob = (folder: TestFolder, ofPipeline: Readonly<Record<string, string>> = {}) =>
    runScript(job.script.join('\n'), folder, { ...ofPipeline, ...job.variables });
  const report = (folder: TestFolder): { check_name: string; location: { path: string } }[] =>
    JSON.parse(folder.read(job.artifacts.reports.codequality));

  it('leaves the report where it says, also when it fails', () => {
    const folder = new TestFolder({ 'pod.yaml': POD });
    const { stderr, status } = runJob(folder);
    expect(stderr).toBe('');
    expect(status).toBe(1);
    expect(report(folder).map(({ check_name }) => check_name)).toContain('privileged-container');
    expect(job.artifacts.when).toBe('always');
  });

  it('does what the variables of the pipeline say, as the page shows them', () => {
    const page = read('docs/ci.md');
    const example = parse(/## GitLab CI\n+```yaml\n([^`]*)```/.exec(page)?.[1] ?? '');
    expect(Object.keys(example.variables)).toContain('KUBE_SAFEGUARDS_PATH');
    const folder = new TestFolder({ 'deploy/pod.yaml': POD, 'other/pod.yaml': POD });
    expect(runJob(folder, example.variables).status).toBe(1);
    expect(new Set(report(folder).map(({ location }) => location.path))).toEqual(
      new Set(['deploy/pod.yaml']),
    );
    const { status } = runJob(new TestFolder({ 'pod.yaml': POD }), { KUBE_SAFEGUARDS_FAIL_ON: 'never' });
    expect(status).toBe(0);
    expect(runJob(new TestFolder({}), { KUBE_SAFEGUARDS_VERSION: '9.9.9' }).status).toBe(9);
    // Every variable that the script reads is told of.
    const names = [...job.script.join('\n').matchAll(/KUBE_SAFEGUARDS_\w+/g)].map(([name]) => name);
    for (const name of names) expect(page).toContain(name);
  });
});

describe('recipes', () => {
  it('the hook of pre-commit checks the repository', () => {
    const [hook] = parse(read('.pre-commit-hooks.yaml'));
    const folder = new TestFolder({ 'pod.yaml': POD });
    expect(runScript(hook.entry, folder, {}).status).toBe(1);
    expect(hook).toMatchObject({ id: 'kube-safeguards', pass_filenames: false });
    expect(
      ['a/values.yaml', 'b.yml', 'templates/_helpers.tpl'].every((path) => new RegExp(hook.files).test(path)),
    ).toBe(true);
  });

  it('the image runs without root or shell', () => {
    const stages = read('container/Dockerfile').split(/^(?=FROM )/m);
    const last = stages.at(-1) ?? '';
    expect(last).toMatch(/^FROM gcr\.io\/distroless\/nodejs24-debian12:nonroot$/m);
    expect(last).toMatch(/^USER 65532:65532$/m);
    expect(last).not.toMatch(/^RUN /m);
  });

  it.each(['action.yml', '.pre-commit-hooks.yaml', 'ci/gitlab.yml', 'container/Dockerfile', 'docs/ci.md'])(
    '%s names this version alone',
    (path) => {
      const named =
        read(path).match(/(?<=@v?|default: |VERSION(?:[:=] ?|:-)|\/v|rev: v)\d+\.\d+\.\d+/g) ?? [];
      expect(named.length).toBeGreaterThan(0);
      expect([...new Set(named)]).toEqual([packageJson.version]);
    },
  );
});
