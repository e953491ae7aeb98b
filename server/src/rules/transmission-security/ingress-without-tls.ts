import { httpsOnlyAnnotations } from '../../analysis/tls/https-only.ts';
import { type ControllerId, controllerOf } from '../../analysis/tls/ingress-controllers.ts';
import { hasTlsSection, hostsOf, isEncryptedWithoutSpec, isIngress } from '../../analysis/tls/ingress-tls.ts';
import type { World } from '../../analysis/world.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { set } from '../../syntax/edit/operations.ts';
import { setAnnotations } from '../annotations.ts';
import { defineRule, type Fix } from '../rule.ts';

/**
 * An Ingress without `spec.tls`, unless its controller takes certificates in another way: ALB, GKE, Traefik and others have annotations for
 * it, and some edges always speak TLS.
 *
 * Source: https://kubernetes.io/docs/concepts/services-networking/ingress/#tls; `analysis/tls` names the controllers' pages.
 */
export const ingressWithoutTls = defineRule({
  id: 'ingress-without-tls',
  meta: {
    title: 'Ingress without TLS',
    safeguard: 'transmission-security',
    rationale:
      'Without TLS everything between the client and the cluster can be read and changed on the way: ePHI, passwords and session cookies. Encryption of transmissions is the ordinary way to meet transmission security.',
    remediation:
      'Add spec.tls with the hosts of the rules and a Secret that holds the certificate, or use what your controller offers instead (an ACM, Google-managed or Key Vault certificate).',
    references: {
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
      nist: ['SC-8', 'SC-13'],
      urls: [
        'https://kubernetes.io/docs/concepts/services-networking/ingress/#tls',
        'https://cert-manager.io/docs/usage/ingress/',
      ],
    },
    severity: 'error',
    scope: 'workspace',
    messages: {
      noTls:
        'Ingress "{name}" has no TLS: ePHI, passwords and session cookies cross the network in clear text. Add spec.tls with a certificate for its hosts.',
    },
  },
  resource: {
    kinds: ['Ingress'],
    check(ingress, { report, world }) {
      if (!isIngress(ingress) || ingress.spec?.kind !== 'map') return;
      if (hasTlsSection(ingress) || isEncryptedWithoutSpec(ingress, world)) return;
      report({
        at: ingress.root,
        missing: ['spec', 'tls'],
        messageId: 'noTls',
        data: { name: ingress.name },
        fixes: fixesFor(ingress, world),
      });
    },
  },
});

/** Stands in annotations until a person names the issuer. */
const ISSUER_PLACEHOLDER = 'replace-with-issuer';

function fixesFor(ingress: Resource, world: World): Fix[] {
  const controller = controllerOf(ingress, world);
  const hosts = hostsOf(ingress);
  if (controller === 'alb') return hosts.length === 0 ? [] : [albFix(ingress)];
  const secret = `${ingress.name}-tls`;
  const existing = withTls(`Add TLS with the certificate in Secret "${secret}"`, ingress, controller, {});
  const hasIssuer = [...ingress.annotations.keys()].some((key) => key.startsWith('cert-manager.io/'));
  // Without hosts there is nothing to put into a certificate.
  if (hosts.length === 0 || hasIssuer) return [existing];
  return [...issuerFixes(ingress, controller, world), existing];
}

/** One fix an issuer that the Ingress can use; a placeholder when none is in view. */
function issuerFixes(ingress: Resource, controller: ControllerId | undefined, world: World): Fix[] {
  const usable = world
    .facts('issuer')
    .filter(({ kind, namespace }) => kind === 'ClusterIssuer' || namespace === ingress.namespace);
  const choices = usable.length > 0 ? usable.map(({ kind, name }) => ({ kind, name })) : UNKNOWN_ISSUERS;
  return choices.map(({ kind, name }) => {
    const key = kind === 'ClusterIssuer' ? 'cert-manager.io/cluster-issuer' : 'cert-manager.io/issuer';
    const named = name === ISSUER_PLACEHOLDER ? `a cert-manager ${kind}` : `the ${kind} "${name}"`;
    return withTls(`Add TLS with a certificate from ${named}`, ingress, controller, { [key]: name });
  });
}

const UNKNOWN_ISSUERS = [
  { kind: 'ClusterIssuer', name: ISSUER_PLACEHOLDER },
  { kind: 'Issuer', name: ISSUER_PLACEHOLDER },
] as const;

function withTls(
  title: string,
  ingress: Resource,
  controller: ControllerId | undefined,
  annotations: Readonly<Record<string, string>>,
): Fix {
  const hosts = hostsOf(ingress);
  const entry = { ...(hosts.length === 0 ? {} : { hosts }), secretName: `${ingress.name}-tls` };
  return {
    title,
    applicability: 'review',
    operations: [
      ...setAnnotations(ingress, { ...annotations, ...httpsOnlyAnnotations(ingress, controller) }),
      set([...ingress.root.path, 'spec', 'tls'], [entry]),
    ],
  };
}

function albFix(ingress: Resource): Fix {
  return {
    title: 'Listen by HTTPS with the ACM certificate of its hosts, and redirect HTTP',
    applicability: 'review',
    operations: setAnnotations(ingress, httpsOnlyAnnotations(ingress, 'alb')),
  };
}
