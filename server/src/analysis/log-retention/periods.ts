import { secondsOf } from '../../kubernetes/durations.ts';
import { RETENTION_DAYS } from '../retention.ts';

/** How a product writes the time for which it keeps something. */
export type Notation =
  /** With units: Go, Prometheus, Elasticsearch, ISO 8601. */
  | 'duration'
  | 'days'
  | 'hours'
  | 'minutes'
  | 'seconds'
  | 'milliseconds'
  /** Days that CloudWatch Logs accepts. */
  | 'cloudwatch-days'
  /** Days of total retention that tables of Azure Monitor accept. */
  | 'azure-table-days'
  /** Days of interactive retention in a workspace of Azure Monitor, which ends at two years. */
  | 'azure-workspace-days'
  /** VictoriaLogs and VictoriaMetrics: a bare number counts months. */
  | 'duration-or-months';

const DAY = 86_400;
export const UNIT_SECONDS: Partial<Record<Notation, number>> = {
  days: DAY,
  hours: 3600,
  minutes: 60,
  seconds: 1,
  milliseconds: 0.001,
  'cloudwatch-days': DAY,
  'azure-table-days': DAY,
  'azure-workspace-days': DAY,
  'duration-or-months': 31 * DAY,
};

/**
 * The days for which something is kept; undefined for what is no period, and for values that mean without end (0 or less, by all of these
 * products).
 */
export function daysKept(text: string, notation: Notation): number | undefined {
  const isNumber = /^-?\d+(?:\.\d+)?$/.test(text);
  const unit = UNIT_SECONDS[notation];
  const seconds = isNumber && unit !== undefined ? Number(text) * unit : secondsOf(text);
  return seconds === undefined || seconds <= 0 ? undefined : seconds / DAY;
}

/** Six years as the product accepts them, in the unit of what was written; undefined where it cannot hold them. */
export function sixYearsLike(text: string, notation: Notation): string | undefined {
  switch (notation) {
    case 'cloudwatch-days':
      // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html: one of a list.
      return '2192';
    case 'azure-table-days':
      // https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure: one of a list above two years.
      return '2191';
    case 'azure-workspace-days':
      return undefined;
    case 'duration':
    case 'duration-or-months':
      return durationLike(text);
    default:
      return String((RETENTION_DAYS * DAY) / (UNIT_SECONDS[notation] ?? DAY));
  }
}

function durationLike(text: string): string {
  if (text.startsWith('P')) return 'P6Y';
  const unit = /[a-zµ]+$/.exec(text)?.[0];
  if (unit === 'y') return '6y';
  if (unit === 'w') return `${Math.ceil(RETENTION_DAYS / 7)}w`;
  return unit === 'd' || unit === undefined ? `${RETENTION_DAYS}d` : `${RETENTION_DAYS * 24}h`;
}
