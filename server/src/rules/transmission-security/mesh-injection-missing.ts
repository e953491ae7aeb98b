import {
  enrolmentFactsFor,
  isSystemNamespace,
  namespaceEnrolment,
  namespaceOptIn,
  type OptIn,
} from '../../analysis/mesh/meshes.ts';
import type { World } from '../../analysis/world.ts';
import { MESH_NAMES, setMetadata } from '../mesh-fixes.ts';
import { namespaceOf } from '../related-objects.ts';
import { defineRule, type RelatedObject } from '../rule.ts';

/**
 * A PHI namespace that says nothing about the mesh that the workspace uses. Namespaces whose workloads all speak for themselves are fine; Consul
 * has no label for namespaces, Cilium needs none.
 *
 * Source: https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/, https://istio.io/latest/docs/ambient/usage/add-workloads/,
 * https://linkerd.io/2/features/proxy-injection/
 */
export const meshInjectionMissing = defineRule({
  id: 'mesh-injection-missing',
  meta: {
    title: 'Namespace is not in the mesh',
    safeguard: 'transmission-security',
    rationale:
      'Meshes take part in a namespace only when it carries their label. Without it pods run without proxies, send ePHI in clear text, and no policy of the mesh holds for them.',
    remediation: 'Put the label or annotation of the mesh on the Namespace, and restart its pods.',
    references: {
      hipaa: ['164.312(e)(1)', '164.312(e)(2)(ii)'],
      nist: ['SC-8', 'AC-4'],
      urls: [
        'https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#automatic-sidecar-injection',
        'https://istio.io/latest/docs/ambient/usage/add-workloads/',
        'https://linkerd.io/2/features/proxy-injection/',
      ],
    },
    severity: 'warning',
    scope: 'workspace',
    phiOnly: true,
    requiredAsProposed: true,
    messages: {
      missing:
        'Namespace "{name}" is not part of the {mesh} mesh that this workspace uses, so its pods send ePHI in clear text. Set {key}: {value}.',
    },
  },
  resource: {
    kinds: ['Namespace'],
    check(namespace, { report, world }) {
      const { group, name, root } = namespace;
      if (group !== '' || name === '' || isSystemNamespace(name) || !world.complete) return;
      const optIn = namespaceOptIn(world);
      if (optIn === undefined || hasDecided(name, world)) return;
      const { mesh, field, key, value } = optIn;
      report({
        at: root,
        missing: ['metadata', field, key],
        messageId: 'missing',
        data: { name, mesh: MESH_NAMES[mesh], key, value },
        relatedObjects: enrolledLike(optIn, world),
        fixes: [
          {
            title: `Set ${key}: ${value}`,
            applicability: 'review',
            operations: [setMetadata(namespace, optIn)],
          },
        ],
      });
    },
  },
});

/** Whether a Namespace, or else each of its workloads, says anything of a mesh. */
function hasDecided(name: string, world: World): boolean {
  if (saysAnything(namespaceEnrolment(name, world))) return true;
  const workloads = world.matching('workload', 'namespace', name);
  return (
    workloads.length > 0 && workloads.every((workload) => saysAnything(enrolmentFactsFor(workload, world)))
  );
}

/** A Namespace that is in the mesh in this way. */
function enrolledLike({ key, value }: OptIn, world: World): RelatedObject[] {
  const other = world
    .matching('mesh-enrolment', 'kind', 'Namespace')
    .find(({ enrolments }) => enrolments.some((each) => each.key === key && each.value === value));
  return other === undefined ? [] : [namespaceOf(other.name, 'This namespace is in the mesh.')];
}

function saysAnything(facts: ReturnType<typeof namespaceEnrolment>): boolean {
  return facts.some(({ enrolments }) => enrolments.length > 0);
}
