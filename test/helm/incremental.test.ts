import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  KeptValues,
  loadChart,
  RenderMemo,
  renderChart,
  TemplateCache,
} from '../../server/src/helm/index.ts';

const CHART =
  'apiVersion: v2\nname: clinic\nversion: 0.1.0\ndependencies: [{ name: cache, version: 0.1.0 }]\n';

const FILES: Readonly<Record<string, string>> = {
  'Chart.yaml': CHART,
  'values.yaml': `# what others take
name: portal
web:
  replicas: 2
  labels: { tier: front, "a/b": "1" }
  tls: { enabled: true }
list: [{ name: a, n: 1 }, { name: b }]
cache:
  size: 3
global: { zone: x }
`,
  'files/notes.txt': 'one\ntwo\n',
  'templates/_helpers.tpl': `{{- define "labels" -}}
app: {{ .Values.name }}
{{- with .Values.web.labels }}
{{ toYaml . }}
{{- end }}
{{- end }}
{{- define "zone" }}{{ .Values.global.zone | quote }}{{ end }}
`,
  'templates/a.yaml': `kind: A
metadata:
  labels: {{- include "labels" . | nindent 4 }}
{{- if .Values.web.tls.enabled }}
tls: {{ .Values.web.tls.version | default "1.2" | quote }}
{{- end }}
password: {{ randAlphaNum 8 }}
`,
  'templates/b.yaml': `{{- range .Values.list }}
---
kind: B
name: {{ .name }}
zone: {{ include "zone" $ }}
{{- end }}
`,
  'templates/c.yaml':
    'kind: C\nnotes: {{ .Files.Get "files/notes.txt" | quote }}\npassword: {{ randAlphaNum 8 }}\n',
  'templates/d.yaml': 'kind: D\nall: {{ .Values | toJson | quote }}\n',
  'templates/e.yaml':
    'kind: E\nsize: {{ .Values.cache.size }}\nsum: {{ include (print $.Template.BasePath "/a.yaml") . | sha256sum }}\n',
  'templates/g.yaml': `{{- $map := dict "a" 1 }}
{{- $size := .Values.cache.size }}
kind: G
{{- if .Values.web.tls.enabled }}
tls: {{ .Values.web.tls.version | default "1.2" | quote }}
replicas: {{ .Values.web.replicas }}
size: {{ $size }}
{{- with .Values.web.labels }}
tier: {{ .tier }}
slash: {{ index . "a/b" }}
name: {{ $.Values.name }}
zone: {{ include "zone" $ }}
{{- $_ := set $map "b" .tier }}
{{- end }}
{{- else }}
none: {{ .Values.name }}
zone: {{ .Values.global.zone }}
{{- $size = 9 }}
more: {{ $size }}
{{- end }}
{{- if eq .Values.name "portal" }}{{ $size = 7 }}{{ end }}
last: {{ $size }} {{ $map | toJson }} {{ (merge $map (dict "c" .Values.global.zone)).c }}
{{- range .Values.list }}{{ $_ := set $map .name .n }}{{ end }}
map: {{ printf "%s %v" (toJson $map) .Values.web.replicas | quote }}
password: {{ randAlphaNum 4 }}
{{- if and .Values.more .Values.name }}
more: {{ .Values.more }}
name: {{ .Values.name | upper }}
again: {{ include "labels" . | nindent 2 }}
{{- end }}
`,
  'charts/cache/Chart.yaml': 'apiVersion: v2\nname: cache\nversion: 0.1.0\n',
  'charts/cache/values.yaml': 'size: 1\nport: 6379\n',
  'charts/cache/templates/f.yaml':
    'kind: F\nsize: {{ .Values.size }}\nport: {{ .Values.port }}\nzone: {{ include "zone" . }}\n',
};

/** Lines that an edit puts anywhere. */
const LINES = [
  '# a comment',
  'extra: {{ .Values.web.replicas }}',
  'more: 1',
  '  deeper: true',
  '{{- if .Values.more }}',
  '{{- end }}',
  '{{- $_ := set .Values.web "replicas" 9 }}',
  'web: 3',
  'name: other',
];

const edit = fc.record({
  file: fc.constantFrom(...Object.keys(FILES)),
  line: fc.nat(28),
  removed: fc.constantFrom(0, 0, 1),
  added: fc.option(fc.constantFrom(...LINES)),
  word: fc.option(
    fc.constantFrom(
      ['true', 'false'],
      ['1', '7'],
      ['front', 'back'],
      ['3', '4'],
      ['2', '5'],
      ['x', 'y'],
      ['a', 'zz'],
      ['portal', 'door'],
    ),
  ),
});
type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never;

