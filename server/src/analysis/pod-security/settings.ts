import type { Container, Pod } from '../../kubernetes/pods.ts';
import type { Path } from '../../syntax/paths.ts';
import type { Value } from '../../syntax/values.ts';
import type { SecurityField } from './fields.ts';

/** What a pod or one of its containers says of a field. */
export interface Setting<T> {
  /** Undefined where the pod itself says it. */
  readonly container: Container | undefined;
  readonly at: Value;
  readonly value: T;
}

/**
 * What decides a field for one container: its own word, else the pod's, else the default of Kubernetes. `unreadable`: something of a wrong
 * type stands there, which the API server would refuse; nothing is known then.
 */
export type Decision<T> =
  | { readonly by: 'container' | 'pod'; readonly at: Value; readonly value: T }
  | { readonly by: 'default' | 'unreadable' };

const CONTEXT = 'securityContext';

/** The path of a field from its pod spec or container. */
export function pathOfField(field: SecurityField<unknown>): Path {
  return [CONTEXT, ...field.path];
}

/** Every place of a pod where a field is said, the pod itself first. */
export function settingsOf<T>(pod: Pod, field: SecurityField<T>): Setting<T>[] {
  const onPod = field.holders === 'containers' ? undefined : statedIn(pod.spec, field);
  const settings: Setting<T>[] = isStated(onPod) ? [{ container: undefined, ...onPod }] : [];
  for (const container of pod.containers) {
    const stated = statedIn(container.value, field);
    if (isStated(stated)) settings.push({ container, ...stated });
  }
  return settings;
}

/** What holds for one container, and what decides it. */
export function decisionFor<T>(pod: Pod, container: Container, field: SecurityField<T>): Decision<T> {
  const own = statedIn(container.value, field);
  if (own === 'unreadable') return { by: 'unreadable' };
  if (own !== undefined) return { by: 'container', ...own };
  if (field.holders === 'containers') return { by: 'default' };
  const inherited = statedIn(pod.spec, field);
  if (inherited === 'unreadable') return { by: 'unreadable' };
  return inherited === undefined ? { by: 'default' } : { by: 'pod', ...inherited };
}

/** The containers for which neither they nor their pod say anything. */
export function undecidedContainers(pod: Pod, field: SecurityField<unknown>): Container[] {
  return pod.containers.filter((container) => decisionFor(pod, container, field).by === 'default');
}

/** The containers for which a setting decides. */
export function containersUnder<T>(pod: Pod, setting: Setting<T>, field: SecurityField<T>): Container[] {
  return pod.containers.filter((container) => {
    const decision = decisionFor(pod, container, field);
    return 'at' in decision && decision.at === setting.at;
  });
}

interface Stated<T> {
  readonly at: Value;
  readonly value: T;
}

function statedIn<T>(holder: Value, field: SecurityField<T>): Stated<T> | 'unreadable' | undefined {
  let at = holder;
  for (const segment of pathOfField(field)) {
    if (at.kind !== 'map') return 'unreadable';
    const next = at.get(segment);
    // The API server reads an explicit null as absent.
    if (next === undefined || next.isNull) return undefined;
    at = next;
  }
  const value = field.read(at);
  return value === undefined ? 'unreadable' : { at, value };
}

function isStated<T>(stated: Stated<T> | 'unreadable' | undefined): stated is Stated<T> {
  return typeof stated === 'object';
}
