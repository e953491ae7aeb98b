import type { Resource } from '../kubernetes/resource.ts';
import { type DocumentOperation, insert, remove, set } from '../syntax/edit/operations.ts';
import type { Path } from '../syntax/paths.ts';
import type { Value } from '../syntax/values.ts';

/** How a guard at the API server lets through what it should stop: when it cannot be asked, or always, since it only takes notes. */
export interface Leniency {
  readonly kind: 'fails-open' | 'notes-only';
  /** The setting that says so, or the object in which the default does. */
  readonly at: Value;
  /** Set when the default decides. */
  readonly missing?: Path;
  /** The strict setting as people write it: `failurePolicy: Fail`. */
  readonly strict: string;
  readonly operations: readonly DocumentOperation[];
}

/** One guard: a webhook, a policy or a constraint. */
export interface Guard {
  readonly name: string;
  /** Selects the namespaces that it looks at; undefined: every one. */
  readonly namespaceSelector: Value | undefined;
  readonly leniencies: readonly Leniency[];
}

const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** The names of namespaces that a guard's selector lists under an operator. */
export function namespacesListed({ namespaceSelector }: Guard, operator: 'In' | 'NotIn'): Value[] {
  const label = operator === 'In' ? namespaceSelector?.at(['matchLabels', NAMESPACE_NAME]) : undefined;
  const expressions = (namespaceSelector?.get('matchExpressions')?.items ?? []).filter(
    (expression) =>
      expression.get('key')?.text === NAMESPACE_NAME && expression.get('operator')?.text === operator,
  );
  const values = expressions.flatMap((expression) => expression.get('values')?.items ?? []);
  return label === undefined ? values : [label, ...values];
}

/** API groups of which a webhook decides something that workloads run with; what it says of other resources matters to their owner alone. */
const CORE_GROUPS: ReadonlySet<string> = new Set([
  ...['', '*', 'apps', 'batch', 'networking.k8s.io', 'rbac.authorization.k8s.io'],
]);

/** The guards that a resource configures; none for all other kinds. */
export function guardsOf(resource: Resource): Guard[] {
  const { group, kind } = resource;
  if (group === 'admissionregistration.k8s.io') return registeredGuards(resource);
  if (group === 'constraints.gatekeeper.sh') return [gatekeeperConstraint(resource)];
  if (group === 'kyverno.io' && (kind === 'ClusterPolicy' || kind === 'Policy'))
    return [kyvernoPolicy(resource)];
  if (group === 'policies.kubewarden.io') return [kubewardenPolicy(resource)];
  return [];
}

function registeredGuards(resource: Resource): Guard[] {
  switch (resource.kind) {
    case 'ValidatingWebhookConfiguration':
    case 'MutatingWebhookConfiguration':
      return (resource.root.get('webhooks')?.items ?? []).filter(looksAtCore).map((webhook) => ({
        name: webhook.get('name')?.text ?? resource.name,
        namespaceSelector: webhook.get('namespaceSelector'),
        leniencies: setTo(webhook, ['failurePolicy'], ['Ignore'], 'fails-open', 'Fail'),
      }));
    case 'ValidatingAdmissionPolicy':
    case 'MutatingAdmissionPolicy':
      return [
        {
          name: resource.name,
          namespaceSelector: resource.spec?.at(['matchConstraints', 'namespaceSelector']),
          leniencies: setTo(resource.root, ['spec', 'failurePolicy'], ['Ignore'], 'fails-open', 'Fail'),
        },
      ];
    case 'ValidatingAdmissionPolicyBinding':
      return [
        {
          name: resource.name,
          namespaceSelector: resource.spec?.at(['matchResources', 'namespaceSelector']),
          leniencies: bindingLeniency(resource),
        },
      ];
    default:
      return [];
  }
}

function looksAtCore(webhook: Value): boolean {
  return (webhook.get('rules')?.items ?? []).some((rule) =>
    (rule.get('apiGroups')?.items ?? []).some((group) => CORE_GROUPS.has(group.text ?? '')),
  );
}

function bindingLeniency({ root }: Resource): Leniency[] {
  const path = ['spec', 'validationActions'];
  const actions = root.at(path);
  if (actions?.kind !== 'list' || actions.items.length === 0) return [];
  if (actions.items.some((action) => action.text === 'Deny')) return [];
  // The API server refuses Warn beside Deny, which warns by itself.
  const warnings = actions.items.filter((action) => action.text === 'Warn');
  return [
    {
      kind: 'notes-only',
      at: actions,
      missing: [],
      strict: 'validationActions: [Deny]',
      operations: [...warnings.map((action) => remove(action.path)), insert(actions.path, 'Deny', 0)],
    },
  ];
}

/** Source: https://open-policy-agent.github.io/gatekeeper/website/docs/violations/: `deny` unless said otherwise. */
function gatekeeperConstraint({ root, name, spec }: Resource): Guard {
  const lenient = ['dryrun', 'warn'];
  return {
    name,
    namespaceSelector: spec?.at(['match', 'namespaceSelector']),
    leniencies: setTo(root, ['spec', 'enforcementAction'], lenient, 'notes-only', 'deny'),
  };
}

function kubewardenPolicy({ root, name, spec }: Resource): Guard {
  return {
    name,
    namespaceSelector: spec?.get('namespaceSelector'),
    leniencies: setTo(root, ['spec', 'mode'], ['monitor'], 'notes-only', 'protect'),
  };
}

/**
 * A policy of Kyverno: each of its validating rules takes the failure action of its own, else that of the policy, else Audit. Rules that
 * change or make resources are no guards.
 *
 * Source: https://kyverno.io/docs/policy-types/cluster-policy/validate/ (failureAction).
 */
function kyvernoPolicy({ root, name, spec }: Resource): Guard {
  const leniencies = setTo(root, ['spec', 'failurePolicy'], ['Ignore'], 'fails-open', 'Fail');
  if (spec?.get('admission')?.boolean !== false) leniencies.push(...kyvernoActions(root));
  return { name, namespaceSelector: undefined, leniencies };
}

const AUDITS = ['Audit', 'audit'];

function kyvernoActions(root: Value): Leniency[] {
  const validations = (root.at(['spec', 'rules'])?.items ?? []).flatMap((rule) => rule.get('validate') ?? []);
  const own = validations.filter((validation) => validation.has(['failureAction']));
  const lenient = own.flatMap((validation) =>
    setTo(validation, ['failureAction'], AUDITS, 'notes-only', 'Enforce'),
  );
  if (own.length === validations.length) return lenient;
  const path = ['spec', 'validationFailureAction'];
  if (root.has(path)) return [...lenient, ...setTo(root, path, AUDITS, 'notes-only', 'Enforce')];
  const undecided = validations.filter((validation) => !validation.has(['failureAction']));
  return [
    ...lenient,
    ...undecided.map(
      (at): Leniency => ({
        kind: 'notes-only',
        at,
        missing: ['failureAction'],
        strict: 'failureAction: Enforce',
        operations: [set([...at.path, 'failureAction'], 'Enforce')],
      }),
    ),
  ];
}

function setTo(
  holder: Value,
  path: Path,
  lenient: readonly string[],
  kind: Leniency['kind'],
  value: string,
): Leniency[] {
  const at = holder.at(path);
  return at?.text !== undefined && lenient.includes(at.text)
    ? [{ kind, at, strict: `${path.at(-1)}: ${value}`, operations: [set(at.path, value)] }]
    : [];
}
