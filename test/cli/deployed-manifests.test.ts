// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Flux
import { describe, expect, it } from 'vitest';
import { imageTagMutable } from '../../server/src/rules/integrity/image-tag-mutable.ts';
import { privilegedContainer } from '../../server/src/rules/integrity/privileged-container.ts';
import { networkPolicyMissing } from '../../server/src/rules/network-segmentation/network-policy-missing.ts';
import { POLICY, type Told, WORKLOAD } from '../support/applications.ts';
import { TestFolder } from '../support/command-line.ts';

describe('manifests that applications deploy', () => {
  const workload = (namespace = '') =>
    namespace === '' ? WORKLOAD : WORKLOAD.replace('{ name: web }', `{ name: web, namespace: ${namespace} }`);
  const policy = POLICY;
  const application = (name: string, path: string, destination: string) =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${name} }\nspec: { destination: { ${destination} }, source: { path: ${path} } }\n`;
  const kustomization = (path: string, namespace: string) =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${namespace} }\nspec: { path: ./${path}, targetNamespace: ${namespace}, sourceRef: { kind: GitRepository, name: r } }\n`;
  const unprotected = async (files: Readonly<Record<string, string>>) =>
    (await new TestFolder(files).findings('', '', [networkPolicyMissing])).map(
      (found) => found.split(':')[0],
    );

  it('go to the namespace of their application when they name none', async () => {
    const files = { 'a/web.yaml': workload(), 'b/web.yaml': workload(), 'b/policy.yaml': policy };
    expect(await unprotected(files)).toEqual([]);
    const apps = [application('a', 'a', 'namespace: a'), application('b', 'b', 'namespace: b')].join('---\n');
    expect(await unprotected({ ...files, 'apps.yaml': apps })).toEqual(['a/web.yaml']);
    const flux = [kustomization('a', 'a'), kustomization('b', 'b')].join('---\n');
    expect(await unprotected({ ...files, 'apps.yaml': flux })).toEqual(['a/web.yaml']);
    const named = { ...files, 'a/web.yaml': workload('b'), 'apps.yaml': apps };
    expect(await unprotected(named)).toEqual([]);
  });

  it('go there from an overlay, too', async () => {
    const overlay = 'resources: [web.yaml]\n';
    const files = {
      'a/kustomization.yaml': overlay,
      'a/web.yaml': workload(),
      'policies/policy.yaml': policy.replace('name: web', 'name: web, namespace: a'),
    };
    // Where nobody says where it goes, it may be there.
    expect(await unprotected(files)).toEqual([]);
    expect(await unprotected({ ...files, 'app.yaml': application('a', 'a', 'namespace: a') })).toEqual([]);
    expect(await unprotected({ ...files, 'app.yaml': application('a', 'a', 'namespace: b') })).toEqual([
      'a/web.yaml',
    ]);
  });

  it('are built where an application deploys what overlays build on', async () => {
    const files = {
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'base/web.yaml': workload(),
      'prod/kustomization.yaml': 'resources: [../base, policy.yaml]\n',
      'prod/policy.yaml': policy,
    };
    expect(await unprotected(files)).toEqual([]);
    expect(await unprotected({ ...files, 'app.yaml': application('a', 'base', 'namespace: a') })).toEqual([
      'base/web.yaml',
    ]);
  });

  it('are those that it includes, without those that it excludes', async () => {
    const application = (directory: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web }
spec:
  destination: { server: https://kubernetes.default.svc, namespace: ehr }
  source: { path: web, directory: ${directory} }
`;
    const files = { 'web/web.yaml': WORKLOAD, 'web/sub/policy.yaml': POLICY };
    const found = ['web/web.yaml: network-policy-missing'];
    for (const [directory, wanted] of [
      ['{ recurse: true }', []],
      ['{ recurse: true, exclude: "sub/*" }', found],
      ['{ recurse: true, exclude: "*policy.yaml" }', found],
      ['{ recurse: true, include: "{web.yaml,other/*}" }', found],
      ['{ recurse: true, include: "*.yaml", exclude: "other.yaml" }', []],
      // What is not deployed needs no policy.
      ['{ recurse: true, exclude: "{web.yaml,sub/*}" }', []],
    ] as const) {
      const folder = new TestFolder({ ...files, 'apps.yaml': application(directory) });
      expect(await folder.findings('', '', [networkPolicyMissing]), directory).toEqual(wanted);
    }
  });

  it('are not protected by what is in another cluster', async () => {
    const files = {
      'a/web.yaml': workload('ehr'),
      'b/policy.yaml': policy.replace('name: web', 'name: web, namespace: ehr'),
    };
    const apps = (other: string) =>
      [application('a', 'a', 'server: https://a.example.com'), application('b', 'b', other)].join('---\n');
    expect(await unprotected({ ...files, 'apps.yaml': apps('server: https://a.example.com') })).toEqual([]);
    expect(await unprotected({ ...files, 'apps.yaml': apps('server: https://b.example.com') })).toEqual([
      'a/web.yaml',
    ]);
  });
});

describe('a kustomization that applications amend', () => {
  const POD = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: registry.example.com/web@sha256:${'a'.repeat(64)}
      securityContext: { privileged: false }
`;
  const FILES = { 'web/kustomization.yaml': 'resources: [web.yaml]\n', 'web/web.yaml': POD };
  const PATCH = `patches:
  - target: { kind: Pod }
    patch: |-
      - op: replace
        path: /spec/containers/0/securityContext/privileged
        value: true
`;
  const application = (fields: string, name = 'web-prod') => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name} }
spec:
  destination: { server: https://kubernetes.default.svc, namespace: ehr }
  source:
    path: web
    kustomize:
${fields.replaceAll(/^(?=.)/gm, '      ')}`;
  const where = (folder: TestFolder) =>
    folder.run('check --format json', '', [privilegedContainer, imageTagMutable]).then(({ output }) =>
      (JSON.parse(output).findings as Told[]).map(({ file, rule, message, range }) => {
        const [overlay = ''] = / In overlays? .*$/.exec(message) ?? [];
        return `${file}:${range.start.line} ${rule}${overlay}`;
      }),
    );

  it('has findings in the Application that decides, and is repaired there', async () => {
    const folder = new TestFolder({ ...FILES, 'apps/web.yaml': application(PATCH) });
    expect(await where(folder)).toEqual([
      'apps/web.yaml:14 privileged-container In overlay web-prod (Argo CD).',
    ]);
    await folder.run('check --fix=all');
    expect(folder.read('apps/web.yaml')).toBe(application(PATCH).replace('value: true', 'value: false'));
    expect(folder.read('web/web.yaml')).toBe(POD);
  });

  it('is built for each of them, and by itself where one changes nothing', async () => {
    const both = [application(PATCH), application('namePrefix: a-\n', 'web-dev')].join('---\n');
    const folder = new TestFolder({ ...FILES, 'apps/web.yaml': both });
    expect(await where(folder)).toEqual([
      'apps/web.yaml:14 privileged-container In overlay web-prod (Argo CD).',
    ]);
    folder.write('web/web.yaml', POD.replace('false', 'true'));
    const repairing = application(PATCH.replace('value: true', 'value: false'));
    folder.write('apps/web.yaml', repairing);
    expect(await where(folder)).toEqual([]);
    folder.write('apps/web.yaml', `${repairing}---\n${application('', 'plain')}`);
    expect(await where(folder)).toEqual(['web/web.yaml:8 privileged-container In overlay web.']);
  });

  it('has images and labels as an Application says, also of an ApplicationSet', async () => {
    const folder = new TestFolder({
      ...FILES,
      'apps/web.yaml': application('images: [registry.example.com/web:latest]\n'),
    });
    expect(await where(folder)).toEqual(['apps/web.yaml:9 image-tag-mutable In overlay web-prod (Argo CD).']);
    const set = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: web }
spec:
  generators: [{ list: { elements: [{ env: dev, on: "false" }, { env: prod, on: "true" }] } }]
  template:
    metadata: { name: 'web-{{env}}' }
    spec:
      source:
        path: web
        kustomize:
${PATCH.replace('value: true', 'value: {{on}}').replaceAll(/^(?=.)/gm, '          ')}`;
    folder.write('apps/web.yaml', set);
    expect(await where(folder)).toEqual([
      'apps/web.yaml:17 privileged-container In overlay web-prod (Argo CD).',
    ]);
  });

  it('is patched, named and filled in by a Kustomization of Flux', async () => {
    const flux = (fields: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: web, namespace: flux-system }
spec:
  path: ./web
  sourceRef: { kind: GitRepository, name: clinic }
${fields.replaceAll(/^(?=.)/gm, '  ')}`;
    const overlay = 'In overlay web (Flux).';
    const folder = new TestFolder({ ...FILES, 'apps/web.yaml': flux(PATCH) });
    expect(await where(folder)).toEqual([`apps/web.yaml:12 privileged-container ${overlay}`]);
    folder.write('web/web.yaml', POD.replace(/web@.*/, 'web:${TAG:=1.0}'));
    const tagged = 'postBuild:\n  substitute:\n    TAG: latest\n';
    folder.write('apps/web.yaml', flux(tagged));
    expect(await where(folder)).toEqual([`web/web.yaml:7 image-tag-mutable ${overlay}`]);
    folder.write('apps/web.yaml', flux('postBuild: { substituteFrom: [{ kind: ConfigMap, name: tags }] }\n'));
    expect(await where(folder)).toEqual([]);
    folder.write('web/web.yaml', POD.replace('{ privileged: false }', '\n        privileged: ${PRIVILEGED}'));
    const filled = 'postBuild:\n  substitute:\n    PRIVILEGED: "true"\n';
    folder.write('apps/web.yaml', flux(filled));
    expect(await where(folder)).toEqual([`apps/web.yaml:9 privileged-container ${overlay}`]);
    await folder.run('check --fix=all');
    expect(folder.read('apps/web.yaml')).toBe(flux(filled.replace('true', 'false')));
  });
});
