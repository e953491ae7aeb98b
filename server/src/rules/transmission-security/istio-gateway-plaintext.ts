import type { Resource } from '../../kubernetes/resource.ts';
import { set } from '../../syntax/edit/operations.ts';
import type { Value } from '../../syntax/values.ts';
import { defineRule } from '../rule.ts';

/** Protocols of a port that carry clear text. */
export const REDIRECTABLE: ReadonlySet<string> = new Set(['HTTP', 'HTTP2']);
export const CLEAR_TEXT: ReadonlySet<string> = new Set([
  'GRPC',
  'GRPC-WEB',
  'TCP',
  'MONGO',
  'MYSQL',
  'REDIS',
]);
export const ENCRYPTED: ReadonlySet<string> = new Set(['HTTPS', 'TLS']);

/**
 * A server of an Istio Gateway that takes clear text, or whose TLS mode is not said: the default passes TLS on unread, whatever certificate
 * stands beside it.
 *
 * Source: https://istio.io/latest/docs/reference/config/networking/gateway/ (Server, Port, ServerTLSSettings).
 */
export const istioGatewayPlaintext = defineRule({
  id: 'istio-gateway-plaintext',
  meta: {
    title: 'Istio Gateway server without TLS',
    safeguard: 'transmission-security',
    rationale:
      'What comes in over a server without TLS, or goes out over one, crosses the network in clear text: ePHI, passwords and cookies. Mutual TLS inside of the mesh does not protect the way to it.',
    remediation:
      'Set tls.httpsRedirect on servers for HTTP; give every other server tls with a mode and a credential, or PASSTHROUGH where the program terminates TLS itself.',
    references: {
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
      nist: ['SC-8', 'SC-13'],
      urls: ['https://istio.io/latest/docs/reference/config/networking/gateway/'],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      noRedirect:
        'A server of Gateway "{name}" takes plain HTTP on port {port} without a redirect to HTTPS: clients send ePHI and cookies in clear text. Set tls.httpsRedirect.',
      clearText:
        'A server of Gateway "{name}" takes {protocol} on port {port} without TLS: ePHI crosses the network in clear text. Add tls with a mode and a credential.',
      noMode:
        'A server of Gateway "{name}" speaks {protocol} on port {port} but names no TLS mode, which means PASSTHROUGH: no certificate of the Gateway protects ePHI. Set tls.mode.',
    },
  },
  resource: {
    kinds: ['Gateway'],
    check(gateway, { report }) {
      if (gateway.group !== 'networking.istio.io') return;
      for (const server of gateway.spec?.get('servers')?.items ?? []) {
        const found = problemOf(server);
        if (found !== undefined) report({ ...found, data: dataOf(gateway, server) });
      }
    },
  },
});

function dataOf(gateway: Resource, server: Value) {
  const port = server.get('port');
  return {
    name: gateway.name,
    protocol: port?.get('protocol')?.text ?? '',
    port: port?.get('number')?.text ?? '',
  };
}

function problemOf(server: Value) {
  const protocol = server.at(['port', 'protocol']);
  const name = protocol?.text?.toUpperCase() ?? '';
  const mode = server.at(['tls', 'mode']);
  if (protocol === undefined || mode?.text !== undefined) return undefined;
  if (REDIRECTABLE.has(name)) return redirectProblem(server, protocol);
  if (CLEAR_TEXT.has(name)) return { at: protocol, messageId: 'clearText' as const };
  return ENCRYPTED.has(name) ? modeProblem(server) : undefined;
}

function redirectProblem(server: Value, protocol: Value) {
  if (server.at(['tls', 'httpsRedirect'])?.boolean === true) return undefined;
  return {
    at: protocol,
    messageId: 'noRedirect' as const,
    fixes: [
      {
        title: 'Redirect to HTTPS',
        applicability: 'review' as const,
        operations: [set([...server.path, 'tls', 'httpsRedirect'], true)],
      },
    ],
  };
}

/** A credential says that the Gateway is to end TLS. */
function modeProblem(server: Value) {
  const tls = server.get('tls');
  const hasCredential = ['credentialName', 'credentialNames', 'serverCertificate'].some((key) =>
    tls?.has([key]),
  );
  const fix = {
    title: 'Set mode: SIMPLE',
    applicability: 'review' as const,
    operations: [set([...server.path, 'tls', 'mode'], 'SIMPLE')],
  };
  return {
    at: server,
    missing: ['tls', 'mode'],
    messageId: 'noMode' as const,
    fixes: hasCredential ? [fix] : [],
  };
}
