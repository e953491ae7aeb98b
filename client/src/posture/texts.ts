/** What the view says, in the user's language. */

import { l10n } from 'vscode';
import type { Counts, Grouping, Labels } from './model.ts';

export function labels(): Labels {
  return {
    manifests: l10n.t('The manifest itself'),
    noResource: l10n.t('No resource'),
    noNamespace: l10n.t('No namespace'),
    noUnit: l10n.t('Not in a unit of its own'),
    noProvision: l10n.t('No provision: about the manifest itself'),
    covered: l10n.t('Suppressed and excepted'),
    exceptions: l10n.t('Exceptions in the configuration'),
    suppressions: l10n.t('Suppressed in place'),
  };
}

export function groupingNames(): Readonly<Record<Grouping, string>> {
  return {
    safeguard: l10n.t('Safeguard'),
    file: l10n.t('File'),
    resource: l10n.t('Resource'),
    namespace: l10n.t('Namespace'),
    unit: l10n.t('Deployment unit'),
    regulation: l10n.t('Regulation'),
  };
}

/** `2 errors, 1 warning`. */
export function countsText({ error, warning, information, covered }: Counts): string {
  return [
    ...(error > 0 ? [errors(error)] : []),
    ...(warning > 0 ? [warnings(warning)] : []),
    ...(information > 0 ? [l10n.t('{0} information', information)] : []),
    ...(covered > 0 ? [l10n.t('{0} covered', covered)] : []),
  ].join(', ');
}

export function errors(count: number): string {
  return count === 1 ? l10n.t('1 error') : l10n.t('{0} errors', count);
}

export function warnings(count: number): string {
  return count === 1 ? l10n.t('1 warning') : l10n.t('{0} warnings', count);
}

export function manifests(count: number): string {
  return count === 1 ? l10n.t('1 manifest') : l10n.t('{0} manifests', count);
}
