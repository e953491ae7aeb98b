import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { rules } from '../../server/src/rules/index.ts';
import { TestFolder } from '../support/command-line.ts';
import { hasOracle, kubectlKustomize } from '../support/oracle.ts';

/** The end of a policy that lets a workload ask for names, and nothing else. */
const ONLY_DNS = `  policyTypes:
  - Ingress
  - Egress
  egress:
  - to:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: kube-system
      podSelector:
        matchLabels:
          k8s-app: kube-dns
    ports:
    - protocol: UDP
      port: 53
    - protocol: TCP
      port: 53
`;

const container = (...lines: string[]) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: web
${lines.map((line) => `          ${line}\n`).join('')}`;

const WEB = container('image: registry.example.com/web:1.2.3');
const BASE = { 'base/kustomization.yaml': 'resources: [web.yaml]\n', 'base/web.yaml': WEB };
const overlay = (name: string, text = '') => ({
  [`${name}/kustomization.yaml`]: `resources: [../base]\n${text}`,
});
const jsonPatch = (path: string, value: string) => `patches:
  - target: { kind: Deployment }
    patch: |-
      - op: add
        path: ${path}
        value: ${value}
`;

const namespace = (name: string) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n`;
const LABELLED = container('image: registry.example.com/web:1.2.3').replace(
  'spec:\n  template:\n',
  'spec:\n  selector: { matchLabels: { app: web } }\n  template:\n    metadata: { labels: { app: web } }\n',
);

const DENY =
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: deny }\nspec: { podSelector: {}, policyTypes: [Ingress, Egress] }\n';

interface Case {
  readonly name: string;
  readonly rule: string;
  readonly files: Readonly<Record<string, string>>;
  /** The files that are other ones afterwards. */
  readonly fixed: Readonly<Record<string, string>>;
}

