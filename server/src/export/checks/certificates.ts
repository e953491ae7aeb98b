import { LEAST_BITS } from '../../analysis/certificates/certificate.ts';
import { INJECTED_CA } from '../../analysis/certificates/secrets.ts';
import { LIFETIME_IN_TEXT, MESHES } from '../../analysis/certificates/workload-lifetimes.ts';
import { PRIVATE_ISSUERS } from '../../analysis/tls/facts.ts';
import {
  LEAST_MARGIN,
  PRIVATE_MAXIMUM,
  PUBLIC_MAXIMUM,
  WORKLOAD_MAXIMUM,
} from '../../rules/transmission-security/certificate-rotation.ts';
import {
  ARE_LONG_ARGUMENTS,
  anyOf,
  celList,
  celMatches,
  celText,
  hasAnnotation,
  hasPath,
  IS_DURATION,
  WORDS,
} from '../cel.ts';
import { celAll, celGet } from '../cel-lookup.ts';
import { celTextsUnder } from '../cel-walk.ts';
import { type AdmissionCheck, resourceRule, type Variable } from './check.ts';

const CERTIFICATE = [resourceRule('cert-manager.io', ['certificates'])];

const seconds = (text: string, otherwise: string) =>
  `(${celMatches(text, IS_DURATION)} ? duration(${text}).getSeconds() : ${otherwise})`;
const IS_CA = '(has(object.spec.isCA) && object.spec.isCA)';
const RENEWAL = '(has(object.spec.renewBefore) || has(object.spec.renewBeforePercentage))';
/** A renewal without end, or one too late; a short life has no room for a week. */
const IS_IN_TIME = `(variables.margin < variables.life && !(variables.margin < ${LEAST_MARGIN} && variables.life >= ${4 * LEAST_MARGIN}))`;

const SETTINGS = celList(Object.keys(MESHES));
/** Beside what Go reads, days, weeks and years. */
const IS_LONG = (text: string) =>
  `(${seconds(text, '0')} > ${WORKLOAD_MAXIMUM} || ${celMatches(text, '^0*([89]d|[1-9][0-9]+d|[2-9]w|[1-9][0-9]+w|[1-9][0-9]*y)')})`;
/** The durations at the end of what has been found. */
const someLong = (found: string) =>
  `${found}.exists(f, f.findAll('[0-9][0-9a-z.]*$').exists(d, ${IS_LONG('d')}))`;
const FLAG = `(?:^|\\x1f)--?(?:${Object.keys(MESHES).join('|')})[=\\x1f][0-9a-z.]+`;
/** As much as one expression may read. */
const MOST = 250_000;

/** Seconds: 0 and -1 where a duration is none. */
const TIMES: readonly Variable[] = [
  {
    name: 'life',
    expression: `has(object.spec.duration) ? ${seconds('object.spec.duration', '0')} : duration('2160h').getSeconds()`,
  },
  {
    name: 'margin',
    expression: `has(object.spec.renewBefore) ? ${seconds('object.spec.renewBefore', '-1')} : has(object.spec.renewBeforePercentage) ? variables.life * object.spec.renewBeforePercentage / 100 : variables.life / 3`,
  },
];
const ISSUER = 'object.spec.issuerRef';
const CERT_MANAGER = 'cert-manager.io/v1';
/** The issuer that a Certificate names, unless it is of another group. */
const issuer: Variable = {
  name: 'issuer',
  expression: `has(${ISSUER}.group) && !(${ISSUER}.group in ['', 'cert-manager.io']) ? dyn(null) : !has(${ISSUER}.kind) || ${ISSUER}.kind == 'Issuer' ? ${celGet(CERT_MANAGER, 'issuers', 'object.metadata.namespace', `${ISSUER}.name`)} : ${ISSUER}.kind == 'ClusterIssuer' ? ${celGet(CERT_MANAGER, 'clusterissuers', "''", `${ISSUER}.name`)} : dyn(null)`,
};

/** Kinds that are handed a certificate as the one to trust. */
const TRUSTING = [
  ['admissionregistration.k8s.io/v1', 'validatingwebhookconfigurations'],
  ['admissionregistration.k8s.io/v1', 'mutatingwebhookconfigurations'],
  ['apiregistration.k8s.io/v1', 'apiservices'],
  ['apiextensions.k8s.io/v1', 'customresourcedefinitions'],
] as const;
const TRUSTED = celText(INJECTED_CA);
const isTrusted = ([version, plural]: (typeof TRUSTING)[number]) =>
  `${celAll(version, plural)}.exists(o, has(o.metadata.annotations) && ${TRUSTED} in o.metadata.annotations && o.metadata.annotations[${TRUSTED}] == object.metadata.namespace + '/' + object.metadata.name)`;

