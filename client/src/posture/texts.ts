/** What the view says, in the user's language. */

import type { PostureFinding } from '../../../server/src/features/protocol.ts';
import { plural, t } from '../l10n.ts';
import type { Counts, Grouping, Labels } from './model.ts';

export function labels(): Labels {
  return {
    manifests: t('The manifest itself'),
    noResource: t('No resource'),
    noNamespace: t('No namespace'),
    noUnit: t('Not in a unit of its own'),
    noProvision: t('No provision: about the manifest itself'),
    covered: t('Suppressed and excepted'),
    exceptions: t('Exceptions in the configuration'),
    suppressions: t('Suppressed in place'),
  };
}

export function groupingNames(): Readonly<Record<Grouping, string>> {
  return {
    safeguard: t('Safeguard'),
    file: t('File'),
    resource: t('Resource'),
    namespace: t('Namespace'),
    unit: t('Deployment unit'),
    regulation: t('Regulation'),
  };
}

/** Beside the name of the view. */
export function groupedBy(grouping: Grouping): string {
  return {
    safeguard: t('by safeguard'),
    file: t('by file'),
    resource: t('by resource'),
    namespace: t('by namespace'),
    unit: t('by deployment unit'),
    regulation: t('by regulation'),
  }[grouping];
}

/** `2 errors, 1 warning`. */
export function countsText({ error, warning, information, covered }: Counts): string {
  return [
    ...(error > 0 ? [errors(error)] : []),
    ...(warning > 0 ? [warnings(warning)] : []),
    ...(information > 0 ? [plural(information, '1 information', '{0} information')] : []),
    ...(covered > 0 ? [t('{0} covered', covered)] : []),
  ].join(', ');
}

export function errors(count: number): string {
  return plural(count, '1 error', '{0} errors');
}

export function warnings(count: number): string {
  return plural(count, '1 warning', '{0} warnings');
}

export function manifests(count: number): string {
  return plural(count, '1 manifest', '{0} manifests');
}

export function severityName(severity: PostureFinding['severity']): string {
  return { error: t('Error'), warning: t('Warning'), information: t('Information') }[severity];
}
