import { type Enrolment, enrolmentsOf, isMeshItself } from '../../analysis/mesh/enrolment.ts';
import { isSystemNamespace, namespaceEnrolment } from '../../analysis/mesh/meshes.ts';
import { set } from '../../syntax/edit/operations.ts';
import { MESH_NAMES } from '../mesh-fixes.ts';
import { defineRule } from '../rule.ts';

/**
 * A Namespace or pod that opts out of its mesh, unless it takes part in another way: in ambient mode instead of with a sidecar, or in another mesh.
 * The namespaces of control planes stay outside by design.
 *
 * Source: `analysis/mesh/enrolment.ts` names the pages of each mesh.
 */
export const meshInjectionDisabled = defineRule({
  id: 'mesh-injection-disabled',
  meta: {
    title: 'Opted out of the mesh',
    safeguard: 'transmission-security',
    rationale:
      'A pod outside of the mesh sends and takes ePHI in clear text and has no identity that policies could check. Neither strict mutual TLS nor authorization policies protect it.',
    remediation:
      'Remove the label or annotation, or set it to its opposite; for programs that cannot live with a proxy, document what encrypts their traffic instead.',
    references: {
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
      nist: ['SC-8', 'AC-4'],
      urls: [
        'https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy',
        'https://linkerd.io/2/features/proxy-injection/',
        'https://developer.hashicorp.com/consul/docs/k8s/annotations-and-labels',
      ],
    },
    severity: 'warning',
    scope: 'workspace',
    requiredAsProposed: true,
    messages: {
      namespace:
        'Namespace "{name}" opts out of {mesh} ({key}: {value}), so its pods send ePHI in clear text and without an identity. Let them into the mesh.',
      pod: '{kind} "{name}" opts out of {mesh} ({key}: {value}), so its pods send ePHI in clear text and without an identity. Let them into the mesh.',
    },
  },
  resource: {
    check(resource, { report, world }) {
      const { kind, name, namespace } = resource;
      const isNamespace = kind === 'Namespace';
      if (isSystemNamespace(isNamespace ? name : (namespace ?? ''))) return;
      if (isMeshItself(resource)) return;
      const own = enrolmentsOf(resource);
      const inherited = isNamespace
        ? []
        : namespaceEnrolment(namespace, world).flatMap(({ enrolments }) => enrolments);
      for (const enrolment of own) {
        if (enrolment.isIn) continue;
        const others = inherited.filter((other) => !isAboutSame(other, enrolment));
        if ([...own, ...others].some(({ isIn }) => isIn)) continue;
        const { mesh, key, value, at } = enrolment;
        report({
          at,
          messageId: isNamespace ? 'namespace' : 'pod',
          data: { kind, name, mesh: MESH_NAMES[mesh], key, value },
          fixes: [
            {
              title: `Set ${key}: ${oppositeOf(enrolment)}`,
              applicability: 'review',
              operations: [set(at.path, oppositeOf(enrolment))],
            },
          ],
        });
      }
    },
  },
});

/** Whether the pod's word replaces what its Namespace says. */
function isAboutSame(one: Enrolment, other: Enrolment): boolean {
  return one.mesh === other.mesh && one.dataplane === other.dataplane;
}

const OPPOSITES: Readonly<Record<string, string>> = { false: 'true', disabled: 'enabled', none: 'ambient' };

function oppositeOf({ value }: Enrolment): string {
  return OPPOSITES[value] ?? value;
}