function edited(text: string, { line, removed, added, word }: Edit): string {
  const lines = text.split('\n');
  lines.splice(Math.min(line, lines.length), removed, ...(added === null ? [] : [added]));
  const [from, to] = word ?? ['', ''];
  return word === null ? lines.join('\n') : lines.join('\n').replace(from ?? '', to ?? '');
}

/** Everything that can be asked of a rendering. */
function described({ documents, errors, broken, print }: ReturnType<typeof renderChart>): unknown {
  const places = documents.map(({ path, text, kind, trace, skipped }) => ({
    ...{ path, text, kind, skipped: plain(skipped) },
    spans: [...trace.spans()].map((span) => plain([span, trace.conditionsAt(span.start)])),
  }));
  return { places, errors, broken: [...broken], output: print() };
}

/** Without classes: of an origin what it says. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, inner) =>
      inner !== null && typeof inner === 'object' && 'kind' in inner && 'path' in inner
        ? { said: [inner.kind, inner.file, inner.range, inner.keyRange, inner.path] }
        : inner,
    ) ?? 'null',
  );
}

describe('a chart that is rendered again after edits', () => {
  it('is what it would be if it were rendered for the first time, with all origins', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), fc.boolean(), (edits, isInPieces) => {
        const files = new Map(Object.entries(FILES));
        const [cache, memo, kept] = [new TemplateCache(), new RenderMemo(isInPieces), new KeptValues()];
        const again = () => {
          const { chart } = loadChart(files, kept);
          return chart && described(renderChart(chart, { cache, memo, kept }));
        };
        again();
        for (const one of edits.filter(
          ({ file }) => file !== 'Chart.yaml' && !file.endsWith('/Chart.yaml'),
        )) {
          files.set(one.file, edited(files.get(one.file) ?? '', one));
          const { chart } = loadChart(files);
          expect(again()).toEqual(chart && described(renderChart(chart)));
        }
      }),
      { numRuns: 100, seed: 20261122 },
    );
  });

  it('runs only the templates that depend on what was edited', () => {
    const files = new Map(Object.entries(FILES));
    const [cache, memo, kept] = [new TemplateCache(), new RenderMemo(), new KeptValues()];
    const rendered = () => {
      const { chart } = loadChart(files, kept);
      const { documents } =
        chart === undefined ? { documents: [] } : renderChart(chart, { cache, memo, kept });
      return new Map(documents.map(({ path, kind }) => [kind, memo.before(path)?.text] as const));
    };
    const run = (file: string, from: string, to: string) => {
      const before = rendered();
      files.set(file, files.get(file)?.replace(from, to) ?? '');
      return [...rendered()].filter(([kind, text]) => before.get(kind) !== text).map(([kind]) => kind);
    };
    expect(run('values.yaml', '# what', '# all that')).toEqual([]);
    expect(run('values.yaml', 'size: 3', 'size: 4').sort()).toEqual(['D', 'E', 'F', 'G']);
    expect(run('charts/cache/values.yaml', 'port: 6379', 'port: 1')).toEqual(['D', 'F']);
    expect(run('files/notes.txt', 'two', 'three')).toEqual(['C']);
    expect(run('templates/b.yaml', 'kind: B', 'kind:  B')).toEqual(['B']);
    expect(run('templates/a.yaml', 'kind: A', 'kind:  A').sort()).toEqual(['A', 'E']);
    expect(run('templates/_helpers.tpl', 'app:', 'part:').sort()).toEqual(['A', 'B', 'E', 'F', 'G']);
  });

  it('runs only the nodes that depend on what was edited', () => {
    const files = new Map(Object.entries(FILES));
    const [cache, memo, kept] = [new TemplateCache(), new RenderMemo(true), new KeptValues()];
    const pieces = () => {
      const { chart } = loadChart(files, kept);
      if (chart !== undefined) renderChart(chart, { cache, memo, kept });
      return memo.before('clinic/templates/g.yaml')?.pieces ?? [];
    };
    const run = (from: string, to: string) => {
      const before = pieces();
      files.set('values.yaml', files.get('values.yaml')?.replace(from, to) ?? '');
      const [first, second] = [before, pieces()].map((all) =>
        all.flatMap((piece) => piece?.branch?.pieces ?? piece ?? []),
      );
      return (second ?? [])
        .filter((piece, index) => piece !== first?.[index])
        .flatMap((piece) => piece?.text?.text ?? []);
    };
    expect(run('# what', '# all that')).toEqual([]);
    // What sets variables or changes maps is always run.
    const map = JSON.stringify('{"a":null,"b":null,"c":"x"} 5');
    expect(run('replicas: 2', 'replicas: 5')).toEqual(['', '', '5', '', 'x', '', map]);
  });
});