const CASES: readonly Case[] = [
  {
    name: 'a value in the patch that decides',
    rule: 'privileged-container',
    files: {
      ...BASE,
      ...overlay('dev'),
      ...overlay('prod', 'patches: [{ path: more.yaml }]\n'),
      'prod/more.yaml': container('securityContext: { privileged: true } # for now'),
    },
    fixed: { 'prod/more.yaml': container('securityContext: { privileged: false } # for now') },
  },
  {
    name: 'a value in an inline patch',
    rule: 'host-namespaces',
    files: {
      ...BASE,
      ...overlay(
        'prod',
        'patches:\n  - patch: |\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata: { name: web }\n      spec: { template: { spec: { hostPID: true, nodeName: a } } }\n',
      ),
    },
    fixed: overlay(
      'prod',
      'patches:\n  - patch: |\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata: { name: web }\n      spec: { template: { spec: { nodeName: a } } }\n',
    ),
  },
  {
    name: 'a value that an operation of a JSON patch adds',
    rule: 'privileged-container',
    files: {
      ...BASE,
      ...overlay(
        'prod',
        jsonPatch('/spec/template/spec/containers/0/securityContext', '{ privileged: true }'),
      ),
    },
    fixed: overlay(
      'prod',
      jsonPatch('/spec/template/spec/containers/0/securityContext', '{ privileged: false }'),
    ),
  },
  {
    name: 'an operation that adds what must not be there, with the patch that has no other',
    rule: 'host-namespaces',
    files: { ...BASE, ...overlay('prod', jsonPatch('/spec/template/spec/hostNetwork', 'true')) },
    fixed: { 'prod/kustomization.yaml': 'resources: [../base]\n' },
  },
  {
    name: 'a field that is missing everywhere, in the base, once for all overlays',
    rule: 'image-pull-policy',
    files: {
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'base/web.yaml': container('image: registry.example.com/web'),
      ...overlay('dev', 'images: [{ name: registry.example.com/web, newTag: "1" }]\n'),
      ...overlay('prod', 'images: [{ name: registry.example.com/web, newTag: "2" }]\n'),
    },
    fixed: {
      'base/web.yaml': container('image: registry.example.com/web', 'imagePullPolicy: Always'),
    },
  },
  {
    name: 'a field that another overlay has already',
    rule: 'run-as-non-root',
    files: {
      ...BASE,
      ...overlay('dev', jsonPatch('/spec/template/spec/securityContext', '{ runAsNonRoot: true }')),
      ...overlay('prod', 'patches: [{ path: more.yaml }]\n'),
      'prod/more.yaml': container('securityContext: { runAsNonRoot: false }'),
    },
    fixed: { 'prod/more.yaml': container('securityContext: { runAsNonRoot: true }') },
  },
  {
    name: 'a value in a component',
    rule: 'privileged-container',
    files: {
      ...BASE,
      ...overlay('prod', 'components: [../debug]\n'),
      'debug/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{ path: debug.yaml }]\n',
      'debug/debug.yaml': container('securityContext: { privileged: true }'),
    },
    fixed: { 'debug/debug.yaml': container('securityContext: { privileged: false }') },
  },
  {
    name: 'an object that one overlay alone lacks, among the manifests of that',
    rule: 'network-policy-missing',
    files: {
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'base/web.yaml': LABELLED,
      'dev/kustomization.yaml': 'resources: [../base, account.yaml, namespace.yaml]\nnamespace: dev\n',
      'dev/account.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: web }\n',
      'dev/namespace.yaml': namespace('dev'),
      'prod/kustomization.yaml': 'resources: [../base, deny.yaml]\nnamespace: prod\n',
      'prod/deny.yaml': DENY,
    },
    fixed: {
      'dev/namespace.yaml': `${namespace('dev')}---
# Allows what the manifests show. Add other callers, and hosts outside of the cluster.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
  namespace: dev
spec:
  podSelector:
    matchLabels:
      app: web
${ONLY_DNS}`,
    },
  },
  {
    name: 'an object that an overlay without manifests lacks, in a file of its own',
    rule: 'namespace-default-deny-missing',
    files: {
      'base/kustomization.yaml': 'resources: [namespace.yaml]\n',
      'base/namespace.yaml': namespace('clinic'),
      ...overlay('dev', 'namespace: dev\nnamePrefix: d-\nlabels: [{ pairs: { team: a } }]\n'),
      'prod/kustomization.yaml': 'resources:\n- ../base\n- deny.yaml\nnamespace: prod\n',
      'prod/deny.yaml': DENY,
    },
    fixed: {
      'dev/kustomization.yaml':
        'resources: [../base, safeguards.yaml]\nnamespace: dev\nnamePrefix: d-\nlabels: [{ pairs: { team: a } }]\n',
      'dev/safeguards.yaml': `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: dev
spec:
  podSelector: {}
  policyTypes:
  - Ingress
  - Egress
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: allow-dns
  namespace: dev
spec:
  podSelector: {}
  policyTypes:
  - Egress
  egress:
  - to:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: kube-system
      podSelector:
        matchLabels:
          k8s-app: kube-dns
    ports:
    - protocol: UDP
      port: 53
    - protocol: TCP
      port: 53
`,
    },
  },
  {
    name: 'an object for what overlays call otherwise, by the name without what they add',
    rule: 'network-policy-missing',
    files: {
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'base/web.yaml': LABELLED,
      ...overlay('dev', 'namePrefix: d-\nnamespace: dev\n'),
      ...overlay('prod', 'nameSuffix: -p\nnamespace: prod\n'),
    },
    fixed: {
      'base/web.yaml': `${LABELLED}---
# Allows what the manifests show. Add other callers, and hosts outside of the cluster.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector:
    matchLabels:
      app: web
${ONLY_DNS}`,
    },
  },
  {
    name: 'an object that all overlays lack, beside the base, once',
    rule: 'default-service-account',
    files: {
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'base/web.yaml': WEB,
      'dev/kustomization.yaml': 'resources: [../base, namespace.yaml]\nnamespace: dev\n',
      'dev/namespace.yaml': namespace('dev'),
      ...overlay('prod', 'namespace: prod\n'),
    },
    fixed: {
      'base/web.yaml': `${container('image: registry.example.com/web:1.2.3').replace('    spec:\n', '    spec:\n      serviceAccountName: web\n')}---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
automountServiceAccountToken: false
`,
    },
  },
];

function filesOf(folder: TestFolder): Map<string, string> {
  const all = readdirSync(folder.path, { recursive: true, withFileTypes: true });
  return new Map(
    all
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder.path, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .map((path) => [path, folder.read(path)]),
  );
}

