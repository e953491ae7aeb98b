import { INTERESTING } from '../../analysis/endpoints/settings.ts';
import { CONFIGURATION_SCRIPT, FOR_PEOPLE, NO_CONFIGURATION } from '../../analysis/endpoints/texts.ts';
import { celMatches, celTest } from '../cel.ts';
import {
  commandsOf,
  hasSwitch,
  IN_COMMENT,
  isUnverifiedCommand,
  isUnverifiedConnection,
} from '../cel-endpoints.ts';
import { isUnverifiedLine, isUnverifiedVariable, mayBeAboutItself } from '../cel-settings.ts';
import { type AdmissionCheck, resourceRule } from './check.ts';

/** As much as one expression may read, and of that in lines about TLS. */
const MOST = 50_000;
const MOST_LINES = 10_000;

const isForPeople = celMatches('f.value', FOR_PEOPLE.source.replaceAll('^', '(?:^|\\n)'));
/** The files as the variables of a container, so that the same conditions hold for both. */
const someFile = (condition: string) => `[{'env': variables.files}].exists(c, c.env.exists(e, ${condition}))`;
const IS_SCRIPT = `(${celTest('e.name', /\.(?:sh|bash)$/)} || e.value.startsWith('#!'))`;
const LINES = `e.value.split('\\n').filter(l, ${celTest('l', INTERESTING)} && !${celMatches('l.lowerAscii()', IN_COMMENT)})`;

const ARE_LONG_LINES = `variables.lines.map(e, e.lines.map(l, size(l)).sum()).sum() > ${MOST_LINES}`;

const noLine = (condition: (lines: string) => string) =>
  `${ARE_LONG_LINES} || ![{'env': variables.files}].exists(c, variables.lines.exists(e, ${condition('e.lines')}))`;

/** The settings of programs in ConfigMaps. */
export const VERIFICATION_FILE_CHECK: AdmissionCheck = {
  rule: 'tls-verification-disabled',
  part: 'configmaps',
  on: [resourceRule('', ['configmaps'])],
  variables: [
    {
      name: 'files',
      expression: `!has(object.data) || object.data.map(k, size(object.data[k])).sum() > ${MOST} ? [] : object.data.map(k, !${celTest('k', NO_CONFIGURATION)} || ${celTest('k', CONFIGURATION_SCRIPT)}, {'name': dyn(k), 'value': dyn(object.data[k])}).filter(f, !${isForPeople})`,
    },
    {
      name: 'lines',
      expression: `[{'env': variables.files}].map(c, c.env.map(e, {'name': e.name, 'value': e.value, 'lines': dyn(${LINES})}))[0]`,
    },
  ],
  expression: `!${someFile(isUnverifiedVariable('false'))}`,
  also: [
    noLine(
      (lines) =>
        `${lines}.exists(l, ${isUnverifiedLine('l', 'e.value')}) && !e.value.contains('<!--') && !${mayBeAboutItself('e.value')}`,
    ),
    noLine((lines) => `${lines}.exists(l, ${isUnverifiedConnection('l')})`),
    `!${someFile(`${IS_SCRIPT} && ${hasSwitch('e.value')} && ${commandsOf('e.value')}.exists(w, ${isUnverifiedCommand('w', true)})`)}`,
  ],
};
export const LONG_FILES = `ConfigMaps with more than ${MOST / 1000},000 characters, or ${MOST_LINES / 1000},000 in lines about TLS`;
