import { describe, expect, it } from 'vitest';
import type { RenderOptions } from '../../../server/src/helm/index.ts';
import { CHART_YAML, chartOf, render } from '../support.ts';
import { chart, locate } from './support.ts';

describe('origins of rendered text', () => {
  const cases: { name: string; template: string; find: RegExp; origins: string[] }[] = [
    {
      name: 'literal text',
      template: 'kind: Pod\n',
      find: /Pod/,
      origins: ['template templates/a.yaml: kind: Pod'],
    },
    {
      name: 'a value',
      template: 'n: {{ .Values.replicas }}',
      find: /3/,
      origins: ['value values.yaml at replicas: 3'],
    },
    {
      name: 'quote',
      template: 'a: {{ .Values.image.repository | quote }}',
      find: /registry/,
      origins: ['value values.yaml at image.repository: registry/app'],
    },
    {
      name: 'printf, first operand',
      template: 'a: {{ printf "%s:%s" .Values.image.repository .Chart.AppVersion }}',
      find: /registry/,
      origins: ['value values.yaml at image.repository: registry/app'],
    },
    {
      name: 'printf, second operand',
      template: 'a: {{ printf "%s:%s" .Values.image.repository .Chart.AppVersion }}',
      find: /1\.2\.3/,
      origins: ['metadata Chart.yaml at appVersion: 1.2.3'],
    },
    {
      name: 'printf, text of the format',
      template: 'a: {{ printf "%s:%s" .Values.image.repository .Chart.AppVersion }}',
      find: /app(:)1/,
      origins: ['template templates/a.yaml: "%s:%s"'],
    },
    {
      name: 'default: the chosen value, then the one that was empty',
      template: 'a: {{ .Values.image.tag | default .Chart.AppVersion }}',
      find: /1\.2\.3/,
      origins: ['metadata Chart.yaml at appVersion: 1.2.3', 'value values.yaml at image.tag: ""'],
    },
    {
      name: 'default of a key that is absent',
      template: 'a: {{ .Values.image.pullPolicy | default "Always" }}',
      find: /Always/,
      origins: [
        'template templates/a.yaml: "Always"',
        'absent values.yaml at image.pullPolicy: repository: registry/app',
      ],
    },
    {
      name: 'ternary: the chosen value, then the condition',
      template: 'a: {{ ternary "https" "http" .Values.tls.enabled }}',
      find: /https/,
      origins: ['template templates/a.yaml: "https"', 'value values.yaml at tls.enabled: true'],
    },
    {
      name: 'include',
      template: 'a: {{ include "app.name" . | upper }}',
      find: /APP/,
      origins: ['template templates/_helpers.tpl: -app'],
    },
    {
      name: 'include of include, indented and quoted',
      template: 'labels: {{- include "app.labels" . | nindent 2 }}',
      find: /a b/,
      origins: ['value values.yaml at labels.team: "a b"'],
    },
    {
      name: 'toYaml: each line its value',
      template: 'sc: {{- toYaml .Values.securityContext | nindent 2 }}',
      find: /runAsNonRoot: (true)/,
      origins: ['value values.yaml at securityContext.runAsNonRoot: true'],
    },
    {
      name: 'toYaml: keys as well',
      template: 'sc: {{- toYaml .Values.securityContext | nindent 2 }}',
      find: /drop/,
      origins: ['value values.yaml at securityContext.capabilities.drop: [ALL]'],
    },
    {
      name: 'toYaml: items of lists',
      template: 'env: {{- toYaml .Values.env | nindent 2 }}',
      find: /two/,
      origins: ['value values.yaml at env.1.value: two'],
    },
    {
      name: 'tpl of a value: what it refers to',
      template: 'a: {{ tpl .Values.text . }}',
      find: /3/,
      origins: ['value values.yaml at replicas: 3'],
    },
    {
      name: 'tpl of a value: its own text',
      template: 'a: {{ tpl .Values.text . }}',
      find: /3(-)/,
      origins: ['value values.yaml at text: "{{ .Values.replicas }}-{{ .Release.Name }}"'],
    },
    {
      name: 'tpl over toYaml in a helper',
      template:
        'sc: {{- include "tplvalue" (dict "value" .Values.securityContext "context" $) | nindent 2 }}',
      find: /RuntimeDefault/,
      origins: ['value values.yaml at securityContext.seccompProfile.type: RuntimeDefault'],
    },
    {
      name: 'merge of maps',
      template: 'a: {{- toYaml (merge (dict "x" "own") .Values.image) | nindent 2 }}',
      find: /registry/,
      origins: ['value values.yaml at image.repository: registry/app'],
    },
    {
      name: 'dict: keys and values that the template gives',
      template: 'a: {{- toYaml (dict "x" "own") | nindent 2 }}',
      find: /own/,
      origins: ['template templates/a.yaml: "own"'],
    },
    {
      name: 'fromYaml of an include',
      template: 'a: {{ (include "app.labels" . | fromYaml).team }}',
      find: /a b/,
      origins: ['value values.yaml at labels.team: "a b"'],
    },
    {
      name: 'toJson',
      template: 'a: {{ .Values.image | toJson }}',
      find: /registry/,
      origins: ['value values.yaml at image.repository: registry/app'],
    },
    {
      name: 'replace keeps what stays',
      template: 'a: {{ .Values.image.repository | replace "/" "-" | trunc 63 | trimSuffix "-" }}',
      find: /registry/,
      origins: ['value values.yaml at image.repository: registry/app'],
    },
    {
      name: 'variables and ranges',
      template: 'a: {{ range $i, $e := .Values.env }}{{ $e.name }}={{ $e.value }} {{ end }}',
      find: /SECOND/,
      origins: ['value values.yaml at env.1.name: SECOND'],
    },
    {
      name: 'a key of a range',
      template: 'a: {{ range $k, $v := .Values.labels }}{{ $k }}{{ end }}',
      find: /team/,
      origins: ['value values.yaml at labels.team: "a b"'],
    },
    {
      name: 'a block of text',
      template: 'a: |\n  {{- .Values.note | nindent 2 }}',
      find: /line two/,
      origins: ['value values.yaml at note: |'],
    },
    {
      name: 'the release',
      template: 'a: {{ .Release.Name }}',
      find: /release-name/,
      origins: ['builtin .Release.Name'],
    },
    {
      name: 'generated values',
      template: 'a: {{ randAlphaNum 10 }}',
      find: /a: (.)/,
      origins: [
        'generated randAlphaNum',
        'template templates/a.yaml: randAlphaNum 10',
        'template templates/a.yaml: 10',
      ],
    },
    {
      name: 'coalesce',
      template: 'a: {{ coalesce .Values.image.tag .Values.image.repository }}',
      find: /registry/,
      origins: ['value values.yaml at image.repository: registry/app', 'value values.yaml at image.tag: ""'],
    },
    {
      name: 'a map that was made here, printed',
      template: 'a: {{ dict "x" .Values.replicas }}',
      find: /map/,
      origins: ['value values.yaml at replicas: 3', 'template templates/a.yaml: dict "x" .Values.replicas'],
    },
    {
      name: 'a list that was made here, quoted',
      template: 'a: {{ list .Values.replicas .Values.image.repository | quote }}',
      find: /registry/,
      origins: [
        'value values.yaml at replicas: 3',
        'value values.yaml at image.repository: registry/app',
        'template templates/a.yaml: list .Values.replicas .Values.image.repository',
      ],
    },
    {
      name: 'a map of the values, printed',
      template: 'a: {{ printf "%v" .Values.tls }}',
      find: /map/,
      origins: [
        'value values.yaml at tls: enabled: true',
        'value values.yaml at tls.enabled: true',
        'template templates/a.yaml: "%v"',
      ],
    },
    {
      name: 'calculated from several',
      template: 'a: {{ add .Values.replicas 1 }}',
      find: /4/,
      origins: ['value values.yaml at replicas: 3', 'template templates/a.yaml: 1'],
    },
  ];
  it.each(cases)('$name', ({ template, find, origins }) => {
    expect(locate(chart(template), find).origins).toEqual(origins);
  });

  it('files of the chart, line by line', () => {
    const files = chart('a: |\n{{ .Files.Get "conf/app.txt" | indent 2 }}', '', {
      'conf/app.txt': 'one\ntwo\nthree\n',
    });
    expect(locate(files, /two/).origins).toEqual(['file conf/app.txt: two']);
    const config = chart('data: {{- (.Files.Glob "conf/*").AsConfig | nindent 2 }}', '', {
      'conf/app.txt': 'one\ntwo\n',
    });
    expect(locate(config, /two/).origins).toEqual(['file conf/app.txt: two']);
  });

  it('values given by the user come before the defaults', () => {
    const options: RenderOptions = {
      values: [{ file: 'values-prod.yaml', text: 'image:\n  repository: prod/app\n' }],
      set: [{ flag: 'set', text: 'tls.enabled=false' }],
    };
    const files = chart(
      'a: {{ .Values.image.repository }} {{ .Values.tls.enabled }}\nb: {{ .Values.image.none | default "x" }}',
    );
    expect(locate(files, /prod/, options).origins).toEqual([
      'value values-prod.yaml at image.repository: prod/app',
    ]);
    expect(locate(files, /false/, options).origins).toEqual(['flag --set']);
    expect(locate(files, /b: (x)/, options).origins).toEqual([
      'template templates/a.yaml: "x"',
      'absent values-prod.yaml at image.none: repository: prod/app',
      'absent values.yaml at image.none: repository: registry/app',
    ]);
  });

  it('defaults of a subchart, and what the parent says', () => {
    const files = new Map(
      chartOf({}, 'sub:\n  b: parent\n', {
        'Chart.yaml': CHART_YAML,
        'charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
        'charts/sub/values.yaml': 'a: child\nb: child\n',
        'charts/sub/templates/x.yaml': 'a: {{ .Values.a }}\nb: {{ .Values.b }}\n',
      }),
    );
    expect(locate(files, /a: (child)/).origins).toEqual(['value charts/sub/values.yaml at a: child']);
    expect(locate(files, /b: (parent)/).origins).toEqual(['value values.yaml at sub.b: parent']);
    expect(locate(files, /b: /).origins).toEqual(['template charts/sub/templates/x.yaml: b:']);
  });
});

