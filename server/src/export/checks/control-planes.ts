import type { Component } from '../../analysis/control-plane/settings.ts';
import { RETENTION_DAYS } from '../../analysis/retention.ts';
import { GO_FALSE, GO_TRUE } from '../../kubernetes/go-booleans.ts';
import { PROVIDER_FLAGS, STATIC_FLAGS } from '../../rules/access-control/apiserver-identity-provider.ts';
import { APISERVER_FLAGS, ETCD_FLAGS, URL_FLAGS } from '../../rules/encryption-at-rest/etcd-tls.ts';
import { FLAGS } from '../../rules/transmission-security/apiserver-tls.ts';
import { anyOf, celMatches, celTest } from '../cel.ts';
import {
  API_SERVERS,
  CONTROL_PLANES,
  ETCDS,
  flagIs,
  hasFlag,
  KUBELETS,
  lacksFlag,
} from '../cel-control-plane.ts';
import { type AdmissionCheck, CLUSTER_API, type Variable } from './check.ts';

/*
 * Clusters that a cluster makes: by the Cluster API, or in pods of its own. A cluster's own control plane comes from files of its nodes.
 */

const none = (programs: 'apiServers' | 'etcds' | 'kubelets', ...conditions: readonly string[]) =>
  `!variables.${programs}.exists(s, ${anyOf(...conditions)})`;
const lacks = (name: string) => lacksFlag('kube-apiserver', name);

const check = (
  rule: string,
  expression: string,
  variables: readonly Variable[] = API_SERVERS,
): AdmissionCheck => ({ rule, on: CONTROL_PLANES, variables, expression });

/** A finding about kubelets, of which pods start none. */
const ofKubelets = (rule: string, flag: string, isSuch: string): AdmissionCheck => ({
  rule,
  part: 'kubelets',
  on: CLUSTER_API,
  variables: KUBELETS,
  expression: none('kubelets', flagIs(flag, isSuch)),
});

const MODES = "v.split(',')";
const IS_PLAIN = "v.split(',').exists(u, u.startsWith('http://'))";
const IS_ON = celTest('v', GO_TRUE);
/** Whether one of the flags is missing, or says no. */
const isWithout = (component: Component, flags: readonly (readonly [string, string])[]) =>
  anyOf(...flags.flatMap(([name]) => [lacksFlag(component, name), flagIs(name, celTest('v', GO_FALSE))]));
const isWithin = (days: number) => `${celMatches('v', '^[0-9]{1,9}$')} && int(v) > 0 && int(v) < ${days}`;
const BEYOND = 'what an AuthenticationConfiguration decides, which is a file of the API server';

export const CONTROL_PLANE_CHECKS: readonly AdmissionCheck[] = [
  check(
    'apiserver-authorization-mode',
    none(
      'apiServers',
      `!${hasFlag('authorization-config')} && ${anyOf(lacks('authorization-mode'), flagIs('authorization-mode', `!('RBAC' in ${MODES}) || 'AlwaysAllow' in ${MODES}`))}`,
    ),
  ),
  ofKubelets('apiserver-authorization-mode', 'authorization-mode', "v == 'AlwaysAllow'"),
  {
    ...check(
      'apiserver-anonymous-auth',
      none(
        'apiServers',
        flagIs('anonymous-auth', IS_ON),
        `${lacks('anonymous-auth')} && !${hasFlag('authentication-config')}`,
      ),
    ),
    beyond: BEYOND,
  },
  ofKubelets('apiserver-anonymous-auth', 'anonymous-auth', IS_ON),
  {
    ...check(
      'apiserver-identity-provider',
      none(
        'apiServers',
        ...STATIC_FLAGS.map(hasFlag),
        `!${anyOf(...[...PROVIDER_FLAGS, 'authentication-config'].map(hasFlag))}`,
      ),
    ),
    beyond: BEYOND,
  },
  check('apiserver-encryption-config', none('apiServers', lacks('encryption-provider-config'))),
  check(
    'etcd-tls',
    none(
      'apiServers',
      `${hasFlag('etcd-servers')} && ${anyOf(flagIs('etcd-servers', IS_PLAIN), isWithout('kube-apiserver', APISERVER_FLAGS))}`,
    ),
  ),
  {
    ...check(
      'etcd-tls',
      none('etcds', ...URL_FLAGS.map((name) => flagIs(name, IS_PLAIN)), isWithout('etcd', ETCD_FLAGS)),
      ETCDS,
    ),
    part: 'etcd',
  },
  check('apiserver-audit-policy-missing', none('apiServers', lacks('audit-policy-file'))),
  check(
    'apiserver-audit-log-missing',
    none('apiServers', `${lacks('audit-log-path')} && ${lacks('audit-webhook-config-file')}`),
  ),
  check(
    'apiserver-audit-log-retention',
    none(
      'apiServers',
      `!${hasFlag('audit-webhook-config-file')} && ${anyOf(flagIs('audit-log-maxage', isWithin(RETENTION_DAYS)), flagIs('audit-log-maxbackup', celMatches('v', '^0*[1-9][0-9]*$')))}`,
    ),
  ),
  check(
    'apiserver-tls',
    none(
      'apiServers',
      flagIs('insecure-port', "v != '0'"),
      `variables.isPod && !(${FLAGS.map(([name]) => hasFlag(name)).join(' && ')})`,
    ),
  ),
  // Not at all, in every way to say so.
  ofKubelets(
    'session-timeout-disabled',
    'streaming-connection-idle-timeout',
    celMatches('v', '^(0|(0+(\\.0+)?(h|m|s|ms|us|ns|d|w|y))+)$'),
  ),
];
