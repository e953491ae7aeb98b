import { type Resource, resourcesOf } from '../../kubernetes/resource.ts';
import { parseDocument } from '../../syntax/parse.ts';
import type { Origin } from '../origin.ts';
import type { Application } from './application.ts';
import { argoApplicationsOf } from './argo-cd.ts';
import { fluxApplicationOf } from './flux.ts';
import { asksForFiles } from './generators.ts';
import type { RepositoryView } from './git-generator.ts';

export * from './application.ts';
export { parameterText } from './argo-cd.ts';
export { isSelected } from './file-selection.ts';
export type { RepositoryView } from './git-generator.ts';
export { filledIn, hasParameters, NO_PARAMETERS, type Parameters } from './parameters.ts';
export { withoutPatterns } from './values-patterns.ts';

/** Something that deploys folders of a repository. */
export interface ApplicationFact extends Origin {
  readonly type: 'application';
  readonly applications: readonly Application[];
  /** An ApplicationSet whose applications depend on other files, as JSON; absent where they do not. */
  readonly open?: string;
}

/** What Argo CD or Flux deploys by a resource; nothing for those of other kinds. */
export function applicationsOf(resource: Resource, views: readonly RepositoryView[] = []): Application[] {
  const { group } = resource;
  if (group === 'argoproj.io') return argoApplicationsOf(resource, views);
  return group.endsWith('.toolkit.fluxcd.io')
    ? [fluxApplicationOf(resource)].filter((one) => one !== undefined)
    : [];
}

export function applicationFactsOf(resource: Resource, origin: Origin): ApplicationFact[] {
  if (resource.kind === 'ApplicationSet' && resource.group === 'argoproj.io' && asksForFiles(resource.spec))
    return [{ type: 'application', ...origin, applications: [], open: JSON.stringify(resource.root.toJS()) }];
  const applications = applicationsOf(resource);
  return applications.length === 0 ? [] : [{ type: 'application', ...origin, applications }];
}

/** The applications of a fact, with what those of an ApplicationSet find in the files of its repository. */
export function applicationsIn(
  { applications, open }: ApplicationFact,
  views: () => readonly RepositoryView[],
): readonly Application[] {
  if (open === undefined) return applications;
  return resourcesOf(parseDocument(open)).flatMap((resource) => applicationsOf(resource, views()));
}
