import { ADDRESS_BLOCKS, ANYTHING, IDENTITIES } from '../../analysis/mesh/open-access.ts';
import { anyOf, celIsSet, celItemsAt, celList, celText, hasPath } from '../cel.ts';
import { celCoverEverything } from '../cel-cidr.ts';
import { type AdmissionCheck, resourceRule } from './check.ts';

const of = (group: string, ...resources: string[]) => resourceRule(group, resources, ['*']);
const isTrue = (path: string) => `(${hasPath(path)} && ${path})`;

/** An operation with fields, none of which leaves anything out. */
const IS_ANY_OPERATION = `(${celIsSet('t.operation')} && t.operation.all(k, !k.startsWith('not') && k != 'ports' && t.operation[k].exists(v, v in ${celList(ANYTHING)})))`;
/** A source with fields, each of which names everybody. */
const IS_ANYBODY = `(${celIsSet('f.source')} && f.source.all(k, ${anyOf(
  `(k in ${celList(IDENTITIES)} && f.source[k].exists(v, v == '*'))`,
  `(k in ${celList(ADDRESS_BLOCKS)} && ${celCoverEverything('f.source[k]')})`,
)}))`;
const IS_OPEN_RULE = [
  `!${celIsSet('r.when')}`,
  `(!${celIsSet('r.to')} || r.to.exists(t, ${IS_ANY_OPERATION}))`,
  `(!${celIsSet('r.from')} || r.from.exists(f, ${IS_ANYBODY}))`,
].join(' && ');

const ASKS_FOR_NOTHING = `(has(object.spec.targetRef) && object.spec.targetRef.kind in ['Server', 'Namespace'] && has(object.spec.requiredAuthenticationRefs) && size(object.spec.requiredAuthenticationRefs) == 0)`;

const IS_OPEN_PERMISSION =
  "(has(p.action) && p.action == 'allow' && !has(p.jwt) && (!has(p.http) || p.http.all(k, k == 'pathPrefix' && p.http[k] == '/')))";
const IS_OPEN_SOURCE = `has(s.name) && s.name == '*' && (${celIsSet('s.permissions')} ? s.permissions.exists(p, ${IS_OPEN_PERMISSION}) : has(s.action) && s.action == 'allow')`;

export const MESH_AUTHORIZATION_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'mesh-authorization-allow-all',
    on: [of('security.istio.io', 'authorizationpolicies')],
    expression: `(${hasPath('object.spec.action')} && object.spec.action != 'ALLOW') || !${celItemsAt('object.spec.rules')}.exists(r, ${IS_OPEN_RULE})`,
    beyond: 'policies of Linkerd that come before their NetworkAuthentication: Kyverno reports them',
  },
  {
    rule: 'mesh-authorization-allow-all',
    part: 'linkerd',
    on: [of('policy.linkerd.io', 'authorizationpolicies', 'serverauthorizations')],
    expression: `!has(object.spec) || !(object.kind == ${celText('AuthorizationPolicy')} ? ${ASKS_FOR_NOTHING} : ${anyOf(
      isTrue('object.spec.client.unauthenticated'),
      isTrue('object.spec.client.meshTLS.unauthenticatedTLS'),
    )})`,
  },
  {
    rule: 'mesh-authorization-allow-all',
    part: 'consul',
    on: [of('consul.hashicorp.com', 'serviceintentions')],
    expression: `!${celItemsAt('object.spec.sources')}.exists(s, ${IS_OPEN_SOURCE})`,
  },
];
