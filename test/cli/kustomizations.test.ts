import { describe, expect, it } from 'vitest';
import { imageTagMutable } from '../../server/src/rules/integrity/image-tag-mutable.ts';
import { runAsNonRoot } from '../../server/src/rules/integrity/run-as-non-root.ts';
import { TestFolder } from '../support/command-line.ts';
import { namespaceWithoutPolicy, privileged } from '../support/small-rules.ts';

const RULES = [privileged, runAsNonRoot, imageTagMutable, namespaceWithoutPolicy];

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
      containers:
        - name: web
          image: registry.example.com/web@sha256:${'a'.repeat(64)}
`;
const BASE = { 'base/kustomization.yaml': 'resources: [web.yaml]\n', 'base/web.yaml': WEB };
const HARDENED = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { template: { spec: { securityContext: { runAsNonRoot: true } } } }
`;

/** The findings of a check as `file:line rule`, with the overlays that a message names. */
async function findings(files: Readonly<Record<string, string>>, args = '.'): Promise<string[]> {
  const { output } = await new TestFolder({ ...BASE, ...files }).run(
    `check --format json ${args}`,
    '',
    RULES,
  );
  const { findings: found } = JSON.parse(output) as {
    findings: {
      file: string;
      rule: string;
      message: string;
      range: { start: { line: number } };
      suppression?: unknown;
    }[];
  };
  return found
    .filter(({ suppression }) => suppression === undefined)
    .map(({ file, rule, message, range }) => {
      const [overlays = ''] = / In overlays? [^.]*/.exec(message) ?? [];
      return `${file}:${range.start.line} ${rule}${overlays}`;
    });
}

const overlay = (name: string, text: string) => ({
  [`overlays/${name}/kustomization.yaml`]: `resources: [../../base]\n${text}`,
});

describe('a base', () => {
  it('lacks what all of its overlays lack', async () => {
    expect(await findings({})).toEqual(['base/web.yaml:6 run-as-non-root']);
    expect(await findings({ ...overlay('dev', ''), ...overlay('prod', '') })).toEqual([
      'base/web.yaml:6 run-as-non-root',
    ]);
  });

  it('lacks nothing that its overlays add', async () => {
    const files = {
      ...overlay('prod', 'patches: [{ path: hard.yaml }]\n'),
      'overlays/prod/hard.yaml': HARDENED,
    };
    expect(await findings(files)).toEqual([]);
    expect(await findings(files, '--isolated .')).toEqual(['base/web.yaml:6 run-as-non-root']);
  });

  it('names the overlays that leave it as it is', async () => {
    const files = {
      ...overlay('dev', ''),
      ...overlay('prod', 'patches: [{ path: hard.yaml }]\n'),
      'overlays/prod/hard.yaml': HARDENED,
    };
    expect(await findings(files)).toEqual(['base/web.yaml:6 run-as-non-root In overlay dev']);
  });

  it('keeps its findings when an overlay does not build as a whole', async () => {
    const files = {
      ...overlay('prod', 'patches: [{ path: hard.yaml }, { path: gone.yaml }]\n'),
      'overlays/prod/hard.yaml': HARDENED,
    };
    expect(await findings(files)).toEqual(['base/web.yaml:6 run-as-non-root']);
  });
});

describe('what keeps a kustomization from being built', () => {
  it('is a note at its place, and no error', async () => {
    const files = { ...BASE, ...overlay('prod', 'components: [https://example.com/elsewhere]\n') };
    const { output, code } = await new TestFolder(files).run(
      'check --format json --fail-on never .',
      '',
      RULES,
    );
    expect(JSON.parse(output).problems).toEqual([
      expect.objectContaining({ level: 'note', file: 'overlays/prod/kustomization.yaml' }),
    ]);
    expect(code).toBe(0);
  });
});

