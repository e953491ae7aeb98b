import { describe, expect, it } from 'vitest';
import { parameterSets } from '../../../server/src/analysis/gitops/generators.ts';
import { filledIn, type RepositoryView } from '../../../server/src/analysis/gitops/index.ts';
import { parseDocument } from '../../../server/src/syntax/parse.ts';

const FILES: Readonly<Record<string, string>> = {
  'apps/Web_Portal/pod.yaml': '',
  'apps/lab/deep/pod.yaml': '',
  '.github/ci.yaml': '',
  'envs/dev.yaml': 'name: dev\nlimits: { cpu: 1 }\n',
  'envs/all/prod.yaml': '- name: prod\n- name: spare\n',
  'envs/broken.yaml': 'a: [\n',
};

const view: RepositoryView = {
  folders: ['.github', 'apps', 'apps/Web_Portal', 'apps/lab', 'apps/lab/deep', 'envs', 'envs/all'],
  filesBelow: (folder) => Object.keys(FILES).filter((file) => folder === '' || file.startsWith(`${folder}/`)),
  textOf: (file) => FILES[file],
};

const sets = (generators: string, isGoTemplate = false) =>
  parameterSets(parseDocument(`goTemplate: ${isGoTemplate}\ngenerators: ${generators}\n`).root, [view]);
const valuesOf = (generators: string, isGoTemplate = false) =>
  sets(generators, isGoTemplate).map(({ values }) => values);

describe('generators of an ApplicationSet', () => {
  it('give the folders of a repository', () => {
    expect(valuesOf('[{ git: { directories: [{ path: apps/* }] } }]')).toEqual([
      {
        ...{
          path: 'apps/Web_Portal',
          'path.basename': 'Web_Portal',
          'path.basenameNormalized': 'web-portal',
        },
        ...{ 'path[0]': 'apps', 'path[1]': 'Web_Portal' },
      },
      expect.objectContaining({ path: 'apps/lab', 'path[1]': 'lab' }),
    ]);
    const go =
      '[{ git: { directories: [{ path: "*" }], pathParamPrefix: repo, values: { ns: "x-{{ .repo.path.basename }}" } } }]';
    expect(valuesOf(go, true)).toEqual([
      {
        repo: { path: { path: 'apps', basename: 'apps', basenameNormalized: 'apps', segments: ['apps'] } },
        values: { ns: 'x-apps' },
      },
      expect.objectContaining({ values: { ns: 'x-envs' } }),
    ]);
  });

  it('give what files of a repository say', () => {
    const files =
      '[{ git: { files: [{ path: "envs/**/*.yaml" }, { path: "**/broken.yaml", exclude: true }] } }]';
    expect(valuesOf(files, true)).toEqual([
      expect.objectContaining({ name: 'prod', path: expect.objectContaining({ filename: 'prod.yaml' }) }),
      expect.objectContaining({ name: 'spare' }),
      expect.objectContaining({ name: 'dev', limits: { cpu: 1 } }),
    ]);
    expect(valuesOf('[{ git: { files: [{ path: envs/dev.yaml }] } }]')).toEqual([
      expect.objectContaining({ 'limits.cpu': '1', path: 'envs', 'path.filename': 'dev.yaml' }),
    ]);
  });

  it('merge maps of Go templates, and put what is given into those that follow', () => {
    const list = (elements: string) => `{ list: { elements: ${elements} } }`;
    const matrix = `[{ matrix: { generators: [${list('[{ v: { a: "1" } }]')}, ${list('[{ v: { b: "{{ .v.a }}2" } }]')}] } }]`;
    expect(valuesOf(matrix, true)).toEqual([{ v: { a: '1', b: '12' } }]);
    const merge = `[{ merge: { mergeKeys: [v.a], generators: [${list('[{ v: { a: x }, on: no }, { v: { a: other } }]')}, ${list('[{ v: { a: x, c: z } }, { v: { a: third } }]')}] } }]`;
    expect(valuesOf(merge, true)).toEqual([{ v: { a: 'x', c: 'z' }, on: false }, { v: { a: 'other' } }]);
  });

  it('say nothing where they ask others, or choose', () => {
    for (const generators of [
      '[{ clusters: {} }]',
      '[{ scmProvider: {} }, { pullRequest: {} }, { plugin: {} }]',
      '[{ list: { elements: [{ a: b }] }, selector: { matchLabels: { a: b } } }]',
      '[{ list: { elements: [{ a: b }], template: {} } }]',
      '[{ matrix: { generators: [{ clusters: {} }, { list: { elements: [{ a: b }] } }] } }]',
      '[1, [], { git: 1 }, { git: { files: [1] } }, { matrix: [] }, { merge: { generators: 1 } }]',
    ])
      expect(valuesOf(generators), generators).toEqual([]);
  });
});

describe('texts of templates', () => {
  const values = { env: 'prod', 'path[1]': 'lab', list: ['a', 'b'], on: true };

  it('are filled in by name, or run as Go templates', () => {
    const plain = { values, isGoTemplate: false };
    expect(filledIn('{{env}}-{{ path[1] }}-{{on}}-{{ .env }}', plain)).toBe('prod-lab-true-prod');
    expect(filledIn('{{other}} {{list}}', plain)).toBe('{{other}} {{list}}');
    const go = { values, isGoTemplate: true };
    expect(filledIn('{{ index .list 1 | upper }}{{ if .on }}!{{ end }}', go)).toBe('B!');
    expect(filledIn('{{ default "none" .other }}', go)).toBe('none');
  });

  it('stay where something is missing', () => {
    const go = { values, isGoTemplate: true };
    for (const text of ['{{ .other }}', '{{ .other.name }}', '{{ nope .env }}', '{{ if }}'])
      expect(filledIn(text, go)).toBe(text);
    expect(filledIn('{{ range until 100000000 }}{{ end }}', go)).toContain('{{');
  });
});
