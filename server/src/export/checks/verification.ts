import { INTERESTING } from '../../analysis/endpoints/settings.ts';
import { FIELD } from '../../analysis/endpoints/verification.ts';
import { BUILD_FLAG, FLAG, VERIFY_FLAG } from '../../analysis/endpoints/verification-table.ts';
import { ARE_LONG_ARGUMENTS, celMatches, celTest, IS_LONG_ENVIRONMENT, LONG_PODS, WORDS } from '../cel.ts';
import {
  commandsOf,
  hasSwitch,
  IN_COMMENT,
  isSwitchedOff,
  isUnverifiedCommand,
  isUnverifiedConnection,
} from '../cel-endpoints.ts';
import { isUnverifiedLine, isUnverifiedVariable, mayBeAboutItself } from '../cel-settings.ts';
import { celSomeKey } from '../cel-walk.ts';
import type { AdmissionCheck } from './check.ts';
import { LONG_FILES, VERIFICATION_FILE_CHECK } from './verification-files.ts';

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

const HAS_OWN_NAMES =
  "(has(variables.podSpec.hostAliases) && variables.podSpec.hostAliases.exists(a, a.ip.startsWith('127.') || a.ip == '::1'))";
/** Options for a program, in one variable. */
const INSIDE = `(size(e.value) < 2000 && !e.value.contains('\\n') && ${celTest('e.value', INTERESTING)} && ${isUnverifiedLine('e.value', 'e.value')} && !${celMatches('e.value.lowerAscii()', IN_COMMENT)} && !${mayBeAboutItself('e.value')})`;

const ON = new RegExp(FLAG.source.replace('(?:=(\\w*))?$', '(?:=(?:true|1|yes|on))?$'), 'i');
const FLAGS = `(!${isSwitchedOff(ONE_LINE)} && ${WORDS}.exists(w, ${celTest('w', /^\s*-.*(?:insecure|skip|verif|no-check|tls)/i)} && ((${celTest('w', /^[^=]+(?:=(?:true|1|yes|on))?\s*$/i)} && ${celTest('w.trim()', ON)}) || (${celTest('w', /=(?:false|0|no|none)\s*$/i)} && ${celTest('w.trim()', VERIFY_FLAG)}))))`;
const SCRIPTS = `${WORDS}.exists(s, ${celMatches('s', '[a-z]\\s')} && ${hasSwitch('s')} && ${commandsOf('s')}.exists(w, ${isUnverifiedCommand('w', true)}))`;

export const VERIFICATION_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'tls-verification-disabled',
    on: 'workloads',
    expression: `${IS_LONG_ENVIRONMENT} || !variables.containers.exists(c, has(c.env) && c.env.exists(e, ${isUnverifiedVariable(HAS_OWN_NAMES)} || (has(e.value) && (${isUnverifiedConnection('e.value')} || ${INSIDE}))))`,
    also: [
      FLAGS,
      `[${ONE_LINE}].exists(w, ${isUnverifiedCommand('w', false)})`,
      `${WORDS}.exists(w, ${isUnverifiedConnection('w')})`,
      SCRIPTS,
    ].map((isUnverified) => `${ARE_LONG_ARGUMENTS} || !variables.containers.exists(c, ${isUnverified})`),
    beyond: `settings beside names of the machine itself, and in variables of several lines, where what stands around them decides; fields of kinds in groups that the policy does not know; ${LONG_FILES}, and ${LONG_PODS}`,
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
  VERIFICATION_FILE_CHECK,
];
