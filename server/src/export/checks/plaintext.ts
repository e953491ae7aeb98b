import { CONFIGURATION_SCRIPT, FOR_PEOPLE, NO_CONFIGURATION } from '../../analysis/endpoints/texts.ts';
import { HINT } from '../../analysis/log-pipelines/outputs.ts';
import {
  ARE_LONG_ARGUMENTS,
  celItems,
  celMatches,
  celTest,
  celText,
  IS_LONG_ENVIRONMENT,
  LONG_PODS,
  WORDS,
} from '../cel.ts';
import { IS_PLAIN_SETTING, isPlain } from '../cel-plaintext.ts';
import { type AdmissionCheck, resourceRule } from './check.ts';

const RULE = 'plaintext-endpoint';
/** As much of a ConfigMap as one expression may read. */
const MOST = 50_000;

const HAS_OWN_NAMES =
  "(has(variables.podSpec.hostAliases) && variables.podSpec.hostAliases.exists(a, a.ip.startsWith('127.') || a.ip == '::1'))";
const entry = (name: string, value: string, file = "''", text = value) =>
  `{'name': dyn(${name}), 'value': dyn(${value}), 'file': dyn(${file}), 'text': dyn(${text})}`;
const VARIABLES = `${celItems('c.env')}.filter(e, has(e.value)).map(e, ${entry('e.name', 'e.value')})`;
const NAME = celText('[\\w@$][\\w.@$/-]*');
const FLAG = celText('^--?[\\w@$][\\w.@$/-]{0,98}=');
const ARGUMENTS = `${WORDS}.map(w, [w.find(${FLAG})].map(f, ${entry(`f.find(${NAME})`, 'w.substring(size(f))', "''", 'w')})[0])`;

const FILES = `(has(object.data) && object.data.map(k, size(object.data[k])).sum() <= ${MOST} ? object.data : {})`;
const FILE = 'object.data[k]';
const isForPeople = celMatches(FILE, FOR_PEOPLE.source.replaceAll('^', '(?:^|\\n)'));
/** The outputs of rsyslog, which are no URLs, do not matter here. */
const COLLECTOR = new RegExp(HINT.source.replace(/\|@.*$/, ''), 'i');
/** Where collectors of logs send to hangs on more settings, names of servers in nginx on other lines. */
const IS_READ = `(!${celTest('k', NO_CONFIGURATION)} || ${celTest('k', CONFIGURATION_SCRIPT)}) && !${isForPeople}`;
/** A key with its address, at the end of a text. */
const PAIR = `["']?[\\w@$][\\w.@$/-]{0,98}["']?[ \\t]{0,20}[:=][ \\t]{0,20}["']?(?:jdbc:(?:[a-z0-9-]+:)*)?[A-Za-z][A-Za-z0-9+._-]*://[^\\s"'<>\`|\\\\;]+`;
/** Of each line the first, unless that is a comment. */
const LINE = celText(`(?m)^[ \\t]*(?:- )?(?:["'{\\[\\w@$][^\\n#]*?[\\s,{])?${PAIR}`);
const URL = celText(`(?:jdbc:(?:[a-z0-9-]+:)*)?[A-Za-z][A-Za-z0-9+._-]*://.*[^,.:})\\]]`);
const LINES = `${FILE}.findAll(${LINE}).filter(l, !l.contains(' // ') && !l.trim().lowerAscii().startsWith('rem ')).map(l, l.find(${celText(`${PAIR}$`)})).map(l, ${entry(`l.find(${NAME})`, `l.find(${URL})`, 'k', FILE)})`;
const isLong = `(!${FILE}.contains('://') || !${FILE}.contains('\\n') || ${FILE}.contains('<!--') || ${FILE}.contains('upstream') || ${celTest(FILE, COLLECTOR)})`;

/** Addresses, of which each is looked at by costly patterns, and their characters altogether. */
const MOST_ADDRESSES = 100;
export const MOST_IN_ADDRESSES = 8000;
const ARE_MANY = `variables.groups.map(c, size(c.own)).sum() > ${MOST_ADDRESSES} || variables.groups.map(c, c.own.map(e, size(e.value)).sum()).sum() > ${MOST_IN_ADDRESSES}`;
const candidates = (entries: string) =>
  `(${entries}).filter(e, size(e.value) < 1000 && (e.value.contains('://') || e.value.contains('=')))`;

