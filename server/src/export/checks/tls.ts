import { LEAST_BITS } from '../../analysis/certificates/certificate.ts';
import { FLAG } from '../../analysis/endpoints/verification-table.ts';
import { celItems, celMatches, celText } from '../cel.ts';
import { type AdmissionCheck, resourceRule } from './check.ts';

const CERTIFICATE = [resourceRule('cert-manager.io', ['certificates'])];
const KEY_SIZE = 'object.spec.privateKey.size';
const ALGORITHM = "(has(object.spec.privateKey.algorithm) ? object.spec.privateKey.algorithm : 'RSA')";

/** The flags as they are switched on, in small letters. */
const FLAG_ON = FLAG.source.replace('(?:=(\\w*))?$', '(=(true|1|yes|on))?$').toLowerCase();
const WORDS = `(${celItems('c.command')} + ${celItems('c.args')})`;
/** A flag of the program itself: what clients are told with each command, and whether they talk to themselves, is not for CEL. */
const NO_FLAG = `variables.containers.all(c, !${WORDS}.exists(w, ${celMatches('w.lowerAscii()', FLAG_ON)}) || ${WORDS}.exists(w, ${celMatches('w', '(^|/)(curl|wget|mc|grpcurl|argocd|git|sh|bash)$')}))`;

export const TLS_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'certificate-weak-key',
    on: CERTIFICATE,
    expression: `!(has(object.spec.privateKey) && has(${KEY_SIZE}) && ${KEY_SIZE} > 0) || (${[...LEAST_BITS].map(([algorithm, least]) => `!(${ALGORITHM} == ${celText(algorithm)} && ${KEY_SIZE} < ${least})`).join(' && ')})`,
    beyond: 'certificates that vouch for themselves, and sizes in annotations',
  },
  {
    rule: 'certificate-rotation',
    on: CERTIFICATE,
    expression:
      "(has(object.spec.isCA) && object.spec.isCA) || (!(has(object.spec.privateKey) && has(object.spec.privateKey.rotationPolicy) && object.spec.privateKey.rotationPolicy == 'Never') && (!has(object.spec.duration) || !object.spec.duration.matches('^([0-9]+(h|m|s|ms|us|ns))+$') || duration(object.spec.duration) <= duration('4800h')))",
    beyond: 'what hangs on the issuer, and the times of renewal',
  },
  {
    rule: 'tls-verification-disabled',
    on: 'workloads',
    expression: `variables.containers.all(c, !has(c.env) || c.env.all(e, !(has(e.value) && ((e.name in ['NODE_TLS_REJECT_UNAUTHORIZED', 'PYTHONHTTPSVERIFY'] && e.value == '0') || (e.name == 'GIT_SSL_NO_VERIFY' && e.value in ['1', 'true']))))) && ${NO_FLAG}`,
    beyond: 'commands, connection strings, the settings of programs and the fields of other kinds',
  },
];
