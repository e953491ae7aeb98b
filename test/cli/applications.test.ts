import { describe, expect, it } from 'vitest';
import { CHART, ONLY_WITH, told } from '../support/applications.ts';
import { TestFolder } from '../support/command-line.ts';

/** An Application of Argo CD for the chart. */
const argo = (helm: string, path = 'charts/ehr') => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ehr-prod, namespace: argocd }
spec:
  destination: { server: https://kubernetes.default.svc, namespace: ehr }
  source:
    repoURL: https://git.example.com/clinic.git
    path: ${path}
    helm:
${helm.replaceAll(/^/gm, '      ')}
`;

/** A HelmRelease of Flux for the chart. */
const flux = (spec: string, chart = '') => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ehr, namespace: prod }
spec:
  chart:
    spec:
      chart: ./charts/ehr
      sourceRef: { kind: GitRepository, name: clinic }
${chart.replaceAll(/^(?=.)/gm, '      ')}${spec.replaceAll(/^(?=.)/gm, '  ')}`;

describe('an Application of Argo CD', () => {
  it('brings its values, which are told where they stand', async () => {
    for (const [helm, line] of [
      ['valuesObject:\n  # what the node agent needs\n  privileged: true', 12],
      ['values: |\n  privileged: true', 11],
      ['values: |-\n\n  other: 1\n  privileged: true', 13],
      ['valuesObject: { privileged: true }', 10],
      ['values: "privileged: true"', 10],
      ['parameters:\n  - name: privileged\n    value: "true"', 12],
    ] as const) {
      const folder = new TestFolder({ ...CHART, 'apps/ehr.yaml': argo(helm) });
      expect(await told(folder), helm).toEqual([`apps/ehr.yaml:${line} ${ONLY_WITH}`]);
    }
  });

  it('is named once where several values are told at the alias that brings them', async () => {
    const files = {
      ...CHART,
      'charts/ehr/values.yaml': 'privileged: false\nother: false\n',
      'charts/ehr/templates/other.yaml': CHART['charts/ehr/templates/pod.yaml'].replace(
        '.privileged',
        '.other',
      ),
    };
    const helm = 'base: &base { privileged: true, other: true }\nvaluesObject: *base';
    const found = await told(new TestFolder({ ...files, 'apps/ehr.yaml': argo(helm) }));
    expect(found.filter((line) => line.includes('privileged'))).toEqual([`apps/ehr.yaml:10 ${ONLY_WITH}`]);
  });

  it('counts parameters over valuesObject, that over values, and those over files', async () => {
    const files = { ...CHART, 'envs/prod.yaml': 'privileged: true\n' };
    const from = 'valueFiles: [../../envs/prod.yaml]\n';
    for (const [helm, found] of [
      [from, [`envs/prod.yaml:1 ${ONLY_WITH}`]],
      ['valueFiles: [/envs/prod.yaml]\n', [`envs/prod.yaml:1 ${ONLY_WITH}`]],
      [`${from}values: |\n  privileged: false\n`, []],
      ['values: |\n  privileged: true\nvaluesObject: { privileged: false }\n', []],
      ['valuesObject: { privileged: true }\nparameters: [{ name: privileged, value: "false" }]\n', []],
    ] as const) {
      expect(await told(new TestFolder({ ...files, 'apps/ehr.yaml': argo(helm) })), helm).toEqual(found);
    }
  });

  it('is left out when it names files that are not there', async () => {
    const helm = 'valueFiles: [nowhere.yaml]\nvaluesObject: { privileged: true }\n';
    expect(await told(new TestFolder({ ...CHART, 'apps/ehr.yaml': argo(helm) }))).toEqual([]);
    const lenient = new TestFolder({
      ...CHART,
      'apps/ehr.yaml': argo(`ignoreMissingValueFiles: true\n${helm}`),
    });
    expect(await told(lenient)).toEqual([`apps/ehr.yaml:12 ${ONLY_WITH}`]);
  });

  it('of a chart that is not here says nothing', async () => {
    const helm = 'valuesObject: { privileged: true }';
    expect(await told(new TestFolder({ ...CHART, 'apps/ehr.yaml': argo(helm, 'other/ehr') }))).toEqual([]);
  });

  it('takes values from another of its sources', async () => {
    const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ehr-prod }
spec:
  sources:
    - { repoURL: https://git.example.com/clinic.git, ref: values }
    - repoURL: https://git.example.com/charts.git
      path: charts/ehr
      helm: { valueFiles: [$values/envs/$ARGOCD_APP_NAME.yaml] }
`;
    const files = { ...CHART, 'envs/ehr-prod.yaml': 'privileged: true\n', 'apps/ehr.yaml': application };
    expect(await told(new TestFolder(files))).toEqual([`envs/ehr-prod.yaml:1 ${ONLY_WITH}`]);
  });

  it('is found from any folder that holds both', async () => {
    const files = Object.entries({ ...CHART, 'apps/ehr.yaml': argo('valuesObject: { privileged: true }') });
    const folder = new TestFolder(Object.fromEntries(files.map(([path, text]) => [`clinic/${path}`, text])));
    const found = [`clinic/apps/ehr.yaml:10 ${ONLY_WITH}`];
    expect(await told(folder)).toEqual(found);
    expect(await told(folder, 'clinic')).toEqual(found);
    expect(await told(folder, 'clinic/charts/ehr clinic/apps')).toEqual(found);
    expect(await told(folder, 'clinic/charts/ehr')).toEqual([]);
    expect(await told(folder, '--isolated clinic')).toEqual([]);
  });

  it('is repaired where its values stand', async () => {
    for (const helm of [
      'valuesObject:\n  privileged: true # for the agent',
      'values: |\n  privileged: true\n  other: 1',
      'valuesObject: { other: [], privileged: true }',
    ]) {
      const folder = new TestFolder({ ...CHART, 'apps/ehr.yaml': argo(helm) });
      const { output } = await folder.run('check --fix=all');
      expect(output).toMatch(/^1 fix applied in 1 file\.$/m);
      expect(folder.read('apps/ehr.yaml')).toBe(argo(helm).replace('privileged: true', 'privileged: false'));
      expect(folder.read('charts/ehr/values.yaml')).toBe('privileged: false\n');
    }
  });

  it('is repaired where its values are quoted, folded or parameters', async () => {
    for (const [helm, repaired] of [
      ['values: "privileged: true"', 'values: "privileged: false"'],
      ["values: 'privileged: true # it''s'", "values: 'privileged: false # it''s'"],
      ['values: >-\n  privileged:\n  true\n\n  other: 1', 'values: >-\n  privileged:\n  false\n\n  other: 1'],
      [
        'parameters:\n  - name: privileged\n    value: "true" # for the agent',
        'parameters:\n  - name: privileged\n    value: "false" # for the agent',
      ],
      [
        'parameters: [{ name: privileged, value: true }]',
        'parameters: [{ name: privileged, value: "false" }]',
      ],
    ] as const) {
      const folder = new TestFolder({ ...CHART, 'apps/ehr.yaml': argo(helm) });
      expect((await told(folder)).length, helm).toBe(1);
      await folder.run('check --fix=all');
      expect(folder.read('apps/ehr.yaml')).toBe(argo(repaired));
    }
  });

  it('is repaired where its values come by an alias, which others keep', async () => {
    const helm = 'values: ""\nvaluesObject:\n  privileged: &on true\n  other: *on';
    const folder = new TestFolder({ ...CHART, 'apps/ehr.yaml': argo(helm) });
    await folder.run('check --fix=all');
    expect(folder.read('apps/ehr.yaml')).toBe(argo(helm));
    const aliased = 'values: ""\nvaluesObject:\n  other: &on true\n  privileged: *on';
    const other = new TestFolder({ ...CHART, 'apps/ehr.yaml': argo(aliased) });
    expect(await told(other)).toEqual([`apps/ehr.yaml:12 ${ONLY_WITH}`]);
    await other.run('check --fix=all');
    expect(other.read('apps/ehr.yaml')).toBe(argo(aliased.replace('*on', 'false')));
  });

  it('takes the files that a pattern matches, in their order', async () => {
    const on = 'privileged: true\n';
    const off = 'privileged: false\n';
    for (const [valueFiles, files, found] of [
      [
        '[envs/*.yaml]',
        { 'charts/ehr/envs/a.yaml': off, 'charts/ehr/envs/b.yaml': on },
        'charts/ehr/envs/b.yaml',
      ],
      ['[envs/*.yaml]', { 'charts/ehr/envs/a.yaml': on, 'charts/ehr/envs/b.yaml': off }, undefined],
      // Where a file is named, it stands there.
      [
        '[envs/*.yaml, envs/a.yaml]',
        { 'charts/ehr/envs/a.yaml': on, 'charts/ehr/envs/b.yaml': off },
        'charts/ehr/envs/a.yaml',
      ],
      // Those of a folder come before those below it.
      ['[/envs/**/*.yaml]', { 'envs/z.yaml': off, 'envs/prod/a.yaml': on }, 'envs/prod/a.yaml'],
      ['["../../envs/[xyz].y?ml"]', { 'envs/z.yaml': on }, 'envs/z.yaml'],
      [
        '[envs/*.yaml, envs/on.yaml]',
        { 'charts/ehr/envs/sub/a.yaml': on, 'charts/ehr/envs/on.yaml': on },
        'charts/ehr/envs/on.yaml',
      ],
    ] as const) {
      const helm = `valueFiles: ${valueFiles}`;
      const wanted = found === undefined ? [] : [`${found}:1 ${ONLY_WITH}`];
      const folder = new TestFolder({ ...CHART, ...files, 'apps/ehr.yaml': argo(helm) });
      expect(await told(folder), helm).toEqual(wanted);
    }
  });

  it('may have patterns that match nothing when it says so', async () => {
    const helm = 'valueFiles: [nowhere/*.yaml]\nvaluesObject: { privileged: true }';
    expect(await told(new TestFolder({ ...CHART, 'apps/ehr.yaml': argo(helm) }))).toEqual([]);
    const lenient = argo(`ignoreMissingValueFiles: true\n${helm}`);
    expect(await told(new TestFolder({ ...CHART, 'apps/ehr.yaml': lenient }))).toEqual([
      `apps/ehr.yaml:12 ${ONLY_WITH}`,
    ]);
  });

  it('is repaired with one for another chart in the same file', async () => {
    const other = Object.entries(CHART).map(([path, text]) => [path.replace('ehr', 'lab'), text]);
    const helm = 'valuesObject:\n  privileged: true\n';
    const both = [argo(helm), argo(helm, 'charts/lab').replace('ehr-prod', 'lab-prod')].join('---\n');
    const folder = new TestFolder({ ...CHART, ...Object.fromEntries(other), 'apps/all.yaml': both });
    await folder.run('check --fix=all');
    expect(folder.read('apps/all.yaml')).toBe(both.replaceAll('privileged: true', 'privileged: false'));
  });

  it('is repaired with another in the same file', async () => {
    const both = ['one', 'two'].map((name) =>
      argo(`valuesObject:\n  privileged: true\n  which: ${name}`).replace('ehr-prod', name),
    );
    const folder = new TestFolder({ ...CHART, 'apps/ehr.yaml': both.join('---\n') });
    expect(await told(folder)).toEqual([
      'apps/ehr.yaml:11 privileged-container Only with one (Argo CD).',
      'apps/ehr.yaml:24 privileged-container Only with two (Argo CD).',
    ]);
    await folder.run('check --fix=all');
    expect(folder.read('apps/ehr.yaml')).toBe(
      both.join('---\n').replaceAll('privileged: true', 'privileged: false'),
    );
  });
});

describe('a HelmRelease of Flux', () => {
  const where = 'privileged-container Only with ehr (Flux).';

  it('brings its values, which are told where they stand', async () => {
    const folder = new TestFolder({ ...CHART, 'apps/ehr.yaml': flux('values:\n  privileged: true\n') });
    expect(await told(folder)).toEqual([`apps/ehr.yaml:10 ${where}`]);
    await folder.run('check --fix=all');
    expect(folder.read('apps/ehr.yaml')).toBe(flux('values:\n  privileged: false\n'));
  });

  it('takes values files in place of values.yaml', async () => {
    const files = {
      ...CHART,
      'charts/ehr/values.yaml': 'privileged: true\n',
      'envs/prod.yaml': 'other: 1\n',
    };
    const release = flux('', 'valuesFiles: [envs/prod.yaml]\n');
    const folder = new TestFolder({ ...files, 'apps/ehr.yaml': release });
    expect(await told(folder)).toEqual(['charts/ehr/values.yaml:1 privileged-container']);
    const template = CHART['charts/ehr/templates/pod.yaml'];
    folder.write('charts/ehr/values.yaml', 'privileged: false\n');
    folder.write(
      'charts/ehr/templates/pod.yaml',
      template.replace('.Values.privileged', 'hasKey .Values "privileged" | not'),
    );
    expect(await told(folder)).toEqual([expect.stringContaining(where)]);
  });

  it('takes values from ConfigMaps beside it, inline values over them, and targets over all', async () => {
    const map = `apiVersion: v1
kind: ConfigMap
metadata: { name: ehr-values, namespace: prod }
data:
  values.yaml: |
    privileged: true
  agent: "true"
`;
    const from = 'valuesFrom:\n  - { kind: ConfigMap, name: ehr-values }\n';
    for (const [spec, found] of [
      [from, [`apps/map.yaml:6 ${where}`]],
      [`${from}values: { privileged: false }\n`, []],
      [
        'valuesFrom: [{ kind: ConfigMap, name: ehr-values, valuesKey: agent, targetPath: privileged }]\nvalues: { privileged: false }\n',
        [`apps/map.yaml:7 ${where}`],
      ],
      ['valuesFrom: [{ kind: Secret, name: ehr-values }]\n', []],
    ] as const) {
      const folder = new TestFolder({ ...CHART, 'apps/map.yaml': map, 'apps/ehr.yaml': flux(spec) });
      expect(await told(folder), spec).toEqual(found);
    }
  });

  it('takes values from ConfigMaps that a kustomization beside it makes of files', async () => {
    const from = 'valuesFrom:\n  - { kind: ConfigMap, name: ehr-values }\n';
    for (const [input, file] of [
      ['values.yaml', 'apps/values.yaml'],
      ['values.yaml=ehr/prod.yml', 'apps/ehr/prod.yml'],
      ['values.yaml=../settings.env', 'settings.env'],
    ] as const) {
      const folder = new TestFolder({
        ...CHART,
        'apps/kustomization.yaml': `resources: [ehr.yaml]\nconfigMapGenerator: [{ name: ehr-values, files: ["${input}"] }]\n`,
        'apps/ehr.yaml': flux(from),
        [file]: '# for the agent\nprivileged: true\n',
      });
      expect(await told(folder)).toEqual([`${file}:2 ${where}`]);
    }
  });

  it('may get from a Secret what a chart asks for', async () => {
    const files = {
      ...CHART,
      'charts/ehr/templates/pod.yaml': '{{ required "a key" .Values.key }}\n',
      'apps/ehr.yaml': flux('valuesFrom: [{ kind: Secret, name: s }]\nvalues: { a: 1 }\n'),
    };
    const found = await told(new TestFolder(files));
    expect(found.filter((finding) => finding.includes('Flux'))).toEqual([]);
  });
});
