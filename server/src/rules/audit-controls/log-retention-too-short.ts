import { daysKept, sixYearsLike } from '../../analysis/log-retention/periods.ts';
import { type RetentionSetting, retentionSettingsOf } from '../../analysis/log-retention/settings.ts';
import { PHI_LABEL } from '../../analysis/phi-label.ts';
import { RETENTION_DAYS } from '../../analysis/retention.ts';
import type { World } from '../../analysis/world.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { isInPhiScope } from '../phi-scope.ts';
import { defineRule, type Fix } from '../rule.ts';
import type { RuleSettings } from '../settings.ts';
import { placeOfSpot } from './log-places.ts';

/**
 * A store that deletes an audit log, or the log of something that was said to hold PHI, before six years are over. Logs of which nothing says
 * that they are one of the two are left alone.
 *
 * Source: 45 CFR 164.316(b)(2)(i), required, for the documentation of actions and activities; 164.312(b).
 */
export const logRetentionTooShort = defineRule({
  id: 'log-retention-too-short',
  meta: {
    title: 'Audit log is kept for less than six years',
    safeguard: 'audit-controls',
    rationale:
      'Records of who used ePHI are what an investigation is made of, and breaches are often found years later. Documentation of actions that the Security Rule asks for is kept for six years.',
    remediation:
      'Keep audit logs for at least 2190 days, or archive them where they stay that long, such as object storage with a retention lock. Where a product cannot hold six years, archive from it.',
    references: {
      hipaa: ['164.312(b)', '164.316(b)(2)(i)'],
      nist: ['AU-11'],
      urls: [
        'https://www.ecfr.gov/current/title-45/section-164.316',
        'https://grafana.com/docs/loki/latest/operations/storage/retention/',
        'https://docs.opensearch.org/latest/im-plugin/ism/policies/',
        'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html',
        'https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure',
      ],
    },
    severity: 'warning',
    scope: 'workspace',
    messages: {
      short:
        '{product} deletes {log} after {days} ({setting}); the record of who used ePHI is kept for six years. Set {wanted}.',
      archive:
        '{product} keeps {log} for {days} ({setting}) and cannot hold the six years for which the record of who used ePHI is kept. Archive it to where it stays that long.',
    },
  },
  resource: {
    check(resource, { report, settings, world }) {
      for (const setting of retentionSettingsOf(resource)) {
        const { text, notation, product, at } = setting;
        const days = daysKept(text, notation);
        const log =
          days === undefined || days >= RETENTION_DAYS
            ? undefined
            : keptLogOf(resource, setting, world, settings);
        if (days === undefined || log === undefined) continue;
        const wanted = sixYearsLike(text, notation);
        report({
          at: placeOfSpot(at, resource.document.text),
          messageId: wanted === undefined ? 'archive' : 'short',
          data: { product, log, days: inDays(days), setting: setting.setting, wanted: wanted ?? '' },
          fixes: fixesFor(setting, wanted),
        });
      }
    },
  },
});

export const AUDIT = /(?:^|[^a-z])(?:audit(?:s|ing|logs?|trail)?|access-?logs?|access_log)(?:[^a-z]|$)/i;
export const PHI = /(?:^|[^a-z])(?:e?phi|hipaa|ehr|emr)(?:[^a-z]|$)/i;

/** What the setting keeps, in words; undefined where nothing says that it is an audit log or that of PHI. */
export function keptLogOf(
  resource: Resource,
  { subjects, product }: RetentionSetting,
  world: World,
  settings: RuleSettings,
): string | undefined {
  const isStream = product === 'Loki' && subjects.length > 0;
  const own = [resource.name, resource.namespace ?? '', ...resource.labels.values()];
  const names = isStream ? subjects : [...subjects, ...own];
  if (names.some((name) => AUDIT.test(name))) return 'an audit log';
  if (names.some((name) => PHI.test(name)) || (!isStream && isSaidToHoldPhi(resource, world, settings)))
    return 'logs of a system with PHI';
  return undefined;
}

/** Whether a label or the configuration says so, as opposed to nothing saying otherwise. */
function isSaidToHoldPhi(resource: Resource, world: World, settings: RuleSettings): boolean {
  const namespace = world.matching('namespace', 'name', resource.namespace ?? '')[0];
  const isLabelled = [resource.labels, namespace?.labels].some((labels) => labels?.get(PHI_LABEL) === 'true');
  const isConfigured = settings.phi.namespaces.length > 0 || settings.phi.label !== undefined;
  return isLabelled || (isConfigured && isInPhiScope(resource, world, settings));
}

function inDays(days: number): string {
  const rounded = days < 1 ? 'less than a day' : `${Math.floor(days)} days`;
  return rounded === '1 days' ? 'a day' : rounded;
}

/** More is stored and paid for, so a person decides. */
function fixesFor({ write }: RetentionSetting, wanted: string | undefined): Fix[] {
  const operations = wanted === undefined ? [] : write(wanted);
  return operations.length === 0
    ? []
    : [{ title: `Keep it for six years (${wanted})`, applicability: 'review', operations }];
}
