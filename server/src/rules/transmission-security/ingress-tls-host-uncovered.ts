import { controllerOf } from '../../analysis/tls/ingress-controllers.ts';
import {
  hasTlsSection,
  hostsWithCertificate,
  isCoveredBy,
  isEncryptedWithoutSpec,
  isIngress,
} from '../../analysis/tls/ingress-tls.ts';
import type { World } from '../../analysis/world.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { insert } from '../../syntax/edit/operations.ts';
import type { Value } from '../../syntax/values.ts';
import { defineRule, type Fix } from '../rule.ts';

/**
 * A host of an Ingress's rules for which no entry of `spec.tls` brings a certificate. An entry without hosts is the controller's default
 * certificate and covers all; a wildcard covers one label.
 *
 * Source: https://kubernetes.io/docs/concepts/services-networking/ingress/#tls and #hostname-wildcards
 */
export const ingressTlsHostUncovered = defineRule({
  id: 'ingress-tls-host-uncovered',
  meta: {
    title: 'Host of an Ingress without a certificate',
    safeguard: 'transmission-security',
    rationale:
      'Most controllers redirect to HTTPS only where a host has a certificate, so the other hosts go on in clear text. Others answer with a certificate of their own, which teaches people to click warnings away.',
    remediation: 'Add the host to the entry of spec.tls whose certificate is for it.',
    references: {
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
      nist: ['SC-8', 'SC-13'],
      urls: ['https://kubernetes.io/docs/concepts/services-networking/ingress/#tls'],
    },
    severity: 'error',
    scope: 'workspace',
    messages: {
      uncovered:
        'No certificate of Ingress "{name}" is for host {host}: what is sent there, ePHI included, may cross the network in clear text. Add the host to spec.tls.',
    },
  },
  resource: {
    kinds: ['Ingress'],
    check(ingress, { report, world }) {
      if (!isIngress(ingress) || !hasTlsSection(ingress) || isEncryptedWithoutSpec(ingress, world)) return;
      const entries = ingress.spec?.get('tls')?.items ?? [];
      if (entries.some((entry) => namesOf(entry).length === 0)) return;
      const names = [...entries.flatMap(namesOf), ...namesElsewhere(ingress, world)];
      for (const rule of ingress.spec?.get('rules')?.items ?? []) {
        const host = rule.get('host');
        if (host?.text === undefined || host.text === '' || isCoveredBy(host.text, names)) continue;
        const data = { name: ingress.name, host: host.text };
        report({ at: host, messageId: 'uncovered', data, fixes: fixesFor(entries, host.text) });
      }
    },
  },
});

/** ingress-nginx puts all Ingresses of a host into one server. */
function namesElsewhere(ingress: Resource, world: World): string[] {
  return controllerOf(ingress, world) === 'ingress-nginx' ? hostsWithCertificate(ingress, world) : [];
}

function namesOf(entry: Value): string[] {
  return (entry.get('hosts')?.items ?? []).flatMap(({ text }) => text ?? []);
}

/** The certificate must be for the host, which nobody but people can tell. */
function fixesFor(entries: readonly Value[], host: string): Fix[] {
  return entries.map((entry) => ({
    title: `Add the host to the certificate in Secret "${entry.get('secretName')?.text ?? ''}"`,
    applicability: 'review',
    operations: [insert([...entry.path, 'hosts'], host)],
  }));
}
