import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../server/src/helm/functions/table.ts';
import { printNode } from '../../server/src/helm/template/nodes.ts';
import { parseTemplate } from '../../server/src/helm/template/parser.ts';
import { chartOf, render } from './support.ts';

const parse = (text: string) => parseTemplate('t', text, (name) => FUNCTIONS.has(name));

describe('broken templates', () => {
  it.each([
    ['{{ foo }}a{{ .x }}', ['function "foo" not defined'], 'a{{.x}}'],
    ['{{ if }}a{{ end }}b{{ .x', ['missing value for if', 'unclosed action'], '{{if }}a{{end}}b'],
    [
      '{{ .x | 5 }}{{ nope }}c',
      ['non executable command in pipeline stage 2', 'function "nope" not defined'],
      'c',
    ],
    [
      '{{ if .x }}a{{ bad( }}b{{ else }}c{{ end }}d',
      ['function "bad" not defined'],
      '{{if .x}}ab{{else}}c{{end}}d',
    ],
    ['a{{ "open }}b{{ .y }}', ['unterminated quoted string'], 'ab{{.y}}'],
    ['a{{ range .x }}b', ['unexpected EOF'], 'a{{range .x}}b{{end}}'],
    ['a{{ end }}b{{ .c }}', ['unexpected {{end}}'], 'ab{{.c}}'],
  ])('%s', (text, problems, printed) => {
    const parsed = parse(text);
    for (const [index, problem] of problems.entries()) {
      expect(parsed.problems[index]?.message).toContain(problem);
    }
    expect(printNode(parsed.main.root)).toBe(printed);
  });

  it('names the range of the first mistake', () => {
    const text = 'a: 1\nb: {{ .Values.x | nope 3 }}\n';
    const [problem] = parse(text).problems;
    expect(text.slice(problem?.range.start, problem?.range.end)).toBe('nope');
    expect(problem?.line).toBe(2);
  });

  it('never throws and always ends, cut off anywhere', () => {
    const text =
      '{{- define "x" -}}{{ range $i, $e := .l }}{{ if eq $i 1 }}a{{ else if true }}{{ continue }}{{ end }}{{ end }}{{- end -}}\n{{/* c */}}{{ with (dict "a" `b` "c" 0x1F) }}{{ .a.b | printf "%s" | quote }}{{ template "x" . }}{{ block "y" 1 }}z{{ end }}{{ end }}';
    for (let end = 0; end <= text.length; end++) {
      const { main, defines } = parse(text.slice(0, end));
      expect(main.root.end).toBeLessThanOrEqual(end);
      expect(defines.length).toBeLessThanOrEqual(2);
    }
  });

  it('lets other templates render', () => {
    const { documents, errors } = render(
      chartOf({ 'bad.yaml': 'x: {{ foo }}', 'good.yaml': 'kind: Good\n' }),
    );
    expect(documents.map(({ kind }) => kind)).toEqual(['Good']);
    expect(errors).toMatchObject([
      { kind: 'parse', file: 'templates/bad.yaml', range: { start: 6, end: 9 } },
    ]);
  });

  it('places an error where it arises, not where it shows', () => {
    const helper = '{{ define "h" }}\n{{ .Values.a.b.c }}{{ end }}';
    const { errors } = render(chartOf({ 'a.yaml': 'x: {{ include "h" . }}', '_h.tpl': helper }));
    expect(errors).toMatchObject([{ kind: 'execution', file: 'templates/_h.tpl' }]);
    expect(helper.slice(errors[0]?.range?.start, errors[0]?.range?.end)).toBe('.Values.a.b.c');
  });
});

describe('the table of functions', () => {
  it('has everything that Helm exposes, and nothing that it does not', () => {
    expect(FUNCTIONS.has('env')).toBe(false);
    expect(FUNCTIONS.has('expandenv')).toBe(false);
    expect(FUNCTIONS.size).toBeGreaterThan(230);
  });
});
