import type { World } from '../../analysis/world.ts';
import { isInPhiScope } from '../phi-scope.ts';
import { defineRule } from '../rule.ts';
import type { RuleSettings } from '../settings.ts';

/**
 * A workspace that runs PHI workloads and deploys no sensor which watches running containers. Said once, on the first Namespace with such
 * workloads. The provider of the cluster may run a sensor that no manifest shows, so this is advice.
 *
 * Source: NIST SP 800-190, 4.4.4, rogue containers and unexpected behaviour at run time.
 */
export const runtimeMonitoringMissing = defineRule({
  id: 'runtime-monitoring-missing',
  meta: {
    title: 'Nothing watches running containers',
    safeguard: 'integrity',
    rationale:
      'Manifests and images say what should run; only a sensor on the node sees what does. Without one, malicious software that alters ePHI in a running container goes unnoticed.',
    remediation:
      'Deploy Falco, Tetragon or the sensor of your vendor on every node, and send what it reports to those who answer for it.',
    references: {
      hipaa: ['164.308(a)(5)(ii)(B)', '164.308(a)(1)(ii)(D)', '164.312(b)'],
      nist: ['SI-4', 'SI-7(1)'],
      urls: ['https://falco.org/docs/', 'https://doi.org/10.6028/NIST.SP.800-190'],
    },
    severity: 'information',
    scope: 'workspace',
    phiOnly: true,
    messages: {
      missing:
        'Nothing in this workspace watches what the containers of namespace "{namespace}" do at run time, so software that alters ePHI there goes unnoticed. Deploy a sensor such as Falco or Tetragon, unless your provider runs one.',
    },
  },
  resource: {
    kinds: ['Namespace'],
    check({ group, root, name }, { report, world, settings }) {
      if (group !== '' || !world.complete || world.facts('runtime-sensor').length > 0) return;
      if (firstPhiNamespace(world, settings) !== name) return;
      report({
        at: root,
        missing: [],
        messageId: 'missing',
        data: { namespace: name },
        confidence: 'low',
      });
    },
  },
});

function firstPhiNamespace(world: World, settings: RuleSettings): string | undefined {
  const inhabited = new Set(
    world
      .facts('workload')
      .filter((workload) => isInPhiScope(workload, world, settings))
      .map(({ namespace }) => namespace),
  );
  return world
    .facts('namespace')
    .filter(
      (namespace) =>
        inhabited.has(namespace.name) && isInPhiScope({ ...namespace, kind: 'Namespace' }, world, settings),
    )
    .map(({ name }) => name)
    .sort()[0];
}
