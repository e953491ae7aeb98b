// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Flux
import { describe, expect, it } from 'vitest';
import { imageTagMutable } from '../../server/src/rules/integrity/image-tag-mutable.ts';
import { privilegedContainer } from '../../server/src/rules/integrity/privileged-container.ts';
import { networkPolicyMissing } from '../../server/src/rules/network-segmentation/network-policy-missing.ts';
import { TestFolder } from '../support/command-line.ts';

const CHART = {
  'charts/ehr/Chart.yaml': 'apiVersion: v2\nname: ehr\nversion: 0.1.0\n',
  'charts/ehr/values.yaml': 'privileged: false\n',
  'charts/ehr/templates/pod.yaml': `apiVersion: v1
kind: Pod
metadata: { name: {{ .Release.Name }} }
spec: { containers: [{ name: web, securityContext: { privileged: {{ .Values.privileged }} } }] }
`,
};

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

interface Told {
  readonly file: string;
  readonly rule: string;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number } };
}

async function told(folder: TestFolder, args = ''): Promise<string[]> {
  const { output } = await folder.run(`check --format json ${args}`.trim());
  return (JSON.parse(output).findings as Told[]).map(({ file, rule, message, range }) => {
    const [where = ''] = / Only with .*$/.exec(message) ?? [];
    return `${file}:${range.start.line} ${rule}${where}`;
  });
}

const ONLY_WITH = 'privileged-container Only with ehr-prod (Argo CD).';

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

const WORKLOAD = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web }] }
`;

const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web }
spec: { podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress, Egress] }
`;

