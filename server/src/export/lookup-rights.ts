import type { PlainValue } from '../syntax/edit/operations.ts';

const IN_CEL = /resource\.(?:Get|List)\('(?:([^'/]+)\/)?[^'/]+', '([a-z]+)'/g;
const BY_PATH = /"\/(?:api|apis\/([^/"]+))\/[^/"]+(?:\/namespaces\/[^/"]+)?\/([a-z]+)/g;

/**
 * What Kyverno has to read for some policies, as roles that it adds to its own: what they look up, and of those by which it reports also what they are about. None
 * where there is nothing to read.
 *
 * Source: https://kyverno.io/docs/installation/customization/#customizing-permissions
 */
export function lookupRights(policies: readonly PlainValue[]): PlainValue[] {
  const reporting = policies.filter(reportsWhatIsThere);
  const about = reporting.flatMap(({ spec }) => spec.matchConstraints.resourceRules).flatMap(typesOf);
  return [
    ...roleOf('lookups', 'admission', ['get', 'list'], lookedUpIn(policies)),
    ...roleOf('reports', 'reports', ['get', 'list', 'watch'], [...about, ...lookedUpIn(reporting)]),
  ];
}

type Type = readonly [group: string, plural: string];
type ResourceRules = readonly { readonly apiGroups: string[]; readonly resources: string[] }[];
type Reporting = PlainValue & { spec: { matchConstraints: { resourceRules: ResourceRules } } };

const reportsWhatIsThere = (policy: PlainValue): policy is Reporting =>
  (policy as { spec: { evaluation?: { background: { enabled: boolean } } } }).spec.evaluation?.background
    .enabled === true;

const typesOf = ({ apiGroups, resources }: ResourceRules[number]): Type[] =>
  apiGroups.flatMap((group) => resources.map((plural): Type => [group, plural]));

function lookedUpIn(policies: readonly PlainValue[]): Type[] {
  const text = JSON.stringify(policies);
  return [...text.matchAll(IN_CEL), ...text.matchAll(BY_PATH)].map(([, group = '', plural = '']) => [
    group,
    plural,
  ]);
}

function roleOf(
  name: string,
  controller: string,
  verbs: readonly string[],
  types: readonly Type[],
): PlainValue[] {
  const byGroup = new Map<string, Set<string>>();
  for (const [group, plural] of types) byGroup.set(group, (byGroup.get(group) ?? new Set()).add(plural));
  if (byGroup.size === 0) return [];
  return [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: {
        name: `kube-safeguards-${name}`,
        labels: {
          'app.kubernetes.io/managed-by': 'kube-safeguards',
          [`rbac.kyverno.io/aggregate-to-${controller}-controller`]: 'true',
        },
      },
      rules: [...byGroup].toSorted(byName).map(([group, plurals]) => ({
        apiGroups: [group],
        resources: [...plurals].toSorted(),
        verbs: [...verbs],
      })),
    },
  ];
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);
