import { type ChartValue, chartValuesIn, RELEASE_KINDS, releaseValuesIn } from '../chart-values.ts';
import { phiIn } from '../detection.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { placeOf, redactFixes, shownKey } from '../sensitive-text.ts';

/**
 * An identifier of a person in the values of a Helm chart, in a file or in the object that installs the chart.
 *
 * Source: 45 CFR 164.514(b)(2)(i), the eighteen identifiers; https://helm.sh/docs/chart_template_guide/values_files/
 */
export const phiInValues = defineRule({
  id: 'phi-in-values',
  meta: {
    title: 'PHI in the values of a chart',
    safeguard: 'phi-exposure',
    rationale:
      'Values are kept with the chart, in version control and registries, and Helm stores them once more in the cluster with each release. What identifies a person there is copied to all of these places, and into whatever the templates make of it.',
    remediation:
      'Move records of persons into the system that is meant for them, and test data to values that were made up. What has to be configured and identifies a person comes from a Secret that the chart refers to.',
    references: {
      hipaa: ['164.312(a)(1)', '164.502(b)', '164.514(b)(2)'],
      nist: ['AC-3', 'SC-28', 'PT-7'],
      urls: [
        'https://helm.sh/docs/chart_template_guide/values_files/',
        'https://www.hhs.gov/hipaa/for-professionals/special-topics/de-identification/index.html',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      phi: 'The value {key} holds PHI: {label} ({masked}). It goes into version control and into every release; remove it.',
    },
  },
  values(values, context) {
    check(chartValuesIn(values), values.text, context);
  },
  resource: {
    kinds: RELEASE_KINDS,
    check(release, context) {
      check(releaseValuesIn(release), release.document.text, context);
    },
  },
});

function check(values: readonly ChartValue[], text: string, { report, settings }: RuleContext<'phi'>): void {
  for (const { scalar, context } of values) {
    for (const { detection, weight } of phiIn(scalar.decoded, scalar.path, context, settings)) {
      report({
        at: placeOf(scalar, text, detection),
        messageId: 'phi',
        data: { key: shownKey(context.keys.join('.')), label: detection.label, masked: detection.masked },
        ...weight,
        fixes: redactFixes(scalar, detection, context, 'phi'),
      });
    }
  }
}
