import { adminToolOf } from '../../analysis/admin-tools.ts';
import { PHI_LABEL } from '../../analysis/phi-label.ts';
import type { World } from '../../analysis/world.ts';
import { matchesWildcard } from '../../kubernetes/wildcards.ts';
import { namespaceOf, objectsOf } from '../related-objects.ts';
import { defineRule } from '../rule.ts';
import type { RuleSettings } from '../settings.ts';

/**
 * An administrative or monitoring tool in a namespace that is marked as holding PHI. Only an explicit mark counts: by default every namespace may
 * hold PHI, that of the tools too.
 */
export const namespaceMixedWorkloads = defineRule({
  id: 'namespace-mixed-workloads',
  meta: {
    title: 'PHI and administration in one namespace',
    safeguard: 'access-control',
    rationale:
      'Whoever administers the monitoring or delivery tools of a namespace gets roles there, and with them a way to ePHI. Namespaces are the boundary at which access is granted.',
    remediation: 'Move the tool into a namespace of its own.',
    references: {
      hipaa: ['164.312(a)(1)', '164.308(a)(4)', '164.502(b)'],
      nist: ['AC-4', 'SC-2', 'SC-3'],
      urls: ['https://kubernetes.io/docs/concepts/security/multi-tenancy/'],
    },
    severity: 'warning',
    scope: 'workspace',
    messages: {
      mixed:
        '{tool} runs in namespace "{namespace}", which holds PHI: its administrators get a way to it. Use a namespace of its own.',
    },
  },
  pod({ workload, containers }, { report, world, settings }) {
    const tool = containers.flatMap(({ image }) => adminToolOf(image?.text ?? '') ?? [])[0];
    const namespace = workload.metadata?.get('namespace');
    if (tool === undefined || namespace?.text === undefined || !isMarked(namespace.text, world, settings))
      return;
    const others = world
      .matching('workload', 'namespace', namespace.text)
      .filter(({ images }) => images.every((image) => adminToolOf(image) === undefined));
    if (others.length === 0) return;
    report({
      at: namespace,
      messageId: 'mixed',
      data: { tool, namespace: namespace.text },
      relatedObjects: [
        ...objectsOf(others, 'It may handle ePHI.'),
        namespaceOf(namespace.text, 'The namespace holds PHI.'),
      ],
    });
  },
});

function isMarked(namespace: string, world: World, { phi }: RuleSettings): boolean {
  const label = world.matching('namespace', 'name', namespace)[0]?.labels.get(PHI_LABEL);
  if (label !== undefined) return label === 'true';
  return phi.namespaces.some((pattern) => matchesWildcard(pattern, namespace));
}
