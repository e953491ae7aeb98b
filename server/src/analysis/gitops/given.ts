import type { Value } from '../../syntax/values.ts';

/** Whether a field says anything: it is there, and not empty. */
export function isGiven(value: Value | undefined): boolean {
  if (value === undefined || value.isNull) return false;
  return value.kind === 'scalar' ? value.text !== '' : value.entries.length > 0 || value.items.length > 0;
}
