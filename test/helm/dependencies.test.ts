import { describe, it } from 'vitest';
import { hasOracle } from '../support/oracle.ts';
import { CHART_YAML, chartOf, expectSame } from './support.ts';

const SHOWN =
  'name: {{ .Chart.Name }}\nvalues: {{- toYaml .Values | nindent 2 }}\nof: {{ range .Chart.Dependencies }}{{ .Name }}/{{ .Alias }}/{{ .Enabled }},{{ end }}\n';

const chartYaml = (name: string, dependencies = '') =>
  `apiVersion: v2\nname: ${name}\nversion: 0.1.0\n${dependencies === '' ? '' : `dependencies:\n${dependencies}`}`;

describe.runIf(hasOracle)('dependencies of dependencies, compared with helm', () => {
  it('leaves those of a chart that nobody declares as they are written', () =>
    expectSame(
      chartOf({ 'a.yaml': SHOWN }, 'sub:\n  x: 1\n', {
        'charts/sub/Chart.yaml': chartYaml(
          'sub',
          '- name: low\n  version: 0.1.0\n  alias: al\n  condition: off\n  import-values: [data]\n',
        ),
        'charts/sub/values.yaml': 'off: false\n',
        'charts/sub/templates/a.yaml': SHOWN,
        'charts/sub/charts/low/Chart.yaml': chartYaml('low'),
        'charts/sub/charts/low/values.yaml': 'exports: {data: {imported: true}}\n',
        'charts/sub/charts/low/templates/a.yaml': SHOWN,
      }),
    ));

  it('renders what is there twice under one name once', () =>
    expectSame(
      chartOf({ 'a.yaml': SHOWN }, 'two: {x: 1}\n', {
        'Chart.yaml': `${CHART_YAML}dependencies:\n- {name: one, version: 0.1.0, alias: two}\n`,
        'charts/one/Chart.yaml': chartYaml('one'),
        'charts/one/templates/a.yaml': SHOWN,
        'charts/two/Chart.yaml': chartYaml('two'),
        'charts/two/templates/a.yaml': `{{/* the other */}}${SHOWN}`,
      }),
    ));

  it('says which dependency cannot be loaded', async () => {
    const broken = {
      'charts/sub/Chart.yaml': chartYaml('sub'),
      'charts/sub/charts/low/Chart.yaml': chartYaml(
        'low',
        '- {name: a, version: 1}\n- {name: a, version: 1}\n',
      ),
    };
    await expectSame(chartOf({}, '', broken));
    await expectSame(chartOf({}, '', { 'charts/sub/Chart.yaml': 'name: [' }));
    await expectSame(
      chartOf({}, '', { 'charts/sub/Chart.yaml': chartYaml('sub'), 'charts/sub/values.yaml': 'a: [' }),
    );
  });

  it('says that values for a dependency are of the wrong kind', () =>
    expectSame(
      chartOf({}, 'sub: 5\n', {
        'Chart.yaml': `${CHART_YAML}dependencies:\n- {name: sub, version: 0.1.0}\n`,
        'charts/sub/Chart.yaml': chartYaml('sub'),
      }),
    ));
});
