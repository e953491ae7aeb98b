import { HANDLERS } from '../../analysis/pod-security/handlers.ts';
import type { DetectorSettings } from '../../rules/detection.ts';
import type { RuleSettings } from '../../rules/settings.ts';
import { anyOf, celItems, celMatches, hasPath, wildcardPattern } from '../cel.ts';
import { type AdmissionCheck, resourceRule } from './check.ts';
import { flagsIn, formConditions, LONGEST_FILE, LONGEST_TEXT, pairsIn } from './credentials/text.ts';
import { isNamedSecret, mayBeSecret } from './credentials/values.ts';

/** Where texts stand in an object, and how each of them is looked at. */
interface Texts {
  /** The number of their characters. */
  readonly size: string;
  /** The sum of a number of each. */
  readonly sum: (each: (text: string) => string) => string;
  /** Holds when none of the texts satisfies a condition. */
  readonly none: (condition: (text: string) => string) => string;
  /** The names above a text, from the outermost on, as far as they are known. */
  readonly keys: readonly string[];
  /** Names with their values beside those that stand in every text, each pair a list of two. */
  readonly named: (text: string) => string;
  /** Whether the name of a secret may stand in the place of its value. */
  readonly mayBeName: boolean;
}

const ENV = celItems('c.env');
const inEnv = (each: (text: string) => string) =>
  `variables.containers.map(c, ${ENV}.filter(e, has(e.value)).map(e, ${each('e.value')}).sum()).sum()`;
const IN_ENV: Texts = {
  size: inEnv((text) => `${text}.size()`),
  sum: inEnv,
  none: (condition) =>
    `variables.containers.all(c, ${ENV}.all(e, !has(e.value) || !${condition('e.value')}))`,
  keys: ["'env'", 'e.name'],
  named: (text) => `[[e.name, ${text}]]`,
  mayBeName: false,
};

const DATA = '(has(object.data) ? object.data : {})';
const inData = (each: (text: string) => string) => `${DATA}.map(k, ${each('object.data[k]')}).sum()`;
const IN_CONFIG_MAP: Texts = {
  size: inData((text) => `${text}.size()`),
  sum: inData,
  none: (condition) => `${DATA}.all(k, !${condition('object.data[k]')})`,
  keys: ["'data'", 'k'],
  named: (text) => `[[k, ${text}]]`,
  mayBeName: true,
};

const BINARY = '(has(object.binaryData) ? object.binaryData : {})';
/** Texts of ASCII in base64: what is none cannot be decoded to a text, and would be an error. */
export const ASCII = (() => {
  // In each of four characters, the highest bits of the bytes that it holds are off.
  const [first, second, third] = ['[A-Za-f]', '[A-HQ-Xg-nw-z0-3]', '[ABEFIJMNQRUVYZcdghklopstwx014589]'];
  return `^(${first}${second}${third}[A-Za-z0-9+/])*(${first}${second}${third}=|${first}[AQgw]==)?$`;
})();
const IS_DECODED = celMatches('object.binaryData[k]', ASCII);
const DECODED = '[dyn(string(base64.decode(object.binaryData[k])))]';
/** What CEL in the API server cannot decode. */
const IN_BINARY_DATA: Texts = {
  size: `${BINARY}.map(k, object.binaryData[k].size()).sum()`,
  sum: (each) => `${BINARY}.filter(k, ${IS_DECODED}).map(k, ${DECODED}.map(d, ${each('d')}).sum()).sum()`,
  none: (condition) => `${BINARY}.all(k, !${IS_DECODED} || !${DECODED}.exists(d, ${condition('d')}))`,
  keys: ["'binaryData'", 'k'],
  named: (text) => `[[k, ${text}]]`,
  mayBeName: true,
};

/** Each list of words that a container runs, and each path that is asked of it: a text each, with a word between line ends. */
const COMMANDS = [
  ...['command', 'args'].map((field) => `variables.containers.map(c, ${celItems(`c.${field}`)})`),
  ...HANDLERS.map((handler) => `c.${handler.join('.')}`).flatMap((handler) => [
    `variables.containers.filter(c, ${hasPath(`${handler}.exec.command`)}).map(c, ${handler}.exec.command)`,
    `variables.containers.filter(c, ${hasPath(`${handler}.httpGet.path`)}).map(c, [${handler}.httpGet.path])`,
  ]),
].join(' + ');
export const commands = {
  name: 'commands',
  expression: `(${COMMANDS}).map(l, l.map(w, '\\n' + w + '\\n').join(''))`,
};