/** The whole output of the real Kustomize. */
async function deployed(folder: TestFolder, name: string): Promise<string> {
  const { stdout, exitCode, stderr } = await kubectlKustomize(filesOf(folder), name);
  expect(stderr.replaceAll(/^# Warning:.*\n/gm, '')).toBe('');
  expect(exitCode).toBe(0);
  return stdout;
}

/** The rules with findings in manifests, once for each finding. */
async function foundIn(manifests: string): Promise<string[]> {
  const found = await new TestFolder().findings('--isolated -', manifests, rules);
  return found.sort();
}

describe('findings of what is deployed are repaired', () => {
  it.each(CASES)('$name', async ({ rule, files, fixed }) => {
    const only = rules.filter(({ id }) => id === rule);
    const folder = new TestFolder(files);
    await folder.run('check --fix=all .', '', only);
    expect(Object.fromEntries(filesOf(folder))).toEqual({ ...files, ...fixed });
    expect(await folder.findings('.', '', only)).toEqual([]);
    if (!hasOracle) return;
    for (const name of ['dev', 'prod'].filter((each) => `${each}/kustomization.yaml` in files))
      expect((await foundIn(await deployed(folder, name))).filter((each) => each.endsWith(rule))).toEqual([]);
  });
});

describe('a repair', () => {
  it('is left out of files that nobody asked to check', async () => {
    const folder = new TestFolder({
      ...BASE,
      ...overlay('prod', 'images: [{ name: registry.example.com/web, newTag: "2" }]\n'),
    });
    const before = folder.read('base/web.yaml');
    await folder.run('check --fix=all prod', '', rules);
    expect(folder.read('base/web.yaml')).toBe(before);
  });
});

describe('reports', () => {
  it('have the edits of what was proven, also of other files', async () => {
    const folder = new TestFolder({
      ...BASE,
      ...overlay('prod', 'patches: [{ path: more.yaml }]\n'),
      'prod/more.yaml': container('securityContext: { privileged: true }'),
    });
    const only = rules.filter(({ id }) => id === 'privileged-container');
    const { output } = await folder.run('check --format json .', '', only);
    const { findings } = JSON.parse(output) as { findings: { file: string; fixes: unknown[] }[] };
    expect(findings).toEqual([
      expect.objectContaining({
        file: 'prod/more.yaml',
        fixes: [expect.objectContaining({ applicability: 'review', edits: [expect.anything()] })],
      }),
    ]);
  });
});

const flag = fc.option(fc.boolean(), { nil: undefined });
const security = fc.record(
  {
    privileged: flag,
    runAsNonRoot: flag,
    allowPrivilegeEscalation: flag,
    readOnlyRootFilesystem: flag,
    capabilities: fc.constantFrom({ drop: ['ALL'] }, { add: ['SYS_ADMIN'] }, undefined),
  },
  { requiredKeys: [] },
);
const podSpec = fc.record(
  {
    hostNetwork: flag,
    hostPID: flag,
    automountServiceAccountToken: flag,
    securityContext: fc.option(fc.record({ runAsNonRoot: fc.boolean() }), { nil: undefined }),
    containers: fc
      .uniqueArray(fc.tuple(fc.constantFrom('web', 'side'), fc.option(security, { nil: undefined })), {
        selector: ([name]) => name,
        minLength: 1,
      })
      .map((items) =>
        items.map(([name, securityContext]) => ({
          name,
          image: `registry.example.com/${name}:1.2.3`,
          securityContext,
        })),
      ),
  },
  { requiredKeys: ['containers'] },
);
const deployment = podSpec.map((spec) =>
  stringify(
    JSON.parse(
      JSON.stringify({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web' },
        spec: {
          selector: { matchLabels: { app: 'web' } },
          template: { metadata: { labels: { app: 'web' } }, spec },
        },
      }),
    ),
  ),
);
const settings = fc.constantFrom(
  '',
  'namespace: clinic\n',
  'namePrefix: p-\n',
  'labels: [{ pairs: { team: a } }]\n',
);

describe.runIf(hasOracle)('any repair', () => {
  it('removes findings and adds none, wherever the base is deployed', async () => {
    await fc.assert(
      fc.asyncProperty(
        deployment,
        deployment,
        deployment,
        settings,
        settings,
        async (web, dev, prod, a, b) => {
          const patched = (text: string) => `${text}patches: [{ path: more.yaml }]\n`;
          const folder = new TestFolder({
            ...BASE,
            'base/web.yaml': web,
            ...overlay('dev', patched(a)),
            'dev/more.yaml': dev,
            ...overlay('prod', patched(b)),
            'prod/more.yaml': prod,
          });
          const before = [
            await foundIn(await deployed(folder, 'dev')),
            await foundIn(await deployed(folder, 'prod')),
          ];
          const told = await folder.findings('.', '', rules);
          await folder.run('check --fix=all .', '', rules);
          const after = [
            await foundIn(await deployed(folder, 'dev')),
            await foundIn(await deployed(folder, 'prod')),
          ];
          for (const [index, found] of after.entries()) {
            const known = new Set(before[index]);
            expect(found.filter((each) => !known.has(each))).toEqual([]);
          }
          const left = await folder.findings('.', '', rules);
          expect(left.length).toBeLessThan(told.length);
          expect(left).toEqual([]);
        },
      ),
      { numRuns: 5, seed: 20260101 },
    );
  });
});
