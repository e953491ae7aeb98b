import { GATEWAY_API, type GatewayRouteFact, routesOf } from '../../analysis/tls/gateway-routes.ts';
import type { World } from '../../analysis/world.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { insert, type PlainValue, set } from '../../syntax/edit/operations.ts';
import type { Value } from '../../syntax/values.ts';
import { objectOf, setIn } from '../related-objects.ts';
import { type AddDocumentOperation, defineRule, type Fix, type Report } from '../rule.ts';

/**
 * A listener of a Gateway that takes clear text: HTTP that no route redirects to HTTPS, TCP or UDP, or TLS without a certificate.
 *
 * Source: https://gateway-api.sigs.k8s.io/guides/tls/ and https://gateway-api.sigs.k8s.io/guides/http-redirect-rewrite/
 */
export const gatewayPlaintextListener = defineRule({
  id: 'gateway-plaintext-listener',
  meta: {
    title: 'Gateway listener without TLS',
    safeguard: 'transmission-security',
    rationale:
      'A listener without TLS sends ePHI, passwords and cookies between the client and the cluster in clear text. Whoever is on the way reads and changes them.',
    remediation:
      'Give the Gateway an HTTPS or TLS listener with certificateRefs, and attach to the HTTP listener nothing but an HTTPRoute that redirects to https.',
    references: {
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
      nist: ['SC-8', 'SC-13'],
      urls: [
        'https://gateway-api.sigs.k8s.io/guides/tls/',
        'https://gateway-api.sigs.k8s.io/guides/http-redirect-rewrite/#http-to-https-redirects',
      ],
    },
    severity: 'error',
    scope: 'workspace',
    messages: {
      serving:
        'Listener "{listener}" of Gateway "{name}" serves {route} by plain HTTP: ePHI and session cookies cross the network in clear text. Attach the route to an HTTPS listener and redirect from this one.',
      noRedirect:
        'Listener "{listener}" of Gateway "{name}" takes plain HTTP, and no HTTPRoute redirects it to HTTPS: clients may send ePHI in clear text. Add the redirect.',
      clearText:
        'Listener "{listener}" of Gateway "{name}" passes {protocol} on without TLS, and {protocol} cannot be redirected: ePHI crosses the network in clear text. Use a TLS listener.',
      noCertificate:
        'Listener "{listener}" of Gateway "{name}" has no certificate, so it cannot encrypt ePHI. Name the Secret in certificateRefs.',
    },
  },
  resource: {
    kinds: ['Gateway'],
    check(gateway, { report, world }) {
      if (gateway.group !== GATEWAY_API) return;
      for (const listener of gateway.spec?.get('listeners')?.items ?? []) {
        const found = problemOf(gateway, listener, world);
        if (found === undefined) continue;
        const data = { listener: listener.get('name')?.text ?? '', name: gateway.name, ...found.data };
        report({ ...found, data });
      }
    },
  },
});

type MessageId = 'serving' | 'noRedirect' | 'clearText' | 'noCertificate';

function problemOf(gateway: Resource, listener: Value, world: World): Report<MessageId> | undefined {
  const protocol = listener.get('protocol');
  switch (protocol?.text) {
    case 'HTTP':
      return httpProblem(gateway, listener, protocol, world);
    case 'TCP':
    case 'UDP':
      return {
        at: protocol,
        messageId: 'clearText',
        data: { protocol: protocol.text },
        fixes: protocol.text === 'TCP' ? [encryptFix(gateway, listener, 'TLS')] : [],
      };
    case 'HTTPS':
    case 'TLS':
      return certificateProblem(gateway, listener);
    default:
      return undefined;
  }
}

function httpProblem(
  gateway: Resource,
  listener: Value,
  at: Value,
  world: World,
): Report<MessageId> | undefined {
  const routes = routesOf(gateway, listener, world);
  const serving = routes.find(({ onlyRedirects }) => !onlyRedirects);
  const encrypt = encryptFix(gateway, listener, 'HTTPS');
  if (serving !== undefined) {
    return {
      at,
      messageId: 'serving',
      data: { route: `route "${serving.name}"` },
      relatedObjects: [objectOf(serving, 'The route is served by this listener.')],
      fixes: [encrypt, ...moveFixes(gateway, listener, serving)],
    };
  }
  if (routes.length > 0 || !world.complete) return undefined;
  return { at, messageId: 'noRedirect', fixes: [redirectFix(gateway, listener), encrypt] };
}

