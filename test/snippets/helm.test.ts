import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION } from '../../server/src/engine/configuration.ts';
import { checkChart } from '../../server/src/engine/derived/chart-check.ts';
import { ChartSource } from '../../server/src/engine/derived/chart-source.ts';
import { OWN_VALUES } from '../../server/src/engine/derived/value-sets.ts';
import type { KubernetesSchemas } from '../../server/src/kubernetes/schema/schemas.ts';
import { rules } from '../../server/src/rules/index.ts';
import { checkerFor, TODAY } from '../support/check-text.ts';
import { loadKubernetesSchemas } from '../support/schemas.ts';
import { expandSnippet, readSnippets } from '../support/snippets.ts';

/** What `helm create` gives a chart of this name: the helpers that the snippets call. */
const HELPERS = `{{- define "portal.fullname" -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- define "portal.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
{{- define "portal.labels" -}}
{{ include "portal.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end }}
{{- define "portal.serviceAccountName" -}}
{{- include "portal.fullname" . }}
{{- end }}
`;

const VALUES = `image:
  repository: registry.example.com/portal
resources:
  requests: {cpu: 100m, memory: 128Mi}
  limits: {memory: 256Mi}
imagePullSecrets:
  - name: registry-credentials
existingSecret: portal-credentials
ingress:
  host: portal.example.com
  clusterIssuer: letsencrypt
`;

const snippets = readSnippets('helm');
let schemas: KubernetesSchemas;
beforeAll(async () => {
  schemas = await loadKubernetesSchemas();
});

/** What is said of a chart of these templates, once it is rendered. */
function said(templates: readonly string[]): string[] {
  const files = new Map([
    ['Chart.yaml', 'apiVersion: v2\nname: portal\nversion: 0.1.0\nappVersion: 1.4.2\n'],
    ['values.yaml', VALUES],
    ['templates/_helpers.tpl', HELPERS],
    ...templates.map((text, index): [string, string] => [`templates/${index}.yaml`, text]),
  ]);
  const { sets, findings } = checkChart(new ChartSource(files), [OWN_VALUES], {
    checker: checkerFor({ rules, schemas }),
    configuration: DEFAULT_CONFIGURATION,
    today: TODAY,
  });
  const rendered = new Set(
    sets.flatMap(({ rendering }) => rendering.documents.map(({ derived }) => derived.file)),
  );
  expect(rendered.size).toBe(templates.length);
  return findings.map(
    ({ finding, file }) => `${file}: ${finding.severity} ${finding.rule}: ${finding.message}`,
  );
}

describe('a Helm snippet', () => {
  it.each(snippets.map((snippet) => [snippet.name, snippet] as const))(
    '%s renders, and what it renders passes every rule',
    (_, { body }) => {
      for (const choice of [0, 1, 2]) expect(said([expandSnippet(body, choice)])).toEqual([]);
    },
  );

  it('fits the others in one chart', () => {
    expect(said(snippets.map(({ body }) => expandSnippet(body)))).toEqual([]);
  });
});
