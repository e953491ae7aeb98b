import type { PlainValue } from '../syntax/edit/operations.ts';

const IN_CEL = /resource\.(?:Get|List)\('(?:([^'/]+)\/)?[^'/]+', '([a-z]+)'/g;
const BY_PATH = /"\/(?:api|apis\/([^/"]+))\/[^/"]+(?:\/namespaces\/[^/"]+)?\/([a-z]+)/g;

/**
 * What Kyverno has to read for some policies, as the role that it adds to its own; undefined where they look nothing up.
 *
 * Source: https://kyverno.io/docs/installation/customization/#customizing-permissions
 */
export function lookupRights(policies: readonly PlainValue[]): PlainValue | undefined {
  const text = JSON.stringify(policies);
  const byGroup = new Map<string, Set<string>>();
  for (const [, group = '', plural = ''] of [...text.matchAll(IN_CEL), ...text.matchAll(BY_PATH)])
    byGroup.set(group, (byGroup.get(group) ?? new Set()).add(plural));
  if (byGroup.size === 0) return undefined;
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: {
      name: 'kube-safeguards-lookups',
      labels: {
        'app.kubernetes.io/managed-by': 'kube-safeguards',
        'rbac.kyverno.io/aggregate-to-admission-controller': 'true',
      },
    },
    rules: [...byGroup].toSorted(byName).map(([group, plurals]) => ({
      apiGroups: [group],
      resources: [...plurals].toSorted(),
      verbs: ['get', 'list'],
    })),
  };
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);
