import { type Pod, podOf, serviceAccountOf } from '../../kubernetes/pods.ts';
import { type Resource, textsOf } from '../../kubernetes/resource.ts';
import type { Origin } from '../origin.ts';
import { type Calls, callsOfPod, configMapsOf } from './calls.ts';

/** A port that a container says it listens on. */
export interface ContainerPort {
  readonly name: string | undefined;
  readonly protocol: string;
  readonly port: number;
}

/** What a workload's pods are to the network. */
export interface PodNetworkFact extends Origin, Calls {
  readonly type: 'pod-network';
  readonly kind: string;
  readonly podLabels: ReadonlyMap<string, string>;
  /** The labels by which the workload knows its own pods; those of the pods where it names none. */
  readonly selector: ReadonlyMap<string, string>;
  readonly serviceAccount: string | undefined;
  readonly ports: readonly ContainerPort[];
  /** Its pods are their node: policies do not reach them. */
  readonly hostNetwork: boolean;
  /** Those that it takes in. */
  readonly configMaps: readonly string[];
}

export function podNetworkFactOf(workload: Resource, origin: Origin): PodNetworkFact | undefined {
  const pod = podOf(workload);
  if (pod === undefined) return undefined;
  const podLabels = textsOf(pod.metadata?.get('labels'));
  const own = textsOf(workload.spec?.at(['selector', 'matchLabels']));
  return {
    type: 'pod-network',
    ...origin,
    kind: workload.kind,
    podLabels,
    selector: own.size > 0 && !areSame(own, podLabels) ? own : podLabels,
    serviceAccount: serviceAccountOf(pod)?.text,
    ports: portsOf(pod),
    hostNetwork: pod.spec.get('hostNetwork')?.boolean === true,
    ...callsOfPod(pod),
    configMaps: configMapsOf(pod),
  };
}

/** Whether two maps have the same entries in the same order. One that others have, too, need not be kept for each workload of a large folder. */
function areSame(own: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  if (own.size !== other.size) return false;
  const others = [...other];
  return [...own].every(([key, text], index) => others[index]?.[0] === key && others[index]?.[1] === text);
}

function portsOf(pod: Pod): ContainerPort[] {
  return pod.containers.flatMap(({ value }) =>
    (value.get('ports')?.items ?? []).flatMap((item) => {
      const port = item.get('containerPort')?.number;
      if (port === undefined || !Number.isInteger(port)) return [];
      const protocol = item.get('protocol')?.text?.toUpperCase() ?? 'TCP';
      return { name: item.get('name')?.text, protocol, port };
    }),
  );
}
