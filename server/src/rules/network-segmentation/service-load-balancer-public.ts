import { CLOUDS, type Cloud, exposureOf } from '../../analysis/network/load-balancers.ts';
import { isEdgeService } from '../../analysis/tls/service-ports.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { setAnnotations } from '../annotations.ts';
import { defineRule, type Fix } from '../rule.ts';

/**
 * A load balancer that everybody on the internet may connect to. That of an Ingress controller or a gateway may well be meant to be: information.
 *
 * Source: https://kubernetes.io/docs/concepts/services-networking/service/#internal-load-balancer and #loadbalancer (loadBalancerSourceRanges)
 */
export const serviceLoadBalancerPublic = defineRule({
  id: 'service-load-balancer-public',
  meta: {
    title: 'Load balancer open to the internet',
    safeguard: 'network-segmentation',
    rationale:
      'A cloud gives a Service of type LoadBalancer a public address unless it is told otherwise, and lets everybody connect. What handles ePHI behind it is then one flaw away from the whole internet.',
    remediation:
      'Ask for an internal load balancer by the annotation of your cloud, or list the callers in loadBalancerSourceRanges.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(e)(1)'],
      nist: ['SC-7', 'AC-4'],
      urls: [
        'https://kubernetes.io/docs/concepts/services-networking/service/#internal-load-balancer',
        'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/',
      ],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      isPublic:
        'Service "{name}" gets a public load balancer that everybody may connect to, and may serve ePHI. Add your cloud\'s annotation for an internal one, or list the callers in loadBalancerSourceRanges.',
      frontDoor:
        'Service "{name}" is a front door that everybody on the internet may connect to. Where only your own network uses what lies behind it, ask for an internal load balancer; else see to its TLS and sign-in, since ePHI lies behind it.',
      everybody:
        'The source ranges of Service "{name}" hold every address, so everybody on the internet may connect to what may serve ePHI. List the callers, or ask for an internal load balancer.',
    },
  },
  resource: {
    kinds: ['Service'],
    check(service, { report }) {
      if (service.group !== '') return;
      const exposure = exposureOf(service);
      const type = service.spec?.get('type');
      if (exposure.to !== 'everybody' || type === undefined) return;
      const finding = { at: exposure.range ?? type, data: { name: service.name }, fixes: fixesFor(service) };
      if (isEdgeService(service)) report({ ...finding, messageId: 'frontDoor', severity: 'information' });
      else report({ ...finding, messageId: exposure.range === undefined ? 'isPublic' : 'everybody' });
    },
  },
});

/** The cloud that the Service already speaks to comes alone; otherwise there is a choice. */
function fixesFor(service: Resource): Fix[] {
  const keys = [...service.annotations.keys()];
  const known = CLOUDS.find(({ marks }) => marks.some((mark) => keys.some((key) => key.includes(mark))));
  return (known === undefined ? CLOUDS : [known]).map((cloud) => internalFix(service, cloud));
}

function internalFix(service: Resource, { title, annotation, value }: Cloud): Fix {
  return {
    title: `Use an internal load balancer (${title})`,
    applicability: 'review',
    operations: setAnnotations(service, { [annotation]: value }),
  };
}
