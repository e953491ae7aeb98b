import { celItems } from '../cel.ts';
import { type AdmissionCheck, resourceRule } from './check.ts';

const POLICIES = [resourceRule('networking.k8s.io', ['networkpolicies'])];
const TYPES = celItems('object.spec.policyTypes');
const isFor = (direction: string) => `${TYPES}.exists(t, t == '${direction}')`;

const isEmpty = (selector: string) =>
  `((!has(${selector}.matchLabels) || size(${selector}.matchLabels) == 0) && (!has(${selector}.matchExpressions) || size(${selector}.matchExpressions) == 0))`;
/** Every namespace carries its name as a label, so asking for that label asks for nothing. */
const isEveryNamespace = (selector: string) =>
  `((!has(${selector}.matchLabels) || size(${selector}.matchLabels) == 0) && (!has(${selector}.matchExpressions) || ${selector}.matchExpressions.all(e, e.key == 'kubernetes.io/metadata.name' && e.operator == 'Exists')))`;
const IS_EVERY_POD = `(has(p.namespaceSelector) && ${isEveryNamespace('p.namespaceSelector')} && (!has(p.podSelector) || ${isEmpty('p.podSelector')}))`;
const IS_EVERY_ADDRESS = "(has(p.ipBlock) && p.ipBlock.cidr.endsWith('/0'))";
const BEYOND = 'policies of Cilium and Calico, and blocks that only together hold every address';

export const NETWORK_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'network-policy-allow-all',
    on: POLICIES,
    expression: `!(size(${TYPES}) == 0 || ${isFor('Ingress')}) || ${celItems('object.spec.ingress')}.all(r, has(r.from) && size(r.from) > 0 && r.from.all(p, !${IS_EVERY_ADDRESS} && !${IS_EVERY_POD}))`,
    beyond: BEYOND,
  },
  {
    rule: 'network-policy-egress-open',
    on: POLICIES,
    expression: `!(size(${TYPES}) == 0 || ${isFor('Egress')}) || ${celItems('object.spec.egress')}.all(r, (has(r.ports) && size(r.ports) > 0) || (has(r.to) && size(r.to) > 0 && r.to.all(p, !${IS_EVERY_ADDRESS} || (has(p.ipBlock.except) && size(p.ipBlock.except) > 0))))`,
    beyond: BEYOND,
  },
];
