import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkChart } from '../../../server/src/engine/derived/chart-check.ts';
import { ChartFixer, fixChart } from '../../../server/src/engine/derived/chart-fix.ts';
import { ChartSource } from '../../../server/src/engine/derived/chart-source.ts';
import { valueSetsOf } from '../../../server/src/engine/derived/value-sets.ts';
import type { FileContents } from '../../../server/src/helm/index.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { checkText } from '../../support/check-text.ts';
import {
  CHART,
  CHART_OPTIONS,
  type ChartFiles,
  chartOf,
  repairedChart,
} from '../../support/derived-charts.ts';
import { hasOracle, helmTemplate } from '../../support/oracle.ts';

const DEPLOYMENT = (container: string, name = 'portal') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
        - name: ${name}
${container}`;

const BLOCK = `          securityContext:
            {{- toYaml .Values.securityContext | nindent 12 }}
          image: a.example/b:1
`;

/** Something else that a value is used for. */
const USER = `apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {shared: "{{ .Values.shared }}"}
`;

const SHARED = {
  rule: 'privilege-escalation',
  files: {
    'templates/a.yaml': `${DEPLOYMENT('          securityContext: {allowPrivilegeEscalation: {{ .Values.shared }}}\n')}---\n${USER}`,
    'values.yaml': 'shared: true\n',
  },
};

describe('a repair', () => {
  const cases: { name: string; rule: string; files: ChartFiles; changed: Record<string, string> }[] = [
    {
      name: 'changes the value',
      rule: 'privilege-escalation',
      files: {
        'templates/a.yaml': DEPLOYMENT(BLOCK),
        'values.yaml': 'securityContext:\n  allowPrivilegeEscalation: true # for now\n',
      },
      changed: { 'values.yaml': 'securityContext:\n  allowPrivilegeEscalation: false # for now\n' },
    },
    {
      name: 'adds a missing key to the values that feed the block',
      rule: 'privilege-escalation',
      files: { 'templates/a.yaml': DEPLOYMENT(BLOCK), 'values.yaml': 'securityContext: {}\nother: 1\n' },
      changed: { 'values.yaml': 'securityContext:\n  allowPrivilegeEscalation: false\nother: 1\n' },
    },
    {
      name: 'fills the values of a block that is left out',
      rule: 'privilege-escalation',
      files: {
        'templates/a.yaml': DEPLOYMENT(`          {{- with .Values.securityContext }}
          securityContext:
            {{- toYaml . | nindent 12 }}
          {{- end }}
`),
        'values.yaml': '# of the container\nsecurityContext: {}\n',
      },
      changed: {
        'values.yaml': '# of the container\nsecurityContext:\n  allowPrivilegeEscalation: false\n',
      },
    },
    {
      name: 'sets the value that decides',
      rule: 'host-namespaces',
      files: {
        'templates/a.yaml': DEPLOYMENT('').replace(
          '      containers',
          '      {{- if .Values.useHostNetwork }}\n      hostNetwork: true\n      {{- end }}\n      containers',
        ),
        'values.yaml': 'useHostNetwork: true\n',
      },
      changed: { 'values.yaml': 'useHostNetwork: false\n' },
    },
    {
      name: 'gives a value that templates have a default for',
      rule: 'image-pull-policy',
      files: {
        'templates/a.yaml': DEPLOYMENT(
          '          image: a.example/b:latest\n          imagePullPolicy: {{ .Values.image.pullPolicy | default "IfNotPresent" }}\n',
        ),
        'values.yaml': 'image:\n  repository: b\n',
      },
      changed: { 'values.yaml': 'image:\n  repository: b\n  pullPolicy: Always\n' },
    },
    {
      name: 'replaces text of the template',
      rule: 'privilege-escalation',
      files: {
        'templates/a.yaml': DEPLOYMENT(
          '          securityContext:\n            allowPrivilegeEscalation: true\n          image: "{{ .Values.image }}"\n',
        ),
        'values.yaml': 'image: a.example/b:1\n',
      },
      changed: {
        'templates/a.yaml': DEPLOYMENT(
          '          securityContext:\n            allowPrivilegeEscalation: false\n          image: "{{ .Values.image }}"\n',
        ),
      },
    },
    {
      name: 'inserts lines into the template, as deep as the lines around them',
      rule: 'privilege-escalation',
      files: {
        'templates/a.yaml': DEPLOYMENT('          image: "{{ .Values.image }}"\n'),
        'values.yaml': 'image: a.example/b:1\n',
      },
      changed: {
        'templates/a.yaml': DEPLOYMENT(
          '          image: "{{ .Values.image }}"\n          securityContext:\n            allowPrivilegeEscalation: false\n',
        ),
      },
    },
    {
      name: 'inserts lines into a helper, as deep as they stand there',
      rule: 'privilege-escalation',
      files: {
        'templates/a.yaml': DEPLOYMENT('          {{- include "container" . | nindent 10 }}\n'),
        'templates/_helpers.tpl':
          '{{- define "container" -}}\nimage: a.example/b:1\nresources:\n  limits: {{ toJson .Values.limits }}\n{{- end }}\n',
        'values.yaml': 'limits: {memory: 1Gi}\n',
      },
      changed: {
        'templates/_helpers.tpl':
          '{{- define "container" -}}\nimage: a.example/b:1\nsecurityContext:\n  allowPrivilegeEscalation: false\nresources:\n  limits: {{ toJson .Values.limits }}\n{{- end }}\n',
      },
    },
    {
      name: 'of all that a helper feeds is one edit',
      rule: 'privilege-escalation',
      files: {
        'templates/a.yaml': DEPLOYMENT(BLOCK),
        'templates/b.yaml': DEPLOYMENT(BLOCK, 'other'),
        'values.yaml': 'securityContext: {privileged: false}\n',
      },
      changed: { 'values.yaml': 'securityContext: {privileged: false, allowPrivilegeEscalation: false}\n' },
    },
    {
      name: 'overrides the values of a dependency from a repository',
      rule: 'privilege-escalation',
      files: {
        'Chart.yaml': `${CHART}dependencies:\n  - {name: db, version: 0.1.0, repository: "https://charts.example.com"}\n`,
        'values.yaml': 'db:\n  persistence: true\n',
        'charts/db/Chart.yaml': CHART.replace('clinic', 'db'),
        'charts/db/values.yaml': 'securityContext: {privileged: false}\n',
        'charts/db/templates/a.yaml': DEPLOYMENT(BLOCK),
      },
      changed: {
        'values.yaml': 'db:\n  persistence: true\n  securityContext:\n    allowPrivilegeEscalation: false\n',
      },
    },
    {
      name: 'writes names of the release as the template does',
      rule: 'default-service-account',
      files: {
        'templates/a.yaml': DEPLOYMENT('          image: a.example/b:1\n', '{{ .Release.Name }}-portal'),
      },
      changed: {
        'templates/a.yaml': `${DEPLOYMENT(
          '          image: a.example/b:1\n',
          '{{ .Release.Name }}-portal',
        ).replace(
          '      containers',
          '      serviceAccountName: {{ .Release.Name }}-portal\n      containers',
        )}---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ .Release.Name }}-portal
