import { removalOf } from '../../kubernetes/schema/removed-apis.ts';
import { compareVersions } from '../../kubernetes/schema/versions.ts';
import { set } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

/**
 * An API version that the configured Kubernetes version no longer serves.
 *
 * Source: https://kubernetes.io/docs/reference/using-api/deprecation-guide/
 */
export const apiRemoved = defineRule({
  id: 'api-removed',
  meta: {
    title: 'API version that was removed',
    safeguard: 'authoring',
    rationale:
      'The API server does not know the object any more, so the network policy, role or workload that the manifest describes is not created. An upgrade then removes a safeguard without a word.',
    remediation: 'Use the successor; the deprecation guide says what else changes.',
    references: {
      hipaa: [],
      nist: ['CM-6', 'SI-2'],
      urls: ['https://kubernetes.io/docs/reference/using-api/deprecation-guide/'],
    },
    severity: 'warning',
    scope: 'document',
    messages: {
      replaced:
        '{kind} of {apiVersion} is gone since Kubernetes {removedIn}, so this object would not be made. Use {successor}.',
      gone: '{kind} of {apiVersion} is gone since Kubernetes {removedIn} and has no successor: this object would protect nothing.',
    },
  },
  resource: {
    check({ root, apiVersion, kind }, { report, settings }) {
      const removal = removalOf(apiVersion, kind);
      const at = root.get('apiVersion');
      if (removal === undefined || at === undefined) return;
      if (compareVersions(settings.kubernetesVersion, removal.removedIn) < 0) return;
      const { successor, removedIn, sameShape } = removal;
      const data = { kind, apiVersion, removedIn, successor: successor ?? '' };
      if (successor === undefined) {
        report({ at, messageId: 'gone', data });
        return;
      }
      // Where the shape has changed the new version alone would make the manifest wrong in another way.
      const fixes = sameShape
        ? [
            {
              title: `Use ${successor}`,
              applicability: 'safe' as const,
              operations: [set(at.path, successor)],
            },
          ]
        : [];
      report({ at, messageId: 'replaced', data, fixes });
    },
  },
});
