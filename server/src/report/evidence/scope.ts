import { isMeshItself } from '../../analysis/mesh/enrolment.ts';
import { isSystemNamespace } from '../../analysis/mesh/meshes.ts';
import { isWorkload } from '../../kubernetes/pods.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { isInPhiScope, type ScopedObject } from '../../rules/phi-scope.ts';
import type { EvidenceDocument } from './observation.ts';

type Surroundings = Pick<EvidenceDocument, 'world' | 'settings'>;

/** Whether an object may hold PHI. What the control planes of Kubernetes and of meshes run in their namespaces does not. */
export function mayHoldPhi(object: ScopedObject, { world, settings }: Surroundings): boolean {
  const namespace = object.kind === 'Namespace' ? object.name : object.namespace;
  return !isSystemNamespace(namespace ?? '') && isInPhiScope(object, world, settings);
}

export function isWorkloadWithPhi(resource: Resource, document: EvidenceDocument): boolean {
  return (
    isWorkload(resource) &&
    resource.kind !== 'PodTemplate' &&
    document.world.usedAs !== 'part' &&
    !isMeshItself(resource) &&
    mayHoldPhi(resource, document)
  );
}
