import { isInternalHost } from '../../analysis/network/hosts.ts';
import { defineRule } from '../rule.ts';

/**
 * A Service that is another name for a host on the internet.
 *
 * Source: https://kubernetes.io/docs/concepts/services-networking/service/#externalname
 */
export const externalNameService = defineRule({
  id: 'external-name-service',
  meta: {
    title: 'Service is a name of a public host',
    safeguard: 'network-segmentation',
    rationale:
      'Callers see a name of the cluster and may send ePHI in clear text or without checking a certificate, while it leaves for the internet. NetworkPolicies cannot name such a Service, and whoever owns the host’s domain receives the data.',
    remediation:
      'Let callers name the outside host themselves and verify its certificate, or send through an egress gateway that opens TLS; where the host lies in your own network, name it by its internal name.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(e)(1)'],
      nist: ['SC-7', 'SC-8'],
      urls: ['https://kubernetes.io/docs/concepts/services-networking/service/#externalname'],
    },
    severity: 'warning',
    scope: 'workspace',
    phiOnly: true,
    messages: {
      publicHost:
        'Service "{name}" looks like a Service of the cluster but leads to a host outside, so ePHI sent to it leaves over the internet, around NetworkPolicies. Let callers name the host and use TLS, or use an egress gateway.',
    },
  },
  resource: {
    kinds: ['Service'],
    check(service, { report }) {
      if (service.group !== '' || service.spec?.get('type')?.text !== 'ExternalName') return;
      const host = service.spec.get('externalName');
      if (host?.text === undefined || isInternalHost(host.text)) return;
      report({ at: host, messageId: 'publicHost', data: { name: service.name } });
    },
  },
});
