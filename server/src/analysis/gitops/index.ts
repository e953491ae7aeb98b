import type { Resource } from '../../kubernetes/resource.ts';
import type { Origin } from '../origin.ts';
import type { Application } from './application.ts';
import { argoApplicationsOf } from './argo-cd.ts';
import { fluxApplicationOf } from './flux.ts';

export * from './application.ts';
export { parameterText } from './argo-cd.ts';
export { isSelected } from './file-selection.ts';
export { filledIn } from './list-generator.ts';
export { withoutPatterns } from './values-patterns.ts';

/** Something that deploys folders of a repository. */
export interface ApplicationFact extends Origin {
  readonly type: 'application';
  readonly applications: readonly Application[];
}

/** What Argo CD or Flux deploys by a resource; nothing for those of other kinds. */
export function applicationsOf(resource: Resource): Application[] {
  const { group } = resource;
  if (group === 'argoproj.io') return argoApplicationsOf(resource);
  return group.endsWith('.toolkit.fluxcd.io')
    ? [fluxApplicationOf(resource)].filter((one) => one !== undefined)
    : [];
}

export function applicationFactsOf(resource: Resource, origin: Origin): ApplicationFact[] {
  const applications = applicationsOf(resource);
  return applications.length === 0 ? [] : [{ type: 'application', ...origin, applications }];
}
