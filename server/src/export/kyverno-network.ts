import { type KyvernoPolicy, type Lookup, listIn, refusal, selects } from './kyverno-policy.ts';

const NETWORKING = 'networking.k8s.io/v1';
const ADMIN = 'policy.networking.k8s.io/v1alpha1';

/** Policies of plug-ins, and of the cluster's administrators, that may be about a pod: they are not read, so that they speak for it. */
const OTHER_POLICIES: readonly Lookup[] = [
  ['ciliums', listIn('cilium.io/v2', 'ciliumnetworkpolicies')],
  ['clusterwides', '/apis/cilium.io/v2/ciliumclusterwidenetworkpolicies'],
  ['calicos', listIn('crd.projectcalico.org/v1', 'networkpolicies')],
  ['globals', '/apis/crd.projectcalico.org/v1/globalnetworkpolicies'],
  ['calicos3', listIn('projectcalico.org/v3', 'networkpolicies')],
  ['globals3', '/apis/projectcalico.org/v3/globalnetworkpolicies'],
  ['admins', `/apis/${ADMIN}/adminnetworkpolicies`],
  ['baselines', `/apis/${ADMIN}/baselineadminnetworkpolicies`],
].map(([name = '', path = '']) => ({ name, path, take: 'items[].metadata.name', isOptional: true }));

/** What the API server fills in where a policy does not say its types. */
const TYPES = "policyTypes || (length(egress || `[]`) > `0` && ['Ingress', 'Egress']) || ['Ingress']";

/**
 * A pod that no policy selects. Policies come first, therefore; since whatever makes pods tries again, they may as well come after that.
 *
 * Source: https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
 */
export const WITHOUT_NETWORK_POLICY: KyvernoPolicy = {
  rule: 'network-policy-missing',
  beyond:
    'pods where Cilium, Calico or administrators of the cluster have policies, in their namespace or in all, which are not read',
  spec: (action, namespaces) => ({
    background: false,
    rules: [
      refusal(action, namespaces, {
        name: 'selected',
        kinds: ['Pod'],
        onlyNew: true,
        lookups: [
          {
            name: 'types',
            path: listIn(NETWORKING, 'networkpolicies'),
            take: `items[?${selects('spec.podSelector')}].spec.[${TYPES}][][] || \`[]\``,
          },
          ...OTHER_POLICIES,
        ],
        when: "request.object.spec.hostNetwork != `true` && !(contains(types, 'Ingress') && contains(types, 'Egress'))",
        condition: `length([${OTHER_POLICIES.map(({ name }) => name).join(', ')}][]) == \`0\``,
        message:
          'network-policy-missing: no NetworkPolicy limits who connects to this pod, or where it sends to. Add one that selects it, or a default-deny policy, for both directions (45 CFR 164.312(e)(1)).',
      }),
    ],
  }),
};
