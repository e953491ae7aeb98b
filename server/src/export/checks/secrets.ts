import { TOKEN_FORMATS } from '../../detect/credentials/token-formats.ts';
import { celMatches } from '../cel.ts';
import { type AdmissionCheck, resourceRule } from './check.ts';

/** The API server's regular expressions look neither ahead nor back, and count to a thousand. */
function inRe2({ source }: RegExp): string {
  const outside = (set: string) => (set.startsWith('[') ? `[^${set.slice(1)}` : `[^${set}]`);
  return source
    .replaceAll(/\(\?<!(\\w|\[[^\]]*\])\)/g, (_, set: string) => `(^|${outside(set)})`)
    .replaceAll(/\(\?!(\\w|\[[^\]]*\])\)/g, (_, set: string) => `($|${outside(set)})`)
    .replaceAll('(?<=[?&])', '[?&]')
    .replaceAll(/\(\?<\w+>/g, '(')
    .replaceAll(/\{(\d+),(\d{4,})\}/g, '{$1,1000}')
    .replaceAll('\\/', '/');
}

/** Those that RE2 can read as well. */
const FORMATS = TOKEN_FORMATS.map(({ pattern }) => inRe2(pattern)).filter(
  (pattern) => !/\(\?[=!<]/.test(pattern),
);
/** Placeholders of documentation are no credentials. */
const holdsToken = (text: string) =>
  `(${celMatches(text, `(${FORMATS.join(')|(')})|-----BEGIN [A-Z ]*PRIVATE KEY-----`)} && !${celMatches(`${text}.lowerAscii()`, 'example|xxxx|0{12}')})`;
const OTHERS = 'credentials that are told by their names and values alone';

export const SECRET_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'secret-in-env',
    on: 'workloads',
    expression: `variables.containers.all(c, !has(c.env) || c.env.all(e, !(has(e.value) && ${holdsToken('e.value')})))`,
    beyond: OTHERS,
  },
  {
    rule: 'secret-in-args',
    on: 'workloads',
    expression: `variables.containers.all(c, ((has(c.command) ? c.command : []) + (has(c.args) ? c.args : [])).all(a, !${holdsToken('a')}))`,
    beyond: `${OTHERS}, and the commands of probes`,
  },
  {
    rule: 'secret-in-configmap',
    on: [resourceRule('', ['configmaps'])],
    expression: `!has(object.data) || object.data.all(k, !${holdsToken('object.data[k]')})`,
    beyond: OTHERS,
  },
];
