import { READS_NAMED_SECRETS, SHARED_ACCOUNT } from './kyverno-access.ts';
import { CERTIFICATE_BY_HAND } from './kyverno-certificates.ts';
import {
  OUTSIDE_OF_MESH,
  WITHOUT_ACCESS_LOG,
  WITHOUT_AUTHORIZATION,
  WITHOUT_MUTUAL_TLS,
} from './kyverno-mesh.ts';
import { WITHOUT_NETWORK_POLICY } from './kyverno-network.ts';
import {
  failureAction,
  type KyvernoPolicy,
  NOT_ASKED,
  OF_KUBERNETES,
  WITHOUT_PHI,
} from './kyverno-policy.ts';
import { CLUSTER_WIDE_BINDING, LOG_KEEPERS } from './kyverno-roles.ts';
import { EXPOSED_TOOL, TOOL_BESIDE_PHI } from './kyverno-tools.ts';

export const KYVERNO_POLICIES: readonly KyvernoPolicy[] = [
  {
    // An object cannot be refused for want of another one: it is made, which an action that only tells must not do.
    // Source: https://kyverno.io/docs/policy-types/cluster-policy/generate/
    rule: 'namespace-default-deny-missing',
    spec: (action, namespaces) =>
      action !== 'deny'
        ? undefined
        : {
            rules: [
              {
                name: 'default-deny',
                match: {
                  any: [
                    {
                      resources: {
                        kinds: ['Namespace'],
                        ...(namespaces.length > 0 && { names: [...namespaces] }),
                      },
                    },
                  ],
                },
                exclude: { any: [OF_KUBERNETES, WITHOUT_PHI] },
                generate: {
                  apiVersion: 'networking.k8s.io/v1',
                  kind: 'NetworkPolicy',
                  name: 'default-deny',
                  namespace: '{{request.object.metadata.name}}',
                  synchronize: true,
                  data: { spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } },
                },
              },
            ],
          },
  },
  {
    // CEL in the API server has no clock.
    // Source: https://kyverno.io/docs/policy-types/cluster-policy/jmespath/#time_since
    rule: 'access-review-overdue',
    onlyReports: true,
    spec: () => ({
      background: true,
      rules: [
        {
          name: 'review-is-recent',
          match: {
            any: [
              {
                resources: {
                  kinds: ['RoleBinding', 'ClusterRoleBinding'],
                  annotations: { 'kube-safeguards.io/access-review': '?*' },
                },
              },
            ],
          },
          exclude: { any: NOT_ASKED },
          validate: {
            failureAction: 'Audit',
            message:
              'access-review-overdue: the review of this access is older than 92 days (45 CFR 164.308(a)(4)).',
            deny: {
              conditions: {
                all: [
                  {
                    key: "{{ time_since('2006-01-02', request.object.metadata.annotations.\"kube-safeguards.io/access-review\", '') }}",
                    // Of the ninety-third day and later: the review itself has no time of day.
                    operator: 'GreaterThanOrEquals',
                    value: '2232h',
                  },
                ],
              },
            },
          },
        },
      ],
    }),
  },
  {
    // Whether a token is mounted hangs on the ServiceAccount, too, which CEL in the API server cannot look up.
    // Source: https://kyverno.io/docs/policy-types/cluster-policy/external-data-sources/#variables-from-kubernetes-api-server-calls
    rule: 'service-account-token-automount',
    spec: (action, namespaces) => ({
      background: false,
      rules: [
        {
          name: 'no-token',
          match: {
            any: [
              {
                resources: {
                  kinds: ['Pod'],
                  operations: ['CREATE'],
                  ...(namespaces.length > 0 && { namespaces: [...namespaces] }),
                },
              },
            ],
          },
          exclude: { any: NOT_ASKED },
          context: [
            {
              name: 'account',
              apiCall: {
                urlPath:
                  "/api/v1/namespaces/{{ request.namespace }}/serviceaccounts/{{ request.object.spec.serviceAccountName || 'default' }}",
                jmesPath: '{ automount: automountServiceAccountToken }',
              },
            },
            ...['/namespaces/{{ request.namespace }}/rolebindings', '/clusterrolebindings'].map(
              (list, index) => ({
                name: `holders${index}`,
                apiCall: {
                  urlPath: `/apis/rbac.authorization.k8s.io/v1${list}`,
                  jmesPath:
                    "items[].subjects[] | [?kind == 'ServiceAccount'].join('/', [namespace || '', name])",
                },
              }),
            ),
          ],
          preconditions: {
            all: [
              {
                key: '{{ request.object.spec.automountServiceAccountToken == `null` && account.automount != `false` }}',
                operator: 'Equals',
                value: true,
              },
              {
                // Whoever has roles is meant to call the API.
                key: "{{ contains([holders0, holders1][], join('/', [request.namespace, request.object.spec.serviceAccountName || 'default'])) }}",
                operator: 'Equals',
                value: false,
              },
            ],
          },
          validate: {
            failureAction: failureAction(action),
            message:
              'service-account-token-automount: set automountServiceAccountToken: false on the pod or its ServiceAccount (45 CFR 164.312(a)(1)).',
            deny: {},
          },
        },
      ],
    }),
  },
  READS_NAMED_SECRETS,
  SHARED_ACCOUNT,
  WITHOUT_NETWORK_POLICY,
  OUTSIDE_OF_MESH,
  WITHOUT_MUTUAL_TLS,
  WITHOUT_AUTHORIZATION,
  WITHOUT_ACCESS_LOG,
  TOOL_BESIDE_PHI,
  EXPOSED_TOOL,
  CERTIFICATE_BY_HAND,
  CLUSTER_WIDE_BINDING,
  LOG_KEEPERS,
];
