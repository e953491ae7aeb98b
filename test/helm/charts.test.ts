import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { RenderOptions } from '../../server/src/helm/index.ts';
import { hasOracle } from '../support/oracle.ts';
import { CHART_YAML, chartOf, expectSame, render } from './support.ts';

const DUMP =
  'values: {{ .Values | toJson }}\nchart: {{ .Chart | toJson }}\nfiles: {{ range $p, $_ := .Files }}{{ $p }} {{ end }}\n';

function subchart(name: string, values = '', extra: Record<string, string> = {}, version = '1.2.3') {
  const files: Record<string, string> = {
    [`charts/${name}/Chart.yaml`]: `apiVersion: v2\nname: ${name}\nversion: ${version}\n`,
    [`charts/${name}/values.yaml`]: values,
    [`charts/${name}/templates/dump.yaml`]: `${name}: {{ .Values | toJson }}\nchart: {{ .Chart.Name }} {{ .Chart.IsRoot }} {{ .Template.Name }}\n`,
  };
  for (const [path, text] of Object.entries(extra)) files[`charts/${name}/${path}`] = text;
  return files;
}

function parent(dependencies: string): Record<string, string> {
  return { 'Chart.yaml': `${CHART_YAML}dependencies:\n${dependencies}` };
}

interface Case {
  readonly name: string;
  readonly templates?: Record<string, string>;
  readonly values?: string;
  readonly others?: Record<string, string | Uint8Array>;
  readonly options?: RenderOptions;
}

