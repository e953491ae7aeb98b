import { AUTOMATION, isManagedSecret } from '../../analysis/certificates/secrets.ts';
import { GATEWAY_API } from '../../analysis/tls/gateway-routes.ts';
import { isIngress } from '../../analysis/tls/ingress-tls.ts';
import type { World } from '../../analysis/world.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';
import { setAnnotations } from '../annotations.ts';
import { defineRule, type Fix } from '../rule.ts';

/**
 * A Secret with a TLS certificate that nothing in view renews: neither cert-manager, by a Certificate or by annotations, nor an external store. A Secret
 * that stands in a manifest is renewed by hand, too.
 *
 * Source: https://cert-manager.io/docs/usage/ingress/ and https://cert-manager.io/docs/usage/gateway/
 */
export const certificateAutomationMissing = defineRule({
  id: 'certificate-automation-missing',
  meta: {
    title: 'Certificate is renewed by hand',
    safeguard: 'transmission-security',
    rationale:
      'Certificates that people renew end unnoticed, and then users are taught to click warnings away or ePHI is out of reach. Their keys also stay the same for years.',
    remediation:
      'Let cert-manager issue and renew the certificate, or take it from an external store by an ExternalSecret.',
    references: {
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
      nist: ['SC-12', 'SC-17'],
      urls: ['https://cert-manager.io/docs/usage/ingress/', 'https://cert-manager.io/docs/usage/gateway/'],
    },
    severity: 'information',
    scope: 'workspace',
    messages: {
      byHand:
        'Nothing in this workspace renews the certificate in Secret "{secret}", and encryption of ePHI in transit ends with it. Let cert-manager issue it.',
    },
  },
  resource: {
    kinds: ['Ingress', 'Gateway'],
    check(resource, { report, world }) {
      if (!world.complete || isAutomated(resource)) return;
      const seen = new Set<string>();
      for (const { at, namespace } of certificateSecretsOf(resource)) {
        const secret = at.text ?? '';
        if (secret === '' || seen.has(secret) || isManagedSecret(secret, namespace, world)) continue;
        seen.add(secret);
        report({
          at,
          messageId: 'byHand',
          data: { secret },
          fixes: issuerFixes(resource, world),
          confidence: 'low',
        });
      }
    },
  },
});

function isAutomated({ annotations }: Resource): boolean {
  return [...annotations].some(([key, value]) => AUTOMATION.test(key) && value !== 'false');
}

interface CertificateSecret {
  readonly at: Value;
  readonly namespace: string | undefined;
}

/** Where a resource names Secrets with certificates that it presents. */
function certificateSecretsOf(resource: Resource): CertificateSecret[] {
  const { group, kind, spec, namespace } = resource;
  if (kind === 'Ingress') {
    const entries = isIngress(resource) ? (spec?.get('tls')?.items ?? []) : [];
    return entries.flatMap((entry) => entry.get('secretName') ?? []).map((at) => ({ at, namespace }));
  }
  if (group === GATEWAY_API) {
    const listeners = spec?.get('listeners')?.items ?? [];
    return listeners
      .filter((listener) => listener.at(['tls', 'mode'])?.text !== 'Passthrough')
      .flatMap((listener) => listener.at(['tls', 'certificateRefs'])?.items ?? [])
      .filter((reference) => (reference.get('kind')?.text ?? 'Secret') === 'Secret')
      .flatMap((reference) => {
        const at = reference.get('name');
        return at === undefined ? [] : [{ at, namespace: reference.get('namespace')?.text ?? namespace }];
      });
  }
  if (group !== 'networking.istio.io') return [];
  // The Secret stands where the gateway's pods run, which need not be the Gateway's namespace.
  return (spec?.get('servers')?.items ?? [])
    .flatMap((server) => server.at(['tls', 'credentialName']) ?? [])
    .map((at) => ({ at, namespace: undefined }));
}

/** Stands in the annotation until a person names the issuer. */
const ISSUER_PLACEHOLDER = 'replace-with-issuer';

/** cert-manager reads annotations of Ingresses and of Gateways of the Gateway API; for one of Istio somebody writes a Certificate. */
function issuerFixes(resource: Resource, world: World): Fix[] {
  if (resource.group === 'networking.istio.io') return [];
  const usable = world
    .facts('issuer')
    .filter(
      ({ kind, namespace, selfSigned }) =>
        !selfSigned && (kind === 'ClusterIssuer' || namespace === resource.namespace),
    );
  const choices =
    usable.length > 0
      ? usable.map(({ kind, name }) => ({ kind, name, title: `the ${kind} "${name}"` }))
      : [{ kind: 'ClusterIssuer', name: ISSUER_PLACEHOLDER, title: 'a cert-manager ClusterIssuer' }];
  return choices.map(({ kind, name, title }) => {
    const key = kind === 'ClusterIssuer' ? 'cert-manager.io/cluster-issuer' : 'cert-manager.io/issuer';
    return {
      title: `Let ${title} issue it`,
      applicability: 'review',
      operations: setAnnotations(resource, { [key]: name }),
    };
  });
}
