import { matchesWildcard } from '../../kubernetes/wildcards.ts';
import type { VendorUsage } from './usages.ts';
import type { Vendor } from './vendors.ts';

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
      isName(name, vendor) ||
      hosts.some((host) => isWithin(by, host)) ||
      registries.some((registry) => isWithin(by, registry)) ||
      ids.some((id) => by.startsWith(id)),
  );
}

/** Whether a list may mean a vendor by a name. */
export function isName(name: string, vendor: Vendor): boolean {
  const wanted = name.trim().toLowerCase();
  return [vendor.name, ...(vendor.alsoCalled ?? [])].some((known) => known.toLowerCase() === wanted);
}

function isWithin(host: string, pattern: string): boolean {
  const wanted = pattern.toLowerCase();
  return matchesWildcard(wanted, host) || matchesWildcard(`*.${wanted}`, host);
}
