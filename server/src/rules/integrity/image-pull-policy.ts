import { titleOf } from '../../analysis/pod-security/wording.ts';
import { type TagMobility, tagMobility } from '../../kubernetes/image-tags.ts';
import { imagesOf, isInvalidImage, parseImageReference } from '../../kubernetes/images.ts';
import { isPublicRegistry } from '../../kubernetes/registries.ts';
import { set } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

/**
 * A private image with a moving tag that a node runs from its cache: any pod on the node gets it without credentials (unless the kubelet
 * verifies them), and each node keeps the state of the day on which it pulled. Without a policy, `latest` is pulled always and any other tag
 * once.
 *
 * Source: https://kubernetes.io/docs/concepts/containers/images/#imagepullpolicy-defaulting and CIS 1.2, AlwaysPullImages.
 */
export const imagePullPolicy = defineRule({
  id: 'image-pull-policy',
  meta: {
    title: 'Private image with a moving tag runs from the cache',
    safeguard: 'integrity',
    rationale:
      'An image in the cache of a node is used as it is: nobody asks whether the pod may have it, nor whether the tag means another image by now. Different nodes then handle ePHI with different code.',
    remediation: 'Set imagePullPolicy: Always, or pin the image by its digest.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
      nist: ['CM-2', 'SI-7'],
      benchmark: 'CIS Kubernetes Benchmark 1.2.10 (AlwaysPullImages)',
      urls: [
        'https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy',
        'https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#alwayspullimages',
      ],
    },
    severity: 'information',
    scope: 'document',
    messages: {
      cached:
        '{subject} may run a copy of this private image that its node has cached, without asking for credentials or for what the tag means today. Set imagePullPolicy: Always.',
    },
  },
  pod(pod, { report }) {
    for (const { text, container } of imagesOf(pod)) {
      if (container === undefined) continue;
      const mobility = mobilityOfPrivate(text);
      const policy = container.value.get('imagePullPolicy');
      const effective = policy?.text ?? (mobility === 'latest' ? 'Always' : 'IfNotPresent');
      const isReadable = policy === undefined || policy.kind === 'scalar';
      if (mobility === 'fixed' || effective === 'Always' || !isReadable) continue;
      const isWritten = policy !== undefined && !policy.isNull;
      report({
        ...(isWritten ? { at: policy } : { at: container.value, missing: ['imagePullPolicy'] }),
        messageId: 'cached',
        data: { subject: titleOf(container) },
        fixes: [
          {
            title: 'Set imagePullPolicy: Always',
            applicability: 'review',
            operations: [set([...container.value.path, 'imagePullPolicy'], 'Always')],
          },
        ],
      });
    }
  },
});

/** What a private image's tag may become; what is public, pinned or unreadable counts as fixed. */
function mobilityOfPrivate(text: string): TagMobility {
  const image = parseImageReference(text);
  if (isInvalidImage(image) || image.digest !== undefined || isPublicRegistry(image.registry)) return 'fixed';
  return tagMobility(image.tag);
}
