import { describe, expect, it } from 'vitest';
import { applicationsOf, normalizedPath } from '../../../server/src/analysis/gitops/index.ts';
import { resourcesOf } from '../../../server/src/kubernetes/resource.ts';
import { parseDocument } from '../../../server/src/syntax/parse.ts';

const read = (text: string) => resourcesOf(parseDocument(text)).flatMap((each) => applicationsOf(each));

const ARGO = 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: portal }\n';
const FLUX =
  'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: portal, namespace: flux-system }\n';

describe('applications', () => {
  it('of Argo CD are one for each source that is a folder', () => {
    const sources = [
      '{ path: ./apps/portal/, directory: { recurse: true } }',
      '{ path: "{{path}}" }',
      '{ chart: redis, repoURL: https://charts.example.com }',
      '{ ref: values }',
      '{ path: ../elsewhere }',
      '{ path: built, plugin: { name: cdk8s } }',
    ];
    const found = read(
      `${ARGO}spec:\n  destination: { name: east, namespace: portal }\n  sources: [${sources.join(', ')}]\n`,
    );
    expect(found).toEqual([
      expect.objectContaining({
        path: 'apps/portal',
        cluster: 'east',
        targetNamespace: 'portal',
        deploys: 'anything',
      }),
    ]);
  });

  it('of Argo CD take `sources` rather than `source`', () => {
    const found = read(`${ARGO}spec: { source: { path: old }, sources: [{ path: new }] }\n`);
    expect(found.map(({ path }) => path)).toEqual(['new']);
  });

  it('of Argo CD give commas to Helm as they are meant', () => {
    const parameters =
      '[{ name: a, value: "1,2" }, { name: b, value: "{1,2}" }, { name: c, value: "x", forceString: true }]';
    const [found] = read(`${ARGO}spec: { source: { path: a, helm: { parameters: ${parameters} } } }\n`);
    expect(found?.helm?.parameters.map(({ flag, text }) => `${flag} ${text}`)).toEqual([
      'set 1\\,2',
      'set {1,2}',
      'set-string x',
    ]);
  });

  it('of Argo CD with addresses among their values are not known', () => {
    for (const file of ['https://example.com/values.yaml', '$other/values.yaml']) {
      const [found] = read(`${ARGO}spec: { source: { path: a, helm: { valueFiles: ["${file}"] } } }\n`);
      expect(found).toMatchObject({ path: 'a', helm: undefined });
    }
  });

  it('of Flux are Kustomizations, and HelmReleases with a chart of a repository', () => {
    expect(
      read(`${FLUX}spec: { path: ./apps, targetNamespace: portal, sourceRef: { kind: GitRepository } }\n`),
    ).toEqual([
      expect.objectContaining({
        path: 'apps',
        targetNamespace: 'portal',
        overridesNamespace: true,
        deploys: 'manifests',
      }),
    ]);
    expect(
      read(`${FLUX}spec: { suspend: true, path: ./apps, sourceRef: { kind: GitRepository } }\n`),
    ).toEqual([]);
    const release = (version: string, kind: string) =>
      `apiVersion: helm.toolkit.fluxcd.io/${version}\nkind: HelmRelease\nmetadata: { name: portal, namespace: prod }\nspec: { chart: { spec: { chart: ./charts/portal, sourceRef: { kind: ${kind} } } } }\n`;
    for (const version of ['v2', 'v2beta1', 'v2beta2']) {
      expect(read(release(version, 'GitRepository'))).toEqual([
        expect.objectContaining({ path: 'charts/portal', targetNamespace: 'prod', deploys: 'chart' }),
      ]);
    }
    expect(read(release('v2', 'HelmRepository'))).toEqual([]);
  });

  it('are read from whatever shape', () => {
    for (const spec of [
      '1',
      '[]',
      '{ source: [] }',
      '{ sources: { path: a } }',
      '{ source: { path: [a], helm: 1 } }',
    ]) {
      expect(read(`${ARGO}spec: ${spec}\n`)).toEqual([]);
    }
    const odd = '{ path: a, helm: { parameters: { name: a }, valueFiles: [[a]], valuesObject: [] } }';
    expect(read(`${ARGO}spec: { source: ${odd} }\n`)).toHaveLength(1);
  });
});

describe('paths of repositories', () => {
  it('start at their root', () => {
    expect(normalizedPath('./a//b/./c/')).toBe('a/b/c');
    expect(normalizedPath('../x.yaml', 'a/b')).toBe('a/x.yaml');
    expect(normalizedPath('/x.yaml', 'a/b')).toBe('x.yaml');
    expect(normalizedPath('.')).toBe('');
    expect(normalizedPath('../x', '')).toBeUndefined();
    expect(normalizedPath('https://example.com/x')).toBeUndefined();
  });
});
