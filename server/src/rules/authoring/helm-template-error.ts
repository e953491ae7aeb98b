import { defineRule } from '../rule.ts';

/**
 * A chart that does not render, or not wholly. The engine reports it: only there are charts rendered.
 *
 * Source: https://helm.sh/docs/chart_template_guide/; the checks are those of `helm template`.
 */
export const helmTemplateError = defineRule({
  id: 'helm-template-error',
  meta: {
    title: 'Chart does not render',
    safeguard: 'authoring',
    rationale:
      'What a chart deploys is known only once it is rendered: behind an error, manifests and the safeguards in them go unchecked, and Helm installs nothing at all.',
    remediation:
      'Repair the template or the value at the marked place. Where a chart needs values to render, list a values file for it under `helm.valueSets` in the configuration.',
    references: {
      hipaa: [],
      nist: [],
      urls: [
        'https://helm.sh/docs/chart_template_guide/',
        'https://helm.sh/docs/chart_template_guide/debugging/',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      parse:
        'Helm cannot read this template: {problem}. Nothing of the chart can be installed until it is repaired.',
      execution: 'The template fails here: {problem}. What it would deploy cannot be checked.',
      limit:
        'This template is given up: {problem}. What it would deploy cannot be checked; the other templates are. Look for a loop that does not end.',
      required:
        'The chart stops here with the values at hand: {problem}. What the template would deploy is not checked; give values under helm.valueSets.',
      manifest: 'What the template writes is no manifest: {problem}. Helm refuses the chart.',
      values: 'These values cannot be used: {problem}.',
      schema: 'The values do not fit values.schema.json: {problem}.',
      dependency:
        'Dependencies are not in charts/ ({problem}), so what they deploy is not checked. Run "helm dependency build" to have it checked too.',
      chart: 'Helm cannot load this chart: {problem}.',
    },
  },
});