describe('what an overlay adds', () => {
  it('is told at the field of the kustomization that decides it', async () => {
    const images = 'images: [{ name: registry.example.com/web, newTag: latest }]\n';
    expect(await findings({ ...overlay('prod', images), ...overlay('dev', '') })).toEqual([
      'base/web.yaml:6 run-as-non-root',
      'overlays/prod/kustomization.yaml:2 image-tag-mutable In overlay prod',
    ]);
  });

  it('is told at the patch, which lacks only what nothing else has', async () => {
    const patch = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
      containers:
        - name: web
          securityContext: { runAsNonRoot: true, privileged: true }
        - name: side
          image: registry.example.com/side:latest
`;
    const files = {
      ...overlay('prod', 'patches: [{ path: more.yaml }]\n'),
      'overlays/prod/more.yaml': patch,
    };
    const found = await findings(files);
    expect(found).toContain('overlays/prod/more.yaml:9 privileged-container');
    expect(found).toContain('overlays/prod/more.yaml:11 image-tag-mutable');
    expect(found.filter((each) => each.includes('namespace'))).toEqual([]);
    expect(found.filter((each) => each.startsWith('base/'))).toEqual(['base/web.yaml:6 run-as-non-root']);
  });

  it('is told in an inline patch, where it is written', async () => {
    const inline = `patches:
  - target: { kind: Deployment }
    patch: |-
      - op: add
        path: /spec/template/spec/containers/0/securityContext
        value: { runAsNonRoot: true, privileged: true }
`;
    expect(await findings(overlay('prod', inline))).toEqual([
      'overlays/prod/kustomization.yaml:7 privileged-container In overlay prod',
    ]);
  });

  it('is told in a file of settings that a value is taken from', async () => {
    const files = {
      ...overlay(
        'prod',
        `configMapGenerator: [{ name: settings, envs: [prod.env] }]
replacements:
  - source: { kind: ConfigMap, name: settings, fieldPath: data.IMAGE }
    targets:
      - select: { kind: Deployment }
        fieldPaths: [spec.template.spec.containers.0.image]
`,
      ),
      'overlays/prod/prod.env': 'IMAGE=registry.example.com/web:latest\n',
    };
    expect(await findings(files)).toContain('overlays/prod/prod.env:1 image-tag-mutable In overlay prod');
  });

  it('can be left alone where it is told', async () => {
    const images = `images:
  - name: registry.example.com/web
    newTag: latest # kube-safeguards-ignore image-tag-mutable: a mirror that only we write
`;
    expect(await findings(overlay('prod', images))).toEqual(['base/web.yaml:6 run-as-non-root']);
  });
});

describe('what other files say of what kustomizations deploy', () => {
  const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: clinic }\n';
  const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: clinic }
spec: { podSelector: {} }
`;
  const withNamespace = {
    'base/kustomization.yaml': 'resources: [web.yaml, namespace.yaml]\n',
    'base/namespace.yaml': NAMESPACE,
  };
  const web = 'base/web.yaml:6 run-as-non-root';

  it('counts for the overlay that deploys it alone, whatever the overlays are called', async () => {
    const files = {
      ...withNamespace,
      ...overlay('eu', ''),
      'overlays/us/kustomization.yaml': 'resources: [../../base, policy.yaml]\n',
      'overlays/us/policy.yaml': POLICY,
    };
    expect(await findings(files)).toEqual([
      'base/namespace.yaml:2 namespace-default-deny-missing In overlay eu',
      web,
    ]);
  });

  it('counts as it is deployed: in the namespace of the overlay', async () => {
    const files = {
      ...withNamespace,
      'overlays/prod/kustomization.yaml': 'resources: [../../base, policy.yaml]\nnamespace: clinic-prod\n',
      'overlays/prod/policy.yaml': POLICY.replace(', namespace: clinic', ''),
    };
    expect(await findings(files)).toEqual([web]);
  });

  it('counts for plain manifests, too', async () => {
    const files = {
      'namespace.yaml': NAMESPACE,
      ...overlay('prod', 'namespace: clinic\n'),
      'overlays/prod/kustomization.yaml': 'resources: [../../base, policy.yaml]\nnamespace: clinic\n',
      'overlays/prod/policy.yaml': POLICY.replace(', namespace: clinic', ''),
    };
    expect(await findings(files)).toEqual([web]);
  });

  it('does not count when it is a patch, or taken in by a generator', async () => {
    const files = {
      'namespace.yaml': NAMESPACE,
      ...overlay('prod', 'configMapGenerator: [{ name: policies, files: [policy.yaml] }]\n'),
      'overlays/prod/policy.yaml': POLICY,
    };
    expect(await findings(files)).toEqual([web, 'namespace.yaml:2 namespace-default-deny-missing']);
  });
});

describe('fixing', () => {
  const fixable = WEB.replace(
    '          image:',
    '          securityContext: { privileged: true }\n          image:',
  );
  const repair = `patches:
  - target: { kind: Deployment }
    patch: |-
      - op: remove
        path: /spec/template/spec/containers/0/securityContext
`;

  it('leaves a base alone where every overlay repairs it', async () => {
    const folder = new TestFolder({ ...BASE, 'base/web.yaml': fixable, ...overlay('prod', repair) });
    await folder.run('check --fix=all --format json .', '', [privileged]);
    expect(folder.read('base/web.yaml')).toBe(fixable);
  });

  it('repairs a base that some overlay leaves as it is', async () => {
    const folder = new TestFolder({
      ...BASE,
      'base/web.yaml': fixable,
      ...overlay('prod', repair),
      ...overlay('dev', ''),
    });
    await folder.run('check --fix --format json .', '', [privileged]);
    expect(folder.read('base/web.yaml')).toContain('privileged: false');
  });
});
