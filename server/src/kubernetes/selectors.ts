import type { Value } from '../syntax/values.ts';
import { textsOf } from './resource.ts';

/** A label selector; with neither labels nor expressions it selects everything. */
export interface LabelSelector {
  readonly matchLabels: ReadonlyMap<string, string>;
  readonly matchExpressions: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values: readonly string[];
  }[];
}

export function labelSelectorOf(value: Value | undefined): LabelSelector {
  return {
    matchLabels: textsOf(value?.get('matchLabels')),
    matchExpressions: (value?.get('matchExpressions')?.items ?? []).map((expression) => ({
      key: expression.get('key')?.text ?? '',
      operator: expression.get('operator')?.text ?? '',
      values: (expression.get('values')?.items ?? []).map((item) => item.text ?? ''),
    })),
  };
}

export function selectsEverything(selector: LabelSelector): boolean {
  return selector.matchLabels.size === 0 && selector.matchExpressions.length === 0;
}

/**
 * Whether labels satisfy a selector. An unknown operator selects nothing, as the API server would have refused it.
 *
 * Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function selects(selector: LabelSelector, labels: ReadonlyMap<string, string>): boolean {
  for (const [key, value] of selector.matchLabels) if (labels.get(key) !== value) return false;
  return selector.matchExpressions.every(({ key, operator, values }) => {
    const label = labels.get(key);
    switch (operator) {
      case 'In':
        return label !== undefined && values.includes(label);
      case 'NotIn':
        return label === undefined || !values.includes(label);
      case 'Exists':
        return label !== undefined;
      case 'DoesNotExist':
        return label === undefined;
      default:
        return false;
    }
  });
}