/** What belongs together: entries, and the variables beside them. */
const GROUPS = `variables.containers.map(c, {'env': dyn(${celItems('c.env')}), 'own': dyn(${candidates(`(${IS_LONG_ENVIRONMENT} ? [] : ${VARIABLES}) + (${ARE_LONG_ARGUMENTS} ? [] : ${ARGUMENTS})`)})})`;
const GROUPS_OF_FILES = `([${candidates('variables.values')}] + ${FILES}.map(k, !${isLong} && ${IS_READ}, ${LINES})).map(l, {'env': dyn(variables.values), 'own': dyn(l)})`;

/** A host that a variable beside it brings is put in, as far as it is a name or an address of version 4. */
const FRONT = '://(?:[^/?#\\s@]*@)?';
const REFERENCE = `${FRONT}\\$[({]?\\w+[)}]?(?:$|[:/?#])`;
const HOST = '^[A-Za-z0-9.-]+';
const MOST_VARIABLES = 100;
const BROUGHT = `(size(c.env) > ${MOST_VARIABLES} ? [] : c.env.filter(o, o.name == n)).map(o, has(o.value) ? o.value : '')`;
const PUT_IN = `e.value.replace(r, r.find(${celText(`^${FRONT}`)}) + v[0].find(${celText(HOST)}) + r.find('[:/?#]$'))`;
const RESOLVED = `!e.value.contains('://') || !e.value.contains('$') ? e : [e.value.find(${celText(REFERENCE)})].map(r, [r.find(${celText('\\w+[)}]?[:/?#]?$')}).find(${celText('\\w+')})].map(n, [${BROUGHT}].map(v, n != '' && size(v) == 1 && ${celMatches('v[0]', `${HOST}(?::[0-9]+)?$`)} ? dyn(${entry('e.name', PUT_IN, 'e.file', 'e.text')}) : e)[0])[0])[0]`;

const inGroups = (inCluster: boolean) =>
  `${ARE_MANY} || !variables.groups.exists(c, c.own.map(e, ${RESOLVED}).exists(e, ${isPlain(inCluster)}))`;
const ON_WORKLOADS = { on: 'workloads', variables: [{ name: 'groups', expression: GROUPS }] } as const;
const ON_CONFIG_MAPS = {
  on: [resourceRule('', ['configmaps'])],
  variables: [
    {
      name: 'values',
      expression: `${FILES}.map(k, !${FILE}.contains('\\n') && ${IS_READ}, ${entry('k', FILE)})`,
    },
    { name: 'groups', expression: GROUPS_OF_FILES },
  ],
};

export const PLAINTEXT_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: RULE,
    ...ON_WORKLOADS,
    expression: `${HAS_OWN_NAMES} || ${inGroups(false)}`,
    also: [
      `${IS_LONG_ENVIRONMENT} || ${HAS_OWN_NAMES} || !variables.containers.exists(c, ${celItems('c.env')}.exists(e, has(e.value) && ${IS_PLAIN_SETTING}))`,
    ],
    beyond: `addresses whose server another object brings, or a part of a name, or that stand behind other text (in scripts, lists, attributes) or in files of nginx and of collectors of logs; settings inside of texts; objects with more than ${MOST_ADDRESSES} addresses or ${MOST_IN_ADDRESSES / 1000},000 characters in them, ConfigMaps with more than ${MOST / 1000},000 characters, and ${LONG_PODS}`,
  },
  {
    rule: RULE,
    part: 'cluster',
    ...ON_WORKLOADS,
    isAdvice: true,
    expression: `${HAS_OWN_NAMES} || ${inGroups(true)}`,
  },
  {
    rule: RULE,
    part: 'configmaps',
    ...ON_CONFIG_MAPS,
    expression: inGroups(false),
    also: [`![{'env': variables.values}].exists(c, c.env.exists(e, ${IS_PLAIN_SETTING}))`],
  },
  { rule: RULE, part: 'configmaps-cluster', ...ON_CONFIG_MAPS, isAdvice: true, expression: inGroups(true) },
];
