import { bypassesOf } from '../../analysis/mesh/bypass.ts';
import { clientTlsOf, isDestinationRule, isMeshHost } from '../../analysis/mesh/destination-rules.ts';
import { holderOf } from '../../analysis/mesh/enrolment.ts';
import type { World } from '../../analysis/world.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { remove, rename, set } from '../../syntax/edit/operations.ts';
import type { Value } from '../../syntax/values.ts';
import { objectsOf } from '../related-objects.ts';
import { defineRule, type Fix, type RelatedObject, type RuleContext } from '../rule.ts';

/**
 * Traffic that a mesh would protect and that is told to go without: a DestinationRule that turns mutual TLS off towards a Service of the mesh or
 * skips the check of certificates, and annotations that lead ports or addresses past the proxy.
 *
 * Source: `analysis/mesh/destination-rules.ts` and `analysis/mesh/bypass.ts` name the pages.
 */
export const meshTlsDisabled = defineRule({
  id: 'mesh-tls-disabled',
  meta: {
    title: 'Traffic goes past the mutual TLS of the mesh',
    safeguard: 'transmission-security',
    rationale:
      'What goes past the mesh crosses the network as the program sends it, in clear text more often than not, and without an identity. A certificate that nobody checks lets anybody stand in for the server and read ePHI.',
    remediation:
      'Set the mode ISTIO_MUTUAL for Services of the mesh, check certificates of others, and remove the annotations that lead traffic past the proxy; databases whose server speaks first can be marked as opaque instead.',
    references: {
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
      nist: ['SC-8', 'SC-8(1)'],
      urls: [
        'https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings',
        'https://istio.io/latest/docs/reference/config/annotations/',
        'https://linkerd.io/2/features/protocol-detection/',
      ],
    },
    severity: 'error',
    scope: 'workspace',
    messages: {
      disabled:
        'DestinationRule "{name}" turns TLS off towards "{host}", so ePHI is sent in clear text inside of the mesh. Set ISTIO_MUTUAL.',
      simple:
        'DestinationRule "{name}" uses TLS without a client certificate towards "{host}" in the mesh, so callers prove no identity and strict servers refuse them. Set ISTIO_MUTUAL.',
      unverified:
        'DestinationRule "{name}" does not check the certificate of "{host}": anybody on the way can stand in for it and read ePHI. Remove insecureSkipVerify.',
      bypass:
        'The annotation "{key}" leads {what} past the mesh, so ePHI may travel there in clear text and without an identity. Remove it.',
    },
  },
  resource: {
    check(resource, context) {
      if (isDestinationRule(resource)) checkDestinationRule(resource, context);
      else checkAnnotations(resource, context.report);
    },
  },
});

type Context = RuleContext<'disabled' | 'simple' | 'unverified' | 'bypass'>;

function checkDestinationRule(rule: Resource, { report, world }: Context): void {
  const host = rule.spec?.get('host')?.text ?? '';
  const data = { name: rule.name, host };
  for (const tls of clientTlsOf(rule)) {
    const mode = tls.get('mode');
    const problem = modeProblem(rule, host, mode, world);
    if (mode !== undefined && problem !== undefined) {
      const relatedObjects = servicesAt(host, rule.namespace, world);
      report({ at: mode, messageId: problem, data, relatedObjects, fixes: [mutualFix(tls)] });
      continue;
    }
    const skip = tls.get('insecureSkipVerify');
    if (skip?.boolean !== true) continue;
    const operations = [remove(skip.path)];
    report({
      at: skip,
      messageId: 'unverified',
      data,
      fixes: [{ title: 'Check the certificate', applicability: 'review', operations }],
    });
  }
}

function modeProblem({ namespace }: Resource, host: string, mode: Value | undefined, world: World) {
  if (host === '' || (mode?.text !== 'DISABLE' && mode?.text !== 'SIMPLE')) return undefined;
  if (!isMeshHost(host, namespace, world)) return undefined;
  return mode.text === 'DISABLE' ? ('disabled' as const) : ('simple' as const);
}

/** The Service that a host of the mesh is the name of. */
function servicesAt(host: string, own: string | undefined, world: World): RelatedObject[] {
  const [name = '', namespace = own] = host.split('.');
  const services = world.matching('service', 'name', name).filter((fact) => fact.namespace === namespace);
  return objectsOf(
    services.map((service) => ({ ...service, kind: 'Service' })),
    'The Service that is called.',
  );
}

/** Fields that Istio refuses beside ISTIO_MUTUAL, where it brings certificates of its own. */
const OWN_CERTIFICATES = [
  'clientCertificate',
  'privateKey',
  'caCertificates',
  'caCrl',
  'credentialName',
  'insecureSkipVerify',
];

function mutualFix(tls: Value): Fix {
  const present = OWN_CERTIFICATES.flatMap((key) => tls.get(key) ?? []);
  return {
    title: 'Set ISTIO_MUTUAL',
    applicability: 'review',
    operations: [set([...tls.path, 'mode'], 'ISTIO_MUTUAL'), ...present.map(({ path }) => remove(path))],
  };
}

function checkAnnotations(resource: Resource, report: Context['report']): void {
  for (const { key, at, what, instead } of bypassesOf(resource)) {
    const fixes: Fix[] = [
      {
        title: `Remove ${key}`,
        applicability: 'review',
        operations: [remove(at.path, { pruneTo: holderOf(resource)?.path.length ?? at.path.length })],
      },
    ];
    if (instead !== undefined && !holderOf(resource)?.metadata?.has(['annotations', instead])) {
      fixes.push({
        title: `Keep the traffic in the mesh as opaque: ${instead}`,
        applicability: 'review',
        operations: [rename(at.path, instead)],
      });
    }
    report({ at, messageId: 'bypass', data: { key, what }, fixes });
  }
}
