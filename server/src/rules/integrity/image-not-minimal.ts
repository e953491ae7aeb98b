import { distributionOf } from '../../kubernetes/distributions.ts';
import { imagesOf, isInvalidImage, parseImageReference } from '../../kubernetes/images.ts';
import { defineRule } from '../rule.ts';

/**
 * An image that is, by its name, a whole Linux distribution or Windows Server.
 *
 * Source: NIST SP 800-190, 4.1.1 and 4.1.2: minimal base images, no more than the program needs.
 */
export const imageNotMinimal = defineRule({
  id: 'image-not-minimal',
  meta: {
    title: 'Image of a whole distribution',
    safeguard: 'integrity',
    rationale:
      'A whole distribution brings shells, package managers and hundreds of libraries that the program never uses. Each is something to patch, and a tool for whoever breaks in to get at ePHI.',
    remediation:
      'Build on a minimal image: distroless, Chiseled Ubuntu, Wolfi, Alpine, or scratch for static programs.',
    references: {
      hipaa: ['164.308(a)(5)(ii)(B)', '164.312(c)(1)'],
      nist: ['CM-7', 'SI-2'],
      urls: ['https://doi.org/10.6028/NIST.SP.800-190'],
    },
    severity: 'information',
    scope: 'document',
    messages: {
      distribution:
        'This image is a whole {distribution}, with shells and libraries that help an intruder to reach ePHI and must all be patched. Build on a minimal image.',
    },
  },
  pod(pod, { report }) {
    for (const { at, text, container } of imagesOf(pod)) {
      const image = parseImageReference(text);
      // A debugging container is there for its tools.
      if (isInvalidImage(image) || container?.type === 'ephemeralContainer') continue;
      const distribution = distributionOf(image);
      if (distribution === undefined) continue;
      report({ at, messageId: 'distribution', data: { distribution }, confidence: 'medium' });
    }
  },
});