/** Sizes of keys that are too short. */
const isShort = (algorithm: string, size: string) =>
  `(${[...LEAST_BITS].map(([name, least]) => `(${algorithm} == ${celText(name)} && ${size} < ${least})`).join(' || ')})`;
const KEY = 'object.spec.privateKey';
const ALGORITHM = 'cert-manager.io/private-key-algorithm';

export const CERTIFICATE_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'certificate-weak-key',
    on: CERTIFICATE,
    expression: `!(${hasPath(`${KEY}.size`)} && ${KEY}.size > 0 && ${isShort(`(has(${KEY}.algorithm) ? ${KEY}.algorithm.upperAscii() : 'RSA')`, `${KEY}.size`)})`,
    beyond:
      'certificates that vouch for themselves, since a webhook that they are meant for, and are handed to, may come later: Kyverno reports them',
  },
  {
    rule: 'certificate-weak-key',
    part: 'self-signed',
    on: CERTIFICATE,
    looksUp: true,
    reports: 'only',
    variables: [issuer],
    expression: `${IS_CA} || variables.issuer == null || !has(variables.issuer.spec.selfSigned) || ${anyOf(...TRUSTING.map(isTrusted))}`,
  },
  {
    rule: 'certificate-weak-key',
    part: 'annotations',
    on: [
      resourceRule('networking.k8s.io', ['ingresses']),
      resourceRule('gateway.networking.k8s.io', ['gateways'], ['*']),
    ],
    expression: `!${hasAnnotation(
      'cert-manager.io/private-key-size',
      (size) =>
        `${celMatches(size, '^0*[1-9][0-9]{0,8}$')} && ${isShort(`(${hasAnnotation(ALGORITHM)} ? object.metadata.annotations[${celText(ALGORITHM)}].upperAscii() : 'RSA')`, `int(${size})`)}`,
    )}`,
  },
  {
    rule: 'certificate-rotation',
    on: CERTIFICATE,
    variables: TIMES,
    expression: `${IS_CA} || ((!(${hasPath(`${KEY}.rotationPolicy`)}) || ${KEY}.rotationPolicy != 'Never') && (variables.life <= 0 || variables.margin < 0 || (variables.life <= ${PUBLIC_MAXIMUM} && (!${RENEWAL} || ${IS_IN_TIME}))))`,
    beyond:
      'Certificates that come before their private issuer, with lives of 90 to 200 days, which Kyverno reports, and what stands in ConfigMaps of more than 250,000 characters, which cost an API server too much to read',
  },
  {
    rule: 'certificate-rotation',
    part: 'issuers',
    on: CERTIFICATE,
    looksUp: true,
    reports: 'too',
    variables: [...TIMES, issuer],
    expression: `${IS_CA} || variables.life <= ${PRIVATE_MAXIMUM} || variables.margin < 0 || variables.issuer == null || !${celList(PRIVATE_ISSUERS)}.exists(k, k in variables.issuer.spec)`,
  },
  {
    rule: 'certificate-rotation',
    part: 'workloads',
    on: 'workloads',
    expression: `!variables.containers.exists(c, (has(c.env) && c.env.exists(e, e.name in ${SETTINGS} && has(e.value) && ${IS_LONG('e.value')})) || (!(${ARE_LONG_ARGUMENTS}) && ${someLong(`${WORDS}.join('\\x1f').findAll(${celText(FLAG)})`)}))`,
  },
  {
    rule: 'certificate-rotation',
    part: 'configmaps',
    on: [resourceRule('', ['configmaps'])],
    variables: [
      {
        name: 'text',
        expression: "has(object.data) ? object.data.map(k, object.data[k]).join('\\n') : ''",
      },
    ],
    expression: `size(variables.text) > ${MOST} || !${someLong(`variables.text.findAll(${celText(LIFETIME_IN_TEXT.source)})`)}`,
  },
  {
    rule: 'certificate-rotation',
    part: 'fields',
    on: [
      resourceRule('install.istio.io', ['istiooperators'], ['*']),
      resourceRule('sailoperator.io', ['istios'], ['*']),
      resourceRule('networking.istio.io', ['proxyconfigs'], ['*']),
      resourceRule('helm.toolkit.fluxcd.io', ['helmreleases'], ['*']),
      resourceRule('helm.cattle.io', ['helmcharts'], ['*']),
      resourceRule('argoproj.io', ['applications'], ['*']),
    ],
    variables: [
      { name: 'texts', expression: `has(object.spec) ? ${celTextsUnder(SETTINGS, 'object.spec')} : []` },
    ],
    expression: `!variables.texts.exists(t, ${IS_LONG('t')})`,
  },
];
