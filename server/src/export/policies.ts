import { PHI_LABEL } from '../analysis/phi-label.ts';
import type { Configuration } from '../engine/configuration.ts';
import type { ConfiguredException } from '../engine/exceptions.ts';
import { severityOf } from '../engine/severity.ts';
import type { Rule, Severity } from '../rules/rule.ts';
import type { PlainValue } from '../syntax/edit/operations.ts';
import { anyOf } from './cel.ts';
import { isAboutRoles, KEEPERS_OF_ROLES } from './checks/access.ts';
import { type AdmissionCheck, type Variable, WORKLOADS } from './checks/check.ts';
import { WORKLOAD_VARIABLES } from './checks/pods.ts';
import { admissionChecks } from './checks.ts';
import { exceptionsFor, exemptExpression } from './exempt.ts';
import { KYVERNO_POLICIES } from './kyverno.ts';
import { withExceptions } from './kyverno-exempt.ts';
import type { KyvernoPolicy } from './kyverno-policy.ts';
import { lookupRights } from './lookup-rights.ts';
import { NOT_LABELLED_FREE, scopeExpression } from './scope.ts';

/** What a cluster does with an object that breaks a rule. */
export const ACTIONS = ['deny', 'warn', 'audit'] as const;
export type Action = (typeof ACTIONS)[number];

const VALIDATION_ACTIONS: Readonly<Record<Action, readonly string[]>> = {
  deny: ['Deny', 'Audit'],
  warn: ['Warn', 'Audit'],
  audit: ['Audit'],
};

export interface ExportOptions {
  readonly action: Action;
  readonly configuration: Configuration;
  /** `YYYY-MM-DD`: exceptions that have ended are none. */
  readonly today: string;
}

/** A condition under which a policy is asked at all. */
export interface MatchCondition {
  readonly name: string;
  readonly expression: string;
}

/** Policies for a cluster, each as the object that it is. */
export function clusterPolicies(rules: readonly Rule[], options: ExportOptions): PlainValue[] {
  const { configuration } = options;
  const active = new Map(
    rules.flatMap((rule) => {
      const severity = severityOf(rule, configuration);
      return severity === 'off' ? [] : [[rule.id, rule] as const];
    }),
  );
  const checked = admissionChecks(configuration.settings, options.today).flatMap((check) => {
    const known = active.get(check.rule);
    if (known === undefined) return [];
    const isAdvice = severityIn(check, known, configuration) === 'information';
    if (check.looksUp) return [lookupPolicy(check, known, options, isAdvice)];
    return [validatingPolicy(check, known, options), binding(check, options.action, isAdvice)];
  });
  const made = KYVERNO_POLICIES.flatMap((policy) => {
    const known = active.get(policy.rule);
    return known === undefined ? [] : clusterPolicy(policy, known, options);
  });
  return [...checked, ...lookupRights([...checked, ...made]), ...made];
}

/** None where the action leaves nothing to do. */
function clusterPolicy(
  { rule, onlyReports = false, spec: specFor }: KyvernoPolicy,
  known: Rule,
  { action, configuration, today }: ExportOptions,
): PlainValue[] {
  // Kyverno warns of nothing: what is advice is only reported.
  const refusesNothing = onlyReports || severityOf(known, configuration) === 'information';
  const spec = specFor(refusesNothing ? 'audit' : action, namespacesOf(configuration));
  if (spec === undefined) return [];
  const exceptions = exceptionsFor(rule, configuration.exceptions, today);
  const metadata = metadataOf(nameOf(rule), refusesNothing, exceptions);
  return [
    { apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata, spec: withExceptions(spec, exceptions) },
  ];
}

/** A label of the configuration may stand on any object, so that beside one no namespace can be left out. */
function namespacesOf({ settings: { phi } }: Configuration): readonly string[] {
  return phi.label === undefined ? phi.namespaces : [];
}

function severityIn(
  { isAdvice }: AdmissionCheck,
  rule: Rule,
  configuration: Configuration,
): Severity | 'off' {
  const told = { true: 'information', false: 'warning' } as const;
  return severityOf(rule, configuration, isAdvice === undefined ? undefined : told[`${isAdvice}`]);
}

const LABELS = { 'app.kubernetes.io/managed-by': 'kube-safeguards' };

function nameOf(rule: string, part?: string): string {
  return `kube-safeguards-${rule}${part === undefined ? '' : `-${part}`}`;
}

/** Source: https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ */
function validatingPolicy(check: AdmissionCheck, rule: Rule, options: ExportOptions): PlainValue {
  const matchConstraints = { resourceRules: resourceRulesOf(check) };
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: policyMetadata(check, options),
    spec: { failurePolicy: 'Fail', matchConstraints, ...decisionOf(check, rule, options) },
  };
}

/**
 * The same for Kyverno, which needs no binding, and reads no more than what is asked about.
 *
 * Source: https://kyverno.io/docs/policy-types/validating-policy/
 */
