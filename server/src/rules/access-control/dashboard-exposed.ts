import { adminToolOf, SIGN_IN } from '../../analysis/admin-tools.ts';
import { selectsPods } from '../../analysis/facts.ts';
import type { World } from '../../analysis/world.ts';
import { type Resource, textsOf } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';
import { objectOf } from '../related-objects.ts';
import { defineRule, type RelatedObject } from '../rule.ts';

/** An administrative tool that is reached from outside without a sign-in in front of it. */
export const dashboardExposed = defineRule({
  id: 'dashboard-exposed',
  meta: {
    title: 'Administrative tool exposed',
    safeguard: 'access-control',
    rationale:
      'Dashboards, database consoles and CI servers show or change what the applications protect. Open to the network, one weak or default password in them is a way to all ePHI.',
    remediation:
      'Use a ClusterIP Service, and put a sign-in (forward authentication, mTLS or a VPN) in front of the tool.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(d)'],
      nist: ['AC-17', 'SC-7'],
      urls: ['https://kubernetes.io/docs/tasks/access-application-cluster/web-ui-dashboard/'],
    },
    severity: 'warning',
    scope: 'workspace',
    messages: {
      service:
        '{tool} is reachable from outside through Service "{name}" ({type}), and with it a way to ePHI. Use ClusterIP and a sign-in in front.',
      ingress:
        '{tool} is reachable from outside through Ingress "{name}" without a sign-in in front of it. Add the controller\'s authentication.',
    },
  },
  resource: {
    kinds: ['Service', 'Ingress'],
    check(resource, { report, world }) {
      if (resource.kind === 'Service' && resource.group === '') {
        const type = resource.spec?.get('type');
        const tool = toolBehind(textsOf(resource.spec?.get('selector')), resource.namespace, world);
        if (tool === undefined || (type?.text !== 'LoadBalancer' && type?.text !== 'NodePort')) return;
        report({
          at: type,
          messageId: 'service',
          data: { tool: tool.name, name: resource.name, type: type.text },
          relatedObjects: [tool.object],
        });
      }
      if (resource.kind !== 'Ingress' || [...resource.annotations.keys()].some((key) => SIGN_IN.test(key)))
        return;
      for (const backend of backendNames(resource)) {
        const service = world
          .matching('service', 'name', backend.text ?? '')
          .find(({ namespace }) => namespace === resource.namespace);
        const tool = service && toolBehind(service.selector, service.namespace, world);
        if (service !== undefined && tool !== undefined)
          report({
            at: backend,
            messageId: 'ingress',
            data: { tool: tool.name, name: resource.name },
            relatedObjects: [
              tool.object,
              objectOf({ ...service, kind: 'Service' }, 'The Service in between.'),
            ],
          });
      }
    },
  },
});

/** The administrative tool among the pods that a selector selects. */
function toolBehind(
  selector: ReadonlyMap<string, string>,
  namespace: string | undefined,
  world: World,
): { readonly name: string; readonly object: RelatedObject } | undefined {
  return world
    .matching('workload', 'namespace', namespace)
    .filter((workload) => selectsPods(selector, workload))
    .flatMap((workload) =>
      workload.images.flatMap((image) => {
        const name = adminToolOf(image);
        return name === undefined ? [] : [{ name, object: objectOf(workload, 'The tool that it leads to.') }];
      }),
    )[0];
}

/** Names of the Services that an Ingress leads to. */
function backendNames({ spec }: Resource): Value[] {
  const paths = (spec?.get('rules')?.items ?? []).flatMap((rule) => rule.at(['http', 'paths'])?.items ?? []);
  const backends = [spec?.get('defaultBackend'), ...paths.map((path) => path.get('backend'))];
  return backends.flatMap((backend) => backend?.at(['service', 'name']) ?? []);
}
