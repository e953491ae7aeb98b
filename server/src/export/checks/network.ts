import { CALICO_PEER_FIELDS } from '../../analysis/network/calico.ts';
import { EVERYBODY } from '../../analysis/network/cilium.ts';
import { anyOf, celIsSet, celItems, celList, celMatches } from '../cel.ts';
import { celCoverEverything, celIsEverything } from '../cel-cidr.ts';
import { type AdmissionCheck, resourceRule } from './check.ts';

const POLICIES = [resourceRule('networking.k8s.io', ['networkpolicies'])];
const TYPES = celItems('object.spec.policyTypes');
const isFor = (direction: string) => `${TYPES}.exists(t, t == '${direction}')`;

/** Every namespace carries its name as a label, so asking for that label asks for nothing. */
const isEveryNamespace = (selector: string) =>
  `(!${celIsSet(`${selector}.matchLabels`)} && ${celItems(`${selector}.matchExpressions`)}.all(e, e.key == 'kubernetes.io/metadata.name' && e.operator == 'Exists'))`;
const isEmpty = (selector: string) =>
  `(!${celIsSet(`${selector}.matchLabels`)} && !${celIsSet(`${selector}.matchExpressions`)})`;
const IS_EVERY_POD = `(!has(p.ipBlock) && has(p.namespaceSelector) && ${isEveryNamespace('p.namespaceSelector')} && (!has(p.podSelector) || ${isEmpty('p.podSelector')}))`;
const HAS_EXCEPTIONS = celIsSet('p.ipBlock.except');
const coverEverything = (peers: string) =>
  celCoverEverything(`${peers}.filter(p, has(p.ipBlock)).map(p, p.ipBlock.cidr)`);

const CILIUM = [
  resourceRule('cilium.io', ['ciliumnetworkpolicies', 'ciliumclusterwidenetworkpolicies'], ['*']),
];
const CILIUM_SPECS = `((has(object.spec) ? [object.spec] : []) + ${celItems('object.specs')})`;
const entities = (...kinds: string[]) =>
  celList(Object.keys(EVERYBODY).filter((entity) => kinds.includes(EVERYBODY[entity] ?? '')));
const CILIUM_FROM = anyOf(
  `${celItems('r.fromEntities')}.exists(e, e in ${entities('every-address', 'every-pod')})`,
  `${celItems('r.fromCIDR')}.exists(c, ${celIsEverything('c')})`,
  `${celItems('r.fromCIDRSet')}.exists(c, has(c.cidr) && ${celIsEverything('c.cidr')})`,
);
const CILIUM_TO = anyOf(
  `${celItems('r.toEntities')}.exists(e, e in ${entities('every-address')})`,
  `${celItems('r.toCIDR')}.exists(c, ${celIsEverything('c')})`,
  `${celItems('r.toCIDRSet')}.exists(c, has(c.cidr) && !has(c.except) && ${celIsEverything('c.cidr')})`,
);

const CALICO = ['projectcalico.org', 'crd.projectcalico.org'].map((group) =>
  resourceRule(group, ['networkpolicies', 'globalnetworkpolicies'], ['*']),
);
/** Without `types`, the rules that are there tell; ingress alone when there are none. */
const isCalicoFor = (direction: string, byRules: string) =>
  `has(object.spec) && (has(object.spec.types) ? object.spec.types.exists(t, t.lowerAscii() == '${direction}') : ${byRules})`;
const isAll = (selector: string) => celMatches(selector, '^\\s*(all\\(\\s*\\))?\\s*$');
const hasNone = (side: string, fields: readonly string[]) =>
  `!(${fields.map((field) => `has(${side}.${field})`).join(' || ')})`;
const isOpenCalicoRule = (side: string, ...more: string[]) =>
  `has(r.action) && r.action == 'Allow' && ${anyOf(
    `!has(${side})`,
    `${celItems(`${side}.nets`)}.exists(n, ${celIsEverything('n')})`,
    hasNone(side, CALICO_PEER_FIELDS),
    ...more,
  )}`;
const EVERY_CALICO_POD = [
  `has(r.source.namespaceSelector) && ${isAll('r.source.namespaceSelector')}`,
  `(!has(r.source.selector) || ${isAll('r.source.selector')})`,
  hasNone(
    'r.source',
    CALICO_PEER_FIELDS.filter((field) => field !== 'namespaceSelector' && field !== 'selector'),
  ),
].join(' && ');
const ON_EVERY_PORT = `!has(r.protocol) && (!has(r.destination) || ${hasNone('r.destination', ['ports', 'notPorts', 'notNets'])})`;

export const NETWORK_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'network-policy-allow-all',
    on: POLICIES,
    expression: `!(size(${TYPES}) == 0 || ${isFor('Ingress')}) || ${celItems('object.spec.ingress')}.all(r, ${celIsSet('r.from')} && !r.from.exists(p, ${IS_EVERY_POD}) && !${coverEverything('r.from')})`,
  },
  {
    rule: 'network-policy-allow-all',
    part: 'cilium',
    on: CILIUM,
    expression: `!${CILIUM_SPECS}.exists(s, ${celItems('s.ingress')}.exists(r, ${CILIUM_FROM}))`,
  },
  {
    rule: 'network-policy-allow-all',
    part: 'calico',
    on: CALICO,
    expression: `!(${isCalicoFor('ingress', '!has(object.spec.egress) || has(object.spec.ingress)')} && ${celItems('object.spec.ingress')}.exists(r, ${isOpenCalicoRule('r.source', EVERY_CALICO_POD)}))`,
  },
  {
    rule: 'network-policy-egress-open',
    on: POLICIES,
    expression: `!(size(${TYPES}) == 0 || ${isFor('Egress')}) || ${celItems('object.spec.egress')}.all(r, ${celIsSet('r.ports')} || (${celIsSet('r.to')} && !r.to.exists(p, has(p.ipBlock) && ${celIsEverything('p.ipBlock.cidr')} && !${HAS_EXCEPTIONS}) && (r.to.exists(p, has(p.ipBlock) && ${HAS_EXCEPTIONS}) || !${coverEverything('r.to')})))`,
  },
  {
    rule: 'network-policy-egress-open',
    part: 'cilium',
    on: CILIUM,
    expression: `!${CILIUM_SPECS}.exists(s, ${celItems('s.egress')}.exists(r, !has(r.toPorts) && !has(r.icmps) && ${CILIUM_TO}))`,
  },
  {
    rule: 'network-policy-egress-open',
    part: 'calico',
    on: CALICO,
    expression: `!(${isCalicoFor('egress', 'has(object.spec.egress)')} && ${celItems('object.spec.egress')}.exists(r, ${ON_EVERY_PORT} && ${isOpenCalicoRule('r.destination')}))`,
  },
];
