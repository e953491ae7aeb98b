import { isControlPlanePod } from '../../analysis/control-plane/static-pod.ts';
import type { BindingFact, ServiceAccountFact } from '../../analysis/facts.ts';
import type { World } from '../../analysis/world.ts';
import { serviceAccountOf } from '../../kubernetes/pods.ts';
import { set } from '../../syntax/edit/operations.ts';
import type { Value } from '../../syntax/values.ts';
import { bindingObjects, objectOf, setIn } from '../related-objects.ts';
import { defineRule, type Fix } from '../rule.ts';

/**
 * A pod into which the ServiceAccount's token is mounted. The pod's field decides, then the ServiceAccount's; when neither says anything the
 * token is mounted.
 *
 * Source: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting
 */
export const serviceAccountTokenAutomount = defineRule({
  id: 'service-account-token-automount',
  meta: {
    title: 'ServiceAccount token mounted into the pod',
    safeguard: 'access-control',
    rationale:
      'A mounted token is a credential for the Kubernetes API that every process of the pod can read. Most services never call that API, and whoever breaks into one would act with its permissions.',
    remediation:
      'Set automountServiceAccountToken: false; where the API is needed, mount a projected token that expires.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(d)'],
      nist: ['AC-6', 'IA-5'],
      benchmark: 'CIS Kubernetes Benchmark 5.1.6',
      urls: [
        'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting',
      ],
    },
    severity: 'warning',
    scope: 'workspace',
    messages: {
      mounted:
        'Every process of {kind} "{name}" can read a token for the Kubernetes API. Set automountServiceAccountToken: false unless it needs one.',
      needed:
        '{kind} "{name}" has roles, so it may need the token that every process in it can read. Prefer a projected token that expires, mounted where it is used.',
    },
  },
  pod(pod, { report, world }) {
    const { spec, workload } = pod;
    const field = spec.get('automountServiceAccountToken');
    const account = serviceAccountOf(pod)?.text ?? 'default';
    if ((field !== undefined && field.boolean !== true) || isControlPlanePod(pod)) return;
    const known =
      field === undefined
        ? world
            .matching('service-account', 'name', account)
            .find(({ namespace }) => namespace === workload.namespace)
        : undefined;
    if (known?.automountToken === false) return;
    const bindings = bindingsOf(account, workload.namespace, world);
    const isNeeded = bindings.length > 0;
    report({
      ...(field === undefined ? { at: spec, missing: ['automountServiceAccountToken'] } : { at: field }),
      messageId: isNeeded ? 'needed' : 'mounted',
      ...(isNeeded && { severity: 'information' }),
      data: { kind: workload.kind, name: workload.name },
      relatedObjects: [
        ...(known === undefined
          ? []
          : [objectOf({ ...known, kind: 'ServiceAccount' }, 'The account lets the token be mounted.')]),
        ...bindingObjects(bindings, 'It gives the account a role.'),
      ],
      // Without the token a workload that has roles would stop working.
      fixes: isNeeded ? [] : [withoutToken(spec), ...withoutTokens(known)],
    });
  },
});

/** The bindings in view that give the ServiceAccount a role: it is then meant to call the API. */
function bindingsOf(account: string, namespace: string | undefined, world: World): BindingFact[] {
  return world
    .facts('binding')
    .filter((fact) =>
      fact.binding.subjects.some(
        (subject) =>
          subject.kind === 'ServiceAccount' &&
          subject.name === account &&
          (subject.namespace === undefined || namespace === undefined || subject.namespace === namespace),
      ),
    );
}

/** For all pods of the account. */
function withoutTokens(account: ServiceAccountFact | undefined): Fix[] {
  if (account === undefined) return [];
  return [
    {
      title: `Set it on ServiceAccount "${account.name}", for all of its pods`,
      applicability: 'review',
      operations: [setIn({ ...account, kind: 'ServiceAccount' }, ['automountServiceAccountToken'], false)],
    },
  ];
}

function withoutToken(spec: Value): Fix {
  return {
    title: 'Set automountServiceAccountToken: false',
    applicability: 'review',
    operations: [set([...spec.path, 'automountServiceAccountToken'], false)],
  };
}
