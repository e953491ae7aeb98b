import type { Resource } from '../../kubernetes/resource.ts';
import type { Value } from '../../syntax/values.ts';
import type { Origin } from '../origin.ts';
import type { World } from '../world.ts';
import { type MeshConfig, rootNamespaceOf } from './mesh-config.ts';

/*
 * Where meshes are told to log who reached what.
 *
 * Source: https://istio.io/latest/docs/tasks/observability/logs/access-log/ and .../telemetry-api/,
 * https://developer.hashicorp.com/consul/docs/connect/config-entries/proxy-defaults#accesslogs,
 * https://linkerd.io/2/features/access-logging/
 */

export interface TelemetryFact extends Origin {
  readonly type: 'telemetry';
  readonly hasSelector: boolean;
  /** Whether it turns access logs on for requests that workloads serve. */
  readonly logsAccess: boolean;
}

export function isTelemetry({ group, kind }: Resource): boolean {
  return kind === 'Telemetry' && group === 'telemetry.istio.io';
}

export function telemetryFactOf({ spec }: Resource, origin: Origin): TelemetryFact {
  return {
    type: 'telemetry',
    ...origin,
    hasSelector: ['selector', 'targetRefs', 'targetRef'].some((key) => spec?.has([key])),
    logsAccess: (spec?.get('accessLogging')?.items ?? []).some(
      (entry) => entry.kind === 'map' && seesServer(entry) && entry.get('disabled')?.boolean !== true,
    ),
  };
}

/** Whether an entry of `accessLogging` is about the requests that a workload serves: the side that holds what is asked for. */
export function seesServer(entry: Value): boolean {
  return entry.at(['match', 'mode'])?.text !== 'CLIENT';
}

/** Whether a Telemetry turns access logs on for the whole mesh. */
export function isLoggedByTelemetry(world: World): boolean {
  const root = rootNamespaceOf(world);
  return world
    .facts('telemetry')
    .some(
      ({ namespace, hasSelector, logsAccess }) => logsAccess && !hasSelector && (namespace ?? root) === root,
    );
}

/** Kinds of extension providers that receive access logs. */
export const LOG_PROVIDERS = ['envoyFileAccessLog', 'envoyHttpAls', 'envoyTcpAls', 'envoyOtelAls'];

/** Whether a MeshConfig turns access logs on by itself. The profile `demo` comes with them. */
export function logsAccess({ kind, spec }: Resource, { value }: MeshConfig): boolean {
  const file = value?.get('accessLogFile')?.text;
  if (file === undefined && kind === 'IstioOperator' && spec?.get('profile')?.text === 'demo') return true;
  return (
    (file ?? '') !== '' ||
    (value?.at(['defaultProviders', 'accessLogging'])?.items.length ?? 0) > 0 ||
    value?.get('enableEnvoyAccessLogService')?.boolean === true
  );
}

/** Whether a MeshConfig names somewhere to send access logs, for a Telemetry to choose. */
export function offersLogProvider({ value }: MeshConfig): boolean {
  return (value?.get('extensionProviders')?.items ?? []).some((provider) =>
    LOG_PROVIDERS.some((key) => provider.has([key])),
  );
}
