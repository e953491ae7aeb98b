import {
  anonymousAccessOf,
  conditionsOf,
  isAuthenticationConfiguration,
  isForEverybody,
} from '../../analysis/control-plane/authentication.ts';
import {
  booleanOf,
  CONTROL_PLANE_KINDS,
  type ComponentSettings,
  kubeletsOf,
  lacks,
  settingsOf,
} from '../../analysis/control-plane/index.ts';
import type { World } from '../../analysis/world.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { remove, set } from '../../syntax/edit/operations.ts';
import { defineRule, type RuleContext } from '../rule.ts';

const HEALTH = [{ path: '/livez' }, { path: '/readyz' }, { path: '/healthz' }];

/**
 * An API server or kubelet that lets requests in without any credential, as `system:anonymous`.
 *
 * `--authentication-config` may restrict anonymous requests to health endpoints, in a file that the command line does not show: where it is in view, it
 * decides.
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
    scope: 'workspace',
    messages: {
      apiserver:
        'The API server accepts requests without a credential, so access to ePHI need not be tied to anybody. Set --anonymous-auth=false.',
      kubelet:
        'The kubelet accepts requests without a credential: anyone on the network can read logs and enter pods. Set it to false.',
      everyPath:
        'The API server accepts requests for every path without a credential, so access to ePHI need not be tied to anybody. Limit them to health endpoints by conditions.',
      widePaths:
        'The API server accepts requests without a credential for {paths}, more than health endpoints, so access to ePHI need not be tied to anybody. Keep only those.',
    },
  },
  resource: {
    kinds: [...CONTROL_PLANE_KINDS, 'AuthenticationConfiguration'],
    check(resource, context) {
      const { report, world } = context;
      if (isAuthenticationConfiguration(resource)) checkConditions(resource, context);
      for (const kubelet of kubeletsOf(resource)) {
        const flag = kubelet.flag('anonymous-auth');
        if (flag === undefined || booleanOf(flag) !== true) continue;
        const operations = kubelet.set('anonymous-auth', 'false');
        const fixes = [{ title: 'Set it to false', applicability: 'review' as const, operations }];
        report({ at: flag.at, messageId: 'kubelet', fixes });
      }
      const apiserver = settingsOf('kube-apiserver', resource);
      if (apiserver === undefined || !letsAnybodyIn(apiserver, world)) return;
      const flag = apiserver.flag('anonymous-auth');
      const operations = apiserver.set('anonymous-auth', 'false');
      report({
        ...(flag === undefined ? apiserver.home : { at: flag.at }),
        messageId: 'apiserver',
        fixes: [{ title: 'Set --anonymous-auth=false', applicability: 'review', operations }],
      });
    },
  },
});

/** The flag and the file exclude each other, so that a flag which is set decides. */
function letsAnybodyIn(apiserver: ComponentSettings, world: World): boolean {
  const flag = apiserver.flag('anonymous-auth');
  if (flag !== undefined) return booleanOf(flag) === true;
  if (!lacks(apiserver, 'anonymous-auth')) return false;
  if (apiserver.flag('authentication-config') === undefined) return true;
  const files = world.facts('authentication-configuration');
  return world.complete && files.length > 0 && files.every(({ anonymous }) => anonymous === 'unset');
}

function checkConditions(resource: Resource, { report }: RuleContext<'everyPath' | 'widePaths'>): void {
  const anonymous = resource.root.get('anonymous');
  const enabled = anonymous?.get('enabled');
  if (anonymous === undefined || enabled === undefined || anonymousAccessOf(resource) !== 'wide') return;
  const path = [...anonymous.path, 'conditions'];
  const conditions = conditionsOf(anonymous);
  const wide = conditions.filter((condition) => !isForEverybody(condition));
  const limit = {
    title: 'Limit anonymous requests to health endpoints',
    applicability: 'review' as const,
    operations:
      wide.length < conditions.length
        ? wide.map((condition) => remove(condition.path)).reverse()
        : [set(path, HEALTH)],
  };
  const forbid = {
    title: 'Set enabled: false',
    applicability: 'review' as const,
    operations: [set(enabled.path, false), ...(anonymous.has(['conditions']) ? [remove(path)] : [])],
  };
  const fixes = [limit, forbid];
  const [first] = wide;
  if (first === undefined) {
    report({ at: enabled, messageId: 'everyPath', fixes });
    return;
  }
  const paths = wide.map((condition) => condition.get('path')?.text).join(', ');
  report({ at: first.get('path') ?? first, messageId: 'widePaths', data: { paths }, fixes });
}
