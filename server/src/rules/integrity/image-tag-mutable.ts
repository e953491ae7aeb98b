import { tagMobility } from '../../kubernetes/image-tags.ts';
import { imagesOf, isInvalidImage, parseImageReference } from '../../kubernetes/images.ts';
import { defineRule } from '../rule.ts';

/**
 * An image named so that it can become another one overnight: without a tag, with `latest`, or (advice only) with the tag of a release line
 * or a channel. A digest settles it.
 *
 * Source: https://kubernetes.io/docs/concepts/containers/images/#image-names.
 */
export const imageTagMutable = defineRule({
  id: 'image-tag-mutable',
  meta: {
    title: 'Image can change under its name',
    safeguard: 'integrity',
    rationale:
      'Behind a moving tag, a restart can bring other programs than those that were reviewed and scanned, on one node and not on the next. Afterwards nobody can tell which code handled the ePHI.',
    remediation:
      'Name the release and its digest: registry.example.com/api:1.4.2@sha256:... (your registry and "docker buildx imagetools inspect" show the digest).',
    references: {
      hipaa: ['164.312(c)(1)'],
      nist: ['CM-2', 'SI-7'],
      benchmark: 'CIS Kubernetes Benchmark 5.5.1',
      urls: ['https://kubernetes.io/docs/concepts/containers/images/#image-names'],
    },
    severity: 'warning',
    scope: 'document',
    messages: {
      untagged:
        'This image has no tag, so each start may run other code on ePHI than was reviewed. Name a release and its digest.',
      latest:
        'This image is whatever was published last, so each start may run other code on ePHI than was reviewed. Name a release and its digest.',
      floating:
        'The tag "{tag}" may come to mean a newer build, so a restart may run other code on ePHI than was reviewed. Name a full version or add the digest.',
      invalid: 'This is no image reference: {problem}. No node can pull it.',
    },
  },
  pod(pod, { report }) {
    for (const { at, text } of imagesOf(pod)) {
      const image = parseImageReference(text);
      if (isInvalidImage(image)) {
        report({ at, messageId: 'invalid', data: { problem: image.problem } });
        continue;
      }
      const { tag, digest } = image;
      const mobility = digest === undefined ? tagMobility(tag) : 'fixed';
      if (mobility === 'latest') report({ at, messageId: tag === undefined ? 'untagged' : 'latest' });
      if (mobility === 'floating') {
        // What the tag means is the publisher's habit, which its form only hints at.
        const data = { tag: tag ?? '' };
        report({ at, messageId: 'floating', data, severity: 'information', confidence: 'medium' });
      }
    }
  },
});
