import { reaches } from '../../../analysis/network/default-deny.ts';
import type { Direction } from '../../../analysis/network/network-policy.ts';
import { levelOf, namespaceLevels } from '../../../analysis/pod-security/admission.ts';
import { dropsAll } from '../../../analysis/pod-security/capabilities.ts';
import {
  ALLOW_PRIVILEGE_ESCALATION,
  RUN_AS_NON_ROOT,
  SECCOMP_TYPE,
} from '../../../analysis/pod-security/fields.ts';
import { isInUserNamespace, isWindows } from '../../../analysis/pod-security/pod.ts';
import { isConfiningType } from '../../../analysis/pod-security/profiles.ts';
import { decisionFor } from '../../../analysis/pod-security/settings.ts';
import type { World } from '../../../analysis/world.ts';
import { type Container, isWorkload, type Pod, podOf } from '../../../kubernetes/pods.ts';
import { headOf, nameOf, type Observation, type Observe, placeOf } from '../observation.ts';
import { isWorkloadWithPhi, mayHoldPhi } from '../scope.ts';

/** Namespaces, and what runs in them. */
export const observeWorkloads: Observe = (resource, document) => {
  if (resource.kind === 'Namespace' && resource.group === '') return observeNamespace(resource, document);
  const pod = isWorkload(resource) ? podOf(resource) : undefined;
  if (pod === undefined || !isWorkloadWithPhi(resource, document)) return [];
  const missing = missingForRestricted(pod);
  const ofPod: Observation = {
    aspect: 'pods-restricted',
    namespace: resource.namespace,
    shown: missing.length === 0,
    text:
      missing.length === 0
        ? `${nameOf(resource)} sets what Restricted asks of pods.`
        : `${nameOf(resource)} does not set ${missing.join(', ')}.`,
    place: placeOf(document, headOf(resource)),
  };
  const { namespace } = resource;
  const { world, isRelease } = document;
  const isKnown = namespace === undefined || world.matching('namespace', 'name', namespace).length > 0;
  // Where a release goes is decided elsewhere.
  if (isKnown || isRelease) return [ofPod];
  const place = placeOf(document, resource.metadata?.get('namespace') ?? headOf(resource));
  return [ofPod, closedBy(namespace, new Map(), world, place), unlabelled(namespace, place)];
};

const observeNamespace: Observe = (resource, document) => {
  const { name, labels, root } = resource;
  if (name === '' || document.world.usedAs === 'part' || !mayHoldPhi(resource, document)) return [];
  const place = placeOf(document, headOf(resource));
  const level = levelOf(namespaceLevels(root), 'enforce');
  const isEnforced = level?.text === 'restricted';
  return [
    closedBy(name, labels, document.world, place),
    isEnforced
      ? {
          aspect: 'restricted-enforced',
          namespace: name,
          shown: true,
          text: `Namespace "${name}" enforces Restricted.`,
          place: placeOf(document, level),
        }
      : unlabelled(name, place),
  ];
};

function unlabelled(namespace: string, place: Observation['place']): Observation {
  const text = `Nothing in view has namespace "${namespace}" enforce Restricted.`;
  return { aspect: 'restricted-enforced', namespace, shown: false, text, place };
}

const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];

/** The directions in which policies that are in view close a namespace by default. */
export function closedDirections(
  name: string,
  labels: ReadonlyMap<string, string>,
  world: World,
): { readonly direction: Direction; readonly by: string }[] {
  return DIRECTIONS.flatMap((direction) => {
    const fact = world.facts('default-deny').find(
      ({ deny, namespace }) =>
        deny.reach !== 'unknown' &&
        // One that names no namespace goes wherever it is applied, which shows nothing.
        (deny.reach !== 'namespace' || namespace !== undefined) &&
        deny.directions.includes(direction) &&
        reaches(deny, namespace, name, labels),
    );
    return fact === undefined ? [] : [{ direction, by: fact.name }];
  });
}

function closedBy(
  name: string,
  labels: ReadonlyMap<string, string>,
  world: World,
  place: Observation['place'],
): Observation {
  const closed = closedDirections(name, labels, world);
  const open = DIRECTIONS.filter((wanted) => !closed.some(({ direction }) => direction === wanted));
  const policies = [...new Set(closed.map(({ by }) => `"${by}"`))].join(' and ');
  return {
    aspect: 'namespaces-closed',
    namespace: name,
    shown: open.length === 0,
    text:
      open.length === 0
        ? `Namespace "${name}" is closed by default in both directions, by ${policies}.`
        : `No policy in view closes namespace "${name}" by default for ${open.join(' and ')}.`,
    place,
  };
}

/** The settings without which a pod breaks Restricted, and that it does not have. */
function missingForRestricted(pod: Pod): string[] {
  if (pod.containers.length === 0) return ['any container'];
  const every = (holds: (container: Container) => boolean) => pod.containers.every(holds);
  const says = <T>(
    container: Container,
    field: Parameters<typeof decisionFor<T>>[2],
    test: (value: T) => boolean,
  ) => {
    const decision = decisionFor(pod, container, field);
    return 'value' in decision && test(decision.value);
  };
  const isNonRoot =
    isInUserNamespace(pod) || every((container) => says(container, RUN_AS_NON_ROOT, (value) => value));
  // Linux alone has these.
  const isLinux = !isWindows(pod);
  return [
    ...(isNonRoot ? [] : ['runAsNonRoot: true']),
    ...(!isLinux || every((container) => says(container, ALLOW_PRIVILEGE_ESCALATION, (value) => !value))
      ? []
      : ['allowPrivilegeEscalation: false']),
    ...(!isLinux || every((container) => dropsAll(container) === true) ? [] : ['capabilities.drop: [ALL]']),
    ...(!isLinux || every((container) => says(container, SECCOMP_TYPE, isConfiningType))
      ? []
      : ['a seccompProfile']),
  ];
}