automountServiceAccountToken: false
`,
      },
    },
    {
      name: 'removes a line of the template where its value has other users',
      rule: 'host-namespaces',
      files: {
        'templates/a.yaml': `${DEPLOYMENT('').replace('      containers', '      hostNetwork: {{ .Values.shared }}\n      containers')}---\n${USER}`,
        'values.yaml': 'shared: true\n',
      },
      changed: { 'templates/a.yaml': `${DEPLOYMENT('')}---\n${USER}` },
    },
    { name: 'is not done where it would change something else as well', ...SHARED, changed: {} },
  ];
  it.each(cases)('$name', ({ rule, files, changed }) => {
    expect(repairedChart(rule, files)).toEqual(changed);
  });

  it('that cannot be proven is refused with a reason', () => {
    const source = chartOf(SHARED.files);
    const { findings } = checkChart(source, valueSetsOf(source.files.keys()), CHART_OPTIONS);
    const found = findings.find(({ finding }) => finding.rule === SHARED.rule);
    const fixer = new ChartFixer(CHART_OPTIONS);
    const plans = found === undefined ? [] : fixer.offersFor(found).map((offer) => fixer.plan(found, offer));
    expect(plans).toEqual([{ refused: expect.stringMatching(/nothing else/) }]);
  });
});

const CLINIC = join(import.meta.dirname, '../../../examples/clinic/charts/patient-portal');

describe.runIf(hasOracle)('a repaired chart', () => {
  it('passes as the real helm renders it', async () => {
    const files = new Map<string, FileContents>();
    for (const entry of readdirSync(CLINIC, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile())
        files.set(path.slice(CLINIC.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8'));
    }
    const rendered = async () => (await helmTemplate(source.files)).stdout;
    const found = (text: string) => [
      ...new Set(checkText(text, { rules, isolated: true }).map(({ finding }) => finding.rule)),
    ];
    const source = new ChartSource(files);
    const before = found(await rendered());
    expect(before.length).toBeGreaterThan(12);
    fixChart(source, valueSetsOf(files.keys()), CHART_OPTIONS, 'all');
    const repairedText = await rendered();
    const after = found(repairedText);
    // What nobody can repair but a person: a registry of one's own, a release of the image.
    expect(after).toEqual(['image-public-registry', 'image-tag-mutable']);
    // Two repairs that need the same Secret add it once.
    const objects = repairedText
      .split(/^---$/m)
      .map((text) => [...text.matchAll(/^(?:kind| {2}name): .*$/gm)].join(' '));
    expect(objects.filter((object, index) => objects.indexOf(object) !== index)).toEqual([]);
    expect(objects.filter((object) => object.includes('kind: Secret'))).toHaveLength(2);
  });
});
