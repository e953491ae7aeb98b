import { INTERESTING } from '../../analysis/endpoints/settings.ts';
import { FIELD } from '../../analysis/endpoints/verification.ts';
import {
  BUILD_FLAG,
  FLAG,
  UNVERIFIED_SETTINGS,
  VERIFY_FLAG,
} from '../../analysis/endpoints/verification-table.ts';
import {
  ARE_LONG_ARGUMENTS,
  anyOf,
  celMatches,
  celTest,
  IS_LONG_ENVIRONMENT,
  LONG_PODS,
  WORDS,
} from '../cel.ts';
import {
  commandsOf,
  hasSwitch,
  isLocal,
  isSwitchedOff,
  isUnverifiedCommand,
  isUnverifiedConnection,
  NAMES_AUTHORITY,
} from '../cel-endpoints.ts';
import { celSomeKey } from '../cel-walk.ts';
import type { AdmissionCheck } from './check.ts';

/** Groups of products that have such fields. A policy for all groups would be asked at every write of a cluster. */
const GROUPS = [
  ...[
    'apiregistration.k8s.io',
    'cert-manager.io',
    'external-secrets.io',
    'secrets.hashicorp.com',
    'velero.io',
  ],
  ...['monitoring.coreos.com', 'operator.victoriametrics.com', 'grafana.integreatly.org', 'loki.grafana.com'],
  ...['tempo.grafana.com', 'opentelemetry.io', 'fluentbit.fluent.io', 'logging.banzaicloud.io'],
  ...['traefik.io', 'traefik.containo.us', 'gateway.envoyproxy.io', 'gateway.solo.io', 'kafka.strimzi.io'],
  ...[
    'argoproj.io',
    'helm.toolkit.fluxcd.io',
    'source.toolkit.fluxcd.io',
    'helm.cattle.io',
    'install.istio.io',
  ],
];

/** Neither programs nor their switches are longer. */
const ONE_LINE = `${WORDS}.filter(w, size(w) < 300).join('\\x1f')`;

/** Variables that begin alike belong together: those of hosts tell whom a setting is about. */
const PREFIX = `[(e.name.lowerAscii().findAll('[_.-]?(ssl|tls|security|insecure)') + [''])[0]].map(m, m == '' ? '' : e.name.substring(0, e.name.lowerAscii().indexOf(m)))`;
const HAS_OWN_NAMES =
  "(has(variables.podSpec.hostAliases) && variables.podSpec.hostAliases.exists(a, a.ip.startsWith('127.') || a.ip == '::1'))";
const IS_ABOUT_ITSELF = `${PREFIX}.exists(p, [c.env.filter(o, has(o.value) && o.value != '' && o.name.startsWith(p) && ${celTest('o.name', /host|server|addr|url|uri|endpoint/i)})].exists(h, size(h) > 0 && h.all(o, ${HAS_OWN_NAMES} || ${isLocal('o.value')})))`;

const IS_OFF = anyOf(
  ...UNVERIFIED_SETTINGS.map(
    ({ names, values }) => `(${celTest('e.value', values)} && ${celTest('e.name', names)})`,
  ),
  `(${celTest('e.name', /ssl_?mode$/i)} && (${celTest('e.value', /^(?:allow|prefer)$/i)} || (${celTest('e.value', /^require$/i)} && !${NAMES_AUTHORITY})))`,
);
const SETTING = `(${celTest('e.name', INTERESTING)} && !e.value.contains('\\n') && ${IS_OFF} && !${IS_ABOUT_ITSELF})`;

const ON = new RegExp(FLAG.source.replace('(?:=(\\w*))?$', '(?:=(?:true|1|yes|on))?$'), 'i');
const FLAGS = `(!${isSwitchedOff(ONE_LINE)} && ${WORDS}.exists(w, ${celTest('w', /^\s*-.*(?:insecure|skip|verif|no-check|tls)/i)} && (${celTest('w.trim()', ON)} || ${celTest('w.trim()', VERIFY_FLAG)})))`;
const SCRIPTS = `${WORDS}.exists(s, ${celMatches('s', '[a-z]\\s')} && ${hasSwitch('s')} && ${commandsOf('s')}.exists(w, ${isUnverifiedCommand('w')}))`;

export const VERIFICATION_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'tls-verification-disabled',
    on: 'workloads',
    expression: `${IS_LONG_ENVIRONMENT} || !variables.containers.exists(c, has(c.env) && c.env.exists(e, has(e.value) && e.value != '' && (${SETTING} || ${isUnverifiedConnection('e.value')})))`,
    also: [
      `${ARE_LONG_ARGUMENTS} || !variables.containers.exists(c, ${FLAGS} || [${ONE_LINE}].exists(w, ${isUnverifiedCommand('w')}) || ${WORDS}.exists(w, ${isUnverifiedConnection('w')}))`,
      `${ARE_LONG_ARGUMENTS} || !variables.containers.exists(c, ${SCRIPTS})`,
    ],
    beyond: `ConfigMaps and settings inside of other texts, where what stands around them decides, fields of kinds in groups that the policy does not know, and ${LONG_PODS}`,
  },
  {
    rule: 'tls-verification-disabled',
    part: 'builds',
    isAdvice: true,
    on: 'workloads',
    expression: `!variables.containers.exists(c, ${WORDS}.exists(w, ${celTest('w.trim()', BUILD_FLAG)}))`,
  },
  {
    rule: 'tls-verification-disabled',
    part: 'fields',
    on: [{ apiGroups: GROUPS, apiVersions: ['*'], resources: ['*'] }],
    expression: `!has(object.spec) || !${celSomeKey((node) => `${node}[k] == true && ${celTest('k', FIELD)}`, 'object.spec')}`,
  },
];
