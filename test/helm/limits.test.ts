import { describe, expect, it } from 'vitest';
import {
  KeptValues,
  loadChart,
  RenderMemo,
  renderChart,
  TemplateCache,
} from '../../server/src/helm/index.ts';
import { chartOf, render } from './support.ts';

/** Renders within a time that a person would wait, whatever the template. */
function renderInTime(template: string, values = '', limits = { steps: 200_000, output: 2_000_000 }) {
  const start = performance.now();
  const result = render(chartOf({ 'a.yaml': template }, values), { limits });
  expect(performance.now() - start).toBeLessThan(5000);
  return result;
}

describe('templates that take too much', () => {
  it.each([
    ['nested loops', '{{ range until 1000 }}{{ range until 1000 }}x{{ end }}{{ end }}', 'too many steps'],
    ['a long list', '{{ until 900000000 | len }}', 'too many steps'],
    ['a long text', '{{ repeat 2000000000 "x" | len }}', 'too many steps'],
    ['wide padding', '{{ indent 1000000000 "x" | len }}', 'too many steps'],
    [
      'many key derivations',
      '{{ range until 100 }}{{ derivePassword 1 "long" "p" "u" "s" }}{{ end }}',
      'too many steps',
    ],
    [
      'text that doubles',
      '{{ $x := "ab" }}{{ range until 60 }}{{ $x = print $x $x }}{{ $x }}{{ end }}',
      'too much text',
    ],
    ['a loop over numbers', '{{ range 100000000 }}{{ end }}', 'too many steps'],
    [
      'text replaced by more',
      '{{ $x := repeat 1000 "a" }}{{ range until 9 }}{{ $x = replace "a" (repeat 500 "a") $x }}{{ end }}',
      'too many steps',
    ],
  ])('%s', (_, template, reason) => {
    const { errors, documents } = renderInTime(template);
    expect(errors).toMatchObject([{ kind: 'limit', file: 'templates/a.yaml' }]);
    expect(errors[0]?.message).toContain(reason);
    expect(documents).toEqual([]);
  });

  it('stop alone', () => {
    const endless = '{{ range until 1000 }}{{ range until 1000 }}x{{ end }}{{ end }}';
    const files = {
      ...{ 'a.yaml': 'kind: A\n', 'b.yaml': endless, 'c.yaml': 'kind: C\n', 'd.yaml': endless },
      ...{ 'e.yaml': 'kind: E\n', 'f.yaml': endless, 'g.yaml': 'kind: {{ repeat 10 "G" }}\n' },
    };
    const { errors, documents, broken } = render(chartOf(files), { limits: { steps: 200_000 } });
    expect(documents.map(({ kind }) => kind).sort()).toEqual(['A', 'C', 'E', 'GGGGGGGGGG']);
    const stopped = ['templates/f.yaml', 'templates/d.yaml', 'templates/b.yaml'];
    expect(errors.map(({ kind, file }) => ({ kind, file }))).toEqual(
      stopped.map((file) => ({ kind: 'limit', file })),
    );
    expect([...broken].sort()).toEqual(stopped.sort());
  });

  it('are not run again while what they read stays', () => {
    const files = chartOf({
      'a.yaml': 'kind: A\nn: {{ .Values.size }}\n',
      'b.yaml': '{{ range 90000000 }}{{ end }}',
    });
    const [cache, memo, kept] = [new TemplateCache(), new RenderMemo(), new KeptValues()];
    const again = (size: number) => {
      const { chart } = loadChart(new Map([...files, ['values.yaml', `size: ${size}\n`]]), kept);
      const start = performance.now();
      const result = chart && renderChart(chart, { cache, memo, kept });
      return { time: performance.now() - start, result };
    };
    const first = again(1);
    const second = again(2);
    expect(second.result?.errors).toEqual(first.result?.errors);
    expect(second.result?.errors).toMatchObject([{ kind: 'limit', file: 'templates/b.yaml' }]);
    expect(second.result?.documents.map(({ text }) => text)).toEqual(['kind: A\nn: 2']);
    expect(second.time).toBeLessThan(first.time / 4);
  });

  it.each([
    ['include', '{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}', 'nested reference name'],
    [
      'two includes',
      '{{ define "a" }}{{ include "b" . }}{{ end }}{{ define "b" }}{{ include "a" . }}{{ end }}{{ include "a" . }}',
      'nested reference name',
    ],
    [
      'template',
      '{{ define "a" }}{{ template "a" . }}{{ end }}{{ template "a" . }}',
      'exceeded maximum template depth',
    ],
  ])('endless recursion by %s', (_, template, reason) => {
    const { errors } = renderInTime(template, '', { steps: 20_000_000, output: 2_000_000 });
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toContain(reason);
  });

  it('endless recursion by tpl', () => {
    const { errors } = renderInTime('{{ tpl .Values.t . }}', 't: "{{ tpl .Values.t . }}"\n');
    expect(errors).toHaveLength(1);
  });

  it('patterns that would take a backtracking engine forever', () => {
    const { print, errors } = renderInTime('a: {{ regexMatch "^(a+)+$" (print (repeat 5000 "a") "!") }}\n');
    expect(errors).toEqual([]);
    expect(print()).toContain('a: false');
  });

  it('a map that holds itself', () => {
    const { errors } = renderInTime(
      '{{ $d := dict }}{{ $_ := set $d "d" $d }}a: {{ $d | toYaml | quote }}\nb: {{ merge $d $d | len }}\n',
    );
    expect(errors).toEqual([]);
  });

  it('aliases that multiply', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let index = 1; index < 9; index++) {
      lines.push(
        `a${index}: &a${index} [${Array(10)
          .fill(`*a${index - 1}`)
          .join(', ')}]`,
      );
    }
    const { errors } = renderInTime('a: 1\n', lines.join('\n'));
    expect(errors).toMatchObject([{ kind: 'values', file: 'values.yaml' }]);
    expect(errors[0]?.message).toContain('excessive aliasing');
  });

  it('deep nesting in values, templates and expressions', () => {
    const deepValues = `a: ${'['.repeat(5000)}${']'.repeat(5000)}\n`;
    expect(renderInTime('a: 1\n', deepValues).errors[0]?.message).toContain('exceeded max depth');
    const deepBlocks = `${'{{ if true }}'.repeat(5000)}${'{{ end }}'.repeat(5000)}`;
    expect(renderInTime(deepBlocks).errors[0]?.kind).toBe('parse');
    const deepExpression = `{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`;
    expect(renderInTime(deepExpression).errors[0]?.message).toContain('max expression depth exceeded');
  });

  it('prototype names are ordinary keys', () => {
    const values = '__proto__: {polluted: yes}\nconstructor: x\ntoString: y\n';
    const template =
      'a: {{ .Values.constructor }} {{ .Values.toString }} {{ (index .Values "__proto__").polluted }} {{ .Values.hasOwnProperty }}\n';
    const { print, errors } = renderInTime(template, values);
    expect(errors).toEqual([]);
    expect(print()).toContain('a: x true true');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
