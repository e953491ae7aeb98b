import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION } from '../../server/src/engine/configuration.ts';
import { rules } from '../../server/src/rules/index.ts';
import type { ChartChecking } from '../../server/src/workspace/chart-repairs.ts';
import { ContainedChecker } from '../../server/src/workspace/contained-checker.ts';
import { WorkspaceChart } from '../../server/src/workspace/workspace-chart.ts';
import { TODAY } from '../support/check-text.ts';
import { loadKubernetesSchemas } from '../support/schemas.ts';

const FOLDER = 'file:///work/chart';
const schemas = await loadKubernetesSchemas();

const WORKLOAD = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "name" . }}-NAME
  labels: {{- include "labels" . | nindent 4 }}
spec:
  replicas: {{ .Values.replicas }}
  selector: { matchLabels: {{ include "labels" . | fromYaml | toJson }} }
  template:
    metadata:
      labels: {{- include "labels" . | nindent 8 }}
    spec:
      {{- with .Values.pod }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
      {{- $tag := .Values.image.tag | default "latest" }}
      containers:
        - name: main
          image: {{ printf "%s:%s" .Values.image.repository $tag | quote }}
          securityContext: {{- toYaml .Values.securityContext | nindent 12 }}
          env:
            - { name: LOG_LEVEL, value: {{ .Values.level | quote }} }
            {{- range $name, $value := .Values.env }}
            - name: {{ $name }}
              value: {{ tpl $value $ | quote }}
            {{- end }}
---
apiVersion: v1
kind: Service
metadata: { name: {{ include "name" . }}-NAME }
spec:
  type: {{ .Values.service }}
  selector: { matchLabels: {{ include "labels" . | fromYaml | toJson }} }
  ports: [{ port: {{ .Values.port }} }]
`;

const FILES: Readonly<Record<string, string>> = {
  'Chart.yaml': 'apiVersion: v2\nname: clinic\nversion: 1.0.0\n',
  'values.yaml': `replicas: 2
image: { repository: registry.example.com/portal, tag: "" }
pod:
  hostNetwork: false
  automountServiceAccountToken: true
securityContext:
  # kube-safeguards-ignore privileged-container: It is a test.
  privileged: true
  readOnlyRootFilesystem: true
level: info
service: LoadBalancer
port: 8443
env:
  DATABASE: postgres://portal:secret@db.example.com/portal
  URL: "http://{{ .Values.level }}.example.com"
`,
  'values-prod.yaml': 'replicas: 3\nsecurityContext: { privileged: false }\n',
  'templates/_helpers.tpl': `{{- define "name" }}{{ .Release.Name }}-{{ .Chart.Name }}{{ end }}
{{- define "labels" -}}
app: {{ include "name" . }}
level: {{ .Values.level }}
{{- end }}
`,
  'templates/web.yaml': WORKLOAD.replaceAll('NAME', 'web'),
  'templates/worker.yaml': WORKLOAD.replaceAll('NAME', 'worker'),
  'templates/policy.yaml': `{{- if .Values.pod.hostNetwork }}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: all }
