import {
  type Authorizer,
  authorizersOf,
  failOpenPolicyOf,
} from '../../analysis/control-plane/authorizers.ts';
import { CONTROL_PLANE_KINDS, kubeletsOf, lacks, settingsOf } from '../../analysis/control-plane/index.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { type DocumentOperation, insert, remove, set } from '../../syntax/edit/operations.ts';
import { defineRule, type RuleContext } from '../rule.ts';

/**
 * An API server or kubelet that does not ask who may do what. `--authorization-config` replaces the flag: then the AuthorizationConfiguration decides, where
 * it is in view.
 *
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/authorization/#using-flags-for-your-authorization-module and
 * #using-configuration-file-for-authorization
 */
export const apiserverAuthorizationMode = defineRule({
  id: 'apiserver-authorization-mode',
  meta: {
    title: 'Authorization without RBAC',
    safeguard: 'access-control',
    rationale:
      'Without RBAC the roles that say who may reach ePHI decide nothing. AlwaysAllow, the default of a bare API server, grants every request of anybody who is authenticated.',
    remediation:
      'Set --authorization-mode=Node,RBAC, or name both in the AuthorizationConfiguration; on kubelets the mode Webhook.',
    references: {
      hipaa: ['164.312(a)(1)', '164.308(a)(4)'],
      nist: ['AC-3'],
      benchmark: 'CIS Kubernetes Benchmark 1.2.6, 1.2.7, 1.2.8, 4.2.2',
      urls: ['https://kubernetes.io/docs/reference/access-authn-authz/authorization/'],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      missing:
        'The API server runs without --authorization-mode and allows everything, access to ePHI included. Set Node,RBAC.',
      alwaysAllow: 'AlwaysAllow grants every request, access to ePHI included. Set {wanted}.',
      withoutRbac: 'The API server decides without RBAC, so roles protect no ePHI. Set Node,RBAC.',
      alwaysAllowAuthorizer:
        'The authorizer AlwaysAllow grants whatever those before it leave open, access to ePHI included. {wanted}.',
      withoutRbacAuthorizer:
        'None of the authorizers is RBAC, so roles protect no ePHI. Add {wanted}, or let another authorizer hold the same rules.',
      failsOpen:
        'While the webhook {name} cannot be asked, requests for ePHI that it would deny are left to the authorizers behind it. Set failurePolicy: Deny if it guards anything.',
    },
  },
  resource: {
    kinds: [...CONTROL_PLANE_KINDS, 'AuthorizationConfiguration'],
    check(resource, context) {
      const { report } = context;
      checkAuthorizers(resource, context);
      for (const kubelet of kubeletsOf(resource)) {
        const mode = kubelet.flag('authorization-mode');
        if (mode?.value !== 'AlwaysAllow') continue;
        const operations = kubelet.set('authorization-mode', 'Webhook');
        const fixes = [{ title: 'Set Webhook', applicability: 'review' as const, operations }];
        report({ at: mode.at, messageId: 'alwaysAllow', data: { wanted: 'Webhook' }, fixes });
      }
      const apiserver = settingsOf('kube-apiserver', resource);
      if (apiserver === undefined || apiserver.flag('authorization-config') !== undefined) return;
      const operations = apiserver.set('authorization-mode', 'Node,RBAC');
      const fixes = [
        { title: 'Set --authorization-mode=Node,RBAC', applicability: 'review' as const, operations },
      ];
      const flag = apiserver.flag('authorization-mode');
      const modes = flag?.value.split(',') ?? [];
      if (flag === undefined) {
        if (lacks(apiserver, 'authorization-mode'))
          report({ ...apiserver.home, messageId: 'missing', fixes });
      } else if (modes.includes('AlwaysAllow')) {
        report({ at: flag.at, messageId: 'alwaysAllow', data: { wanted: 'Node,RBAC' }, fixes });
      } else if (!modes.includes('RBAC')) {
        report({ at: flag.at, messageId: 'withoutRbac', fixes });
      }
    },
  },
});

type Context = RuleContext<'alwaysAllowAuthorizer' | 'withoutRbacAuthorizer' | 'failsOpen'>;

function checkAuthorizers(resource: Resource, { report }: Context): void {
  const authorizers = authorizersOf(resource) ?? [];
  const [first] = authorizers;
  if (first === undefined) return;
  const missing = ['Node', 'RBAC'].filter((wanted) => !authorizers.some(({ type }) => type === wanted));
  const open = authorizers.find(({ type }) => type === 'AlwaysAllow');
  if (open !== undefined) {
    const fix = missing.includes('RBAC')
      ? { title: `Replace it by ${missing.join(' and ')}`, operations: replacing(open, missing) }
      : { title: 'Remove it', operations: [remove(open.value.path)] };
    report({
      at: open.value.get('type') ?? open.value,
      messageId: 'alwaysAllowAuthorizer',
      data: { wanted: fix.title },
      fixes: [{ ...fix, applicability: 'review' }],
    });
  } else if (missing.includes('RBAC')) {
    const list = first.value.path.slice(0, -1);
    const fix = {
      title: `Add ${missing.join(' and ')}`,
      applicability: 'review' as const,
      operations: missing.map((type) => insert(list, authorizerOf(type))),
    };
    const data = { wanted: missing.join(' and ') };
    report({
      at: resource.root,
      missing: ['authorizers', 'RBAC'],
      messageId: 'withoutRbacAuthorizer',
      data,
      fixes: [fix],
    });
  }
  for (const [index, { name }] of authorizers.entries()) {
    const policy = failOpenPolicyOf(authorizers, index);
    if (policy === undefined) continue;
    const operations = [set(policy.path, 'Deny')];
    const fixes = [{ title: 'Set failurePolicy: Deny', applicability: 'review' as const, operations }];
    report({ at: policy, messageId: 'failsOpen', data: { name }, fixes, severity: 'information' });
  }
}

/** Writes RBAC in the place of an authorizer, and what else is missing before it. */
function replacing({ value }: Authorizer, missing: readonly string[]): DocumentOperation[] {
  const index = Number(value.path.at(-1));
  return [
    set([...value.path, 'type'], 'RBAC'),
    set([...value.path, 'name'], 'rbac'),
    ...missing
      .filter((type) => type !== 'RBAC')
      .map((type) => insert(value.path.slice(0, -1), authorizerOf(type), index)),
  ];
}

function authorizerOf(type: string) {
  return { type, name: type.toLowerCase() };
}
