import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TestFolder } from '../support/command-line.ts';
import { bundledCommandLine } from '../support/command-line-bundle.ts';
import { hasOracle, runOracle } from '../support/oracle.ts';

const bundle = bundledCommandLine();

const FILES: Readonly<Record<string, string>> = {
  'c/Chart.yaml':
    'apiVersion: v2\nname: c\nversion: 1.0.0\nappVersion: 2.0.0\ndependencies: [{name: sub, version: 1.x.x, condition: sub.enabled}]\n',
  'c/values.yaml': 'replicas: 2\nlabels: {tier: web}\nbig: 1000000\ntext: ä\n',
  'c/.helmignore': '*.bak\n/secret/\n',
  'c/notes.bak': 'ignored',
  'c/secret/a.txt': 'ignored',
  'c/files/a.txt': 'shown\n',
  'c/crds/thing.yaml': 'kind: CustomResourceDefinition\nmetadata: {name: things}\n',
  'c/templates/_helpers.tpl': '{{- define "c.name" -}}{{ .Release.Name }}-{{ .Chart.Name }}{{- end -}}\n',
  'c/templates/web.yaml': `kind: Deployment
metadata:
  name: {{ include "c.name" . }}
  namespace: {{ .Release.Namespace }}
  labels: {{- toYaml .Values.labels | nindent 4 }}
  annotations:
    sum: {{ .Values | toYaml | sha256sum }}
    match: {{ regexReplaceAll "a(x*)b" "-ab-axxb-" "\${1}W" }}
    kube: {{ .Capabilities.KubeVersion }} {{ .Capabilities.APIVersions.Has "example.com/v1" }}
    files: {{ range $path, $_ := .Files.Glob "**" }}{{ $path }} {{ end }}
    big: "{{ .Values.big }} {{ .Values.text }}"
    given: {{ .Values.given | toJson | quote }}
spec: {replicas: {{ .Values.replicas }}}
`,
  'c/templates/job.yaml':
    'kind: Job\nmetadata: {name: test, annotations: {helm.sh/hook: test}}\n---\nkind: Service\nmetadata: {name: s}\n',
  'c/templates/NOTES.txt': 'Thank you for {{ .Chart.Name }}\n',
  'c/charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.2.3\n',
  'c/charts/sub/values.yaml': 'x: 1\n',
  'c/charts/sub/templates/a.yaml': 'kind: Secret\nmetadata: {name: sub-{{ .Values.x }}}\n',
  'more.yaml': 'replicas: 3\nlabels: {tier: null, team: records}\n',
  'prod.yaml': 'given: {a: [1, 2]}\n',
  'content.txt': 'line 1\nline 2\n',
  'broken.yaml': 'a: b: c\n',
  'list.yaml': '- a\n',
  'schema/Chart.yaml': 'apiVersion: v2\nname: schema\nversion: 1.0.0\n',
  'schema/values.yaml': 'y: a\n',
  'schema/values.schema.json': '{"required": ["x"], "properties": {"y": {"pattern": "^[ab]$"}}}',
  'schema/templates/a.yaml': 'kind: Pod\nmetadata: {name: "{{ .Values.x }}"}\n',
  'fails/Chart.yaml': 'apiVersion: v2\nname: fails\nversion: 1.0.0\n',
  'fails/templates/a.yaml': '{{ required "say who" .Values.who }}\n',
  'fails/templates/b.yaml': '{{ .Values.a.b }}\n',
  'unparsable/Chart.yaml': 'apiVersion: v2\nname: unparsable\nversion: 1.0.0\n',
  'unparsable/templates/a.yaml': 'a: {{ nothing }}\n',
  'no-yaml/Chart.yaml': 'apiVersion: v2\nname: no-yaml\nversion: 1.0.0\n',
  'no-yaml/templates/a.yaml': 'a: b: c\n',
  'library/Chart.yaml': 'apiVersion: v2\nname: library\nversion: 1.0.0\ntype: library\n',
  'lacking/Chart.yaml':
    'apiVersion: v2\nname: lacking\nversion: 1.0.0\ndependencies: [{name: q, version: 1.0.0}]\n',
  'newer/Chart.yaml': 'apiVersion: v2\nname: newer\nversion: 1.0.0\nkubeVersion: ">=1.40"\n',
  'no-name/Chart.yaml': 'apiVersion: v2\nversion: 1.0.0\n',
  'no-chart/templates/a.yaml': 'kind: Pod\n',
  'no-archive.tgz': 'plain text',
};

