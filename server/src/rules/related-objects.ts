import type { Origin } from '../analysis/origin.ts';
import type { RelatedObject } from './rule.ts';

/** An object that other files declare, as something that explains a finding. */
export function objectOf(
  { kind, name, namespace }: Pick<Origin, 'name' | 'namespace'> & { readonly kind: string },
  message: string,
): RelatedObject {
  return { kind, name, namespace, message };
}
