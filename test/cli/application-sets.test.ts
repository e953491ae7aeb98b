import { describe, expect, it } from 'vitest';
import { networkPolicyMissing } from '../../server/src/rules/network-segmentation/network-policy-missing.ts';
import { CHART, ONLY_WITH, POLICY, told, WORKLOAD } from '../support/applications.ts';
import { TestFolder } from '../support/command-line.ts';

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
