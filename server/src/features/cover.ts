import type { Finding } from '../engine/finding.ts';
import type { Cover } from './protocol.ts';

/** What covers a finding; undefined for one that counts. */
export function coverOf({ suppression }: Finding): Cover | undefined {
  if (suppression === undefined) return undefined;
  const { reach, reason, until, approval } = suppression;
  return {
    by: reach === 'configuration' ? 'exception' : 'suppression',
    reason,
    ...(approval !== undefined && { approver: approval.approver }),
    ...(until !== undefined && { until }),
  };
}
