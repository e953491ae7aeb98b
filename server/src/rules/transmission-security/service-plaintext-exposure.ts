import { nodePortCaller } from '../../analysis/network/node-ports.ts';
import { OF_INGRESSES, plaintextProtocolOf } from '../../analysis/tls/service-ports.ts';
import { defineRule } from '../rule.ts';

/**
 * A Service that opens a port with a protocol of clear text to the outside of the cluster. Node ports to which the load balancer of an Ingress speaks HTTP are left
 * out: the Ingress is what is open to the outside, and rules about it look at its TLS.
 *
 * Source: https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types; port numbers of IANA and of DICOM PS3.8.
 */
export const servicePlaintextExposure = defineRule({
  id: 'service-plaintext-exposure',
  meta: {
    title: 'Clear text open to the outside',
    safeguard: 'transmission-security',
    rationale:
      'A node port or a load balancer passes bytes on as they are. Where the protocol behind it is in clear text, ePHI can be read and changed by whoever is on the network between the two.',
    remediation:
      'Open the port of the protocol that has TLS (443, 5432 with TLS forced, DICOM TLS on 2762, MLLP over TLS), or keep the Service inside the cluster and put an Ingress or Gateway with TLS before it.',
    references: {
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
      nist: ['SC-8', 'SC-7'],
      urls: [
        'https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types',
      ],
    },
    severity: 'error',
    scope: 'workspace',
    messages: {
      clearText:
        'Service "{name}" opens port {port} to the outside of the cluster, where {protocol} is spoken in clear text: ePHI can be read on the way. Use the TLS form, or an Ingress with TLS before a ClusterIP Service.',
    },
  },
  resource: {
    kinds: ['Service'],
    check(service, { report, world }) {
      const type = service.spec?.get('type')?.text;
      if (service.group !== '' || (type !== 'LoadBalancer' && type !== 'NodePort')) return;
      const isForIngress = type === 'NodePort' && nodePortCaller(service, world) !== undefined;
      for (const port of service.spec?.get('ports')?.items ?? []) {
        const protocol = plaintextProtocolOf(service, port);
        if (protocol === undefined || (isForIngress && OF_INGRESSES.has(protocol))) continue;
        const data = { name: service.name, port: port.get('port')?.text ?? '', protocol };
        report({ at: port.get('port') ?? port, messageId: 'clearText', data });
      }
    },
  },
});
