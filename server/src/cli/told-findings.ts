import type { Finding } from '../engine/finding.ts';
import type { Fix } from '../rules/rule.ts';

/**
 * A finding as reports tell it. What its fixes do is told as edits, where that is asked for, and what lets its value pass is for editors alone: both hold
 * on to the documents that they were made for.
 *
 * @param fixes those that can be done
 */
export function told(
  { allowance: _, ...finding }: Finding,
  fixes: readonly Pick<Fix, 'title' | 'applicability'>[],
): Finding {
  return {
    ...finding,
    fixes: fixes.map(({ title, applicability }) => ({ title, applicability, operations: [] })),
  };
}