spec: { podSelector: {}, policyTypes: [Ingress] }
{{- end }}
`,
};

/** Words of the files, and what stands for them after an edit. */
const WORDS: readonly (readonly [file: string, from: RegExp, to: string])[] = [
  ...['3', '11', '"2"', 'many'].map((to) => ['values.yaml', /^replicas: .*/m, `replicas: ${to}`] as const),
  ...['true', 'false'].map((to) => ['values.yaml', /privileged: .*/, `privileged: ${to}`] as const),
  ...['true', 'false'].map((to) => ['values.yaml', /hostNetwork: .*/, `hostNetwork: ${to}`] as const),
  ...['1.27', 'latest', ''].map((to) => ['values.yaml', /tag: "[^"]*"/, `tag: "${to}"`] as const),
  ...['debug', 'info'].map((to) => ['values.yaml', /level: .*/, `level: ${to}`] as const),
  ...['NodePort', 'ClusterIP'].map((to) => ['values.yaml', /service: .*/, `service: ${to}`] as const),
  ['values.yaml', /^env:$/m, 'env:\n  MORE: "1"'],
  ['values.yaml', /\n {2}MORE: "1"/, ''],
  ['values.yaml', /port: .*/, 'port: 80'],
  ['values.yaml', /postgres:.*/, 'postgres://db.example.com/portal?sslmode=disable'],
  ['values.yaml', /^/, '# a comment\n'],
  ['values-prod.yaml', /replicas: 3/, 'replicas: 4'],
  ['values-prod.yaml', /privileged: false/, 'privileged: true'],
  ['templates/web.yaml', /name: main/, 'name: first'],
  ['templates/web.yaml', /replicas: .*/, 'replicas: 1'],
  ['templates/worker.yaml', /type: .*/, 'type: LoadBalancer'],
  ['templates/_helpers.tpl', /level: .*/, 'level: none'],
  ['templates/_helpers.tpl', /app: /, 'tier: back\napp: '],
];

function newChecking(): ChartChecking {
  const onFailure = (name: string, error: unknown) => {
    throw new Error(name, { cause: error });
  };
  const configuration = { ...DEFAULT_CONFIGURATION, helm: { valueSets: { prod: ['values-prod.yaml'] } } };
  const contained = new ContainedChecker({ rules, schemas, configuration, today: TODAY }, onFailure);
  return { contained, configuration, today: TODAY };
}

/** All that is told of a chart once nobody types. */
function told(chart: WorkspaceChart, checking: ChartChecking) {
  while (chart.isPartial) chart.completeOne(checking);
  const { checked, failures } = chart.check(checking, true);
  const findings = checked.findings.map(({ file, finding, related, occurrences }) => ({
    ...{ file, related, shows: occurrences.map(({ checked: { derived } }) => derived.name) },
    ...{ ...finding, allowance: undefined },
  }));
  return { failures, findings };
}

describe('a chart that is edited', () => {
  it('is found to be what it is when it is read for the first time', { timeout: 120_000 }, () => {
    const checking = newChecking();
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 6 }), (edits) => {
        const files = new Map(Object.entries(FILES));
        const chart = new WorkspaceChart(FOLDER, new Map(files));
        let version = 0;
        const open = (file: string) => chart.setOpen(file, ++version, () => files.get(file) ?? '');
        open('values.yaml');
        chart.check(checking, true);
        for (const [file, from, to] of edits) {
          files.set(file, (files.get(file) ?? '').replace(from, to));
          open(file);
          chart.check(checking, true);
          const fresh = new WorkspaceChart(FOLDER, new Map(files));
          expect(told(chart, checking)).toEqual(told(fresh, checking));
        }
      }),
      { numRuns: 40, seed: 20261122 },
    );
  });

  it('says the same when it has let documents go', { timeout: 120_000 }, () => {
    const checking = newChecking();
    const edits = fc.array(
      fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(0, 0, 20_000, 1e9), fc.boolean()),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    // Whether a suppression covers anything shows where all documents are at hand.
    const findingsOf = (chart: WorkspaceChart) =>
      told(chart, checking).findings.filter(({ rule }) => rule !== 'suppression-invalid');
    fc.assert(
      fc.property(edits, (steps) => {
        const files = new Map(Object.entries(FILES));
        const chart = new WorkspaceChart(FOLDER, new Map(files));
        let version = 0;
        const open = (file: string) => chart.setOpen(file, ++version, () => files.get(file) ?? '');
        open('values.yaml');
        chart.check(checking, true);
        for (const [[file, from, to], bytes, isAtHand] of steps) {
          const kept = chart.keepWithin(bytes, isAtHand);
          if (!isAtHand) expect(kept).toBeLessThanOrEqual(bytes);
          files.set(file, (files.get(file) ?? '').replace(from, to));
          open(file);
          chart.check(checking, true);
          const fresh = new WorkspaceChart(FOLDER, new Map(files));
          expect(findingsOf(chart)).toEqual(findingsOf(fresh));
        }
      }),
      { numRuns: 25, seed: 20261122 },
    );
  });

  it('repairs what it has let go of', () => {
    const checking = newChecking();
    const files = new Map(Object.entries(FILES)).set(
      'values-prod.yaml',
      'securityContext: { allowPrivilegeEscalation: true }\n',
    );
    const repairsOf = (bytes: number, isAtHand: boolean) => {
      const chart = new WorkspaceChart(FOLDER, files);
      chart.setOpen('values.yaml', 1, () => files.get('values.yaml') ?? '');
      const shown = chart.check(checking, true).checked.findings.map(({ finding }) => finding);
      chart.keepWithin(bytes, isAtHand);
      return shown.flatMap((finding) => {
        const found = chart.findingOf(finding);
        return found === undefined ? [] : chart.repairs(found).map(({ offer, plan }) => [offer.title, plan]);
      });
    };
    const all = repairsOf(1e9, true);
    expect(all.length).toBeGreaterThan(10);
    expect(repairsOf(0, true)).toEqual(all);
    expect(repairsOf(0, false)).toEqual(all);
  });
});
