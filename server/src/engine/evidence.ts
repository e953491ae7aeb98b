import { isDate } from '../rules/dates.ts';
import type { Rule } from '../rules/rule.ts';
import type { OffsetRange } from '../syntax/ranges.ts';
import type { Value } from '../syntax/values.ts';
import { configurationFrom } from './configuration.ts';
import type { ConfigurationFile } from './configuration-file.ts';
import type { Finding } from './finding.ts';
import { fillMessage } from './messages.ts';
import { severityOf } from './severity.ts';

interface Stale {
  readonly rule: string;
  readonly messageId: string;
  readonly data: Readonly<Record<string, string>>;
  readonly range: OffsetRange;
}

/**
 * What no longer counts in a configuration file as evidence: exceptions past their date, agreements with business associates that have ended or that no document shows.
 * Ranges are in offsets of the file.
 *
 * @param today `YYYY-MM-DD`
 */
export function evidenceFindings(
  { parsed, values }: ConfigurationFile,
  rules: readonly Rule[],
  today: string,
): Finding[] {
  const configuration = configurationFrom(values);
  const stale = [
    ...(parsed.root?.get('exceptions')?.items ?? []).flatMap((item) => endedException(item, today)),
    ...(parsed.root?.get('businessAssociates')?.items ?? []).flatMap((item) => agreementProblem(item, today)),
  ];
  return stale.flatMap(({ rule: id, messageId, data, range }) => {
    const rule = rules.find((candidate) => candidate.id === id);
    const severity = rule && severityOf(rule, configuration);
    if (rule === undefined || severity === undefined || severity === 'off') return [];
    const message = fillMessage(rule.meta.messages[messageId] ?? rule.meta.title, data);
    const finding: Finding = {
      rule: id,
      messageId,
      message,
      severity,
      confidence: 'high',
      range,
      path: [],
      resource: undefined,
      related: [],
      fixes: [],
      suppression: undefined,
    };
    return [finding];
  });
}

function endedException(item: Value, today: string): Stale[] {
  const until = item.get('until');
  if (until?.text === undefined || !isPast(until.text, today)) return [];
  return [
    { rule: 'suppression-invalid', messageId: 'expired', data: { until: until.text }, range: until.site },
  ];
}

function agreementProblem(item: Value, today: string): Stale[] {
  const name = item.get('name');
  if (name?.text === undefined) return [];
  const expires = item.at(['baa', 'expires']);
  if (expires?.text !== undefined && isPast(expires.text, today)) {
    const data = { vendor: name.text, date: expires.text };
    return [{ rule: 'baa-expired', messageId: 'expired', data, range: expires.site }];
  }
  if (item.at(['baa', 'evidence'])?.text) return [];
  return [{ rule: 'baa-expired', messageId: 'noEvidence', data: { vendor: name.text }, range: name.site }];
}

function isPast(date: string, today: string): boolean {
  return isDate(date) && date < today;
}