/** Has a route served by the listener for HTTPS that is there, and plain HTTP redirected to it. */
function moveFixes(gateway: Resource, listener: Value, route: GatewayRouteFact): Fix[] {
  const https = (gateway.spec?.get('listeners')?.items ?? []).find(
    (other) => other.get('protocol')?.text === 'HTTPS',
  );
  const name = https?.get('name')?.text;
  const index = route.parents.findIndex((parent) => parent.name === gateway.name);
  if (name === undefined || route.kind !== 'HTTPRoute' || route.parents[index]?.port !== undefined) return [];
  return [
    {
      title: `Serve route "${route.name}" by listener "${name}", and redirect to it`,
      applicability: 'review',
      operations: [
        setIn(route, ['spec', 'parentRefs', index, 'sectionName'], name),
        redirectRoute(gateway, listener),
      ],
    },
  ];
}

/** Options of implementations that say how to speak TLS, and bring no certificate. */
export const HOW_TO_SPEAK = /version|cipher|protocols|curves|algorithms/i;

/** Certificates may also stand in options or in the parameters of the implementation. */
function certificateProblem(gateway: Resource, listener: Value): Report<MessageId> | undefined {
  const tls = listener.get('tls');
  const elsewhere =
    (tls?.get('options')?.entries ?? []).some(({ key }) => !HOW_TO_SPEAK.test(key)) ||
    gateway.annotations.has('networking.gke.io/certmap') ||
    gateway.spec?.has(['infrastructure', 'parametersRef']) === true;
  if (elsewhere || tls?.get('mode')?.text === 'Passthrough') return undefined;
  if ((tls?.get('certificateRefs')?.items.length ?? 0) > 0) return undefined;
  const name = secretName(gateway);
  const path = [...listener.path, 'tls', 'certificateRefs'];
  return {
    at: listener,
    missing: ['tls', 'certificateRefs'],
    messageId: 'noCertificate',
    fixes: [
      {
        title: `Use the certificate in Secret "${name}"`,
        applicability: 'review',
        operations: [set(path, [{ name }])],
      },
    ],
  };
}

function secretName({ name }: Resource): string {
  return `${name}-tls`;
}

function encryptFix(gateway: Resource, listener: Value, protocol: 'HTTPS' | 'TLS'): Fix {
  const name = secretName(gateway);
  const port = listener.get('port');
  return {
    title: `Listen by ${protocol} with the certificate in Secret "${name}"`,
    applicability: 'review',
    operations: [
      set([...listener.path, 'protocol'], protocol),
      ...(port?.number === 80 ? [set(port.path, 443)] : []),
      set([...listener.path, 'tls'], { certificateRefs: [{ name }] }),
    ],
  };
}

function redirectFix(gateway: Resource, listener: Value): Fix {
  const listeners = gateway.spec?.get('listeners');
  const hasHttps = listeners?.items.some((item) => item.get('protocol')?.text === 'HTTPS') === true;
  const https = {
    name: 'https',
    protocol: 'HTTPS',
    port: 443,
    tls: { certificateRefs: [{ name: secretName(gateway) }] },
  };
  return {
    title: hasHttps ? 'Redirect to HTTPS' : 'Redirect to HTTPS, with a listener for it',
    applicability: 'review',
    operations: [
      ...(hasHttps ? [] : [insert([...gateway.root.path, 'spec', 'listeners'], https)]),
      redirectRoute(gateway, listener),
    ],
  };
}

function redirectRoute(gateway: Resource, listener: Value): AddDocumentOperation {
  const name = `${gateway.name}-redirect`;
  const metadata: PlainValue =
    gateway.namespace === undefined ? { name } : { name, namespace: gateway.namespace };
  return {
    op: 'add-document',
    value: {
      apiVersion: `${GATEWAY_API}/v1`,
      kind: 'HTTPRoute',
      metadata,
      spec: {
        parentRefs: [{ name: gateway.name, sectionName: listener.get('name')?.text ?? '' }],
        rules: [
          { filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] },
        ],
      },
    },
  };
}