describe('an ApplicationSet of Argo CD', () => {
  const set = (helm: string, extra = '') => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: ehr }
spec:
  generators:
    - list: { elements: [{ env: dev, agent: "false" }, { env: prod, agent: "true" }] }
${extra}  template:
    metadata: { name: 'ehr-{{env}}' }
    spec:
      destination: { server: https://kubernetes.default.svc, namespace: 'ehr-{{ .env }}' }
      source:
        path: charts/ehr
        helm:
${helm.replaceAll(/^/gm, '          ')}
`;

  it('brings the values of each element of its lists', async () => {
    const files = {
      ...CHART,
      'charts/ehr/values-dev.yaml': 'privileged: false\n',
      'charts/ehr/values-prod.yaml': 'privileged: true\n',
    };
    const folder = new TestFolder({ ...files, 'apps/ehr.yaml': set('valueFiles: ["values-{{env}}.yaml"]') });
    expect(await told(folder)).toEqual([`charts/ehr/values-prod.yaml:1 ${ONLY_WITH}`]);
    const inline = set('values: |\n  env: {{env}}\n  privileged: {{agent}}');
    expect(await told(new TestFolder({ ...CHART, 'apps/ehr.yaml': inline }))).toEqual([
      `apps/ehr.yaml:16 ${ONLY_WITH}`,
    ]);
  });

  it('deploys apart what it deploys to different clusters', async () => {
    const appSet = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: ehr }
spec:
  generators: [{ list: { elements: [{ at: east }, { at: west }] } }]
  template:
    metadata: { name: 'ehr-{{at}}' }
    spec: { destination: { name: '{{at}}', namespace: ehr }, source: { path: 'sites/{{at}}' } }
`;
    const files = {
      'sites/east/web.yaml': WORKLOAD,
      'sites/west/policy.yaml': POLICY,
    };
    const check = (all: Readonly<Record<string, string>>) =>
      new TestFolder(all).findings('', '', [networkPolicyMissing]);
    expect(await check(files)).toEqual([]);
    expect(await check({ ...files, 'apps.yaml': appSet })).toEqual([
      'sites/east/web.yaml: network-policy-missing',
    ]);
  });

  const generated = (generators: string, helm: string, path: string, name = '{{path.basename}}') =>
    set(helm, '')
      .replace(/ {4}- list: .*\n/, generators.replaceAll(/^(?=.)/gm, '    '))
      .replace("'ehr-{{env}}'", `'${name}'`)
      .replace('path: charts/ehr', `path: '${path}'`);
  const asGo = (text: string) => text.replace('spec:\n', 'spec:\n  goTemplate: true\n');

  it('has an application for each folder that its generator finds', async () => {
    const files = {
      ...CHART,
      'charts/lab/Chart.yaml': 'apiVersion: v2\nname: lab\nversion: 0.1.0\n',
      'charts/lab/templates/pod.yaml': CHART['charts/ehr/templates/pod.yaml'],
      'charts/lab/values.yaml': 'privileged: false\n',
    };
    const git = (directories: string) => `- git:\n    directories: ${directories}\n`;
    const helm = 'valuesObject: { privileged: true }';
    for (const [directories, names] of [
      ['[{ path: charts/* }]', ['ehr', 'lab']],
      ['[{ path: charts/* }, { path: "*/ehr", exclude: true }]', ['lab']],
      ['[{ path: "charts/[e]hr" }]', ['ehr']],
      ['[{ path: charts }, { path: "nowhere/*" }]', []],
    ] as const) {
      const plain = generated(git(directories), helm, '{{path}}', '{{path[1]}}');
      const go = asGo(generated(git(directories), helm, '{{ .path.path }}', '{{ .path.basename | lower }}'));
      for (const [text, line] of [
        [plain, 15],
        [go, 16],
      ] as const) {
        const folder = new TestFolder({ ...files, 'argocd/sets/ehr.yaml': text });
        const wanted = names.map(
          (name) => `argocd/sets/ehr.yaml:${line} privileged-container Only with ${name} (Argo CD).`,
        );
        expect(await told(folder), text).toEqual(wanted);
      }
    }
  });

  it('has an application for each file that its generator finds', async () => {
    const files = {
      ...CHART,
      'envs/dev/config.json': '{ "name": "dev", "agent": { "privileged": false } }',
      'envs/prod/config.json': '{ "name": "prod", "agent": { "privileged": true } }',
    };
    const git = '- git:\n    files: [{ path: "envs/**/config.json" }]\n';
    const parameters = 'parameters: [{ name: privileged, value: "{{agent.privileged}}" }]';
    const plain = generated(git, parameters, 'charts/ehr', '{{name}}');
    expect(await told(new TestFolder({ ...files, 'apps/ehr.yaml': plain }))).toEqual([
      'apps/ehr.yaml:15 privileged-container Only with prod (Argo CD).',
    ]);
    const values = 'values: |\n  privileged: {{ .agent.privileged }}';
    const go = asGo(generated(git, values, 'charts/ehr', '{{ .name }}-{{ index .path.segments 1 }}'));
    expect(await told(new TestFolder({ ...files, 'apps/ehr.yaml': go }))).toEqual([
      'apps/ehr.yaml:17 privileged-container Only with prod-prod (Argo CD).',
    ]);
  });

  it('has what matrix and merge combine, as far as files tell', async () => {
    const list = (elements: string) => `list: { elements: ${elements} }`;
    const combined = (kind: string, generators: readonly string[], more = '') =>
      `- ${kind}:\n    generators:\n${generators.map((each) => `      - ${each}\n`).join('')}${more}`;
    const helm = 'values: |\n  privileged: {{on}}';
    const git = 'git: { directories: [{ path: charts/* }] }';
    const envs = '[{ env: dev, on: "false" }, { env: prod, on: "true" }]';
    const keys = '    mergeKeys: [env]\n';
    for (const [generators, found] of [
      [combined('matrix', [git, list(envs)]), 'ehr-prod (Argo CD)'],
      [combined('matrix', [list(envs), git]), 'ehr-prod (Argo CD)'],
      [combined('matrix', [git, 'clusters: {}']), undefined],
      [
        combined('merge', [list(envs), list('[{ env: dev, on: "true" }]')], keys),
        'dev (Argo CD), prod (Argo CD)',
      ],
      [combined('merge', [list(envs), 'clusters: {}'], keys), undefined],
    ] as const) {
      const name = generators.includes('git') ? '{{path.basename}}-{{env}}' : '{{env}}';
      const text = generated(generators, helm, 'charts/ehr', name);
      const [message] = await told(new TestFolder({ ...CHART, 'apps/ehr.yaml': text }));
      expect(message?.replace(/^.* Only with (.*)\.$/, '$1'), generators).toBe(found);
    }
  });

  it('has what a patch of its template changes, unless that brings values', async () => {
    const files = {
      ...CHART,
      'charts/ehr/values-dev.yaml': 'privileged: false\n',
      'charts/ehr/values-prod.yaml': 'privileged: true\n',
    };
    const patch = (source: string) =>
      asGo(set('releaseName: ehr', `  templatePatch: |\n    spec:\n      source:\n${source}`)).replace(
        "'ehr-{{env}}'",
        "'ehr-{{.env}}'",
      );
    const withFiles = patch(
      '        helm:\n          valueFiles:\n          {{- if eq .env "prod" }}\n            - values-{{ .env }}.yaml\n          {{- end }}\n',
    );
    expect(await told(new TestFolder({ ...files, 'apps/ehr.yaml': withFiles }))).toEqual([
      `charts/ehr/values-prod.yaml:1 ${ONLY_WITH}`,
    ]);
    const withValues = patch('        helm: { values: "privileged: true" }\n');
    expect(await told(new TestFolder({ ...CHART, 'apps/ehr.yaml': withValues }))).toEqual([]);
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
