import { nodePortCaller } from '../../analysis/network/node-ports.ts';
import { ALB } from '../../analysis/tls/alb.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { type DocumentOperation, remove, set } from '../../syntax/edit/operations.ts';
import { setAnnotations } from '../annotations.ts';
import { objectOf } from '../related-objects.ts';
import { defineRule, type Fix } from '../rule.ts';

/**
 * A Service that opens a port on every node. Load balancers of AWS and GKE need that for the Ingresses that they serve, unless they connect to pods: then it is
 * information.
 *
 * Source: https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
 */
export const serviceNodePort = defineRule({
  id: 'service-node-port',
  meta: {
    title: 'Service opens a port on every node',
    safeguard: 'network-segmentation',
    rationale:
      'A node port answers on every node of the cluster, to whoever reaches any of them, and goes around the Ingress with its TLS, its sign-in and its log. It also hides the caller from NetworkPolicies, since the address that they see is often that of a node.',
    remediation:
      'Use a ClusterIP Service, and let callers from outside come through an Ingress or a Gateway. Let cloud load balancers connect to pods (target type ip on AWS, network endpoint groups on GKE).',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(e)(1)'],
      nist: ['SC-7', 'AC-4'],
      urls: [
        'https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport',
        'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#target-type',
        'https://cloud.google.com/kubernetes-engine/docs/how-to/container-native-load-balancing',
      ],
    },
    severity: 'warning',
    scope: 'workspace',
    messages: {
      nodePort:
        'Service "{name}" opens a port on every node, around the Ingress and its TLS, for whoever reaches a node. Use ClusterIP, and an Ingress or Gateway for callers from outside.',
      forLoadBalancer:
        'Service "{name}" opens a port on every node for the load balancer of its Ingress. Let it connect to the pods instead, and use ClusterIP: then only the load balancer can reach what may serve ePHI.',
    },
  },
  resource: {
    kinds: ['Service'],
    check(service, { report, world }) {
      const type = service.spec?.get('type');
      if (service.group !== '' || type?.text !== 'NodePort') return;
      const data = { name: service.name };
      const caller = nodePortCaller(service, world);
      if (caller === undefined) {
        report({ at: type, messageId: 'nodePort', data, fixes: [withClusterIp(service, [])] });
        return;
      }
      const { whose, ingress } = caller;
      report({
        at: type,
        messageId: 'forLoadBalancer',
        data,
        severity: 'information',
        relatedObjects:
          ingress === undefined
            ? []
            : [objectOf({ ...ingress, kind: 'Ingress' }, 'The Ingress that leads to it.')],
        fixes: whose === 'unknown' ? [] : [withClusterIp(service, toPods(service, whose))],
      });
    },
  },
});

function toPods(service: Resource, caller: 'alb' | 'gke'): DocumentOperation[] {
  return setAnnotations(
    service,
    caller === 'alb' ? { [`${ALB}target-type`]: 'ip' } : { 'cloud.google.com/neg': '{"ingress": true}' },
  );
}

/** Fields that the API server refuses in a ClusterIP Service go, too. */
function withClusterIp({ root, spec }: Resource, before: readonly DocumentOperation[]): Fix {
  const path = [...root.path, 'spec'];
  const nodePorts = (spec?.get('ports')?.items ?? []).flatMap((port) => port.get('nodePort') ?? []);
  const fields = ['externalTrafficPolicy', 'healthCheckNodePort'].flatMap((key) => spec?.get(key) ?? []);
  return {
    title: before.length === 0 ? 'Use ClusterIP' : 'Let the load balancer connect to pods, and use ClusterIP',
    applicability: 'review',
    operations: [
      ...before,
      set([...path, 'type'], 'ClusterIP'),
      ...[...nodePorts, ...fields].map((value) => remove(value.path)),
    ],
  };
}
