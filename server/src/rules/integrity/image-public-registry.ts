import { imageName, imagesOf, isInvalidImage, parseImageReference } from '../../kubernetes/images.ts';
import { isAllowedImage, isPublicRegistry, mirroredReferences } from '../../kubernetes/registries.ts';
import { set } from '../../syntax/edit/operations.ts';
import type { Value } from '../../syntax/values.ts';
import { defineRule, type Fix } from '../rule.ts';
import type { RuleSettings } from '../settings.ts';

/**
 * An image that is pulled straight from a public registry, or from outside the list of allowed registries where there is one.
 *
 * Source: CIS Kubernetes Benchmark 5.5.1, image provenance; NIST SP 800-190, 4.2.
 */
export const imagePublicRegistry = defineRule({
  id: 'image-public-registry',
  meta: {
    title: 'Image from a public registry',
    safeguard: 'integrity',
    rationale:
      'What a public registry serves is decided by others, who can replace or remove it at any time. Only a registry of your own, which scans and keeps what it serves, makes sure that the programs that handle ePHI are the ones you chose.',
    remediation:
      'Copy the image to a registry of your own and pull it from there. Name your registries in images.allowedRegistries of the configuration, and mirrors in images.mirrors for a quick fix.',
    references: {
      hipaa: ['164.312(c)(1)', '164.308(a)(5)(ii)(B)'],
      nist: ['SR-3', 'CM-7'],
      benchmark: 'CIS Kubernetes Benchmark 5.5.1',
      urls: [
        'https://kubernetes.io/docs/concepts/containers/images/',
        'https://doi.org/10.6028/NIST.SP.800-190',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      public:
        'This image comes from {registry}, a public registry: others decide what it serves, and so what handles ePHI. Pull it from a registry of your own.',
      notAllowed:
        'This image comes from {registry}, which is not among the allowed registries: nobody has approved what then handles ePHI. Pull it from an allowed registry.',
    },
  },
  pod(pod, { report, settings: { images } }) {
    for (const { at, text } of imagesOf(pod)) {
      const image = parseImageReference(text);
      if (isInvalidImage(image)) continue;
      const problem = problemOf(text, images);
      if (problem === undefined) continue;
      report({
        at,
        messageId: problem,
        data: { registry: image.registry === 'docker.io' ? 'Docker Hub' : image.registry },
        fixes: mirroredReferences(image, images.mirrors)
          .filter((mirrored) => problemOf(mirrored, images) === undefined)
          .map((mirrored) => mirrorFix(at, mirrored)),
      });
    }
  },
});

type ImageSettings = RuleSettings['images'];

function problemOf(text: string, { allowedRegistries }: ImageSettings): 'public' | 'notAllowed' | undefined {
  const image = parseImageReference(text);
  if (isInvalidImage(image)) return undefined;
  if (allowedRegistries.length === 0) return isPublicRegistry(image.registry) ? 'public' : undefined;
  return isAllowedImage(image, allowedRegistries) ? undefined : 'notAllowed';
}

/** The mirror serves the same image, but nodes may need credentials for it. */
function mirrorFix(at: Value, mirrored: string): Fix {
  const image = parseImageReference(mirrored);
  const name = isInvalidImage(image) ? mirrored : imageName(image);
  return {
    title: `Pull ${name} instead`,
    applicability: 'review',
    operations: [set(at.path, mirrored)],
  };
}
