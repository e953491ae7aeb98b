import { CONTROL_PLANE_KINDS, lacks, settingsOf } from '../../analysis/control-plane/index.ts';
import { set } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

/**
 * An API server or kubelet that does not ask who may do what. `--authorization-config` replaces the flag.
 *
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/authorization/#using-flags-for-your-authorization-module
 */
export const apiserverAuthorizationMode = defineRule({
  id: 'apiserver-authorization-mode',
  meta: {
    title: 'Authorization without RBAC',
    safeguard: 'access-control',
    rationale:
      'Without RBAC the roles that say who may reach ePHI decide nothing. AlwaysAllow, the default of a bare API server, grants every request of anybody who is authenticated.',
    remediation: 'Set --authorization-mode=Node,RBAC; on kubelets the mode Webhook.',
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
    },
  },
  resource: {
    kinds: [...CONTROL_PLANE_KINDS, 'KubeletConfiguration'],
    check(resource, { report }) {
      const mode = resource.root.at(['authorization', 'mode']);
      if (resource.kind === 'KubeletConfiguration' && mode?.text === 'AlwaysAllow') {
        const operations = [set(mode.path, 'Webhook')];
        const fixes = [{ title: 'Set mode: Webhook', applicability: 'review' as const, operations }];
        report({ at: mode, messageId: 'alwaysAllow', data: { wanted: 'Webhook' }, fixes });
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