function lookupPolicy(
  check: AdmissionCheck,
  rule: Rule,
  options: ExportOptions,
  isAdvice: boolean,
): PlainValue {
  return {
    apiVersion: 'policies.kyverno.io/v1',
    kind: 'ValidatingPolicy',
    metadata: policyMetadata(check, options),
    spec: {
      failurePolicy: 'Fail',
      validationActions: check.reports === 'only' ? ['Audit'] : actionsOf(options.action, isAdvice),
      evaluation: {
        admission: { enabled: check.reports !== 'only' },
        background: { enabled: check.reports !== undefined },
      },
      matchConstraints: { namespaceSelector: inItsNamespaces(), resourceRules: resourceRulesOf(check) },
      ...decisionOf(check, rule, options),
    },
  };
}

function resourceRulesOf({ on, onlyNew }: AdmissionCheck): PlainValue {
  return (on === 'workloads' ? WORKLOADS : on).map(({ apiGroups, apiVersions, resources }) => ({
    apiGroups: [...apiGroups],
    apiVersions: [...apiVersions],
    resources: [...resources],
    operations: onlyNew ? ['CREATE'] : ['CREATE', 'UPDATE'],
  }));
}

function policyMetadata({ rule, part }: AdmissionCheck, { configuration, today }: ExportOptions) {
  return metadataOf(nameOf(rule, part), false, exceptionsFor(rule, configuration.exceptions, today));
}

/** What a policy asks of an object, and of which ones it does not. */
function decisionOf(check: AdmissionCheck, rule: Rule, { configuration, today }: ExportOptions) {
  const exceptions = exceptionsFor(check.rule, configuration.exceptions, today);
  const conditions = matchConditions(check, rule, exceptions);
  const scope = scopeExpression(configuration.settings);
  const variables = [
    ...variablesOf(check),
    ...(scope === undefined ? [] : [{ name: 'isInScope', expression: scope }]),
  ];
  const { title, remediation, references } = rule.meta;
  return {
    ...(conditions.length > 0 && { matchConditions: conditions.map((condition) => ({ ...condition })) }),
    ...(variables.length > 0 && { variables: variables.map((variable) => ({ ...variable })) }),
    validations: [check.expression, ...(check.also ?? [])].map((expression) => ({
      expression: scope === undefined ? expression : `!variables.isInScope || (${expression})`,
      message: `${check.rule}: ${title}. ${remediation} (45 CFR ${references.hipaa.join(', ')})`,
      reason: 'Invalid',
    })),
  };
}

/** What the expressions of a policy refer to, in the order in which they build upon each other. */
export function variablesOf({ on, variables = [] }: AdmissionCheck): readonly Variable[] {
  return [...(on === 'workloads' ? WORKLOAD_VARIABLES : []), ...variables];
}

/** What a policy is not asked about. */
export function matchConditions(
  check: AdmissionCheck,
  { meta }: Rule,
  exceptions: readonly ConfiguredException[],
): MatchCondition[] {
  return [
    ...(isAboutRoles(check) ? [{ name: 'not-by-kubernetes-itself', expression: KEEPERS_OF_ROLES }] : []),
    ...(check.looksUp ? [{ name: 'stays', expression: '!has(object.metadata.deletionTimestamp)' }] : []),
    ...(meta.phiOnly === true ? [{ name: 'may-hold-phi', expression: NOT_LABELLED_FREE }] : []),
    ...(exceptions.length > 0
      ? [{ name: 'no-exception', expression: `!${anyOf(...exceptions.map(exemptExpression))}` }]
      : []),
  ];
}

/** For whoever audits the cluster: who has decided what. */
function describeException({ resource = {}, reason, approver, date, until }: ConfiguredException): string {
  const { kind = '*', name = '*', namespace } = resource;
  const object = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  return `${object}: ${reason} (${approver}, ${date}${until === undefined ? '' : `, until ${until}`})`;
}

/** Tells the rule about policies that refuse nothing why this one does not. */
const REFUSES_NOTHING = {
  'ignore.kube-safeguards.io/admission-webhook-fail-open': 'What it tells of is no reason to refuse.',
};

function metadataOf(
  name: string,
  refusesNothing: boolean,
  exceptions: readonly ConfiguredException[] = [],
): PlainValue {
  const annotations = {
    ...(refusesNothing && REFUSES_NOTHING),
    ...(exceptions.length > 0 && {
      'kube-safeguards.io/exceptions': exceptions.map(describeException).join('\n'),
    }),
  };
  return { name, labels: { ...LABELS }, ...(Object.keys(annotations).length > 0 && { annotations }) };
}

/** Advice refuses nothing. */
function actionsOf(wanted: Action, isAdvice: boolean): string[] {
  return [...VALIDATION_ACTIONS[isAdvice && wanted === 'deny' ? 'warn' : wanted]];
}

/** Every namespace but those of the control plane, and those that say that they hold no PHI. */
const inItsNamespaces = () => ({
  matchExpressions: [
    { key: PHI_LABEL, operator: 'NotIn', values: ['false'] },
    {
      key: 'kubernetes.io/metadata.name',
      operator: 'NotIn',
      values: ['kube-system', 'kube-public', 'kube-node-lease'],
    },
  ],
});

function binding({ rule, part }: AdmissionCheck, wanted: Action, isAdvice: boolean): PlainValue {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: metadataOf(nameOf(rule, part), isAdvice),
    spec: {
      policyName: nameOf(rule, part),
      validationActions: actionsOf(wanted, isAdvice),
      matchResources: { namespaceSelector: inItsNamespaces() },
    },
  };
}
