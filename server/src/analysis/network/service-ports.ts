import type { Resource } from '../../kubernetes/resource.ts';

/** A port of a Service. */
export interface ServicePort {
  readonly name: string | undefined;
  readonly port: number;
  readonly protocol: string;
  /** The pod's port, by number or name. */
  readonly target: number | string;
}

export function servicePortsOf({ spec }: Resource): ServicePort[] {
  return (spec?.get('ports')?.items ?? []).flatMap((item) => {
    const port = item.get('port')?.number;
    if (port === undefined) return [];
    const target = item.get('targetPort');
    return {
      name: item.get('name')?.text,
      port,
      protocol: item.get('protocol')?.text?.toUpperCase() ?? 'TCP',
      target: target?.number ?? target?.text ?? port,
    };
  });
}
