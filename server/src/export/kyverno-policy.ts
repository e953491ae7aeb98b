import { PHI_LABEL } from '../analysis/phi-label.ts';
import type { PlainValue } from '../syntax/edit/operations.ts';
import type { Action } from './policies.ts';

/** What CEL cannot do in the API server, as the specification of a ClusterPolicy of Kyverno. */
export interface KyvernoPolicy {
  readonly rule: string;
  /** Whatever the action is. */
  readonly onlyReports?: boolean;
  /** What the rule finds beyond that, as the object of a sentence; absent where the cluster refuses all that is flagged. */
  readonly beyond?: string;
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
const IN_NAMESPACE_WITHOUT_PHI = {
  resources: { namespaceSelector: { matchLabels: { [PHI_LABEL]: 'false' } } },
};
/** What no rule about objects of namespaces is asked about. */
export const NOT_ASKED = [OF_KUBERNETES, WITHOUT_PHI, IN_NAMESPACE_WITHOUT_PHI];

/** Kyverno refuses or notes; it has nothing between. */
export const failureAction = (action: Action) => (action === 'deny' ? 'Enforce' : 'Audit');

/** What a rule asks of the API server before it decides. */
export interface Lookup {
  readonly name: string;
  /** A list, since an object that is not there would be an error. */
  readonly path: string;
  /** What is made of the answer. */
  readonly take: string;
  /** Of a kind that not every cluster knows: no objects then. */
  readonly isOptional?: true;
}

/**
 * The context of a rule.
 *
 * Source: https://kyverno.io/docs/policy-types/cluster-policy/external-data-sources/#variables-from-kubernetes-api-server-calls
 */
export const lookedUp = (lookups: readonly Lookup[]): PlainValue[] =>
  lookups.map(({ name, path, take, isOptional = false }) => ({
    name,
    apiCall: { urlPath: path, jmesPath: take, ...(isOptional && { default: [] }) },
  }));

export interface Refusal {
  readonly name: string;
  readonly kinds: readonly string[];
  /** Pods are made again and again until they may be, so that what they need can come after what makes them. */
  readonly onlyNew?: true;
  /** Only in Namespaces with this label, or such names. */
  readonly within?: { readonly label: string; readonly names: readonly string[] };
  /** Further patterns of namespaces that it does not hold in. */
  readonly except?: readonly string[];
  readonly lookups: readonly Lookup[];
  /** JMESPath that is true for what the condition is asked about: what that alone looks up is not looked up for others. */
  readonly when?: string;
  /** JMESPath that is true for what may not come in. */
  readonly condition: string;
  /** A list of which each item, as `element`, is refused under a further condition. */
  readonly each?: { readonly list: string; readonly condition: string };
  readonly message: string;
}

/** A rule that refuses objects. */
export function refusal(action: Action, namespaces: readonly string[], wanted: Refusal): PlainValue {
  const { name, kinds, onlyNew, within, except = [], lookups, when, condition, each, message } = wanted;
  const asked = { kinds: [...kinds], operations: onlyNew ? ['CREATE'] : ['CREATE', 'UPDATE'] };
  const named = (names: readonly string[]) =>
    names.length > 0 ? [{ resources: { ...asked, namespaces: [...names] } }] : [];
  const labelled = within && { ...asked, namespaceSelector: { matchLabels: { [within.label]: 'true' } } };
  return {
    name,
    match: {
      any:
        labelled === undefined
          ? [...named(namespaces), ...(namespaces.length > 0 ? [] : [{ resources: asked }])]
          : [{ resources: labelled }, ...named(within?.names ?? [])],
    },
    exclude: {
      any: [
        { resources: { namespaces: [...OF_KUBERNETES.resources.namespaces, ...except] } },
        WITHOUT_PHI,
        IN_NAMESPACE_WITHOUT_PHI,
      ],
    },
    context: lookedUp(lookups),
    preconditions: { all: [isTrue(when ?? condition)] },
    validate: {
      failureAction: failureAction(action),
      message,
      ...(each === undefined
        ? { deny: when === undefined ? {} : { conditions: { all: [isTrue(condition)] } } }
        : { foreach: [{ list: each.list, deny: { conditions: { all: [isTrue(each.condition)] } } }] }),
    },
  };
}

const isTrue = (condition: string) => ({ key: `{{ ${condition} }}`, operator: 'Equals', value: true });

/** The lists of the namespace of the object, by the group and version (`v1` for the core). */
export const listIn = (version: string, plural: string) =>
  `/${version === 'v1' ? 'api' : 'apis'}/${version}/namespaces/{{ request.namespace }}/${plural}`;

/** Labels of the object, as they stand inside of an expression on other objects. */
export const OWN_LABELS = '`{{ request.object.metadata.labels || `{}` }}`';

/**
 * JMESPath for whether a label selector selects labels. Keys of expressions are looked up in the labels.
 *
 * @param selector a path
 * @param labels an expression that does not hang on where it is evaluated: of no element
 */
export function selects(selector: string, labels = OWN_LABELS): string {
  const label = `lookup(${labels}, key)`;
  const holds = [
    `operator == 'In' && contains(values || \`[]\`, ${label})`,
    `operator == 'NotIn' && !contains(values || \`[]\`, ${label})`,
    `operator == 'Exists' && ${label} != \`null\``,
    `operator == 'DoesNotExist' && ${label} == \`null\``,
  ];
  const failing = `(${selector}.matchExpressions || \`[]\`)[?!(${holds.join(' || ')})]`;
  return `label_match(${selector}.matchLabels || \`{}\`, ${labels}) && length(${failing}) == \`0\``;
}

/** Whether a list that may be missing has one of some words. */
export const holds = (list: string, ...words: readonly string[]): string =>
  `(${words.map((word) => `contains(${list} || \`[]\`, '${word}')`).join(' || ')})`;

/** Whether a list that may be missing has items that fulfil a condition. */
export const some = (list: string, condition: string): string =>
  `length((${list} || \`[]\`)[?${condition}]) > \`0\``;
