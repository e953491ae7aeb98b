import { expect } from 'vitest';
import { textOf } from '../../../server/src/helm/chart/load.ts';
import type { Condition, Origin, RenderOptions } from '../../../server/src/helm/index.ts';
import type { Files } from '../../support/oracle.ts';
import { chartOf, render } from '../support.ts';

const VALUES = `replicas: 3
image:
  repository: registry/app
  tag: ""
securityContext:
  runAsNonRoot: true
  capabilities:
    drop: [ALL]
  seccompProfile: {type: RuntimeDefault}
tls:
  enabled: true
labels:
  team: "a b"
env:
  - name: FIRST
    value: one
  - name: SECOND
    value: two
text: "{{ .Values.replicas }}-{{ .Release.Name }}"
note: |
  line one
  line two
`;

const HELPERS = `{{- define "app.name" -}}
{{ .Chart.Name }}-app
{{- end -}}
{{- define "app.labels" -}}
app: {{ include "app.name" . }}
team: {{ .Values.labels.team | quote }}
{{- end -}}
{{- define "tplvalue" -}}
{{ tpl (.value | toYaml) .context }}
{{- end -}}
`;

/** An origin in short: what it says in its file, or its name where there is none. */
export function brief(origin: Origin, files: Files): string {
  const source = files.get(origin.file);
  const path = origin.path.length === 0 ? '' : ` at ${origin.path.join('.')}`;
  if (source === undefined || origin.range === undefined) return `${origin.kind} ${origin.file}${path}`;
  const text = textOf(source).slice(origin.range.start, origin.range.end).trim();
  return `${origin.kind} ${origin.file}${path}: ${text.split('\n')[0]}`;
}

interface Located {
  readonly origins: string[];
  readonly conditions: string[];
}

/** What the first document knows of the text that `found` matches (its first group, if it has one). */
export function locate(files: Files, found: RegExp, options: RenderOptions = {}): Located {
  const { documents, errors } = render(files, options);
  expect(errors).toEqual([]);
  const [document] = documents;
  if (document === undefined) throw new Error('nothing was rendered');
  const match = new RegExp(found.source, `${found.flags}d`).exec(document.text);
  const [start] = match?.indices?.[1] ?? match?.indices?.[0] ?? [];
  if (start === undefined) throw new Error(`${found} is not in:\n${document.text}`);
  const known = new Map(files);
  for (const { file, text } of options.values ?? []) known.set(file, text);
  return {
    origins: document.trace.originsAt(start).map((origin) => brief(origin, known)),
    conditions: document.trace
      .conditionsAt(start)
      .map(
        ({ origins, isTrue }: Condition) => `${isTrue ? '' : 'not '}${brief(origins[0] as Origin, known)}`,
      ),
  };
}

/** A chart with the values and helpers that these tests speak of. */
export const chart = (template: string, values = VALUES, others: Record<string, string> = {}) =>
  chartOf({ 'a.yaml': template, '_helpers.tpl': HELPERS }, values, others);
