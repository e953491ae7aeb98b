import { describe, expect, it } from 'vitest';
import { type BuildLimits, buildKustomization, DocumentCache } from '../../server/src/kustomize/index.ts';
import { BASE, filesOf } from './support.ts';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [] }\n';

/** The problems of a build as `kind file: text`, and the names of what is built. */
function build(files: Readonly<Record<string, string>>, folder = '', limits: Partial<BuildLimits> = {}) {
  const { problems, resources } = buildKustomization(filesOf(files), folder, { limits });
  return {
    names: resources.map(({ kind, name }) => `${kind} ${name}`),
    problems: problems.map(({ kind, file, range }) => {
      const said = range === undefined ? '' : (files[file] ?? '').slice(range.start, range.end).trim();
      return `${kind} ${file}: ${said.split('\n')[0]}`;
    }),
  };
}

describe('what does not build', () => {
  const cases: { name: string; field: string; problem: unknown; files?: Record<string, string> }[] = [
    {
      name: 'an address',
      field: 'resources: [pod.yaml, "https://example.com/base?ref=v1"]',
      problem: 'remote kustomization.yaml: "https://example.com/base?ref=v1"',
    },
    {
      name: 'a repository',
      field: 'resources: [pod.yaml, github.com/example/base]',
      problem: 'remote kustomization.yaml: github.com/example/base',
    },
    {
      name: 'a file that is missing',
      field: 'resources: [pod.yaml, gone.yaml]',
      problem: 'missing-file kustomization.yaml: gone.yaml',
    },
    {
      name: 'a file outside of the root',
      field: 'resources: [pod.yaml, ../../etc/x.yaml]',
      problem: 'missing-file kustomization.yaml: ../../etc/x.yaml',
    },
    {
      name: 'an absolute path',
      field: 'resources: [pod.yaml, /etc/x.yaml]',
      problem: 'missing-file kustomization.yaml: /etc/x.yaml',
    },
    {
      name: 'a resource that is no YAML',
      field: 'resources: [pod.yaml, bad.yaml]',
      files: { 'bad.yaml': 'a: [1\n' },
      problem: expect.stringMatching(/^unreadable bad.yaml: /),
    },
    {
      name: 'a resource without a name',
      field: 'resources: [pod.yaml, bad.yaml]',
      files: { 'bad.yaml': 'kind: Pod\n' },
      problem: 'unreadable bad.yaml: kind: Pod',
    },
    {
      name: 'the same resource twice',
      field: 'resources: [pod.yaml, again.yaml]',
      files: { 'again.yaml': POD },
      problem: 'invalid again.yaml: apiVersion: v1',
    },
    {
      name: 'a patch for nothing',
      field: 'resources: [pod.yaml]\npatches: [{ path: p.yaml }]',
      files: { 'p.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { name: other }\n' },
      problem: 'invalid p.yaml: other',
    },
    {
      name: 'a patch that does not apply',
      field: `resources: [pod.yaml]\npatches: [{ target: { kind: Pod }, patch: '[{"op": "remove", "path": "/spec/x"}]' }]`,
      problem: 'invalid kustomization.yaml: {"op": "remove", "path": "/spec/x"}',
    },
    {
      name: 'a patch of another shape',
      field: 'resources: [pod.yaml]\npatches: [{ path: p.yaml }]',
      files: {
        'p.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: { a: b } }\n',
      },
      problem: 'invalid p.yaml: { a: b }',
    },
    {
      name: 'a target that is no expression',
      field: `resources: [pod.yaml]\npatches: [{ target: { name: "(" }, patch: '[{"op": "remove", "path": "/spec"}]' }]`,
      problem: 'invalid kustomization.yaml: "("',
    },
    {
      name: 'a generator without its file',
      field: 'resources: [pod.yaml]\nconfigMapGenerator: [{ name: c, files: [gone.txt] }]',
      problem: 'missing-input kustomization.yaml: gone.txt',
    },
    {
      name: 'a program',
      field: 'resources: [pod.yaml]\ntransformers: [t.yaml]',
      files: { 't.yaml': 'apiVersion: example.com/v1\nkind: Mine\nmetadata: { name: m }\n' },
      problem: 'unsupported t.yaml: apiVersion: example.com/v1',
    },
    {
      name: 'subjects of bindings that there are not',
      field: 'resources: [pod.yaml]\ntransformers: [t.yaml]',
      files: {
        't.yaml':
          'apiVersion: builtin\nkind: NamespaceTransformer\nmetadata: { name: n, namespace: ehr }\nsetRoleBindingSubjects: all\n',
      },
      problem: 'invalid t.yaml: all',
    },
    {
      name: 'a chart from elsewhere',
      field: 'resources: [pod.yaml]\nhelmCharts: [{ name: app, repo: "https://example.com", version: "1" }]',
      problem: 'remote kustomization.yaml: { name: app, repo: "https://example.com", version: "1" }',
    },
    {
      name: 'a replacement without a source',
      field: 'resources: [pod.yaml]\nreplacements: [{ source: { kind: Gone }, targets: [] }]',
      problem: 'invalid kustomization.yaml: { kind: Gone }',
    },
  ];
  it.each(cases)('$name is a problem, and the rest is built', ({ field, files = {}, problem }) => {
    const result = build({ 'kustomization.yaml': `${field}\n`, 'pod.yaml': POD, ...files });
    expect(result.names).toContain('Pod web');
    expect(result.problems).toEqual([problem]);
  });

  it('a folder without a kustomization', () => {
    expect(build({ 'pod.yaml': POD })).toEqual({ names: [], problems: ['missing-file : '] });
  });

  it('a kustomization that contains itself', () => {
    const files = {
      'a/kustomization.yaml': 'resources: [../b]\n',
      'b/kustomization.yaml': 'resources: [../a, pod.yaml]\n',
      'b/pod.yaml': POD,
    };
    expect(build(files, 'a')).toEqual({ names: ['Pod web'], problems: ['cycle b/kustomization.yaml: ../a'] });
  });
});

