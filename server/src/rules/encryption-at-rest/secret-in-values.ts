import type { Detection } from '../../detect/index.ts';
import { addComment, set } from '../../syntax/edit/operations.ts';
import type { ScalarValue, Value } from '../../syntax/values.ts';
import { type ChartValue, chartValuesIn, RELEASE_KINDS, releaseValuesIn } from '../chart-values.ts';
import { credentialsIn } from '../detection.ts';
import { defineRule, type Fix, type RuleContext } from '../rule.ts';
import { placeOf, redactFixes, shownKey } from '../sensitive-text.ts';

/**
 * A credential in the values of a Helm chart, in a file or in the object that installs the chart.
 *
 * Source: https://helm.sh/docs/chart_best_practices/values/; https://kubernetes.io/docs/concepts/security/secrets-good-practices/
 */
export const secretInValues = defineRule({
  id: 'secret-in-values',
  meta: {
    title: 'Credential in the values of a chart',
    safeguard: 'encryption-at-rest',
    rationale:
      'Values lie in version control and registries, and Helm stores them once more in the cluster with each release, where whoever may read its Secrets finds them all. A default is worse: everybody who installs the chart without changing it has the same password before their ePHI.',
    remediation:
      'Have the credential revoked where it was issued: it has been exposed. Keep the new one in a Secret that comes from a secret manager, and let the values only name that Secret (existingSecret).',
    references: {
      hipaa: ['164.312(a)(2)(iv)', '164.308(a)(5)(ii)(D)', '164.312(d)'],
      nist: ['IA-5', 'SC-28'],
      benchmark: 'CIS Kubernetes Benchmark 5.4.1',
      urls: [
        'https://kubernetes.io/docs/concepts/security/secrets-good-practices/',
        'https://helm.sh/docs/chart_template_guide/values_files/',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      credential:
        'The value {key} holds a credential in clear text: {label}. It opens ePHI to everyone who has the chart or may read its releases; replace it at its issuer and name a Secret instead.',
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

function check(
  values: readonly ChartValue[],
  text: string,
  { report, settings }: RuleContext<'credential'>,
): void {
  for (const value of values) {
    const { scalar, context } = value;
    for (const { detection, weight } of credentialsIn(scalar.decoded, scalar.path, context, settings)) {
      report({
        at: placeOf(scalar, text, detection),
        messageId: 'credential',
        data: { key: shownKey(context.keys.join('.')), label: detection.label },
        ...weight,
        fixes: fixesFor(value, detection),
      });
    }
  }
}

/** A value that is the credential is emptied; in a longer text only the credential goes. */
function fixesFor({ scalar, context }: ChartValue, detection: Detection): Fix[] {
  const isWhole = detection.start === 0 && detection.end >= scalar.decoded.trimEnd().length;
  const redact = redactFixes(scalar, detection, context, 'credentials');
  return isWhole ? [emptyFix(scalar), ...redact] : redact;
}

const NAMES_A_SECRET = /^existing\w*secret\w*$|^secret(?:name|ref)$/i;

function emptyFix(scalar: ScalarValue): Fix {
  const known = scalar.parent?.entries.find(({ key }) => NAMES_A_SECRET.test(key))?.key ?? 'existingSecret';
  const empty = set(scalar.path, '');
  // A comment would have no place in `{ password: … }`.
  if (isInFlow(scalar))
    return { title: `Empty it: use ${known}`, applicability: 'review', operations: [empty] };
  const operations = [empty, addComment(scalar.path, `Keep this in a Secret, and name that in ${known}.`)];
  return { title: `Empty it, with a note to use ${known}`, applicability: 'review', operations };
}

function isInFlow({ parent }: Value): boolean {
  return parent !== undefined && (parent.style === 'flow' || isInFlow(parent));
}
