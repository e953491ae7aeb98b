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
  const reporting = policies.filter((policy) => REPORTS.test(JSON.stringify(policy)));
  return [
    ...roleOf('lookups', 'admission', ['get', 'list'], lookedUpIn(policies)),
    ...roleOf(
      'reports',
      'reports',
      ['get', 'list', 'watch'],
      [...reporting.flatMap(typesAbout), ...lookedUpIn(reporting)],
    ),
  ];
}

type Type = readonly [group: string, plural: string];
const REPORTS = /"background":(?:true|\{"enabled":true)/;
const RBAC = 'rbac.authorization.k8s.io';
/** Of kinds that policies write without their group. */
const GROUPS: Readonly<Record<string, string>> = {
  Ingress: 'networking.k8s.io',
  RoleBinding: RBAC,
  ClusterRoleBinding: RBAC,
};

interface Asking {
  readonly spec: {
    readonly matchConstraints?: {
      readonly resourceRules: readonly { readonly apiGroups: string[]; readonly resources: string[] }[];
    };
    readonly rules?: readonly {
      readonly match: { readonly any: readonly { readonly resources: { readonly kinds: string[] } }[] };
    }[];
  };
}

/** What a policy is asked about, in CEL or as kinds (`group/version/Kind`). */
function typesAbout(policy: PlainValue): Type[] {
  const { matchConstraints, rules = [] } = (policy as unknown as Asking).spec;
  const kinds = rules.flatMap(({ match }) => match.any.flatMap(({ resources }) => resources.kinds));
  return [
    ...(matchConstraints?.resourceRules ?? []).flatMap(({ apiGroups, resources }) =>
      apiGroups.flatMap((group) => resources.map((plural): Type => [group, plural])),
    ),
    ...kinds.map((kind): Type => {
      const [group = '', , name = group] = kind.split('/');
      const plural = `${name.toLowerCase()}${name.endsWith('s') ? 'es' : 's'}`;
      return [name === group ? (GROUPS[kind] ?? '') : group, plural];
    }),
  ];
}

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