/** Command lines of Helm and ours; `NAME CHART` stands for both ways of naming the release. */
const SAME: readonly string[] = [
  'CHART',
  'CHART/',
  './CHART -f more.yaml',
  'CHART --values more.yaml,prod.yaml',
  'CHART -f more.yaml --values=prod.yaml --set replicas=9,labels.a=b',
  'CHART --set replicas=9 --set-string replicas=8 --set-json replicas=7',
  'CHART --set-file given=content.txt --set-literal text=a,b=c',
  'CHART --set-json given={"a":[1,{"b":null}]} --set sub.x=4',
  'CHART --set given={a\\,b,c} --set given[1]=d --set=sub.enabled=false',
  'CHART -n records --kube-version 1.29.3 -a example.com/v1,example.com/v2',
  'CHART --include-crds',
  'CHART -s templates/web.yaml -s templates/job.yaml',
  'CHART --show-only charts/sub/templates/a.yaml',
  'CHART --show-only templates/none.yaml',
  'CHART --set=',
  'CHART --set a',
  'CHART --set a[x]=1',
  'CHART -f none.yaml',
  'CHART -f broken.yaml',
  'CHART -f list.yaml',
  'CHART -f .',
  'CHART --set-file a=none.txt',
  'CHART --kube-version latest',
  'schema --set x=1',
  'schema',
  'fails',
  'fails --set who=me',
  'unparsable',
  'no-yaml',
  'library',
  'lacking',
  'newer',
  'newer --kube-version 1.41',
  'no-name',
  'no-chart',
  './none',
  'more.yaml',
];

/** What Helm adds for its own `--debug`, and what it logs. */
function ownWords(stderr: string): string {
  return stderr
    .replace('\nUse --debug flag to render out invalid YAML\n', '')
    .replace(/^level=\w+ .*\n/gm, '');
}

const run = (folder: TestFolder, args: readonly string[], input = '') => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [bundle, 'render', ...args], {
    cwd: folder.path,
    input,
    encoding: 'utf8',
  });
  return { stdout, stderr, exitCode: status };
};

