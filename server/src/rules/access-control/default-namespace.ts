import type { World } from '../../analysis/world.ts';
import { isWorkload } from '../../kubernetes/pods.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { set } from '../../syntax/edit/operations.ts';
import { defineRule, type Fix } from '../rule.ts';

const KINDS = new Set(['Service', 'ConfigMap', 'Secret', 'PersistentVolumeClaim']);

/** How many namespaces are offered as alternatives. */
const OFFERED_NAMESPACES = 4;

/**
 * An object in the namespace `default`: named, or because nothing names another. Without a namespace the place is only certain when everything that
 * deploys together is in view and neither a kustomization nor a Namespace of the same files sets it.
 *
 * Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces
 */
export const defaultNamespace = defineRule({
  id: 'default-namespace',
  meta: {
    title: 'Object in the default namespace',
    safeguard: 'access-control',
    rationale:
      'Roles, network policies, quotas and audit rules are set by namespace, and "default" is where everything else lands. ePHI there cannot be fenced off from unrelated workloads.',
    remediation: 'Put the object into a namespace of its service.',
    references: {
      hipaa: ['164.312(a)(1)', '164.308(a)(4)'],
      nist: ['AC-4', 'SC-7'],
      benchmark: 'CIS Kubernetes Benchmark 5.7.4',
      urls: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/'],
    },
    severity: 'warning',
    scope: 'workspace',
    messages: {
      named:
        '{kind} "{name}" is in namespace "default", where no boundary protects ePHI. Use a namespace of its own.',
      unnamed:
        '{kind} "{name}" names no namespace and lands in "default", where no boundary protects ePHI. Name one.',
    },
  },
  resource: {
    check(resource, { report, world }) {
      if (!isWorkload(resource) && !(resource.group === '' && KINDS.has(resource.kind))) return;
      if (isOfEveryCluster(resource)) return;
      const data = { kind: resource.kind, name: resource.name };
      const namespace = resource.metadata?.get('namespace');
      if (namespace?.text === 'default') {
        report({ at: namespace, messageId: 'named', data, fixes: otherNamespaces(resource, world) });
        return;
      }
      if (
        namespace !== undefined ||
        resource.metadata === undefined ||
        !world.complete ||
        isSetElsewhere(world)
      )
        return;
      report({ at: resource.metadata, missing: ['namespace'], messageId: 'unnamed', data });
    },
  },
});

/** What Kubernetes itself puts there, as exports of clusters show it. */
function isOfEveryCluster({ kind, name }: Resource): boolean {
  return (
    (kind === 'Service' && name === 'kubernetes') || (kind === 'ConfigMap' && name === 'kube-root-ca.crt')
  );
}

function isSetElsewhere(world: World): boolean {
  return world.facts('kustomization').length > 0 || world.facts('namespace').length > 0;
}

function otherNamespaces(resource: Resource, world: World): Fix[] {
  return world
    .facts('namespace')
    .filter(({ name }) => name !== 'default')
    .slice(0, OFFERED_NAMESPACES)
    .map(({ name }) => ({
      title: `Move to namespace "${name}"`,
      applicability: 'review',
      operations: [set([...resource.root.path, 'metadata', 'namespace'], name)],
    }));
}
