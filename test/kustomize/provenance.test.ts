import { describe, expect, it } from 'vitest';
import type { Origin } from '../../server/src/helm/index.ts';
import { buildKustomization } from '../../server/src/kustomize/index.ts';
import { BASE, filesOf } from './support.ts';

/** An origin in short: what it says in its file. */
function brief({ kind, file, range }: Origin, files: ReadonlyMap<string, string | Uint8Array>): string {
  const text = files.get(file);
  const said = typeof text === 'string' && range ? text.slice(range.start, range.end).trim() : '';
  return `${kind} ${file}: ${said.split('\n')[0]}`;
}

/** Where the text that `found` matches (its first group, if it has one) comes from, in a resource of an overlay. */
function originsOf(
  overlay: string,
  kind: string,
  found: RegExp,
  more: Readonly<Record<string, string>> = {},
): string[] {
  const files = filesOf({ ...BASE, 'prod/kustomization.yaml': `resources: [../base]\n${overlay}`, ...more });
  const { resources, problems } = buildKustomization(files, 'prod');
  expect(problems).toEqual([]);
  const resource = resources.find((candidate) => candidate.kind === kind);
  const match = new RegExp(found.source, `${found.flags}d`).exec(resource?.text ?? '');
  const [start] = match?.indices?.[1] ?? match?.indices?.[0] ?? [];
  if (resource === undefined || start === undefined)
    throw new Error(`${found} is not in:\n${resource?.text}`);
  return resource.trace.originsAt(start).map((origin) => brief(origin, files));
}

const cases: {
  name: string;
  overlay: string;
  kind?: string;
  find: RegExp;
  origins: string[];
  files?: Record<string, string>;
}[] = [
  { name: 'the base', overlay: '', find: /replicas: (1)/, origins: ['manifest base/web.yaml: 1'] },
  { name: 'a key of the base', overlay: '', find: /replicas/, origins: ['manifest base/web.yaml: 1'] },
  {
    name: 'a name with a prefix: the name, then the prefix',
    overlay: 'namePrefix: a-\n',
    find: /name: (a-web)/,
    origins: ['manifest base/web.yaml: web', 'kustomization prod/kustomization.yaml: a-'],
  },
  {
    name: 'a namespace that was not there',
    overlay: 'namespace: clinic\n',
    find: /namespace: (clinic)/,
    origins: ['kustomization prod/kustomization.yaml: clinic'],
  },
  {
    name: 'an image: its new tag, then the image of the base',
    overlay: 'images: [{ name: side, newTag: "9" }]\n',
    find: /side:9/,
    origins: ['kustomization prod/kustomization.yaml: "9"', 'manifest base/web.yaml: side:2'],
  },
  {
    name: 'a number of replicas',
    overlay: 'replicas: [{ name: web, count: 4 }]\n',
    find: /replicas: (4)/,
    origins: ['kustomization prod/kustomization.yaml: 4', 'manifest base/web.yaml: 1'],
  },
  {
    name: 'a label',
    overlay: 'commonLabels: { owner: team }\n',
    find: /owner: (team)/,
    origins: ['kustomization prod/kustomization.yaml: team'],
  },
  {
    name: 'a patch in a file',
    overlay: 'patches: [{ path: patch.yaml }]\n',
    files: {
      'prod/patch.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  replicas: 6\n  paused: true\n',
    },
    find: /replicas: (6)/,
    origins: ['patch prod/patch.yaml: 6', 'manifest base/web.yaml: 1'],
  },
  {
    name: 'an inline patch, where it is written',
    overlay: `patches:
  - patch: |-
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: web }
      spec:
        template: { spec: { hostNetwork: true } }
`,
    find: /hostNetwork: (true)/,
    origins: ['patch prod/kustomization.yaml: true'],
  },
  {
    name: 'a JSON patch',
    overlay: `patches:
  - target: { kind: Deployment }
    patch: |
      - op: add
        path: /spec/template/spec/containers/0/securityContext
        value: { privileged: true }
`,
    find: /privileged: (true)/,
    origins: ['patch prod/kustomization.yaml: true'],
  },
  {
    name: 'a literal of a generator',
    overlay: '',
    kind: 'ConfigMap',
    find: /b: (two)/,
    origins: ['kustomization base/kustomization.yaml: b="two words"'],
  },
  {
    name: 'a file of a generator, then its entry',
    overlay: 'configMapGenerator: [{ name: settings, behavior: merge, files: [a.txt] }]\n',
    files: { 'prod/a.txt': 'content' },
    kind: 'ConfigMap',
    find: /content/,
    origins: ['file prod/a.txt: content', 'kustomization prod/kustomization.yaml: a.txt'],
  },
  {
    name: 'a name that follows a generated one',
    overlay: '',
    find: /configMapRef:\s+name: (settings)/,
    origins: ['manifest base/web.yaml: settings', 'kustomization base/kustomization.yaml: settings'],
  },
  {
    name: 'a replacement: the source, then the target',
    overlay: `replacements:
  - source: { kind: Service, fieldPath: metadata.name }
    targets: [{ select: { kind: Deployment }, fieldPaths: ["spec.template.spec.containers.[name=web].env.[name=A].value"] }]
`,
    find: /name: A\s+value: (web)/,
    origins: [
      'manifest base/others.yaml: web',
      'kustomization prod/kustomization.yaml: { select: { kind: Deployment }, fieldPaths: ["spec.template.spec.containers.[name=web].env.[name=A].value"] }',
      'manifest base/web.yaml: "1"',
    ],
  },
  {
    name: 'a value of a chart, inline',
    overlay: 'helmCharts: [{ name: app, valuesInline: { mode: deep } }]\n',
    files: {
      'prod/charts/app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n',
      'prod/charts/app/templates/x.yaml':
        'apiVersion: example.com/v1\nkind: Made\nmetadata: { name: x }\nspec: { mode: {{ .Values.mode }} }\n',
    },
    kind: 'Made',
    find: /mode: (deep)/,
    origins: ['value prod/kustomization.yaml: deep'],
  },
];

describe('origins of what is built', () => {
  it.each(cases)('$name', ({ overlay, kind = 'Deployment', find, origins, files = {} }) => {
    expect(originsOf(overlay, kind, find, files)).toEqual(origins);
  });
});
