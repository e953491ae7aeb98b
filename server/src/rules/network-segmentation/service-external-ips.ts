import { remove } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

/**
 * A Service that claims addresses by `externalIPs`. Nobody checks whether they are its own, so that traffic to them can be drawn off (CVE-2020-8554).
 *
 * Source: https://kubernetes.io/docs/concepts/services-networking/service/#external-ips
 */
export const serviceExternalIps = defineRule({
  id: 'service-external-ips',
  meta: {
    title: 'Service claims external addresses',
    safeguard: 'network-segmentation',
    rationale:
      'Every node then sends what is meant for these addresses to the pods of the Service, and Kubernetes does not check whose addresses they are (CVE-2020-8554). Traffic with ePHI to another system can be drawn off, and the pods are open to the outside without a load balancer.',
    remediation:
      'Use a Service of type LoadBalancer, an Ingress or a Gateway, whose addresses the cluster’s operators give out, and refuse externalIPs at admission (DenyServiceExternalIPs).',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(e)(1)'],
      nist: ['SC-7', 'AC-4'],
      urls: [
        'https://kubernetes.io/docs/concepts/services-networking/service/#external-ips',
        'https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#denyserviceexternalips',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      externalIps:
        'Service "{name}" claims external addresses, so every node draws traffic to them to its pods, ePHI of others included (CVE-2020-8554). Remove externalIPs; use a load balancer or an Ingress.',
    },
  },
  resource: {
    kinds: ['Service'],
    check(service, { report }) {
      const addresses = service.spec?.get('externalIPs');
      if (service.group !== '' || addresses === undefined || addresses.items.length === 0) return;
      report({
        at: service.root,
        missing: ['spec', 'externalIPs'],
        messageId: 'externalIps',
        data: { name: service.name },
        fixes: [
          { title: 'Remove externalIPs', applicability: 'review', operations: [remove(addresses.path)] },
        ],
      });
    },
  },
});
