import { CONFIGURATION_SCRIPT, FOR_PEOPLE, NO_CONFIGURATION } from '../../analysis/endpoints/texts.ts';
import { NAME, TEXT } from '../../rules/audit-controls/application-log-unstructured.ts';
import {
  ARE_LONG_ARGUMENTS,
  celItems,
  celMatches,
  celTest,
  IS_LONG_ENVIRONMENT,
  LONG_PODS,
  WORDS,
} from '../cel.ts';
import { type AdmissionCheck, resourceRule } from './check.ts';

const RULE = 'application-log-unstructured';
/** As much as one expression may read. */
const MOST = 80_000;

/** The names of settings, in small letters, with what may stand before them. */
const named = (before: string) =>
  `(?:${NAME.source.replaceAll('(?:^|[._-])', `(?:${before}[._-])?`).replaceAll('$', '')})`;
const VALUE = TEXT.source.replace(/^\^|\$$/g, '');

const FLAG = `(?:^|\\x1f)--?${named('[a-z][\\w.-]*')}(?:=|\\x1f)${VALUE}(?:\\x1f|$)`;
/** `logging.format: text` and `log_format = "text"` on a line of a file. */
const LINE = `(?:^|\\n)[ \\t]*["']?${named('[\\w.-]{0,50}')}["']?[ \\t]{0,8}[:=][ \\t]{0,8}["']?${VALUE}["']?[ \\t]*,?[ \\t]*\\r?(?:\\n|$)`;

const FOR_PEOPLE_IN_CEL = FOR_PEOPLE.source.replaceAll('^', '(?:^|\\n)');
const value = 'object.data[k]';
const IS_FILE = `(!${celTest('k', NO_CONFIGURATION)} || ${celTest('k', CONFIGURATION_SCRIPT)}) && !${celMatches(value, FOR_PEOPLE_IN_CEL)}`;

export const LOG_FORMAT_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: RULE,
    on: 'workloads',
    expression: `${IS_LONG_ENVIRONMENT} || !variables.containers.exists(c, ${celItems('c.env')}.exists(e, has(e.value) && ${celTest('e.name', NAME)} && ${celTest('e.value', TEXT)}))`,
    also: [
      `${ARE_LONG_ARGUMENTS} || !variables.containers.exists(c, ${celMatches(`${WORDS}.join('\\x1f').lowerAscii()`, FLAG)})`,
    ],
    beyond: `ConfigMaps with more than ${MOST / 1000},000 characters, and ${LONG_PODS}`,
  },
  {
    rule: RULE,
    part: 'configmaps',
    on: [resourceRule('', ['configmaps'])],
    expression: `!has(object.data) || object.data.map(k, size(${value})).sum() > ${MOST} || !object.data.exists(k, ((${celTest('k', NAME)} && ${celTest(value, TEXT)}) || ${celMatches(`${value}.lowerAscii()`, LINE)}) && ${IS_FILE})`,
  },
];
