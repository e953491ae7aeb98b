/** The recipes for pipelines, run as their runners do, with the packed package in a registry of this machine. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';
import { npm } from '../../scripts/npm.ts';
import { root } from '../../scripts/steps.ts';
import type { Test } from '../e2e/runner.ts';
import { serveRegistry } from './registry.ts';

const POD = `apiVersion: v1
kind: Pod
metadata: { name: portal, namespace: clinic }
spec: { containers: [{ name: portal, securityContext: { privileged: true } }] }
`;

type Environment = Readonly<Record<string, string>>;

/** A repository with findings in `deploy`, and what npm has to know. */
interface Repository {
  readonly folder: string;
  readonly env: Environment;
}

export function recipeTests(): Test[] {
  return [
    { name: 'action.yml runs', run: () => inRepository(runAction) },
    { name: 'the template for GitLab runs', run: () => inRepository(runGitLabJob) },
    { name: 'the hook of pre-commit runs', run: () => inRepository(runHook) },
    { name: 'the steps of the Dockerfile make a program', run: () => inRepository(runDockerfile) },
  ];
}

async function runAction({ folder, env }: Repository): Promise<void> {
  const { inputs, runs } = parse(await recipe('action.yml'));
  const given: Environment = { paths: 'deploy\n', 'fail-on': 'error' };
  const evaluated = (expression: string) =>
    expression.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name) => given[name] ?? inputs[name].default);
  assert.equal(runs.using, 'composite');
  const results = [];
  for (const step of runs.steps) {
    assert.equal(step.shell, 'bash');
    const variables: [string, string][] = Object.entries(step.env);
    const stepEnv = Object.fromEntries(variables.map(([name, value]) => [name, evaluated(value)]));
    results.push(await bash(step.run, folder, { ...env, ...stepEnv }));
  }
  const { code, output } = results.at(-1) ?? {};
  assert.match(output ?? '', /^::error title=[\w-]+,file=deploy\/pod\.yaml,/m);
  assert.equal(code, 1);
  const { runs: logs } = JSON.parse(await readFile(join(folder, inputs.sarif.default), 'utf8'));
  assert.ok(JSON.stringify(logs[0].results).includes('privileged-container'));
}

async function runGitLabJob({ folder, env }: Repository): Promise<void> {
  const job = parse(await recipe('ci/gitlab.yml'))['kube-safeguards'];
  const { code } = await bash(job.script.join('\n'), folder, {
    ...env,
    ...variablesOf(job, { KUBE_SAFEGUARDS_PATH: 'deploy' }),
  });
  assert.equal(code, 1);
  const issues = JSON.parse(await readFile(join(folder, job.artifacts.reports.codequality), 'utf8'));
  assert.deepEqual([...new Set(issues.map((issue: Issue) => issue.location.path))], ['deploy/pod.yaml']);
}

/** As GitLab has them: the job's own win over those of the pipeline. */
function variablesOf(job: { readonly variables?: Environment }, ofPipeline: Environment): Environment {
  return { ...ofPipeline, ...job.variables };
}

interface Issue {
  readonly location: { readonly path: string };
}

async function runHook({ folder, env }: Repository): Promise<void> {
  const [hook] = parse(await recipe('.pre-commit-hooks.yaml'));
  assert.equal(hook.language, 'system');
  const { code, output } = await bash(hook.entry, folder, env);
  assert.match(output, /privileged-container/);
  assert.equal(code, 1);
  await writeFile(join(folder, 'deploy/pod.yaml'), '# Nothing is deployed.\n');
  assert.equal((await bash(hook.entry, folder, env)).code, 0);
}

/** What the first stage runs, and what the last one copies and starts, in folders of this machine. */
async function runDockerfile({ folder, env }: Repository): Promise<void> {
  const [install = '', last = ''] = (await recipe('container/Dockerfile')).split(/^(?=FROM )/m).slice(1);
  const lineOf = (stage: string, instruction: string) =>
    new RegExp(`^${instruction} (.*)$`, 'm').exec(stage)?.[1] ?? '';
  const app = join(folder, 'image');
  await mkdir(app);
  const [argument = '', version = ''] = lineOf(install, 'ARG').split('=');
  const made = await bash(lineOf(install, 'RUN'), app, { ...env, [argument]: version });
  assert.equal(made.code, 0, made.output);
  const [from = '', to = ''] = lineOf(last, 'COPY').split(' ').slice(1);
  const workFolder = lineOf(install, 'WORKDIR');
  const [, program = ''] = JSON.parse(lineOf(last, 'ENTRYPOINT'));
  assert.ok(from.startsWith(workFolder) && program.startsWith(to));
  const script = join(app, from.slice(workFolder.length), program.slice(to.length));
  await access(script);
  const [command = ''] = JSON.parse(lineOf(last, 'CMD'));
  const { code, output } = await bash(`'${process.execPath}' '${script}' ${command}`, folder, {});
  assert.match(output, /privileged-container/);
  assert.equal(code, 1);
}

function recipe(path: string): Promise<string> {
  return readFile(join(root, path), 'utf8');
}

/** Makes a package as it would be published, and a repository that gets it. */
async function inRepository(use: (repository: Repository) => Promise<void>): Promise<void> {
  const made = await mkdtemp(join(tmpdir(), 'kube-safeguards-recipe-'));
  const folder = join(made, 'repository');
  try {
    await mkdir(join(folder, 'deploy'), { recursive: true });
    await writeFile(join(folder, 'deploy/pod.yaml'), POD);
    await npm(['pack', '--silent', '--ignore-scripts', '--pack-destination', made], root);
    const tarball = (await readdir(made)).find((name) => name.endsWith('.tgz'));
    assert.ok(tarball, 'a package was made');
    const registry = await serveRegistry(join(made, tarball));
    try {
      const env = { npm_config_registry: registry.address, npm_config_cache: join(made, 'cache') };
      await use({ folder, env });
    } finally {
      registry.stop();
    }
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

/** Runs a script as runners start it. */
async function bash(
  script: string,
  cwd: string,
  env: Environment,
): Promise<{ code: number; output: string }> {
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number>((done) => child.once('close', (code) => done(code ?? -1)));
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await exited, output: output + errors };
}