describe('every piece of every document', () => {
  it('has an origin, and the pieces lie side by side', () => {
    const template =
      'kind: Pod\nmetadata: {labels: {{ include "app.labels" . | nindent 2 | trim | fromYaml | toJson }}}\nspec: {{- toYaml .Values | nindent 2 }}\n{{ if .Values.tls.enabled }}x: {{ printf "%d-%v" (int .Values.replicas) .Values.labels | quote | upper }}{{ end }}\n';
    const { documents, errors } = render(chart(template));
    expect(errors).toEqual([]);
    for (const { text, trace } of documents) {
      const spans = [...trace.spans()];
      expect(spans.map(({ start }) => start)).toEqual([0, ...spans.slice(0, -1).map(({ end }) => end)]);
      expect(spans.at(-1)?.end).toBe(text.length);
      expect(spans.filter(({ origins }) => origins.length === 0)).toEqual([]);
    }
  });

  it('has none where nobody asks for them, and the same text', () => {
    const template =
      'kind: Pod\n{{ with .Values.tls }}spec: {{- toYaml . | nindent 2 }}\n{{ end }}t: {{ tpl .Values.text . | quote }}\n';
    const traced = render(chart(template));
    const { print, documents } = render(chart(template), { isTraced: false });
    expect(print()).toBe(traced.print());
    expect(documents.map(({ trace }) => [...trace.spans()])).toEqual([
      [{ start: 0, end: documents[0]?.text.length, origins: [] }],
    ]);
  });
});
