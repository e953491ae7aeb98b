import { HOW_TO_SPEAK } from '../../rules/transmission-security/gateway-plaintext-listener.ts';
import {
  CLEAR_TEXT,
  ENCRYPTED,
  REDIRECTABLE,
} from '../../rules/transmission-security/istio-gateway-plaintext.ts';
import { anyOf, celIsSet, celItemsAt, celList, celMatches, hasAnnotation, hasPath } from '../cel.ts';
import { type AdmissionCheck, resourceRule } from './check.ts';

const gatewaysOf = (group: string) => [resourceRule(group, ['gateways'], ['*'])];
const isNamed = (texts: Iterable<string>) =>
  `s.port.protocol.lowerAscii() in ${celList([...texts].map((text) => text.toLowerCase()))}`;

/** Certificates that stand elsewhere: in options or parameters of the implementation. */
const HAS_CERTIFICATES = anyOf(
  hasAnnotation('networking.gke.io/certmap'),
  hasPath('object.spec.infrastructure.parametersRef'),
  `(has(l.tls) && ${anyOf(
    "(has(l.tls.mode) && l.tls.mode == 'Passthrough')",
    celIsSet('l.tls.certificateRefs'),
    `(has(l.tls.options) && l.tls.options.exists(k, !${celMatches('k.lowerAscii()', HOW_TO_SPEAK.source)}))`,
  )})`,
);

export const GATEWAY_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'istio-gateway-plaintext',
    on: gatewaysOf('networking.istio.io'),
    expression: `${celItemsAt('object.spec.servers')}.all(s, !has(s.port) || !has(s.port.protocol) || (has(s.tls) && has(s.tls.mode)) || (!(${isNamed(CLEAR_TEXT)}) && !(${isNamed(ENCRYPTED)}) && (!(${isNamed(REDIRECTABLE)}) || (has(s.tls) && has(s.tls.httpsRedirect) && s.tls.httpsRedirect))))`,
  },
  {
    rule: 'gateway-plaintext-listener',
    on: gatewaysOf('gateway.networking.k8s.io'),
    expression: `${celItemsAt('object.spec.listeners')}.all(l, !(l.protocol in ['TCP', 'UDP']) && (!(l.protocol in ['HTTPS', 'TLS']) || ${HAS_CERTIFICATES}))`,
    beyond: 'listeners for HTTP, of which other objects tell whether their routes only redirect',
  },
];