describe.runIf(hasOracle)('render, compared with helm template', () => {
  it('prints the same and ends with the same exit code', async () => {
    const folder = new TestFolder(FILES);
    for (const line of SAME) {
      const args = line.replace('CHART', 'c').split(' ');
      const theirs = await runOracle('helm', ['template', ...args], folder.path);
      const ours = run(folder, args);
      const wanted = ownWords(theirs.stderr);
      // Helm stops at the first error; here the others follow.
      expect({ line, ...ours, stderr: ours.stderr.slice(0, wanted.length) }).toEqual({
        line,
        ...theirs,
        stderr: wanted,
      });
      if (wanted === '') expect(ours.stderr).toBe('');
    }
  }, 60_000);

  it('takes the name of the release', async () => {
    const folder = new TestFolder(FILES);
    for (const name of ['records', 'a.b-c', 'Bad', 'a-', 'a'.repeat(53), 'a'.repeat(54)]) {
      const theirs = await runOracle('helm', ['template', name, 'c'], folder.path);
      expect(run(folder, ['c', '--name', name])).toEqual({ ...theirs, stderr: ownWords(theirs.stderr) });
    }
  }, 60_000);

  it('renders packed charts', async () => {
    const folder = new TestFolder(FILES);
    await runOracle('helm', ['package', 'c'], folder.path);
    const theirs = await runOracle('helm', ['template', 'c-1.0.0.tgz', '-f', 'more.yaml'], folder.path);
    expect(theirs.stdout).toContain('kind: Deployment');
    expect(run(folder, ['c-1.0.0.tgz', '-f', 'more.yaml'])).toEqual(theirs);
  }, 60_000);

  it('renders what helm create makes', async () => {
    const folder = new TestFolder();
    await runOracle('helm', ['create', 'new'], folder.path);
    const theirs = await runOracle('helm', ['template', 'new', '--set', 'ingress.enabled=true'], folder.path);
    expect(run(folder, ['new', '--set', 'ingress.enabled=true'])).toEqual(theirs);
  }, 60_000);

  it('follows links to the charts that it depends on', async () => {
    const folder = new TestFolder({
      ...FILES,
      'common/Chart.yaml': 'apiVersion: v2\nname: common\nversion: 1.0.0\n',
      'common/templates/a.yaml': 'kind: Role\nmetadata: {name: common}\n',
    });
    symlinkSync('../../common', join(folder.path, 'c/charts/common'));
    const theirs = await runOracle('helm', ['template', 'c'], folder.path);
    expect(theirs.stdout).toContain('name: common');
    expect(run(folder, ['c'])).toEqual({ ...theirs, stderr: ownWords(theirs.stderr) });
  }, 60_000);

  it('follows symbolic links inside of the chart', async () => {
    const folder = new TestFolder(FILES);
    folder.write('c/shared/b.yaml', 'kind: Role\n');
    symlinkSync('../shared', join(folder.path, 'c/templates/linked'));
    symlinkSync('.', join(folder.path, 'c/shared/circle'));
    const { stdout, stderr, exitCode } = run(folder, ['c', '-s', 'templates/linked/b.yaml']);
    expect({ stdout, stderr, exitCode }).toEqual({
      stdout: '---\n# Source: c/templates/linked/b.yaml\nkind: Role\n',
      stderr: '',
      exitCode: 0,
    });
  });
});

describe('render', () => {
  it('reads values from standard input', () => {
    const folder = new TestFolder(FILES);
    const args = ['c', '-f', '-', '-s', 'templates/web.yaml'];
    expect(run(folder, args, 'replicas: 77\n').stdout).toContain('replicas: 77');
  });

  it('reads nothing outside of the chart', () => {
    const folder = new TestFolder({ ...FILES, 'outside/a.yaml': 'kind: Pod\n' });
    symlinkSync('../../outside', join(folder.path, 'c/templates/outside'));
    const { stdout, stderr } = run(folder, ['c']);
    expect(stdout).not.toContain('kind: Pod');
    expect(stderr).toBe('templates/outside is a symbolic link out of the chart and was left out.\n');
  });

  it.each([
    ['no-archive.tgz', 'does not appear to be a gzipped archive'],
    ['none', 'path "none" not found'],
    ['no-chart', 'Chart.yaml: no such file or directory'],
  ])('says why %s is no chart', (path, reason) => {
    const { stdout, stderr, exitCode } = run(new TestFolder(FILES), [path]);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
    expect(stderr).toMatch(/^Error: .*\n$/);
    expect(stderr).toContain(reason);
  });

  it.each([
    [[], 'render takes a chart: its folder, or a packed chart (.tgz).'],
    [['name', 'c'], 'render takes one chart; the name of the release goes behind --name.'],
    [['c', '--valeus', 'x'], 'Unknown option --valeus. Did you mean --values?'],
    [['c', '--set'], '--set needs a value.'],
  ])('%j: says what is wrong', (args, message) => {
    expect(run(new TestFolder(FILES), args)).toEqual({
      stdout: '',
      stderr: `${message}\nkube-safeguards help shows how it is used.\n`,
      exitCode: 2,
    });
  });

  it('tells how it is used', async () => {
    const folder = new TestFolder(FILES);
    const { stdout, exitCode } = run(folder, ['--help']);
    expect(stdout).toContain('Usage: kube-safeguards render CHART [options]');
    expect(exitCode).toBe(0);
    expect((await folder.run('help render')).output).toBe(stdout);
    expect((await folder.run('render c -s templates/job.yaml')).output).toContain(
      '# Source: c/templates/job.yaml',
    );
  });
});
