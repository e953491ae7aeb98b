import { describe, expect, it } from 'vitest';
import { buildKustomization } from '../../server/src/kustomize/index.ts';
import { hasOracle } from '../support/oracle.ts';
import { type Case, overlays } from './overlays.ts';
import { BASE, expectSame, filesOf, outputOf } from './support.ts';

const OVER_BASE = 'resources: [../base]\n';

const alone: Case[] = [
  {
    name: 'lists, several documents, empty ones, aliases and what stays local',
    overlay: 'resources: [all.yaml]\nnamePrefix: p-\n',
    files: {
      'prod/all.yaml': `# nothing
---
apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: ConfigMap, metadata: { name: one }, data: { a: "1" } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: two, annotations: { config.kubernetes.io/local-config: "true" } }
---
apiVersion: v1
kind: ConfigMap
metadata: &meta { name: three }
data: &data { x: y }
---
apiVersion: example.com/v1
kind: Widget
metadata: { name: four, annotations: {} }
spec: &spec { on: yes, off: "off", octal: 0777, hex: 0x1F, float: 1.50, big: 12345678901234567890, date: 2001-02-03, time: 2001-02-03T04:05:06Z, none: null, tilde: ~ }
again: *spec
merged: { <<: *spec, own: 1 }
`,
    },
  },
  {
    name: 'texts of every style',
    overlay: 'resources: [cm.yaml]\ncommonAnnotations: { a: b }\n',
    files: {
      'prod/cm.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: texts }
data:
  literal: |
    one
      two
  kept: |+
    one

  folded: >
    one
    two

    three
      indented
    four
  stripped: >-
    one
    (
      two
    )
  quoted: "tab\\t and \\u00e9 \\U0001F600"
  single: 'it''s'
  long: ${'word '.repeat(40)}end
  last: |
    no line end`,
    },
  },
  {
    name: 'a chart',
    overlay: `namespace: clinic
namePrefix: p-
helmCharts:
  - name: app
    releaseName: rel
    includeCRDs: true
    valuesFile: values.yaml
    valuesInline: { image: { tag: "2" }, list: [z] }
    additionalValuesFiles: [more.yaml]
`,
    files: {
      'prod/charts/app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n',
      'prod/charts/app/values.yaml': 'image: { name: web, tag: "1" }\nlist: [a, b]\nextra: none\n',
      'prod/charts/app/crds/crd.yaml':
        'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: ws.example.com }\n',
      'prod/charts/app/templates/cm.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: {{ .Release.Name }}-cm, namespace: {{ .Release.Namespace }} }
data: { image: "{{ .Values.image.name }}:{{ .Values.image.tag }}", list: "{{ join "," .Values.list }}", extra: {{ .Values.extra }} }
`,
      'prod/values.yaml': 'image: { name: mine }\n',
      'prod/more.yaml': 'extra: given\n',
    },
  },
  {
    name: 'the namespace of a chart',
    overlay: 'namespace: clinic\nhelmCharts: [{ name: app, namespace: inner }]\n',
    files: {
      'prod/charts/app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n',
      'prod/charts/app/values.yaml': 'mode: none\n',
      'prod/charts/app/templates/all.yaml': ['', ', namespace: own', ', namespace: {{ .Release.Namespace }}']
        .map(
          (namespace, index) =>
            `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a${index}${namespace} }\ndata: { release: {{ .Release.Namespace }} }\n`,
        )
        .join('---\n'),
    },
  },
];

const compared = [
  ...overlays.map(({ name, overlay, files = {} }) => ({
    name,
    files: {
      ...BASE,
      'prod/kustomization.yaml': overlay.includes('resources:') ? overlay : OVER_BASE + overlay,
      ...files,
    },
  })),
  ...alone.map(({ name, overlay, files = {} }) => ({
    name,
    files: { 'prod/kustomization.yaml': overlay, ...files },
  })),
];

describe.runIf(hasOracle)('builds what kubectl kustomize builds', () => {
  it.each(compared)('$name', async ({ files }) => {
    await expectSame(filesOf(files), 'prod');
  });
});

describe('the output', () => {
  it('is a kustomization with names that follow', () => {
    const result = buildKustomization(
      filesOf({
        'kustomization.yaml':
          'namePrefix: p-\nresources: [pod.yaml]\nconfigMapGenerator: [{ name: c, literals: [a=b] }]\n',
        'pod.yaml':
          'apiVersion: v1\nkind: Pod\nmetadata: { name: x }\nspec: { containers: [{ name: x, image: i, envFrom: [{ configMapRef: { name: c } }] }] }\n',
      }),
      '',
    );
    expect(outputOf(result)).toBe(`apiVersion: v1
data:
  a: b
kind: ConfigMap
metadata:
  name: p-c-4h2mbtbbt6
---
apiVersion: v1
kind: Pod
metadata:
  name: p-x
spec:
  containers:
  - envFrom:
    - configMapRef:
        name: p-c-4h2mbtbbt6
    image: i
    name: x
`);
  });
});
