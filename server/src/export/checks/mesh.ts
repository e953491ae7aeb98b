import {
  CLEAR_TEXT,
  ENCRYPTED,
  REDIRECTABLE,
} from '../../rules/transmission-security/istio-gateway-plaintext.ts';
import { celIsSet, celItems, celList, celMatches } from '../cel.ts';
import { type AdmissionCheck, resourceRule } from './check.ts';

const ANY_VERSION = ['*'];
const istio = (resource: string, group = 'networking.istio.io') =>
  resourceRule(group, [resource], ANY_VERSION);
const lower = (texts: Iterable<string>) => celList([...texts].map((text) => text.toLowerCase()));
const isNamed = (texts: Iterable<string>) => `s.port.protocol.lowerAscii() in ${lower(texts)}`;
const SERVERS = celItems('object.spec.servers');

/** A source that names everybody and nothing else, not even somebody who is left out. */
const IS_ANYBODY =
  "(has(f.source) && f.source.all(k, k in ['principals', 'namespaces'] && f.source[k].exists(w, w == '*')))";

export const MESH_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'istio-gateway-plaintext',
    on: [istio('gateways')],
    expression: `${SERVERS}.all(s, !has(s.port) || !has(s.port.protocol) || (has(s.tls) && has(s.tls.mode)) || (!(${isNamed(CLEAR_TEXT)}) && !(${isNamed(ENCRYPTED)}) && (!(${isNamed(REDIRECTABLE)}) || (has(s.tls) && has(s.tls.httpsRedirect) && s.tls.httpsRedirect))))`,
  },
  {
    rule: 'mesh-mtls-not-strict',
    on: [istio('peerauthentications', 'security.istio.io')],
    expression: `!has(object.spec) || (object.metadata.namespace == 'istio-system' && has(object.spec.selector)) || (!(has(object.spec.mtls) && has(object.spec.mtls.mode) && object.spec.mtls.mode in ['PERMISSIVE', 'DISABLE']) && !(has(object.spec.selector) && has(object.spec.portLevelMtls) && object.spec.portLevelMtls.exists(k, 'mode' in object.spec.portLevelMtls[k] && object.spec.portLevelMtls[k].mode in ['PERMISSIVE', 'DISABLE'])))`,
    beyond: 'modes that are left unset, and the settings of Linkerd and Consul',
  },
  {
    rule: 'mesh-tls-disabled',
    on: [istio('destinationrules')],
    expression: `!(${celMatches('object.spec.host', '\\.svc(\\.|$)|\\.local$')} && !${celMatches('object.spec.host', '^kubernetes\\.default\\.')} && has(object.spec.trafficPolicy) && has(object.spec.trafficPolicy.tls) && has(object.spec.trafficPolicy.tls.mode) && object.spec.trafficPolicy.tls.mode == 'DISABLE')`,
    beyond: 'ports and subsets, hosts whose kind other objects tell, and annotations that go past the mesh',
  },
  {
    rule: 'mesh-authorization-allow-all',
    on: [istio('authorizationpolicies', 'security.istio.io')],
    expression: `(has(object.spec.action) && object.spec.action != 'ALLOW') || !${celItems('object.spec.rules')}.exists(r, !${celIsSet('r.to')} && !${celIsSet('r.when')} && (!${celIsSet('r.from')} || r.from.exists(f, ${IS_ANYBODY})))`,
    beyond: 'operations that are anything, blocks of addresses, and the policies of Linkerd and Consul',
  },
  {
    rule: 'mesh-access-log-disabled',
    on: [istio('telemetries', 'telemetry.istio.io')],
    expression: `!${celItems('object.spec.accessLogging')}.exists(l, has(l.disabled) && l.disabled && !(has(l.match) && has(l.match.mode) && l.match.mode == 'CLIENT'))`,
    beyond: 'the settings of the meshes themselves',
  },
];
