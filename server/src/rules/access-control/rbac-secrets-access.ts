import { describeHolders, describeReach } from '../../analysis/rbac/grants.ts';
import { type LocatedPolicyRule, policyRulesOf } from '../../analysis/rbac/roles.ts';
import { insert, remove, set } from '../../syntax/edit/operations.ts';
import { defineRule, type Fix } from '../rule.ts';

const READING = ['get', 'list', 'watch', '*'];

/**
 * Read access to Secrets without naming them. `list` and `watch` return the contents too.
 *
 * Source: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#listing-secrets
 */
export const rbacSecretsAccess = defineRule({
  id: 'rbac-secrets-access',
  meta: {
    title: 'Role that reads every Secret',
    safeguard: 'access-control',
    rationale:
      'Secrets hold the passwords and keys of the databases where ePHI lies, and list and watch return their contents as get does. A role that names no Secret reads those of every workload.',
    remediation:
      'Name the Secrets in resourceNames and allow get alone; let other pods mount what they need.',
    references: {
      hipaa: ['164.312(a)(1)', '164.308(a)(4)'],
      nist: ['AC-3', 'AC-6'],
      benchmark: 'CIS Kubernetes Benchmark 5.1.2',
      urls: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#listing-secrets'],
    },
    severity: 'error',
    scope: 'workspace',
    messages: {
      readsAll:
        '{holders} can read every Secret {reach}, the keys to ePHI among them. Name the Secrets in resourceNames and allow get alone.',
    },
  },
  resource: {
    kinds: ['Role', 'ClusterRole'],
    check(role, { report, world }) {
      for (const rule of policyRulesOf(role)) {
        const secrets = rule.value.get('resources')?.items.find((item) => item.text === 'secrets');
        const isCore = rule.apiGroups.includes('') || rule.apiGroups.includes('*');
        const reads = rule.verbs.some((verb) => READING.includes(verb));
        if (secrets === undefined || !isCore || !reads || rule.resourceNames.length > 0) continue;
        const data = {
          holders: capitalised(describeHolders(role, world)),
          reach: describeReach(role, world),
        };
        report({ at: secrets, messageId: 'readsAll', data, fixes: [nameSecrets(rule)] });
      }
    },
  },
});

/** Other resources of the rule keep their permissions in it; Secrets get a rule of their own. */
function nameSecrets(rule: LocatedPolicyRule): Fix {
  const { path } = rule.value;
  const named = {
    apiGroups: [''],
    resources: ['secrets'],
    resourceNames: ['name-of-the-secret'],
    verbs: ['get'],
  };
  const index = rule.resources.indexOf('secrets');
  const operations =
    rule.resources.length === 1
      ? [set([...path, 'resourceNames'], named.resourceNames), set([...path, 'verbs'], named.verbs)]
      : [remove([...path, 'resources', index]), insert(path.slice(0, -1), named)];
  return { title: 'Allow get on named Secrets only', applicability: 'review', operations };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
