import { PHI_LABEL } from '../analysis/phi-label.ts';
import type { PlainValue } from '../syntax/edit/operations.ts';
import type { Action } from './policies.ts';

/** What CEL cannot do in the API server, as the specification of a ClusterPolicy of Kyverno. */
export interface KyvernoPolicy {
  readonly rule: string;
  /** Whatever the action is. */
  readonly onlyReports?: true;
  /**
   * @param namespaces patterns of those that hold PHI; empty where every namespace may
   * @returns undefined where the action leaves nothing to do
   */
  readonly spec: (action: Action, namespaces: readonly string[]) => PlainValue | undefined;
}

export const OF_KUBERNETES = {
  resources: { namespaces: ['kube-system', 'kube-public', 'kube-node-lease'] },
};
export const WITHOUT_PHI = { resources: { selector: { matchLabels: { [PHI_LABEL]: 'false' } } } };

/** Kyverno refuses or notes; it has nothing between. */
export const failureAction = (action: Action) => (action === 'deny' ? 'Enforce' : 'Audit');
