import type { Container, Pod } from '../../kubernetes/pods.ts';
import { type DocumentOperation, type PlainValue, remove, set } from '../../syntax/edit/operations.ts';
import type { SecurityField } from './fields.ts';
import { takesPodDefaults } from './pod.ts';
import { pathOfField, type Setting } from './settings.ts';

/** Sets a field for containers that say nothing of it: once on their pod where that is possible. */
export function setDefault(
  pod: Pod,
  containers: readonly Container[],
  field: SecurityField<unknown>,
  value: PlainValue,
): DocumentOperation[] {
  const onPod = field.holders === 'pod-and-containers' && takesPodDefaults(pod);
  const holders = onPod ? [pod.spec] : containers.map((container) => container.value);
  return holders.map((holder) => set([...holder.path, ...pathOfField(field)], value));
}

/** Takes a setting away, with the maps that it leaves empty. */
export function removeSetting(pod: Pod, { container, at }: Setting<unknown>): DocumentOperation {
  const holder = container?.value ?? pod.spec;
  return remove(at.path, { pruneTo: holder.path.length });
}
