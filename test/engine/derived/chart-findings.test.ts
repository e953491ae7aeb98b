import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION } from '../../../server/src/engine/configuration.ts';
import { type CheckedChart, checkChart } from '../../../server/src/engine/derived/chart-check.ts';
import { ChartSource } from '../../../server/src/engine/derived/chart-source.ts';
import { valueSetsOf } from '../../../server/src/engine/derived/value-sets.ts';
import { isActive } from '../../../server/src/engine/finding.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { checkerFor, TODAY } from '../../support/check-text.ts';

const CHART = 'apiVersion: v2\nname: clinic\nversion: 0.1.0\nappVersion: 1.2.3\n';

/** A container of a Deployment, from the keys below it. */
const deployment = (container: string, pod = '') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: portal
spec:
  selector: {matchLabels: {app: portal}}
  template:
    metadata: {labels: {app: portal}}
    spec:
${pod}      containers:
        - name: portal
${container}`;

type Files = Readonly<Record<string, string>>;

function check(files: Files): CheckedChart {
  const source = new ChartSource(new Map(Object.entries({ 'Chart.yaml': CHART, ...files })));
  return checkChart(source, valueSetsOf(source.files.keys()), {
    checker: checkerFor({ rules }),
    configuration: DEFAULT_CONFIGURATION,
    today: TODAY,
  });
}

/** Where the active findings of a rule are: `file: flagged line`, with the flagged text between «». */
function places(rule: string, files: Files): string[] {
  return check(files)
    .findings.filter(({ finding }) => finding.rule === rule && isActive(finding))
    .map(({ file, finding: { range } }) => {
      const text = { 'Chart.yaml': CHART, ...files }[file] ?? '';
      const start = text.lastIndexOf('\n', range.start - 1) + 1;
      const end = text.indexOf('\n', range.end);
      const [before, flagged, after] = [
        text.slice(start, range.start),
        text.slice(range.start, range.end),
        text.slice(range.end, end === -1 ? text.length : end),
      ];
      return `${file}: ${`${before}«${flagged}»${after}`.trim()}`;
    });
}

const SECURITY_CONTEXT = `          securityContext:
            {{- toYaml .Values.securityContext | nindent 12 }}
`;

describe('a finding of a chart', () => {
  const cases: { name: string; rule: string; files: Files; places: string[] }[] = [
    {
      name: 'stands at the line of values.yaml that a block was printed from',
      rule: 'privilege-escalation',
      files: {
        'templates/a.yaml': deployment(SECURITY_CONTEXT),
        'values.yaml': 'securityContext:\n  privileged: false\n  allowPrivilegeEscalation: true\n',
      },
      places: ['values.yaml: allowPrivilegeEscalation: «true»'],
    },
    {
      name: 'of a missing key stands at the values that feed the block',
      rule: 'privilege-escalation',
      files: {
        'templates/a.yaml': deployment(SECURITY_CONTEXT),
        'values.yaml': 'securityContext:\n  privileged: false\n',
      },
      places: ['values.yaml: «securityContext»:'],
    },
    {
      name: 'of a missing key stands at the values that feed the block, should they be empty',
      rule: 'privilege-escalation',
      files: {
        'templates/a.yaml': deployment(SECURITY_CONTEXT),
        'values.yaml': 'securityContext: {}\n',
      },
      places: ['values.yaml: «securityContext»: {}'],
    },
    {
      name: 'of a missing key stands at the value that leaves its block out',
      rule: 'privilege-escalation',
      files: {
        'templates/a.yaml': deployment(`          {{- with .Values.container.securityContext }}
          securityContext:
            {{- toYaml . | nindent 12 }}
          {{- end }}