const inCommands = (each: (text: string) => string) => `variables.commands.map(t, ${each('t')}).sum()`;
const IN_ARGS: Texts = {
  size: inCommands((text) => `${text}.size()`),
  sum: inCommands,
  none: (condition) => `variables.commands.all(t, !${condition('t')})`,
  keys: [],
  named: flagsIn,
  mayBeName: true,
};

/** Names of secrets and their values cost by their characters, and each as much as so many more; together they may have no more than this. */
const NAMED = 20;
const MOST_NAMED = 4_000;

/** What costs an API server too much to read, or needs more than CEL knows: to decode, to read a format as a whole, logarithms. */
const BEYOND =
  'what is encoded or stands in the middle of structured text, tokens without a form of their own that are barely mixed, and names and values in an object with more than 30,000 characters (tokens: 60,000) or some fifty names of secrets, which cost an API server too much to read';

/** What holds of keys that the configuration does not let pass, as `isAllowed` of `detect/options.ts` has it. */
export function unlessAllowed(
  keys: readonly string[],
  { allowedKeys = [] }: DetectorSettings,
  condition: string,
): string {
  if (allowedKeys.length === 0 || keys.length === 0) return condition;
  const pattern = `^(${allowedKeys.map((key) => wildcardPattern(key.toLowerCase())).join('|')})$`;
  const path = keys.join(" + '/' + ");
  const isAllowed = anyOf(...[...keys, path].map((key) => celMatches(`(${key}).lowerAscii()`, pattern)));
  return `(!${isAllowed} && ${condition})`;
}

function expressionsFor({ size, sum, none, keys, named, mayBeName }: Texts, detector: DetectorSettings) {
  const { disabledKinds = [], severities } = detector;
  // Advice refuses nothing.
  const advised = Object.entries(severities).flatMap(([kind, severity]) =>
    severity === 'information' ? [kind] : [],
  );
  const leftOut = [...disabledKinds, ...advised];
  const isSecret = unlessAllowed(
    [...keys, 'n[0]'],
    detector,
    isNamedSecret('n[0]', 'n[1]', mayBeName, leftOut),
  );
  const pairs = (text: string) => `(${named(text)} + ${pairsIn(text)})`;
  const isNoSecret = none((text) => unlessAllowed(keys, detector, `${pairs(text)}.exists(n, ${isSecret})`));
  const forms = formConditions('TEXT', leftOut).map((condition) =>
    none((text) => unlessAllowed(keys, detector, condition.replaceAll('TEXT', text))),
  );
  return {
    variables: [
      { name: 'size', expression: size },
      {
        name: 'named',
        expression: sum(
          (text) =>
            `${pairs(text)}.filter(n, ${mayBeSecret('n[0]', 'n[1]')}).map(n, n[0].size() + n[1].size() + ${NAMED}).sum()`,
        ),
      },
    ],
    expression: `variables.size > ${LONGEST_FILE} || variables.named > ${MOST_NAMED} || ${isNoSecret}`,
    also: forms.map((form) => `variables.size > ${LONGEST_TEXT} || ${form}`),
    beyond: BEYOND,
  };
}

export function secretChecks({ detection: { credentials } }: RuleSettings): AdmissionCheck[] {
  const inArgs = expressionsFor(IN_ARGS, credentials);
  return [
    { rule: 'secret-in-env', on: 'workloads', ...expressionsFor(IN_ENV, credentials) },
    {
      rule: 'secret-in-args',
      on: 'workloads',
      ...inArgs,
      variables: [commands, ...inArgs.variables],
    },
    {
      rule: 'secret-in-configmap',
      on: [resourceRule('', ['configmaps'])],
      ...expressionsFor(IN_CONFIG_MAP, credentials),
      beyond: BEYOND.replace('encoded', 'encoded (in binaryData: what is not of ASCII)'),
    },
    {
      rule: 'secret-in-configmap',
      part: 'binary',
      on: [resourceRule('', ['configmaps'])],
      looksUp: true,
      ...expressionsFor(IN_BINARY_DATA, credentials),
    },
  ];
}
