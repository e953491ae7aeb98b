import { flagsOf } from '../../kubernetes/command-line.ts';
import { secondsOf } from '../../kubernetes/durations.ts';
import { podOf } from '../../kubernetes/pods.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import type { OffsetRange } from '../../syntax/ranges.ts';
import { ScalarValue, type Value } from '../../syntax/values.ts';

/** How long the certificates live that a mesh gives to workloads. */
export interface WorkloadLifetime {
  readonly mesh: 'Istio' | 'Linkerd' | 'Consul';
  readonly setting: string;
  readonly seconds: number;
  readonly at: ScalarValue;
  /** The part of the decoded text that is the duration; absent when all of it is. */
  readonly part?: OffsetRange;
}

/** The settings of the meshes. */
export const MESHES: Readonly<Record<string, WorkloadLifetime['mesh']>> = {
  DEFAULT_WORKLOAD_CERT_TTL: 'Istio',
  SECRET_TTL: 'Istio',
  issuanceLifetime: 'Linkerd',
  'identity-issuance-lifetime': 'Linkerd',
  leafCertTTL: 'Consul',
  leaf_cert_ttl: 'Consul',
  LeafCertTTL: 'Consul',
};

/** Kinds whose fields hold the settings of a mesh, values of its chart among them. */
const HOLDERS: ReadonlySet<string> = new Set([
  'IstioOperator',
  'Istio',
  'HelmRelease',
  'HelmChart',
  'Application',
  'ProxyConfig',
]);

/** A setting inside of a text, which ends with the duration. */
export const LIFETIME_IN_TEXT =
  /\b(DEFAULT_WORKLOAD_CERT_TTL|SECRET_TTL|issuanceLifetime|leafCertTTL|leaf_cert_ttl|LeafCertTTL)"?[ \t]*[:=][ \t]*"?([0-9][0-9a-zµ.]*)/g;

/**
 * The lifetimes that a resource sets: by the environment of Istio's control plane and proxies, the flag or chart value of Linkerd's identity
 * service, the configuration of Consul's certificate authority.
 *
 * Source: https://istio.io/latest/docs/reference/commands/pilot-discovery/#envvars, https://linkerd.io/2/tasks/automatically-rotating-control-plane-tls-credentials/,
 * https://developer.hashicorp.com/consul/docs/connect/ca/consul#leafcertttl
 */
export function workloadLifetimesOf(resource: Resource): WorkloadLifetime[] {
  if (resource.kind === 'ConfigMap' && resource.group === '') {
    return (resource.root.get('data')?.entries ?? []).flatMap(({ value }) => inText(value));
  }
  if (HOLDERS.has(resource.kind)) return inFields(resource.root);
  return (podOf(resource)?.containers ?? []).flatMap((container) => [
    ...(container.value.get('env')?.items ?? []).flatMap((item) =>
      lifetime(item.get('name')?.text ?? '', item.get('value')),
    ),
    ...flagsOf(container).flatMap(({ name, value, at, valueAt }) => {
      if (valueAt !== undefined || value === undefined) return lifetime(name, valueAt);
      const start = (at.text ?? '').length - value.length;
      return lifetime(name, at, { start, end: start + value.length });
    }),
  ]);
}

function inFields(value: Value): WorkloadLifetime[] {
  const env = lifetime(value.get('name')?.text ?? '', value.get('value'));
  return [
    ...env,
    ...value.entries.flatMap((entry) => [...lifetime(entry.key, entry.value), ...inFields(entry.value)]),
    ...value.items.flatMap(inFields),
  ];
}

function lifetime(setting: string, at: Value | undefined, part?: OffsetRange): WorkloadLifetime[] {
  const mesh = Object.hasOwn(MESHES, setting) ? MESHES[setting] : undefined;
  if (mesh === undefined || !(at instanceof ScalarValue) || at.text === undefined) return [];
  const seconds = secondsOf(part === undefined ? at.text : at.text.slice(part.start, part.end));
  if (seconds === undefined) return [];
  return [{ mesh, setting, seconds, at, ...(part === undefined ? {} : { part }) }];
}

function inText(at: Value): WorkloadLifetime[] {
  if (!(at instanceof ScalarValue) || at.text === undefined) return [];
  return [...at.text.matchAll(LIFETIME_IN_TEXT)].flatMap((match) => {
    const [whole, setting = '', duration = ''] = match;
    const start = match.index + whole.length - duration.length;
    return lifetime(setting, at, { start, end: start + duration.length });
  });
}
