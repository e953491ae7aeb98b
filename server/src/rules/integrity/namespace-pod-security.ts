import {
  defaultLevels,
  type LevelSource,
  levelOf,
  namespaceLevels,
  restrictOperations,
  weakModes,
} from '../../analysis/pod-security/admission.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { matchesWildcard } from '../../kubernetes/wildcards.ts';
import { remove } from '../../syntax/edit/operations.ts';
import type { Value } from '../../syntax/values.ts';
import { defineRule, type RuleContext } from '../rule.ts';

/**
 * A Namespace in which the API server does not enforce the Restricted standard, or a cluster default below it, or a PHI namespace that the
 * cluster exempts. Namespaces of the control plane run what Restricted forbids.
 *
 * Source: https://kubernetes.io/docs/concepts/security/pod-security-admission/.
 */
export const namespacePodSecurity = defineRule({
  id: 'namespace-pod-security',
  meta: {
    title: 'Namespace does not enforce the Restricted pod security standard',
    safeguard: 'integrity',
    rationale:
      'Manifests can be reviewed, but only admission control stops a pod that was never reviewed. Without it one privileged pod, started by mistake or by an intruder, reaches the ePHI of every pod on its node.',
    remediation:
      'Label the Namespace with pod-security.kubernetes.io/enforce, audit and warn: restricted, after its workloads meet that standard.',
    references: {
      hipaa: ['164.312(a)(1)', '164.312(c)(1)'],
      nist: ['CM-7', 'AC-6'],
      benchmark: 'Pod Security Standards: Restricted; CIS Kubernetes Benchmark 5.2.1',
      urls: [
        'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
        'https://kubernetes.io/docs/tasks/configure-pod-container/enforce-standards-namespace-labels/',
      ],
    },
    severity: 'error',
    scope: 'document',
    phiOnly: true,
    messages: {
      unenforced:
        'Namespace "{name}" does not enforce the Restricted standard, so a privileged pod can start there and reach ePHI. Set pod-security.kubernetes.io/enforce: restricted.',
      unreported:
        'Namespace "{name}" refuses pods that break the Restricted standard, but workloads that would make such pods leave no trace ({modes}). Set the same level for audit and warn.',
      defaults:
        'Namespaces without labels get no Restricted standard from this default, so a privileged pod can start there and reach ePHI. Set the levels to restricted.',
      exempted:
        'Namespace "{name}" holds PHI and is exempt from pod security admission, so any pod can start there. Remove the exemption.',
    },
  },
  resource: {
    kinds: ['Namespace', 'AdmissionConfiguration', 'PodSecurityConfiguration'],
    check(resource, context) {
      if (resource.kind === 'Namespace') return checkNamespace(resource, context);
      if (resource.kind === 'PodSecurityConfiguration') return checkConfiguration(resource.root, context);
      for (const plugin of resource.root.get('plugins')?.items ?? []) {
        const configuration = plugin.get('configuration');
        if (plugin.get('name')?.text === 'PodSecurity' && configuration?.kind === 'map')
          checkConfiguration(configuration, context);
      }
    },
  },
});

type Context = RuleContext<'unenforced' | 'unreported' | 'defaults' | 'exempted'>;

function checkNamespace({ root, group, name }: Resource, { report }: Context): void {
  if (group !== '' || name.startsWith('kube-')) return;
  const source = namespaceLevels(root);
  const weak = weakModes(source);
  const [first] = weak;
  if (first === undefined) return;
  const fixes = [restrictFix(source, 'Set the pod security labels to restricted')];
  const data = { name, modes: weak.join(', ') };
  const place = placeOf(source, first);
  if (first === 'enforce') report({ ...place, messageId: 'unenforced', data, fixes });
  else report({ ...place, messageId: 'unreported', data, fixes, severity: 'information' });
}

function checkConfiguration(configuration: Value, { report, settings }: Context): void {
  const source = defaultLevels(configuration);
  const [first] = weakModes(source);
  if (first !== undefined) {
    const fixes = [restrictFix(source, 'Set the default levels to restricted')];
    report({ ...placeOf(source, first), messageId: 'defaults', fixes });
  }
  for (const namespace of configuration.at(['exemptions', 'namespaces'])?.items ?? []) {
    const name = namespace.text;
    if (name === undefined || !settings.phi.namespaces.some((pattern) => matchesWildcard(pattern, name)))
      continue;
    report({
      at: namespace,
      messageId: 'exempted',
      data: { name },
      fixes: [
        {
          title: 'Remove the exemption',
          applicability: 'review',
          operations: [remove(namespace.path)],
        },
      ],
    });
  }
}

function placeOf(source: LevelSource, mode: 'enforce' | 'audit' | 'warn') {
  const level = levelOf(source, mode);
  return level === undefined ? { at: source.at, missing: source.pathOf(mode) } : { at: level };
}

/** Pods that break the standard are refused from then on, so a person decides when. */
function restrictFix(source: LevelSource, title: string) {
  return { title, applicability: 'review', operations: restrictOperations(source) } as const;
}
