import { privilegedContainer } from './integrity/privileged-container.ts';
import type { Rule } from './rule.ts';

/** Every rule of the product: the only list. */
export const rules: readonly Rule[] = [
  // integrity
  privilegedContainer,
];

const BY_ID: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

export function ruleOf(id: string): Rule | undefined {
  return BY_ID.get(id);
}
