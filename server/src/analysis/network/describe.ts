import type { Decision } from './decide.ts';
import type { Direction } from './network-policy.ts';
import type { NetworkPolicyFact } from './policy.ts';

/** Why a connection may or may not pass one of its ends, in words. */
export function describeDecision({ allowed, why, by }: Decision, direction: Direction): string {
  const way = direction === 'ingress' ? 'coming in' : 'going out';
  if (why === 'open') return `no policy limits what is ${way}`;
  if (why === 'rule') return `${policyNames(by)} ${allowed ? 'allows' : 'denies'} it ${way}`;
  return `${policyNames(by)} ${by.length > 1 ? 'close' : 'closes'} the pod and no rule allows it ${way}`;
}

/** More policies are counted. */
const MOST_NAMES = 3;

export function policyNames(policies: readonly NetworkPolicyFact[]): string {
  const named = policies.slice(0, MOST_NAMES).map(({ kind, name }) => `${kind} "${name}"`);
  const more = policies.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
