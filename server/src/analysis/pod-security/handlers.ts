import type { Container } from '../../kubernetes/pods.ts';
import type { Path } from '../../syntax/paths.ts';
import type { Value } from '../../syntax/values.ts';

export const HANDLERS: readonly Path[] = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
];

/** The `host` of each probe and lifecycle handler of a container that names one. */
export function handlerHostsOf({ value }: Container): { readonly handler: string; readonly host: Value }[] {
  return HANDLERS.flatMap((handler) =>
    ['httpGet', 'tcpSocket'].flatMap((action) => {
      const host = value.at([...handler, action, 'host']);
      return host?.string === undefined || host.string === ''
        ? []
        : [{ handler: String(handler.at(-1)), host }];
    }),
  );
}
