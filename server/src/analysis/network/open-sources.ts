import type { Resource } from '../../kubernetes/resource.ts';
import type { Path } from '../../syntax/paths.ts';
import type { Value } from '../../syntax/values.ts';
import { calicoOpenDestinations, calicoOpenSources } from './calico.ts';
import { ciliumOpenDestinations, ciliumOpenSources } from './cilium.ts';

/** A source in a policy of a network plug-in that is open to everybody. */
export interface OpenSource {
  readonly why: 'any-peer' | 'every-address' | 'every-pod';
  readonly at: Value;
  readonly missing?: Path;
}

/** The open sources of the policies that network plug-ins bring; none for other resources. */
export function openSourcesOf(policy: Resource): OpenSource[] {
  switch (policy.group) {
    case 'cilium.io':
      return ciliumOpenSources(policy);
    case 'projectcalico.org':
    case 'crd.projectcalico.org':
      return calicoOpenSources(policy);
    default:
      return [];
  }
}

/** Destinations of the policies that network plug-ins bring which are the whole internet, on every port. */
export function openDestinationsOf(policy: Resource): OpenSource[] {
  switch (policy.group) {
    case 'cilium.io':
      return ciliumOpenDestinations(policy);
    case 'projectcalico.org':
    case 'crd.projectcalico.org':
      return calicoOpenDestinations(policy);
    default:
      return [];
  }
}
