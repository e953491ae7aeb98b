import type { ServiceFact } from '../facts.ts';
import type { World } from '../world.ts';
import { splitHost } from './hosts.ts';
import type { PodNetworkFact } from './pod-network.ts';

/** Ports of pods, as a NetworkPolicy names them. */
export interface TargetPort {
  readonly protocol: string;
  readonly port: number | string;
}

/** A workload at the other end of a call that the manifests show. */
export interface KnownCall {
  readonly workload: PodNetworkFact;
  readonly ports: readonly TargetPort[];
}

/** The Services that select a workload's pods. */
export function servicesOf({ namespace, podLabels }: PodNetworkFact, world: World): ServiceFact[] {
  return world
    .matching('service', 'namespace', namespace)
    .filter(({ selector }) => selectsLabels(selector, podLabels));
}

function selectsLabels(selector: ReadonlyMap<string, string>, labels: ReadonlyMap<string, string>): boolean {
  for (const [key, value] of selector) if (labels.get(key) !== value) return false;
  return selector.size > 0;
}

/** The hosts that a workload names itself, and those in the ConfigMaps that it takes in. */
function callsOf({ calls, configMaps, namespace }: PodNetworkFact, world: World): readonly string[] {
  if (configMaps.length === 0) return calls;
  const configured = configMaps
    .flatMap((name) => world.matching('configured-calls', 'name', name))
    .filter((fact) => fact.namespace === namespace);
  return [...new Set([...calls, ...configured.flatMap((fact) => fact.calls)])];
}

/** The workloads that may name a Service, themselves or in a ConfigMap. */
function candidatesFor(name: string, world: World): PodNetworkFact[] {
  const configured = world.matching('configured-calls', 'calledNames', name);
  return [
    ...world.matching('pod-network', 'calledNames', name),
    ...configured.flatMap((fact) =>
      world
        .matching('pod-network', 'configMaps', fact.name)
        .filter(({ namespace }) => namespace === fact.namespace),
    ),
  ];
}

/** The workloads whose environment, command line or ConfigMaps name a Service of this one, with the ports that they need. */
export function knownCallers(callee: PodNetworkFact, world: World): KnownCall[] {
  const services = servicesOf(callee, world);
  const candidates = new Set(services.flatMap(({ name }) => candidatesFor(name, world)));
  return [...candidates].flatMap((workload) => {
    if (workload === callee) return [];
    const ports = callsOf(workload, world).flatMap((call) => {
      const called = serviceCalled(call, workload);
      return services
        .filter((service) => isCalled(service, called))
        .flatMap((service) => portsCalled(call, service));
    });
    return ports.length === 0 ? [] : [{ workload, ports: unique(ports) }];
  });
}

/** The workloads behind the Services that this one names. */
export function knownCallees(caller: PodNetworkFact, world: World): KnownCall[] {
  const calls = new Map<PodNetworkFact, TargetPort[]>();
  for (const call of callsOf(caller, world)) {
    const called = serviceCalled(call, caller);
    if (called === undefined) continue;
    for (const service of world.matching('service', 'name', called.name)) {
      if (!isCalled(service, called)) continue;
      const ports = portsCalled(call, service);
      for (const workload of world.matching('pod-network', 'namespace', service.namespace)) {
        if (workload === caller || !selectsLabels(service.selector, workload.podLabels)) continue;
        const known = calls.get(workload);
        if (known === undefined) calls.set(workload, [...ports]);
        else known.push(...ports);
      }
    }
  }
  return [...calls].map(([workload, ports]) => ({ workload, ports: unique(ports) }));
}

/** The ports on which Ingresses and routes of the Gateway API lead to a workload; none when none does. */
export function ingressPorts(callee: PodNetworkFact, world: World): TargetPort[] {
  const routes = [
    ...world.matching('ingress', 'namespace', callee.namespace),
    ...world.facts('gateway-route'),
  ].flatMap(({ namespace: home, backends }) =>
    backends
      .filter(({ namespace = home }) => namespace === callee.namespace)
      .map(({ name, port }) => ({ name, port })),
  );
  const ports = servicesOf(callee, world).flatMap((service) =>
    routes
      .filter(({ name }) => name === service.name)
      .flatMap(({ port }) =>
        service.ports.filter(
          (known) => port === undefined || known.name === port || String(known.port) === port,
        ),
      ),
  );
  return unique(ports.map(({ protocol, target }) => ({ protocol, port: target })));
}

/** The name and the namespace of a Service. */
type CalledService = Pick<ServiceFact, 'name' | 'namespace'>;

/** The Service that a host of a workload may be: by its name alone in the same namespace, or with the namespace behind it. */
function serviceCalled(call: string, { namespace: home }: PodNetworkFact): CalledService | undefined {
  const parts = splitHost(call).host.split('.');
  // A pod of a StatefulSet has a name of its own before that of the Service.
  const [name = '', namespace] = parts[3] === 'svc' ? parts.slice(1) : parts;
  if (parts.length === 1) return { name, namespace: home };
  const isLocal = parts.length === 2 || parts.includes('svc');
  return isLocal ? { name, namespace } : undefined;
}

function isCalled({ name, namespace }: ServiceFact, called: CalledService | undefined): boolean {
  return name === called?.name && namespace === called.namespace;
}

function portsCalled(call: string, service: ServiceFact): TargetPort[] {
  const { port } = splitHost(call);
  const exact = service.ports.filter((known) => known.port === port);
  return (exact.length > 0 ? exact : service.ports).map(({ protocol, target }) => ({
    protocol,
    port: target,
  }));
}

function unique(ports: readonly TargetPort[]): TargetPort[] {
  return [...new Map(ports.map((port) => [`${port.protocol} ${port.port}`, port])).values()];
}
