import type { RoleFact } from '../../analysis/facts.ts';
import { allows } from '../../analysis/rbac/authorize.ts';
import { type Binding, bindingOf, describeSubject, subjectsOf } from '../../analysis/rbac/bindings.ts';
import { effectiveRules } from '../../analysis/rbac/grants.ts';
import { isLogAgent, LOG_NAMESPACE } from '../../analysis/rbac/log-keepers.ts';
import type { PolicyRule } from '../../analysis/rbac/roles.ts';
import { capitalised, listOf } from '../../analysis/words.ts';
import type { World } from '../../analysis/world.ts';
import { objectOf } from '../related-objects.ts';
import { defineRule } from '../rule.ts';

/**
 * Somebody other than the log agents who may change or delete what keeps the logs: volumes, pods and configuration in a namespace for logs.
 *
 * Source: 45 CFR 164.312(b); NIST SP 800-53 AU-9(4), access to audit functions by a subset of privileged users.
 */
export const auditLogAccess = defineRule({
  id: 'audit-log-access',
  meta: {
    title: 'Others than the log agents may change logs',
    safeguard: 'audit-controls',
    rationale:
      'Whoever may delete a volume of the log store, or stop its pods, may also remove the trace of what they did. Records of the use of ePHI count only when those who are recorded cannot reach them.',
    remediation:
      'Give people read access to namespaces for logs. Leave writing to the agents, and administration to few persons whose own actions are recorded elsewhere.',
    references: {
      hipaa: ['164.312(b)', '164.312(c)(1)', '164.308(a)(4)'],
      nist: ['AU-9', 'AC-6'],
      urls: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/'],
    },
    severity: 'information',
    scope: 'workspace',
    messages: {
      write:
        '{subject} may {verb} {objects} in namespace "{namespace}", where logs are kept, and so remove the record of who used ePHI. Give read access, or bind it to the log agent alone.',
    },
  },
  resource: {
    kinds: ['RoleBinding'],
    check(resource, { report, world }) {
      const binding = bindingOf(resource);
      const { namespace } = resource;
      if (binding === undefined || namespace === undefined || !LOG_NAMESPACE.test(namespace)) return;
      const role = roleIn(binding.roleKind, binding.roleName, namespace, world);
      const reach = reachOf(role === undefined ? defaultRules(binding) : effectiveRules(role.role, world));
      if (reach === undefined) return;
      for (const { value, ...subject } of subjectsOf(resource)) {
        if (isLogAgent(subject)) continue;
        report({
          at: value.get('name') ?? value,
          messageId: 'write',
          data: { subject: capitalised(describeSubject(subject)), namespace, ...reach },
          relatedObjects:
            role === undefined ? [] : [objectOf({ ...role, kind: role.role.kind }, 'The role.')],
        });
      }
    },
  },
});

const EVERYTHING: PolicyRule = {
  apiGroups: ['*'],
  resources: ['*'],
  verbs: ['*'],
  resourceNames: [],
  nonResourceURLs: [],
};

function roleIn(kind: string, name: string, namespace: string, world: World): RoleFact | undefined {
  return world
    .matching('role', 'name', name)
    .find(({ role, namespace: own }) => role.kind === kind && (kind === 'ClusterRole' || own === namespace));
}

/** The default roles that may write are known without a manifest. */
function defaultRules({ roleKind, roleName }: Binding): PolicyRule[] {
  return roleKind === 'ClusterRole' && /^(?:cluster-admin|admin|edit)$/.test(roleName) ? [EVERYTHING] : [];
}

const OBJECTS: readonly (readonly [string, string])[] = [
  ['persistentvolumeclaims', 'volume claims'],
  ['configmaps', 'ConfigMaps'],
  ['pods', 'Pods'],
];

/** The strongest verb, and the objects that it reaches; undefined where nothing can be changed. */
function reachOf(rules: readonly PolicyRule[]): { verb: string; objects: string } | undefined {
  for (const verb of ['delete', 'deletecollection', 'update', 'patch', 'create']) {
    const objects = OBJECTS.filter(([resource]) =>
      rules.some((rule) => allows(rule, { verb, group: '', resource })),
    );
    if (objects.length === 0) continue;
    return {
      verb: verb === 'deletecollection' ? 'delete' : verb,
      objects: listOf(objects.map(([, words]) => words)),
    };
  }
  return undefined;
}
