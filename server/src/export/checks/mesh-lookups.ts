import { hasPath } from '../cel.ts';
import { celCoverEverything } from '../cel-cidr.ts';
import { celGet } from '../cel-lookup.ts';
import { type AdmissionCheck, resourceRule } from './check.ts';

const LINKERD = 'policy.linkerd.io';
const REFERENCES = 'object.spec.requiredAuthenticationRefs';
const home = '(has(r.namespace) ? r.namespace : object.metadata.namespace)';
const network = celGet(`${LINKERD}/v1alpha1`, 'networkauthentications', home, 'r.name');
const TAKES_EVERYBODY = `[${network}].exists(n, n != null && ${hasPath('n.spec.networks')} && ${celCoverEverything('n.spec.networks.map(x, x.cidr)')})`;

/** Policies of Linkerd that ask clients for an address alone, by the networks that they refer to. */
export const MESH_LOOKUP_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'mesh-authorization-allow-all',
    part: 'networks',
    on: [resourceRule(LINKERD, ['authorizationpolicies'], ['*'])],
    looksUp: true,
    expression: `!(${hasPath('object.spec.targetRef.kind')} && object.spec.targetRef.kind in ['Server', 'Namespace'] && has(${REFERENCES}) && size(${REFERENCES}) > 0 && ${REFERENCES}.all(r, r.kind == 'NetworkAuthentication' && ${TAKES_EVERYBODY}))`,
  },
];
