import { FLAG } from '../../analysis/endpoints/verification-table.ts';
import { celItems, celMatches } from '../cel.ts';
import type { AdmissionCheck } from './check.ts';

/** The flags as they are switched on, in small letters. */
const FLAG_ON = FLAG.source.replace('(?:=(\\w*))?$', '(=(true|1|yes|on))?$').toLowerCase();
const WORDS = `(${celItems('c.command')} + ${celItems('c.args')})`;
/** A flag of the program itself: what clients are told with each command, and whether they talk to themselves, is not for CEL. */
const NO_FLAG = `variables.containers.all(c, !${WORDS}.exists(w, ${celMatches('w.lowerAscii()', FLAG_ON)}) || ${WORDS}.exists(w, ${celMatches('w', '(^|/)(curl|wget|mc|grpcurl|argocd|git|sh|bash)$')}))`;

export const TLS_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'tls-verification-disabled',
    on: 'workloads',
    expression: `variables.containers.all(c, !has(c.env) || c.env.all(e, !(has(e.value) && ((e.name in ['NODE_TLS_REJECT_UNAUTHORIZED', 'PYTHONHTTPSVERIFY'] && e.value == '0') || (e.name == 'GIT_SSL_NO_VERIFY' && e.value in ['1', 'true']))))) && ${NO_FLAG}`,
    beyond: 'commands, connection strings, the settings of programs and the fields of other kinds',
  },
];
