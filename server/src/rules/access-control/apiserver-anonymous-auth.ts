import { CONTROL_PLANE_KINDS, lacks, settingsOf } from '../../analysis/control-plane/index.ts';
import { set } from '../../syntax/edit/operations.ts';
import { defineRule } from '../rule.ts';

/**
 * An API server or kubelet that lets requests in without any credential, as `system:anonymous`.
 *
 * `--authentication-config` may restrict anonymous requests to health endpoints, in a file that the command line does not show.
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests
 */
export const apiserverAnonymousAuth = defineRule({
  id: 'apiserver-anonymous-auth',
  meta: {
    title: 'Anonymous requests allowed',
    safeguard: 'access-control',
    rationale:
      'Requests without any credential are accepted and become system:anonymous. One careless binding then opens ePHI to everyone on the network, and nobody can be identified afterwards.',
    remediation:
      'Switch anonymous authentication off, or restrict it to health endpoints in an AuthenticationConfiguration.',
    references: {
      hipaa: ['164.312(d)', '164.312(a)(1)'],
      nist: ['AC-14', 'IA-2'],
      benchmark: 'CIS Kubernetes Benchmark 1.2.1, 4.2.1',
      urls: ['https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests'],
    },
    severity: 'error',
    scope: 'document',
    messages: {
      apiserver:
        'The API server accepts requests without a credential, so access to ePHI need not be tied to anybody. Set --anonymous-auth=false.',
      kubelet:
        'The kubelet accepts requests without a credential: anyone on the network can read logs and enter pods. Set enabled to false.',
    },
  },
  resource: {
    kinds: [...CONTROL_PLANE_KINDS, 'KubeletConfiguration'],
    check(resource, { report }) {
      const enabled = resource.root.at(['authentication', 'anonymous', 'enabled']);
      if (resource.kind === 'KubeletConfiguration' && enabled?.boolean === true) {
        const operations = [set(enabled.path, false)];
        report({
          at: enabled,
          messageId: 'kubelet',
          fixes: [{ title: 'Set enabled: false', applicability: 'review', operations }],
        });
      }
      const apiserver = settingsOf('kube-apiserver', resource);
      if (apiserver === undefined || apiserver.flag('authentication-config') !== undefined) return;
      const flag = apiserver.flag('anonymous-auth');
      if (flag?.value === 'false' || (flag === undefined && !lacks(apiserver, 'anonymous-auth'))) return;
      const operations = apiserver.set('anonymous-auth', 'false');
      report({
        ...(flag === undefined ? apiserver.home : { at: flag.at }),
        messageId: 'apiserver',
        fixes: [{ title: 'Set --anonymous-auth=false', applicability: 'review', operations }],
      });
    },
  },
});
