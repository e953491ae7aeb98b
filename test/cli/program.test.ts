import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { rules } from '../../server/src/rules/index.ts';
import { TestFolder } from '../support/command-line.ts';
import { bundledCommandLine } from '../support/command-line-bundle.ts';

const root = resolve(import.meta.dirname, '../..');
const bundle = bundledCommandLine();

describe.each([
  ['the source', join(root, 'server/src/cli.ts')],
  ['the bundle', bundle],
])('%s as a program', (_, program) => {
  const run = (args: string[], folder: TestFolder, input = '') =>
    spawnSync(process.execPath, [program, ...args], {
      cwd: folder.path,
      input,
      encoding: 'utf8',
      env: { ...process.env, FORCE_COLOR: '', NO_COLOR: '' },
      maxBuffer: 1 << 28,
    });
  const privileged = (count: number) =>
    Array.from(
      { length: count },
      (_, i) => `apiVersion: v1
kind: Pod
metadata: { name: "p${i}" }
spec: { containers: [{ name: web, securityContext: { privileged: true } }] }
`,
    ).join('---\n');

  it('checks with the rules of the catalogue', () => {
    const folder = new TestFolder({ 'a.yaml': privileged(1) });
    const { stdout, stderr, status } = run(['check', '--format', 'sarif', '--isolated', '.'], folder);
    const [{ tool, results }] = JSON.parse(stdout).runs;
    expect(results.map(({ ruleId }: { ruleId: string }) => ruleId)).toContain('privileged-container');
    expect(tool.driver.rules).toHaveLength(rules.length);
    expect(stderr).toBe('');
    expect(status).toBe(1);
  });

  it('writes reports longer than a pipe holds to their end', () => {
    const folder = new TestFolder({ 'a.yaml': privileged(600) });
    const { stdout } = run(['check', '--format', 'json'], folder);
    expect(stdout.length).toBeGreaterThan(1_000_000);
    expect(JSON.parse(stdout).summary.error).toBeGreaterThanOrEqual(600);
  });

  it('reads standard input', () => {
    const { stdout, status } = run(['check', '-', '--format', 'github'], new TestFolder(), privileged(1));
    expect(stdout).toMatch(/^::error title=[a-z-]+,file=stdin,line=\d+/m);
    expect(status).toBe(1);
  });

  it('reads a configuration file', () => {
    const folder = new TestFolder({ '.kube-safeguards.yaml': 'rules: { privileged-container: loud }\n' });
    const { stderr, status } = run(['check'], folder);
    expect(stderr).toContain('.kube-safeguards.yaml:1:32: Must be one of off, information, warning, error.');
    expect(status).toBe(2);
  });

  it('tells its version and its help', () => {
    const folder = new TestFolder();
    expect(run(['--version'], folder).stdout).toBe(`${packageJson.version}\n`);
    expect(run(['check', '--help'], folder).stdout).toContain('--fail-on');
    expect(run([], folder).status).toBe(2);
  });

  it.each([
    [['--sdtio'], 'Unknown option --sdtio. Did you mean --stdio?'],
    [['--foo'], 'Unknown option --foo.'],
    [['--stdio=1'], '--stdio takes no value.'],
    [['--socket=abc'], '--socket takes the number of a port; it cannot be "abc".'],
    [['--socket', '70000'], '--socket takes the number of a port; it cannot be "70000".'],
    [['--pipe'], '--pipe needs a value.'],
    [['--pipe=a', '--stdio'], 'lsp takes one of --stdio, --pipe.'],
    [['--node-ipc'], '--node-ipc is for a process that another one of Node has forked.'],
    [['charts'], 'lsp takes no arguments.'],
  ])('tells what is wrong with lsp %j', (args, message) => {
    const { stdout, stderr, status } = run(['lsp', ...args], new TestFolder());
    expect(stderr).toBe(`${message}\nkube-safeguards help shows how it is used.\n`);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });
});

describe('commands about rules', () => {
  it('list and explain', async () => {
    const folder = new TestFolder();
    expect((await folder.run('rules')).output).toContain(
      'privileged-container            error        Privileged',
    );
    expect((await folder.run('rules --format md')).output).toContain(
      '| Privileged container | error | 164.312(a)(1) |',
    );
    const list = JSON.parse((await folder.run('rules --format json')).output);
    expect(list[0]).toMatchObject({ id: 'privileged-container', severity: 'error', scope: 'document' });
    const { output } = await folder.run('explain privileged-container');
    expect(output).toContain('45 CFR 164.312(a)(1) Access control (standard): ');
    expect((await folder.run('explain privilege-container')).errors).toContain(
      'Did you mean privileged-container?',
    );
  });
});
