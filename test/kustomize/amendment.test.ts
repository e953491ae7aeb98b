// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Flux
import { describe, expect, it } from 'vitest';
import { type Amendment, buildKustomization } from '../../server/src/kustomize/index.ts';
import { hasOracle, kubectlKustomize } from '../support/oracle.ts';
import { BASE, filesOf, outputOf } from './support.ts';

const APPLICATION = `apiVersion: v1
kind: Other
metadata: { name: web }
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web }
spec:
  source:
    path: prod
    kustomize:
`;

const FLUX = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: web }
spec:
  path: ./prod
`;

const indented = (text: string, by: number) => text.replaceAll(/^(?=.)/gm, ' '.repeat(by));

const argo: Amendment = {
  ...{ tool: 'Argo CD', file: 'apps/web.yaml', kind: 'Application', name: 'web' },
  path: ['spec', 'source', 'kustomize'],
};
const flux: Amendment = {
  ...{ tool: 'Flux', file: 'apps/web.yaml', kind: 'Kustomization', name: 'web', path: ['spec'] },
};

function built(own: string, says: string, amendment: Amendment, more: Readonly<Record<string, string>> = {}) {
  const text =
    amendment.tool === 'Flux' ? `${FLUX}${indented(says, 2)}` : `${APPLICATION}${indented(says, 6)}`;
  const files = { ...BASE, ...more, 'prod/kustomization.yaml': own, 'apps/web.yaml': text };
  return buildKustomization(filesOf(files), 'prod', { amendment });
}

const COMPONENT = {
  'tls/kustomization.yaml':
    'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamespace: by-component\n',
};

const PATCH = `patches:
  - target: { kind: Deployment }
    patch: |-
      - op: replace
        path: /spec/replicas
        value: 3
  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: web }
      spec: { template: { spec: { hostNetwork: true } } }