`),
        'values.yaml': 'container:\n  securityContext: {}\n',
      },
      places: ['values.yaml: «securityContext»: {}'],
    },
    {
      name: 'of a missing key stands in the template where no value has to do with it',
      rule: 'privilege-escalation',
      files: { 'templates/a.yaml': deployment('          image: a.example/b:1\n') },
      places: ['templates/a.yaml: «- name: portal»'],
    },
    {
      name: 'stands in the template where the text is written there',
      rule: 'privilege-escalation',
      files: {
        'templates/a.yaml': deployment(
          '          securityContext: {allowPrivilegeEscalation: true} # {{ .Release.Name }}\n',
        ),
      },
      places: ['templates/a.yaml: securityContext: {allowPrivilegeEscalation: «true»} # {{ .Release.Name }}'],
    },
    {
      name: 'stands in the helper that wrote the text, however it was indented',
      rule: 'privilege-escalation',
      files: {
        'templates/a.yaml': deployment('          {{- include "sc" . | nindent 10 }}\n'),
        'templates/_helpers.tpl':
          '{{ define "sc" -}}\nsecurityContext:\n  allowPrivilegeEscalation: true\n{{- end }}\n',
      },
      places: ['templates/_helpers.tpl: allowPrivilegeEscalation: «true»'],
    },
    {
      name: 'stands at the value that decides about the entry',
      rule: 'host-namespaces',
      files: {
        'templates/a.yaml': deployment(
          '',
          '      {{- if .Values.useHostNetwork }}\n      hostNetwork: true\n      {{- end }}\n',
        ),
        'values.yaml': 'useHostNetwork: true\n',
      },
      places: ['values.yaml: «useHostNetwork»: true'],
    },
    {
      name: 'stands at the part of an image that its repair changes',
      rule: 'image-public-registry',
      files: {
        'templates/a.yaml': deployment(
          '          image: "{{ .Values.registry }}/{{ .Values.repository }}:{{ .Chart.AppVersion }}"\n',
        ),
        'values.yaml': 'registry: docker.io\nrepository: library/nginx\n',
      },
      places: ['values.yaml: registry: «docker.io»'],
    },
    {
      name: 'is told once for all that a helper feeds',
      rule: 'privilege-escalation',
      files: {
        'templates/a.yaml': `${deployment(SECURITY_CONTEXT)}---\n${deployment(SECURITY_CONTEXT).replace('name: portal', 'name: other')}`,
        'templates/b.yaml': deployment(SECURITY_CONTEXT).replace('name: portal', 'name: third'),
        'values.yaml': 'securityContext: {privileged: false}\n',
      },
      places: ['values.yaml: «securityContext»: {privileged: false}'],
    },
    {
      name: 'of a dependency from a repository stands at its values in the parent',
      rule: 'privilege-escalation',
      files: {
        'Chart.yaml': `${CHART}dependencies:\n  - {name: db, version: 1.0.0, repository: "https://charts.example.com"}\n`,
        'values.yaml': 'db:\n  persistence: true\n',
        'charts/db/Chart.yaml': CHART.replace('clinic', 'db').replace('0.1.0', '1.0.0'),
        'charts/db/values.yaml': 'securityContext: {privileged: false}\n',
        'charts/db/templates/a.yaml': deployment(SECURITY_CONTEXT),
      },
      places: ['values.yaml: «db»:'],
    },
    {
      name: 'of a dependency from a repository stands at its declaration where no value helps',
      rule: 'privilege-escalation',
      files: {
        'Chart.yaml': `${CHART}dependencies:\n  - {name: db, version: 1.0.0, repository: "https://charts.example.com"}\n`,
        'charts/db/Chart.yaml': CHART.replace('clinic', 'db').replace('0.1.0', '1.0.0'),
        'charts/db/templates/a.yaml': deployment('          image: a.example/b:1\n'),
      },
      places: ['Chart.yaml: - «{name: db, version: 1.0.0, repository: "https://charts.example.com"}»'],
    },
    {
      name: 'of an own subchart stands there',
      rule: 'privilege-escalation',
      files: {
        'charts/db/Chart.yaml': CHART.replace('clinic', 'db'),
        'charts/db/values.yaml': 'securityContext: {privileged: false}\n',
        'charts/db/templates/a.yaml': deployment(SECURITY_CONTEXT),
      },
      places: ['charts/db/values.yaml: «securityContext»: {privileged: false}'],
    },
    {
      name: 'that only some values cause stands in their file',
      rule: 'privilege-escalation',
      files: {
        'templates/a.yaml': deployment(SECURITY_CONTEXT),
        'values.yaml': 'securityContext: {allowPrivilegeEscalation: false}\n',
        'values-prod.yaml': 'securityContext: {allowPrivilegeEscalation: true}\n',
      },
      places: ['values-prod.yaml: securityContext: {allowPrivilegeEscalation: «true»}'],
    },
    {
      name: 'about a name that is put together stands where the template uses it',
      rule: 'secret-env-exposure',
      files: {
        'templates/a.yaml': deployment(
          '          envFrom:\n            - secretRef:\n                name: {{ include "name" . }}-db\n',
        ),
        'templates/_helpers.tpl':
          '{{ define "name" }}{{ printf "%s-%s" .Release.Name .Chart.Name }}{{ end }}\n',
      },
      places: ['templates/a.yaml: «name: {{ include "name" . }}-db»'],
    },
    {
      name: 'about a secret that the rendering makes is none',
      rule: 'secret-manifest-plaintext',
      files: {
        'templates/a.yaml':
          'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata:\n  password: {{ randAlphaNum 20 | b64enc }}\n',
      },
      places: [],
    },
    {
      name: 'about a secret stands at the value that somebody typed',
      rule: 'secret-manifest-plaintext',
      files: {
        'templates/a.yaml':
          'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata:\n  password: {{ .Values.db.password | b64enc }}\n',
        'values.yaml': 'db:\n  password: Sommer-Wiese-9\n',
      },
      places: ['values.yaml: password: «Sommer-Wiese-9»'],
    },
    {
      name: 'that is suppressed at its origin is not told: values',
      rule: 'privilege-escalation',
      files: {
        'templates/a.yaml': deployment(SECURITY_CONTEXT),
        'values.yaml':
          'securityContext:\n  # kube-safeguards-ignore privilege-escalation: the setup tool needs it\n  allowPrivilegeEscalation: true\n',
      },
      places: [],
    },
    {
      name: 'that is suppressed at its origin is not told: templates',
      rule: 'privilege-escalation',
      files: {
        'templates/a.yaml': deployment(
          '          securityContext:\n            {{- /* kube-safeguards-ignore privilege-escalation: the setup tool needs it */}}\n            allowPrivilegeEscalation: true\n',
        ),
      },
      places: [],
    },
  ];
  it.each(cases)('$name', ({ rule, files, places: wanted }) => {
    expect(places(rule, files)).toEqual(wanted);
  });

  it('says which values decide, and which set of values it needs', () => {
    const { findings } = check({
      'templates/a.yaml': deployment(SECURITY_CONTEXT),
      'values.yaml': 'securityContext: {allowPrivilegeEscalation: false}\n',
      'values-prod.yaml': 'securityContext: {allowPrivilegeEscalation: true}\n',
    });
    const messages = findings
      .filter(({ finding }) => finding.rule === 'privilege-escalation')
      .map(({ finding }) => finding.message);
    expect(messages).toEqual([expect.stringMatching(/Only with values-prod\.yaml\.$/)]);
  });

  it('names the places where it shows', () => {
    const { findings } = check({
      'templates/a.yaml': deployment(SECURITY_CONTEXT),
      'templates/b.yaml': deployment(SECURITY_CONTEXT).replace('name: portal', 'name: other'),
      'values.yaml': 'securityContext: {privileged: false}\n',
    });
    const found = findings.find(({ finding }) => finding.rule === 'privilege-escalation');
    expect(found?.related.map(({ file, message }) => [file, message])).toEqual([
      ['templates/a.yaml', 'Shows in Deployment "portal", made by templates/a.yaml.'],
      ['templates/b.yaml', 'Shows in Deployment "other", made by templates/b.yaml.'],
    ]);
  });
});

describe('a suppression in a chart that covers nothing', () => {
  const PRIVILEGED = 'kube-safeguards-ignore privileged-container: The device plugin needs it.';
  const POD = deployment('          securityContext: { privileged: {{ .Values.privileged }} }\n');

  it.each<{ name: string; files: Files; told: string[] }>([
    {
      name: 'is told in values and templates',
      files: {
        'values.yaml': `# ${PRIVILEGED}\nprivileged: false\n# about {{ templates }}\n`,
        'templates/a.yaml': `{{/* ${PRIVILEGED} */}}\n${POD}`,
      },
      told: [`templates/a.yaml: «{{/* ${PRIVILEGED} */}}»`, `values.yaml: «# ${PRIVILEGED}»`],
    },
    {
      name: 'is not told where it covers something, with any values',
      files: {
        'values.yaml': 'privileged: false\n',
        'values-prod.yaml': `# ${PRIVILEGED}\nprivileged: true\n`,
        'values-dev.yaml': 'privileged: false\n',
        'templates/a.yaml': POD,
      },
      told: [],
    },
    {
      name: 'is not told while something does not render',
      files: {
        'values.yaml': `# ${PRIVILEGED}\nprivileged: false\n`,
        'templates/a.yaml': POD,
        'templates/b.yaml': '{{ fail "no" }}',
      },
      told: [],
    },
    {
      name: 'is not told of a comment that one of several documents needs',
      files: {
        'values.yaml': 'pods: [true, false]\n',
        'templates/a.yaml': `{{ range $index, $privileged := .Values.pods }}
---
apiVersion: v1
kind: Pod
metadata: { name: "p{{ $index }}" }
spec:
  containers:
    - name: a
      securityContext:
        # ${PRIVILEGED}
        privileged: {{ $privileged }}
{{ end }}`,
      },
      told: [],
    },
  ])('$name', ({ files, told }) => {
    expect(places('suppression-invalid', files).sort()).toEqual(told);
  });
});
