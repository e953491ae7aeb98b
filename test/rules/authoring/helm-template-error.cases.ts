import type { RuleCases } from '../../support/rule-cases.ts';

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
spec:
  type: {{ .Values.service.type }}
  ports:
    - port: 443
`;

const VALUES = 'service:\n  type: ClusterIP\n';

const CHART = 'apiVersion: v2\nname: clinic\nversion: 0.1.0\n';

export const cases: RuleCases = {
  valid: [
    {
      name: 'a template that renders',
      code: SERVICE,
      chart: { file: 'templates/service.yaml', files: { 'values.yaml': VALUES } },
    },
    {
      name: 'a library chart, which is not installed by itself',
      code: `${CHART}type: library\n`,
      chart: { file: 'Chart.yaml', files: { 'templates/_all.tpl': '{{ define "a" }}x{{ end }}' } },
    },
    {
      name: 'a chart for other versions of Kubernetes than the usual ones',
      code: `${CHART}kubeVersion: "<1.20.0"\n`,
      chart: { file: 'Chart.yaml' },
    },
    {
      name: 'named templates of a dependency that has not been fetched: told once, in Chart.yaml',
      code: 'name: {{ include "common.names.fullname" . }}\n',
      chart: {
        file: 'templates/a.yaml',
        files: {
          'Chart.yaml': `${CHART}dependencies:\n  - {name: common, version: 2.x.x, repository: "https://charts.example.com"}\n`,
        },
      },
    },
  ],
  invalid: [
    {
      name: 'an action that cannot be read',
      code: `kind: Service
metadata:
  name: {{ .Release.Name | «quoted» }}
`,
      chart: { file: 'templates/service.yaml' },
      errors: [{ messageId: 'parse', message: /function "quoted" not defined/ }],
      output: undefined,
    },
    {
      name: 'an action that fails with the values at hand',
      code: `kind: Service
spec:
  type: {{ «.Values.service.type» }}
`,
      chart: { file: 'templates/service.yaml' },
      errors: [{ messageId: 'execution', message: /nil pointer evaluating interface \{\}\.type/ }],
      output: undefined,
    },
    {
      name: 'values that the chart asks for',
      code: `kind: Service
metadata:
  name: {{ «required "give a name" .Values.name» }}
`,
      chart: { file: 'templates/service.yaml' },
      errors: [{ messageId: 'required', severity: 'information', message: /give a name/ }],
      output: undefined,
    },
    {
      name: 'a complaint that quotes a value',
      code: `kind: Service
metadata:
  name: {{ «fail (printf "not a name: %s" .Values.name)» }}
`,
      chart: { file: 'templates/service.yaml', files: { 'values.yaml': 'name: 123-45-6789\n' } },
      errors: [{ messageId: 'required', message: /with the values at hand: not a name: …\. What/ }],
      output: undefined,
    },
    {
      name: 'a template that would fill the memory',
      code: '«kind: Service»\nmetadata:\n  name: {{ repeat 100000000 "x" }}\n',
      chart: { file: 'templates/service.yaml' },
      errors: [{ messageId: 'limit', severity: 'warning' }],
      output: undefined,
    },
    {
      name: 'text that is no manifest',
      code: `kind: Service
metadata:
  «name: "a»
`,
      chart: { file: 'templates/service.yaml' },
      errors: [{ messageId: 'manifest' }],
      output: undefined,
    },
    {
      name: 'values that are no YAML',
      code: 'service:\n  «type: [»\n',
      chart: { file: 'values.yaml' },
      errors: [{ messageId: 'values' }],
      output: undefined,
    },
    {
      name: 'a value that the schema forbids',
      code: 'replicas: «"three"»\n',
      chart: {
        file: 'values.yaml',
        files: { 'values.schema.json': '{"properties": {"replicas": {"type": "integer"}}}' },
      },
      errors: [{ messageId: 'schema', message: /at '\/replicas': got string, want integer/ }],
      output: undefined,
    },
    {
      name: 'a value that a pattern forbids, which is not repeated',
      code: 'patient: «Jane Roe»\n',
      chart: {
        file: 'values.yaml',
        files: { 'values.schema.json': '{"properties": {"patient": {"pattern": "^[0-9]+$"}}}' },
      },
      errors: [
        { messageId: 'schema', message: /at '\/patient': '…' does not match pattern '\^\[0-9\]\+\$'/ },
      ],
      output: undefined,
    },
    {
      name: 'a value that fits none of the alternatives',
      code: 'port: «[1]»\n',
      chart: {
        file: 'values.yaml',
        files: {
          'values.schema.json':
            '{"properties": {"port": {"anyOf": [{"type": "string"}, {"type": "integer"}]}}}',
        },
      },
      errors: [{ messageId: 'schema', message: /'anyOf' failed; at '\/port': got array, want string; at/ }],
      output: undefined,
    },
    {
      name: 'a dependency that has not been fetched',
      code: `${CHART}dependencies:
  - «name: postgresql»
    version: 16.0.0
    repository: https://charts.example.com
`,
      chart: { file: 'Chart.yaml' },
      errors: [{ messageId: 'dependency', severity: 'information', message: /\(postgresql\)/ }],
      output: undefined,
    },
    {
      name: 'metadata that Helm refuses',
      code: '«apiVersion: v2»\nname: clinic\n',
      chart: { file: 'Chart.yaml' },
      errors: [{ messageId: 'chart', message: /version is required/ }],
      output: undefined,
    },
  ],
};
