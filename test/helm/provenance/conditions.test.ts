import { describe, expect, it } from 'vitest';
import type { Origin } from '../../../server/src/helm/index.ts';
import { render } from '../support.ts';
import { brief, chart, locate } from './support.ts';

describe('conditions of rendered text', () => {
  const cases: { name: string; template: string; find: RegExp; conditions: string[] }[] = [
    {
      name: 'if',
      template: '{{ if .Values.tls.enabled }}tls: on{{ end }}',
      find: /tls/,
      conditions: ['value values.yaml at tls.enabled: true'],
    },
    {
      name: 'else',
      template: '{{ if .Values.image.tag }}x{{ else }}y: 1{{ end }}',
      find: /y/,
      conditions: ['not value values.yaml at image.tag: ""'],
    },
    {
      name: 'else of a key that is absent',
      template: '{{ if .Values.tls.strict }}x{{ else }}y: 1{{ end }}',
      find: /y/,
      conditions: ['not absent values.yaml at tls.strict: enabled: true'],
    },
    {
      name: 'nested, innermost first',
      template:
        '{{ if .Values.tls.enabled }}{{ with .Values.securityContext }}sc: {{ .runAsNonRoot }}{{ end }}{{ end }}',
      find: /true/,
      conditions: [
        'value values.yaml at securityContext: runAsNonRoot: true',
        'value values.yaml at tls.enabled: true',
      ],
    },
    {
      name: 'around an include and inside of it',
      template:
        '{{ define "in" }}{{ if .Values.replicas }}n: 1{{ end }}{{ end }}{{ if .Values.tls.enabled }}{{ include "in" . }}{{ end }}',
      find: /n: 1/,
      conditions: ['value values.yaml at replicas: 3', 'value values.yaml at tls.enabled: true'],
    },
    {
      name: 'comparison and negation',
      template: '{{ if and .Values.tls.enabled (not (eq .Values.image.repository "x")) }}n: 1{{ end }}',
      find: /n/,
      conditions: ['value values.yaml at image.repository: registry/app'],
    },
    {
      name: 'text that was made before the condition',
      template: '{{ $x := "made: early" }}{{ if .Values.tls.enabled }}{{ $x }}{{ end }}',
      find: /made/,
      conditions: ['value values.yaml at tls.enabled: true'],
    },
  ];
  it.each(cases)('$name', ({ template, find, conditions }) => {
    expect(locate(chart(template), find).conditions).toEqual(conditions);
  });
});

describe('branches that are left out', () => {
  it('tell the value that decided, and the text', () => {
    const files = chart(
      'kind: Pod\n{{- with .Values.image.tag }}\ntag: {{ . }}\n{{- end }}{{ if .Values.tls.enabled }}{{ else }}\ntls: off\n{{ end }}\n{{- range .Values.none }}\nx: {{ . }}{{ end }}\n',
    );
    const { documents } = render(files);
    const left = documents[0]?.skipped.map(({ origins, body, isTrue }) => [
      brief(origins[0] as Origin, files),
      brief(body, files),
      isTrue,
    ]);
    expect(left).toEqual([
      ['value values.yaml at image.tag: ""', 'template templates/a.yaml: tag: {{ . }}', false],
      ['value values.yaml at tls.enabled: true', 'template templates/a.yaml: tls: off', true],
      ['absent values.yaml at none: replicas: 3', 'template templates/a.yaml: x: {{ . }}', false],
    ]);
  });
});
