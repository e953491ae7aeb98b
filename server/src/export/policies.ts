import { PHI_LABEL } from '../analysis/phi-label.ts';
import type { Rule } from '../rules/rule.ts';
import type { PlainValue } from '../syntax/edit/operations.ts';
import { ADMISSION_CHECKS, type AdmissionCheck, WORKLOAD_VARIABLES, WORKLOADS } from './checks.ts';

/** What a cluster does with an object that breaks a rule. */
export const ACTIONS = ['deny', 'warn', 'audit'] as const;
export type Action = (typeof ACTIONS)[number];

const VALIDATION_ACTIONS: Readonly<Record<Action, readonly string[]>> = {
  deny: ['Deny', 'Audit'],
  warn: ['Warn', 'Audit'],
  audit: ['Audit'],
};

/** Policies for a cluster, each as the object that it is. */
export function clusterPolicies(rules: readonly Rule[], action: Action): PlainValue[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const checked = ADMISSION_CHECKS.flatMap((check) => {
    const rule = byId.get(check.rule);
    return rule === undefined ? [] : [validatingPolicy(check, rule), binding(check, action)];
  });
  return byId.has(GENERATED) ? [...checked, defaultDenyPolicy()] : checked;
}

function nameOf(rule: string): string {
  return `kube-safeguards-${rule}`;
}

/** Source: https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ */
function validatingPolicy({ rule, on, expression }: AdmissionCheck, { meta }: Rule): PlainValue {
  const isAboutWorkloads = on === 'workloads';
  const resourceRules = (isAboutWorkloads ? WORKLOADS : on).map((resources) => ({
    ...resources,
    operations: ['CREATE', 'UPDATE'],
  }));
  const citations = meta.references.hipaa.join(', ');
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: {
      name: nameOf(rule),
      labels: { 'app.kubernetes.io/managed-by': 'kube-safeguards' },
    },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: { resourceRules },
      ...(isAboutWorkloads && { variables: WORKLOAD_VARIABLES.map((variable) => ({ ...variable })) }),
      validations: [
        {
          expression,
          message: `${rule}: ${meta.title}. ${meta.remediation} (45 CFR ${citations})`,
          reason: 'Invalid',
        },
      ],
    },
  };
}

/** In every namespace but those of the control plane, and those that say that they hold no PHI. */
function binding({ rule }: AdmissionCheck, action: Action): PlainValue {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: nameOf(rule), labels: { 'app.kubernetes.io/managed-by': 'kube-safeguards' } },
    spec: {
      policyName: nameOf(rule),
      validationActions: VALIDATION_ACTIONS[action],
      matchResources: {
        namespaceSelector: {
          matchExpressions: [
            { key: PHI_LABEL, operator: 'NotIn', values: ['false'] },
            {
              key: 'kubernetes.io/metadata.name',
              operator: 'NotIn',
              values: ['kube-system', 'kube-public', 'kube-node-lease'],
            },
          ],
        },
      },
    },
  };
}

/** An object cannot be refused for want of another one, which CEL does not see; Kyverno makes it instead. */
const GENERATED = 'namespace-default-deny-missing';

/** Source: https://kyverno.io/docs/policy-types/cluster-policy/generate/ */
function defaultDenyPolicy(): PlainValue {
  return {
    apiVersion: 'kyverno.io/v1',
    kind: 'ClusterPolicy',
    metadata: { name: nameOf(GENERATED), labels: { 'app.kubernetes.io/managed-by': 'kube-safeguards' } },
    spec: {
      rules: [
        {
          name: 'default-deny',
          match: { any: [{ resources: { kinds: ['Namespace'] } }] },
          exclude: {
            any: [
              { resources: { namespaces: ['kube-system', 'kube-public', 'kube-node-lease'] } },
              { resources: { selector: { matchLabels: { [PHI_LABEL]: 'false' } } } },
            ],
          },
          generate: {
            apiVersion: 'networking.k8s.io/v1',
            kind: 'NetworkPolicy',
            name: 'default-deny',
            namespace: '{{request.object.metadata.name}}',
            synchronize: true,
            data: { spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } },
          },
        },
      ],
    },
  };
}
