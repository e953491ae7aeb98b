import { isControlPlanePod } from '../../analysis/control-plane/static-pod.ts';
import type { ServiceAccountFact } from '../../analysis/facts.ts';
import type { World } from '../../analysis/world.ts';
import { imagesOf, isInvalidImage, parseImageReference, type UsedImage } from '../../kubernetes/images.ts';
import { type Pod, serviceAccountOf } from '../../kubernetes/pods.ts';
import { needsPullSecret } from '../../kubernetes/registries.ts';
import { set } from '../../syntax/edit/operations.ts';
import { objectsOf, setIn } from '../related-objects.ts';
import { defineRule, type Fix } from '../rule.ts';

/** Stands for the name of a Secret that only the author knows. */
const PLACEHOLDER = 'replace-with-your-pull-secret';

/**
 * A pod that pulls from a private registry while neither it nor its ServiceAccount names credentials. Registries that know the nodes of their
 * own cloud need none. A ServiceAccount that is not in view may have them, and so may the nodes; this is advice.
 *
 * Source: https://kubernetes.io/docs/concepts/containers/images/#using-a-private-registry.
 */
export const imagePullSecretMissing = defineRule({
  id: 'image-pull-secret-missing',
  meta: {
    title: 'No credentials for a private registry',
    safeguard: 'integrity',
    rationale:
      'A pod that needs no credentials runs on a registry open to all, or on credentials that every pod of the node shares. Either way nobody decides which workloads get the images that handle ePHI.',
    remediation:
      'Name a Secret of type kubernetes.io/dockerconfigjson in imagePullSecrets of the ServiceAccount or of the pod.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(d)'],
      nist: ['AC-3', 'IA-9'],
      urls: [
        'https://kubernetes.io/docs/concepts/containers/images/#using-a-private-registry',
        'https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/',
      ],
    },
    severity: 'information',
    scope: 'workspace',
    messages: {
      missing:
        'This pod pulls from {registry} without credentials of its own, so the registry or every pod of the node is open to images that handle ePHI. Name imagePullSecrets on the pod or its ServiceAccount.',
    },
  },
  pod(pod, { report, world }) {
    if (isControlPlanePod(pod)) return;
    const registry = imagesOf(pod).flatMap(registryWithCredentials)[0];
    const accounts = registry === undefined ? [] : accountsOf(pod, world);
    if (registry === undefined || hasPullSecret(pod, accounts, world)) return;
    report({
      at: pod.spec,
      missing: ['imagePullSecrets'],
      messageId: 'missing',
      data: { registry },
      relatedObjects: objectsOf(
        accounts.map((account) => ({ ...account, kind: 'ServiceAccount' })),
        'The account names none either.',
      ),
      confidence: 'low',
      fixes: [
        {
          title: 'Add imagePullSecrets, to be named by you',
          applicability: 'review',
          operations: [set([...pod.spec.path, 'imagePullSecrets'], [{ name: PLACEHOLDER }])],
        },
        ...accounts.slice(0, 1).map(onAccount),
      ],
    });
  },
});

/** For all pods of the account. */
function onAccount(account: ServiceAccountFact): Fix {
  const object = { ...account, kind: 'ServiceAccount' };
  return {
    title: `Add them to ServiceAccount "${account.name}", for all of its pods`,
    applicability: 'review',
    operations: [setIn(object, ['imagePullSecrets'], [{ name: PLACEHOLDER }])],
  };
}

function registryWithCredentials({ text }: UsedImage): string[] {
  const image = parseImageReference(text);
  return !isInvalidImage(image) && needsPullSecret(image.registry) ? [image.registry] : [];
}

/** Also true when a ServiceAccount that is not in view, or is not ours to know, may have one. */
function hasPullSecret(pod: Pod, accounts: readonly ServiceAccountFact[], world: World): boolean {
  const own = pod.spec.get('imagePullSecrets');
  if (own !== undefined && !own.isNull && own.items.length > 0) return true;
  if (accounts.length > 0) return accounts.some(({ imagePullSecrets }) => imagePullSecrets);
  return !world.complete || accountOf(pod) !== 'default';
}

function accountsOf(pod: Pod, world: World): ServiceAccountFact[] {
  return world
    .matching('service-account', 'name', accountOf(pod))
    .filter(({ namespace }) => sameNamespace(namespace, pod.workload.namespace));
}

function accountOf(pod: Pod): string {
  return serviceAccountOf(pod)?.text ?? 'default';
}

/** A manifest without a namespace goes wherever it is applied. */
function sameNamespace(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}
