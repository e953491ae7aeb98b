import { matchesWildcard } from '../../kubernetes/wildcards.ts';
import type { VendorUsage } from './usages.ts';

/** How a list of business associates names one. */
export interface AssociateNames {
  readonly name: string;
  readonly hosts?: readonly string[];
  readonly registries?: readonly string[];
  readonly ids?: readonly string[];
}

/** The entry of a list that is about a vendor: by its name, or by the host, registry or id that was found. */
export function associateOf<Associate extends AssociateNames>(
  { vendor, by }: VendorUsage,
  associates: readonly Associate[],
): Associate | undefined {
  return associates.find(
    ({ name, hosts = [], registries = [], ids = [] }) =>
      name.toLowerCase() === vendor.name.toLowerCase() ||
      hosts.some((host) => isWithin(by, host)) ||
      registries.some((registry) => isWithin(by, registry)) ||
      ids.some((id) => by.startsWith(id)),
  );
}

function isWithin(host: string, pattern: string): boolean {
  const wanted = pattern.toLowerCase();
  return matchesWildcard(wanted, host) || matchesWildcard(`*.${wanted}`, host);
}
