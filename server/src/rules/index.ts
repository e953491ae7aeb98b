import type { Rule } from './rule.ts';

/** Every rule, in the order of the catalogue: the only list of them. */
export const rules: readonly Rule[] = [];