/** A tar of one level, as `helm package` makes them. */
function pack(files: Record<string, string>): Uint8Array {
  const blocks = Object.entries(files).map(([path, text]) => {
    const content = Buffer.from(text);
    const header = Buffer.alloc(512);
    header.write(path, 0);
    header.write('0000644\0', 100);
    header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('00000000000\0', 136);
    header.write('        ', 148);
    header.write('0', 156);
    header.write('ustar\x0000', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

const configMap = (name: string, annotations = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n${annotations}`;

const CASES: readonly Case[] = [
  {
    name: 'values files, flags and nulls',
    templates: { 'a.yaml': DUMP },
    values: 'a: 1\nb: {c: x, d: y, e: {f: 1}}\nl: [1, 2]\nn: null\nm: {n: null, o: 1}\n',
    options: {
      values: [
        { file: 'v1.yaml', text: 'b: {c: null, g: 1}\nl: [3]\n' },
        { file: 'v2.yaml', text: 'b: {g: 2, e: {}}\nz: null\nn: 5\nm: {o: null, p: null}\n' },
      ],
      set: [
        { flag: 'set', text: 'x.y=5,x.z=true,q=1.5,r=0123,s={a,b\\,c},t[1].u=v,w=null,neg=-3' },
        { flag: 'set-string', text: 'str=5,x.s=true' },
        { flag: 'set-json', text: 'j={"k": [1, {"l": null}]}' },
        { flag: 'set-json', text: '{"jj": {"a": 1}}' },
        { flag: 'set-literal', text: 'lit=a,b=c' },
      ],
    },
  },
  {
    name: 'several documents in values',
    templates: { 'a.yaml': DUMP },
    values: 'a: 1\nm: {x: 1}\n---\nb: 2\nm: {y: 2}\n',
  },
  {
    name: 'kinds of scalars',
    templates: { 'a.yaml': DUMP },
    values:
      "y: 1\nn: 2\nyes: no\na: 0644\nb: 0o17\nc: 0b11\nd: 0x1F\ne: 1_000\nf: 1e3\ng: 08\nh: 12:30\ni: 2024-01-02\nj: .5\nk: +5\nl: ~\nm: tRue\no: !!str 5\np: !!binary aGk=\n1: one\n1.5: x\ntrue: t\nq: &a {r: 1}\ns: *a\nt: {<<: *a, u: 2}\nv: |\n  line\n   more\nw: >-\n  folded\n  text\n\n  end\nx: \"a\\tb\\u00e9\"\nz: 'it''s'\n",
  },
  {
    name: 'subcharts: values, globals, nulls',
    templates: { 'a.yaml': DUMP },
    values: 'global: {g: 1, t: {a: 1}}\nsub: {a: 2, b: null, global: {own: 1, t: {b: 2}}}\n',
    others: {
      ...subchart('sub', 'a: 1\nb: 1\nc: {d: null}\nglobal: {g: 0, h: 1}\n'),
      ...subchart('other', 'x: 1\n'),
    },
  },
  {
    name: 'conditions, tags and aliases',
    templates: { 'a.yaml': DUMP },
    values: 'one: {enabled: false}\ntags: {back: false, front: true}\nsecond: {a: 5}\nfour: {on: "text"}\n',
    others: {
      ...parent(
        '- {name: one, version: 1.x, condition: one.enabled}\n- {name: two, version: "*", tags: [back]}\n- {name: two, version: "*", alias: second, tags: [back, front]}\n- {name: three, version: ">=1", condition: "none.x,three.enabled", tags: [back]}\n- {name: four, version: ^1, condition: four.on}\n',
      ),
      ...subchart('one'),
      ...subchart('two', 'a: 1\n'),
      ...subchart('three', 'enabled: true\n'),
      ...subchart('four'),
    },
  },
  {
    name: 'a version outside of the range counts as undeclared',
    templates: { 'a.yaml': DUMP },
    others: { ...parent('- {name: one, version: 2.x, condition: one.enabled}\n'), ...subchart('one') },
  },
  {
    name: 'import-values',
    templates: { 'a.yaml': DUMP },
    values: 'own: {k: parent}\n',
    others: {
      ...parent(
        '- name: sub\n  version: 1.2.3\n  import-values:\n  - data\n  - {child: deep.er, parent: own}\n  - missing\n',
      ),
      ...subchart('sub', 'exports: {data: {x: 1, y: {z: 2}}}\ndeep: {er: {k: child, m: 1}}\n'),
    },
  },
  {
    name: 'requirements.yaml of apiVersion v1',
    templates: { 'a.yaml': DUMP },
    others: {
      'Chart.yaml': 'apiVersion: v1\nname: c\nversion: 0.1.0\nappVersion: 1.10\n',
      'requirements.yaml': 'dependencies:\n- {name: sub, version: "*", condition: sub.enabled}\n',
      ...subchart('sub', 'enabled: false\n'),
    },
  },
  {
    name: 'library charts and named templates across charts',
    templates: {
      'a.yaml': 'a: {{ include "lib.x" . }} {{ include "who" . }}\n',
      '_b.tpl': '{{ define "who" }}b{{ end }}',
      '_a.tpl': '{{ define "who" }}a{{ end }}',
    },
    others: {
      'charts/lib/Chart.yaml': 'apiVersion: v2\nname: lib\nversion: 1.0.0\ntype: library\n',
      'charts/lib/templates/_x.tpl': '{{ define "lib.x" }}from lib{{ end }}{{ define "who" }}lib{{ end }}',
      'charts/lib/templates/ignored.yaml': 'kind: Ignored\n',
    },
  },
  {
    name: 'packed dependency',
    templates: { 'a.yaml': DUMP },
    values: 'packed: {a: 2}\n',
    others: {
      ...parent('- {name: packed, version: 0.x}\n'),
      'charts/packed-0.1.0.tgz': pack({
        'packed/Chart.yaml': 'apiVersion: v2\nname: packed\nversion: 0.1.0\n',
        'packed/values.yaml': 'a: 1\nb: 2\n',
        'packed/templates/x.yaml': 'x: {{ .Values | toJson }}\n',
      }),
    },
  },
  {
    name: 'ignored files',
    templates: { 'a.yaml': DUMP, 'skip.yaml': 'skipped: true\n', '.hidden.yaml': 'h: 1\n' },
    others: {
      '.helmignore': '# comment\nskip.yaml\n*.md\nprivate/\n/only-root.txt\n',
      'README.md': 'x',
      'private/a.txt': 'x',
      'only-root.txt': 'x',
      'sub/only-root.txt': 'y',
      'notes.txt': 'n',
    },
  },
  {
    name: 'order of kinds, hooks and documents',
    templates: {
      'b.yaml': `${configMap('b')}---\nkind: Zoo\nmetadata: {name: z}\n---\nkind: Ant\n---\n# only a comment\n---\n\n---\nkind: Namespace\nmetadata: {name: n}\n`,
      'a.yaml': `kind: Deployment\nmetadata: {name: d}\n---\nkind: Service\nmetadata: {name: s}\n`,
      'hooks.yaml': `${configMap('h1', '  annotations: {"helm.sh/hook": "pre-install,post-upgrade", "helm.sh/hook-weight": "5"}\n')}---\n${configMap('h2', '  annotations: {"helm.sh/hook": crd-install}\n')}---\nkind: Secret\nmetadata: {annotations: {helm.sh/hook: test}}\n`,
      'NOTES.txt': 'Thank you {{ .Release.Name }}',
      'x.json': '{"kind": "Role"}',
      'deep/er/c.yaml': 'kind: Job\n',
    },
  },
  {
    name: 'splitting of odd documents',
    templates: {
      'a.yaml': '---\na: 1\n--- # comment\nb: 2\n---\n---\nc: 3\n   \n---\n\n\n--- \nd: |\n  ---\n  x\n',
      'b.yaml': '\n\n---\n---\nkind: X\n',
      'c.yaml': '# nothing but this\n',
      'd.yaml': '{{ if false }}x{{ end }}   \n',
    },
  },
  {
    name: 'crds',
    templates: { 'a.yaml': 'kind: A\n' },
    others: {
      'crds/crd.yaml': 'kind: CustomResourceDefinition\nx: {{ not a template }}\n',
      'crds/readme.md': 'x',
      ...subchart('sub', '', { 'crds/s.yml': 'kind: CustomResourceDefinition\n' }),
    },
    options: { includeCrds: true },
  },
  {
    name: 'release, namespace, cluster',
    templates: {
      'a.yaml':
        'r: {{ .Release | toJson }}\nk: {{ .Capabilities.KubeVersion.Version }} {{ .Capabilities.KubeVersion }} {{ .Capabilities.KubeVersion.Minor }}\na: {{ .Capabilities.APIVersions.Has "monitoring.coreos.com/v1" }}\n',
    },
    options: {
      release: { name: 'rel', namespace: 'ns', isUpgrade: true },
      kubeVersion: '1.27.3-gke.100',
      apiVersions: ['monitoring.coreos.com/v1'],
    },
  },
  {
    name: 'changes to values are seen by later templates',
    templates: {
      'z.yaml': '{{ $_ := set .Values "x" 1 }}{{ $_ := set .Values.sub "y" 2 }}z: 1\n',
      'a.yaml': 'a: {{ .Values.x }}\n',
    },
    others: subchart('sub', 'q: 1\n', { 'templates/zz.yaml': '{{ $_ := set .Values "w" 3 }}zz: 1\n' }),
  },
  {
    name: 'only hooks, and nothing at all',
    templates: { 'h.yaml': configMap('h', '  annotations: {helm.sh/hook: pre-install}\n') },
  },
  { name: 'an empty chart', templates: { '_x.tpl': 'x' } },
  {
    name: 'metadata of all kinds',
    templates: { 'a.yaml': DUMP },
    others: {
      'Chart.yaml':
        'apiVersion: v2\nname: c\nversion: 0.1.0\nappVersion: 1.10\ndescription: "a\\tb"\nkubeVersion: ">=1.20-0"\nkeywords: [a, 5]\nhome: https://x\nsources: [https://y]\nmaintainers: [{name: n, email: e, url: u}]\nicon: i\ndeprecated: false\nannotations: {a/b: "c", n: 5}\ntype: application\nunknown: x\n',
    },
  },
];

describe.runIf(hasOracle)('charts, compared with helm', () => {
  it.each(CASES)('$name', async ({ templates = {}, values = '', others = {}, options = {} }) => {
    await expectSame(chartOf(templates, values, others), options);
  });
});

const ERROR_CASES: readonly Case[] = [
  ...[
    'a: {{ foo }}',
    'a: 1\nb: {{ if }}',
    'a: {{ .Values.a.b.c }}',
    'a: {{ if true }}x',
    'a: {{ end }}',
    'a: {{ "x }}',
    'a: {{ .Values.x | upper }}',
    'a: {{ upper .Values.n }}',
    'a: {{ fail "no good" }}',
    'a: 1\n\nb: {{ required "need é" .Values.none }}',
    'a: {{ include "none" . }}',
    'a: {{ template "none" }}',
    'a: {{ eq .Values.n 5 }}',
    'a: {{ lt .Values.s 1 }}',
    'a: {{ index .Values.l 9 }}',
    'a: {{ .Values.s.x }}',
    'a: {{ range .Values.s }}{{ end }}',
    'a: {{ $x }}',
    'a: {{ nindent .Values.n "x" }}',
    'a: {{ trunc "a" "b" }}',
    'a: {{ trunc 1 }}',
    'a: {{ first .Values.none }}',
    'a: {{ tpl "{{ .x.y.z }}" (dict "x" (dict)) }}',
    'a: {{ tpl "{{ nope }}" . }}',
    'a: {{ semverCompare "x" "1.0.0" }}',
    'a: {{ div 1 0 }}',
    'a: {{ dig "a" "b" .Values }}',
    'a: {{ ternary 1 2 "x" }}',
    'a: {{ (1).x }}',
    'a: {{ 1 | 2 }}',
    'a: {{ break }}',
    'a: {{ merge 1 2 }}',
    'a: {{ .Values.n.x }}',
    'a: {{ include "h" . }}\n{{ define "h" }}\n{{ .Values.n.m.o }}{{ end }}',
    'a: [',
    'a: b: c',
    'a:\n  b: 1\n c: 2',
    '- list',
    'just text',
    'metadata: {annotations: {a: {b: c}}}',
    'metadata: {annotations: [a]}',
    'metadata: {name: {a: b}}',
    'metadata: [a]',
    'kind: {a: b}',
    'a: {{ range $a, $b := 3 }}{{ end }}',
    'a: {{ regexMatch "(" "x" }} {{ mustRegexFind "(" "x" }}',
    'a: "x\n---\nb: 1',
    'a: {{ list 1 | join }}',
    'a: {{ regexFind "(" "x" }}',
    'a: {{ .Values.missing.x }}',
    'a: {{ define "x" }}{{ end }}',
    '{{ define "x" }}a{{ end }}{{ define "x" }}b{{ end }}',
    'a: {{ nil }}',
    'a: {{ len 5 }}',
    'a: {{ not }}',
    'a: {{ printf }}',
    'a: {{ .Files.Get }}',
    'a: {{ /* comment }}',
    'a: {{ 08 }}',
  ].map((template) => ({
    name: template.replaceAll('\n', '⏎'),
    templates: { 'a.yaml': `${template}\n` },
    values: 'n: 5\ns: str\nl: [1]\n',
  })),
  { name: 'a type mismatch for a subchart', values: 'sub: 5\n', others: subchart('sub') },
  { name: 'a missing dependency', others: parent('- {name: gone, version: 1.x}\n') },
  { name: 'a library chart', others: { 'Chart.yaml': `${CHART_YAML}type: library\n` } },
  { name: 'a cluster that is too old', others: { 'Chart.yaml': `${CHART_YAML}kubeVersion: ">=1.99"\n` } },
  {
    name: 'an error below',
    templates: { 'a.yaml': 'x: {{ include "sub.t" . }}\n' },
    others: subchart('sub', '', { 'templates/_t.tpl': '{{ define "sub.t" }}{{ fail "deep" }}{{ end }}' }),
  },
  { name: 'a flag without value', options: { set: [{ flag: 'set', text: 'a' }] } },
  {
    name: 'a flag into a scalar',
    values: '',
    options: {
      set: [
        { flag: 'set', text: 'a=1' },
        { flag: 'set', text: 'a.b=1' },
      ],
    },
  },
];

describe.runIf(hasOracle)('errors, compared with helm', () => {
  it.each(ERROR_CASES)('$name', async ({ templates = {}, values = '', others = {}, options = {} }) => {
    await expectSame(chartOf(templates, values, others), options);
  });
});

describe('charts that cannot be loaded', () => {
  it('says what is missing', () => {
    const { errors } = render(new Map([['values.yaml', 'a: 1']]));
    expect(errors).toMatchObject([
      { kind: 'chart', message: 'Chart.yaml file is missing', file: 'Chart.yaml' },
    ]);
  });

  it('places a mistake in values.yaml', () => {
    const { errors } = render(chartOf({}, 'a: 1\nb: [1\nc: 2\n'));
    expect(errors[0]).toMatchObject({ kind: 'values', file: 'values.yaml' });
    expect(errors[0]?.range?.start).toBeGreaterThan(5);
  });

  it('renders the rest when a dependency is missing', () => {
    const files = chartOf({ 'a.yaml': 'kind: A\n' }, '', parent('- {name: gone, version: 1.x}\n'));
    const { documents, errors } = render(files);
    expect(documents.map(({ kind }) => kind)).toEqual(['A']);
    expect(errors).toMatchObject([{ kind: 'missing-dependency', file: 'Chart.yaml' }]);
    const text = files.get('Chart.yaml') as string;
    expect(text.slice(errors[0]?.range?.start, errors[0]?.range?.end)).toBe('{name: gone, version: 1.x}');
  });
});
