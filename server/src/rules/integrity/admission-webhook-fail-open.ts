import { type Guard, guardsOf, type Leniency, namespacesListed } from '../../analysis/admission-control.ts';
import { matchesWildcard } from '../../kubernetes/wildcards.ts';
import { remove } from '../../syntax/edit/operations.ts';
import { defineRule, type Report } from '../rule.ts';

/**
 * A guard at the API server that lets everything through while it cannot be reached (`failurePolicy: Ignore`) or always (Kyverno, Gatekeeper,
 * Kubewarden and admission policies that only take notes), or that leaves out a namespace with PHI. Webhooks for the resources of one product
 * are no guards of workloads.
 *
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#failure-policy; failurePolicy is Fail
 * unless said otherwise.
 */
export const admissionWebhookFailOpen = defineRule({
  id: 'admission-webhook-fail-open',
  meta: {
    title: 'Admission control lets violations through',
    safeguard: 'integrity',
    rationale:
      'Whoever wants to start what a policy forbids only has to wait until its webhook is down, or need not wait at all when the policy only takes notes. Safeguards of ePHI that rest on it then do not hold.',
    remediation:
      'Set failurePolicy: Fail and run the webhook on several nodes; let policies enforce once their reports are clean.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
      nist: ['AC-3', 'CM-5', 'SC-24'],
      benchmark: 'CIS Kubernetes Benchmark 5.2.1',
      urls: [
        'https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#failure-policy',
        'https://kubernetes.io/docs/concepts/security/admission-webhook-good-practices/',
      ],
    },
    severity: 'warning',
    scope: 'document',
    messages: {
      failsOpen:
        '"{name}" lets everything through whenever it cannot be asked, so what it forbids can reach namespaces with ePHI. Set failurePolicy: Fail.',
      notesOnly:
        '"{name}" only takes notes of what it should forbid, so it can reach namespaces with ePHI. Set {strict} once its reports are clean.',
      excluded:
        '"{name}" does not look at namespace "{namespace}", which holds PHI: what it forbids elsewhere can run there. Remove the exception.',
    },
  },
  resource: {
    check(resource, { report, settings }) {
      const holdsPhi = (namespace: string | undefined) =>
        settings.phi.namespaces.some((pattern) => matchesWildcard(pattern, namespace ?? ''));
      for (const guard of guardsOf(resource)) {
        const only = namespacesListed(guard, 'In');
        const isElsewhere =
          settings.phi.namespaces.length > 0 && only.length > 0 && !only.some(({ text }) => holdsPhi(text));
        if (isElsewhere) continue;
        for (const leniency of guard.leniencies) report(leniencyReport(guard, leniency));
        for (const namespace of namespacesListed(guard, 'NotIn').filter(({ text }) => holdsPhi(text))) {
          report({
            at: namespace,
            messageId: 'excluded',
            data: { name: guard.name, namespace: namespace.text ?? '' },
            fixes: [
              {
                title: 'Remove the exception',
                applicability: 'review',
                operations: [remove(namespace.path, { pruneTo: namespace.path.length - 3 })],
              },
            ],
          });
        }
      }
    },
  },
});

/** What was let through until now is refused from then on, so a person decides. */
function leniencyReport(
  { name }: Guard,
  { kind, at, missing, strict, operations }: Leniency,
): Report<'failsOpen' | 'notesOnly'> {
  return {
    at,
    ...(missing === undefined ? {} : { missing }),
    messageId: kind === 'fails-open' ? 'failsOpen' : 'notesOnly',
    data: { name, strict },
    fixes: [{ title: `Set ${strict}`, applicability: 'review', operations }],
  };
}