`;

interface Case {
  readonly name: string;
  readonly by: Amendment;
  /** The kustomization, what the object says, and the kustomization that would do the same. */
  readonly own: string;
  readonly says: string;
  readonly same: string;
  readonly files?: Readonly<Record<string, string>>;
}

const BASE_ONLY = 'resources: [../base]\n';

const cases: readonly Case[] = [
  {
    name: 'names and a namespace in place of those of the kustomization',
    by: argo,
    own: `${BASE_ONLY}namePrefix: a-\nnamespace: old\n`,
    says: 'namePrefix: b-\nnameSuffix: -c\nnamespace: new\n',
    same: `${BASE_ONLY}namePrefix: b-\nnameSuffix: -c\nnamespace: new\n`,
  },
  {
    name: 'images as texts, in place of those of the same name',
    by: argo,
    own: `${BASE_ONLY}images: [{ name: side, newName: other, newTag: "1" }, { name: busybox, newTag: "1" }]\n`,
    says: 'images:\n  - side:3\n  - registry.example.com:5000/team/web=ghcr.io/team/web:2.0@sha256:def\n',
    same: `${BASE_ONLY}images: [{ name: busybox, newTag: "1" }, { name: side, newTag: "3" }, { name: "registry.example.com:5000/team/web", newName: ghcr.io/team/web, newTag: "2.0", digest: sha256:def }]\n`,
  },
  {
    name: 'labels, annotations and replicas',
    by: argo,
    own: `${BASE_ONLY}commonLabels: { a: "1" }\nreplicas: [{ name: web, count: 2 }]\n`,
    says: 'commonLabels: { b: "2" }\ncommonAnnotations: { c: "3" }\nreplicas: [{ name: web, count: 5 }]\n',
    same: `${BASE_ONLY}commonLabels: { a: "1", b: "2" }\ncommonAnnotations: { c: "3" }\nreplicas: [{ name: web, count: 5 }]\n`,
  },
  {
    name: 'labels beside selectors',
    by: argo,
    own: BASE_ONLY,
    says: 'commonLabels: { b: "2" }\nlabelWithoutSelector: true\nlabelIncludeTemplates: true\n',
    same: `${BASE_ONLY}labels: [{ pairs: { b: "2" }, includeTemplates: true }]\n`,
  },
  {
    name: 'patches behind those of the kustomization',
    by: argo,
    own: `${BASE_ONLY}patches:\n  - target: { kind: Deployment }\n    patch: '[{ "op": "replace", "path": "/spec/replicas", "value": 9 }]'\n`,
    says: PATCH,
    same: `${BASE_ONLY}patches:\n  - target: { kind: Deployment }\n    patch: '[{ "op": "replace", "path": "/spec/replicas", "value": 9 }]'\n${PATCH.slice('patches:\n'.length)}`,
  },
  {
    name: 'components, without those that may be missing',
    by: argo,
    own: BASE_ONLY,
    says: 'components: [../nowhere, ../tls]\nignoreMissingComponents: true\n',
    same: `${BASE_ONLY}components: [../tls]\n`,
    files: COMPONENT,
  },
  {
    name: 'what a Kustomization of Flux says',
    by: flux,
    own: `${BASE_ONLY}namespace: old\nimages: [{ name: side, newName: other, newTag: "1", digest: sha256:abc }]\n`,
    says: `targetNamespace: new\nnamePrefix: b-\nnameSuffix: -c\ncomponents: [../tls]\nimages: [{ name: side, newTag: "3" }, { name: busybox, newName: box }]\n${PATCH}`,
    same: `${BASE_ONLY}namespace: new\nnamePrefix: b-\nnameSuffix: -c\ncomponents: [../tls]\nimages: [{ name: side, newName: other, newTag: "3" }, { name: busybox, newName: box }]\n${PATCH}`,
    files: COMPONENT,
  },
];

describe('a kustomization is amended by', () => {
  it.each(cases)('$name', async ({ by, own, says, same, files = {} }) => {
    const { resources, problems } = built(own, says, by, files);
    expect(problems).toEqual([]);
    const all = { ...BASE, ...files, 'prod/kustomization.yaml': same };
    const theirs = hasOracle ? (await kubectlKustomize(filesOf(all), 'prod')).stdout : undefined;
    expect(outputOf({ resources, problems })).toBe(
      theirs ?? outputOf(buildKustomization(filesOf(all), 'prod')),
    );
  });

  it('nothing that contradicts it, or is not there', () => {
    const labels = built(`${BASE_ONLY}commonLabels: { a: "1" }\n`, 'commonLabels: { a: "2" }\n', argo);
    expect(labels.problems.map(({ file }) => file)).toEqual(['apps/web.yaml']);
    const forced = 'commonLabels: { a: "2" }\nforceCommonLabels: true\n';
    expect(built(`${BASE_ONLY}commonLabels: { a: "1" }\n`, forced, argo).problems).toEqual([]);
    const gone = built(BASE_ONLY, 'namePrefix: a-\n', { ...argo, name: 'other' });
    expect(gone.problems).toHaveLength(1);
    expect(gone.resources.length).toBeGreaterThan(0);
  });

  it('templates, with what is filled in', () => {
    const fill = (text: string) => text.replaceAll('{{count}}', '7');
    const says = PATCH.replace('value: 3', 'value: {{count}}');
    expect(outputOf(built(BASE_ONLY, says, { ...argo, fill }))).toContain('replicas: 7');
  });
});

describe('what Flux has built', () => {
  const MAP = (data: string, metadata = '{ name: settings }') =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: ${metadata}\ndata:\n${indented(data, 2)}`;
  const withMap = (data: string, says: string, metadata?: string) =>
    outputOf(built('resources: [map.yaml]\n', says, flux, { 'prod/map.yaml': MAP(data, metadata) }));

  it.each([
    ['a: x-${a}-y\n', 'a: x-1-y\n'],
    ['a: ${a}\n', 'a: 1\n'],
    ['a: "${text}"\n', 'a: two words\n'],
    ['a: ${missing}.\n', 'a: .\n'],
    ['a: ${missing:=default}\n', 'a: default\n'],
    ['a: ${missing:-default}\n', 'a: default\n'],
    ['a: ${a:=default}\n', 'a: 1\n'],
    ['a: $${a}\n', 'a: ${a}\n'],
    ['a: $a $(a)\n', 'a: $a $(a)\n'],
    ['a: ${a^^}\n', 'a: ${a^^}\n'],
    ['a: |\n  x\n  y=${text}\n', 'a: |\n    x\n    y=two words\n'],
  ])('has variables put in: %j', (data, expected) => {
    const says = 'postBuild: { substitute: { a: "1", text: two words } }\n';
    expect(withMap(data, says)).toContain(`data:\n  ${expected}`);
  });

  it('keeps what nobody knows here', () => {
    const says = 'postBuild: { substitute: { a: "1" }, substituteFrom: [{ kind: Secret, name: s }] }\n';
    expect(withMap('a: ${a}-${b}-${c:=d}\n', says)).toContain('a: 1-${b}-${c:=d}');
    expect(withMap('a: ${b:=d}\n', 'postBuild: {}\n')).toContain('a: ${b:=d}');
    const metadata = '{ name: settings, labels: { kustomize.toolkit.fluxcd.io/substitute: disabled } }';
    expect(withMap('a: ${a}\n', 'postBuild: { substitute: { a: "1" } }\n', metadata)).toContain('a: ${a}');
  });

  it('gets common metadata', () => {
    const says = 'commonMetadata: { labels: { team: care }, annotations: { note: "1" } }\n';
    const output = withMap('a: b\n', says);
    expect(output).toContain('labels:\n    team: care\n');
    expect(output).toContain('annotations:\n    note: "1"\n');
  });
});
