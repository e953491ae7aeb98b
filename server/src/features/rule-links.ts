import { rulePage } from '../rules/rule-pages.ts';
import type { InitializationOptions } from './protocol.ts';

/** Where links lead that tell more of a rule: to the client, where it shows pages of rules, so that they need no network; else to the web. */
export interface RuleLinks {
  /** The address of a rule's page, by the rule's id. */
  ofDiagnostic(rule: string): string;
  /** Editors open few kinds of addresses from a hover; commands are among them. */
  ofHover(rule: string): string;
}

export function ruleLinksOf({ rulePages, explainCommand }: InitializationOptions): RuleLinks {
  return {
    ofDiagnostic: (rule) => (rulePages === undefined ? rulePage(rule) : `${rulePages}:${rule}.md`),
    ofHover: (rule) =>
      explainCommand === undefined
        ? rulePage(rule)
        : `command:${explainCommand}?${encodeURIComponent(JSON.stringify([rule]))}`,
  };
}
