import { describe, expect, it } from 'vitest';
import { checkChart } from '../../../server/src/engine/derived/chart-check.ts';
import { ChartFixer } from '../../../server/src/engine/derived/chart-fix.ts';
import { valueSetsOf } from '../../../server/src/engine/derived/value-sets.ts';
import { CHART_OPTIONS, type ChartFiles, chartOf, repairedChart } from '../../support/derived-charts.ts';

/** What is offered for the findings of a rule, with what it would make of the file or why it cannot be done. */
function offered(rule: string, files: ChartFiles) {
  const source = chartOf(files);
  const fixer = new ChartFixer(CHART_OPTIONS);
  const { findings } = checkChart(source, valueSetsOf(source.files.keys()), CHART_OPTIONS);
  return findings
    .filter(({ finding }) => finding.rule === rule)
    .flatMap((finding) =>
      fixer.offersFor(finding).map((offer) => ({ offer, plan: fixer.plan(finding, offer) })),
    );
}

const IGNORE = 'kube-safeguards-ignore privileged-container';
const POD = `apiVersion: v1
kind: Pod
metadata: { name: a }
spec:
  containers:
    - name: a
      securityContext: { privileged: {{ .Values.privileged }} }
`;

describe('a suppression in a chart that covers nothing', () => {
  const values = 'privileged: false\n';

  it.each<{ name: string; file?: string; before: string; after: string }>([
    {
      name: 'is removed from values, with its line',
      file: 'values.yaml',
      before: `# ${IGNORE}: It is a test.\n${values}# more\n`,
      after: `${values}# more\n`,
    },
    {
      name: 'is removed from values, behind a value',
      file: 'values.yaml',
      before: `privileged: false # ${IGNORE}: It is a test.\n`,
      after: 'privileged: false\n',
    },
    {
      name: 'is removed from a template, with its line',
      before: POD.replace('spec:', `spec:\n  {{/* ${IGNORE}: It is a test. */}}`),
      after: POD,
    },
    {
      name: 'is removed from a template, with the white space that it takes away before it',
      before: POD.replace('spec:', `spec:\n  {{- /* ${IGNORE}: It is a test. */}}`),
      after: POD,
    },
    {
      name: 'is removed from a template, with the white space that it takes away behind it',
      before: `{{/* ${IGNORE}: It is a test. */ -}}\n\n${POD}`,
      after: POD,
    },
    {
      name: 'is removed from the line that it is about',
      before: POD.replace('name: a }', `name: a } {{/* ${IGNORE}: It is a test. */}}`),
      after: POD.replace('name: a }', 'name: a } '),
    },
  ])('$name', ({ file = 'templates/a.yaml', before, after }) => {
    const files = { 'values.yaml': values, 'templates/a.yaml': POD, [file]: before };
    expect(repairedChart('suppression-invalid', files)).toEqual({ [file]: after });
  });

  it('gets a place for its reason, in the comment', () => {
    const template = `{{- /* ${IGNORE} */}}\n${POD}`;
    const files = { 'values.yaml': `# ${IGNORE}:\nprivileged: true\n`, 'templates/a.yaml': template };
    const made = offered('suppression-invalid', files)
      .filter(({ offer }) => offer.title === 'Add a place for the reason')
      .map(({ plan }) => ('refused' in plan ? plan : plan.files));
    const at = template.indexOf(' */}}');
    expect(made).toEqual([
      [
        {
          file: 'values.yaml',
          edits: [{ range: { start: 0, end: IGNORE.length + 3 }, newText: `# ${IGNORE}: <reason>` }],
        },
      ],
      [{ file: 'templates/a.yaml', edits: [{ range: { start: at, end: at }, newText: ': <reason>' }] }],
    ]);
  });
});

describe('what is typed in a template that does not render', () => {
  const broken = (container: string) => `apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name
spec:
  containers:
    - name: a
${container}`;

  it('is repaired in the text', () => {
    const files = {
      'templates/a.yaml': broken(
        '      securityContext:\n        privileged: true # for now\n        {{ toYaml .Values.more }}\n',
      ),
    };
    const fixed = files['templates/a.yaml'].replace('privileged: true', 'privileged: false');
    expect(repairedChart('privileged-container', files)).toEqual({ 'templates/a.yaml': fixed });
  });

  it('is left alone where an action would be changed with it', () => {
    const files = {
      'templates/a.yaml': broken(`      securityContext:
        capabilities:
          add: [SYS_ADMIN]
          {{- if .Values.capabilities }}
          drop: [ALL]
          {{- end }}
`),
    };
    const [first] = offered('added-capabilities', files);
    expect(first?.offer.title).toBe('Remove SYS_ADMIN');
    expect(first?.plan).toHaveProperty('refused');
    expect(repairedChart('added-capabilities', files)).toEqual({});
  });
});