describe('the size of a build', () => {
  it('is bounded in depth', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [
        `k${index}/kustomization.yaml`,
        `resources: [../k${index + 1}]\n`,
      ]),
    );
    expect(build(chain, 'k0').problems[0]).toMatch(/^limit /);
  });

  it('is bounded in number', () => {
    const tree = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [
        `k${index}/kustomization.yaml`,
        `resources: [../k${index + 1}, ./../k${index + 1}]\n`,
      ]),
    );
    expect(build(tree, 'k0').problems.some((problem) => problem.startsWith('limit '))).toBe(true);
  });

  it('is bounded in what patches copy', () => {
    const copies = Array.from(
      { length: 60 },
      (_, index) => `{"op": "copy", "from": "/spec", "path": "/spec/a${index}"}`,
    ).join(',');
    const files = {
      'kustomization.yaml': `resources: [pod.yaml]\npatches: [{ target: { kind: Pod }, patch: '[${copies}]' }]\n`,
      'pod.yaml': POD,
    };
    expect(build(files, '', { values: 50_000 }).problems).toEqual([expect.stringMatching(/^limit /)]);
  });

  it('does not grow with references outside', () => {
    const read: string[] = [];
    const files = new Map(
      Object.entries({ ...BASE, 'prod/kustomization.yaml': 'resources: [../base, ../../x]\n' }),
    );
    const watched = {
      keys: () => files.keys(),
      get(path: string) {
        read.push(path);
        return files.get(path);
      },
    };
    buildKustomization(watched, 'prod');
    expect(read.filter((path) => path.startsWith('.') || path.startsWith('/'))).toEqual([]);
  });
});

describe('a definition of a custom resource that is only skimmed', () => {
  const files = {
    'crd.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  versions: [{ name: v1 }]
`,
    'patch.yaml': '[{ op: add, path: /spec/versions/0/served, value: true }]\n',
    'wrong.yaml': '[{ op: replace, path: /spec/versions/7, value: {} }]\n',
  };
  const skimmed = (patches: string) => {
    const kustomization = `resources: [crd.yaml]\nnamePrefix: x-\npatches: ${patches}\n`;
    const all = filesOf({ ...files, 'kustomization.yaml': kustomization });
    return buildKustomization(all, '', { cache: new DocumentCache(true) });
  };
  const TARGET = 'target: { kind: CustomResourceDefinition }';

  it('is read as a whole where a patch is for it', () => {
    const { resources, problems } = skimmed(`[{ path: patch.yaml, ${TARGET} }]`);
    expect(problems).toEqual([]);
    expect(resources[0]?.text).toContain('served: true');
    expect(resources[0]?.text).toContain('group: example.com');
  });

  it('still tells of a patch that finds nothing in it', () => {
    expect(skimmed(`[{ path: wrong.yaml, ${TARGET} }]`).problems).toEqual([
      expect.objectContaining({ kind: 'invalid', file: 'wrong.yaml' }),
    ]);
  });

  it('is not read where nothing looks at it', () => {
    expect(skimmed('[]').resources[0]?.text).not.toContain('group');
  });
});
