import { ANY_COMMAND, COMMANDS } from '../../../detect/credentials/commands.ts';
import { TOKEN_FORMATS } from '../../../detect/credentials/token-formats.ts';
import { NO_PASSWORD_IN_URL } from '../../../detect/credentials/urls.ts';
import { DOCUMENTED, JWT_IO, NAME_OF_VARIABLE } from '../../../detect/credentials/values.ts';
import { anyOf, celMatches, celText } from '../../cel.ts';
import { celMatchesAny, inRe2 } from '../../re2.ts';
import { isPlaceholder, NAME, PATH } from './values.ts';

const findAll = (text: string, pattern: string) => `${text}.findAll(${celText(pattern)})`;

/**
 * What the API server lets one expression cost grows with its patterns as with the text. So patterns are told apart, and of an object with more
 * characters than this nothing is read.
 */
const LONGEST_PATTERN = 350;
export const LONGEST_TEXT = 60_000;
/** Where names and values are read as well. */
export const LONGEST_FILE = 30_000;

const HEADER = 'authorization-header';

/** Patterns of tokens in groups, without those that RE2 cannot read. */
function tokenPatterns(leftOut: readonly string[]): string[] {
  const patterns = TOKEN_FORMATS.filter(({ kind }) => kind !== HEADER && !leftOut.includes(kind))
    .map(({ pattern }) => inRe2(pattern))
    .filter((pattern) => !/\(\?[=!<]/.test(pattern));
  const groups: string[][] = [];
  for (const pattern of patterns) {
    const last = groups.at(-1);
    if (last === undefined || last.join('').length + pattern.length > LONGEST_PATTERN) groups.push([pattern]);
    else last.push(pattern);
  }
  return groups.map((group) => `(${group.join(')|(')})`);
}

/** What documentation prints. */
const isDocumented = (token: string, more: readonly RegExp[] = []) =>
  anyOf(celMatchesAny(token, [DOCUMENTED, ...more]), `${token}.contains(${celText(JWT_IO)})`);

const URL_WITH_PASSWORD =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: characters of a class
  '[A-Za-z][A-Za-z0-9+.-]*://[^\\s:/@\'"<>]{0,128}:[^\\s/@\'"<>]{1,256}@[A-Za-z0-9_.[\\]${}(),:*-]';

/** The passwords that a command gets: what stands between two parts of its pattern. */
function passwordsOfCommand(text: string, { source }: RegExp): string {
  const [, before = '', value = '', after = ''] = /^(.*)\(\?<value>([^()]*)\)(.*)$/.exec(source) ?? [];
  const command = `${before}(${value})${after.replace('(?=', '(')}`;
  return `${findAll(text, command)}.map(m, m.substring(m.find(${celText(before)}).size()).find(${celText(`^${value}`)}))`;
}

const passwordsInCommands = (text: string) =>
  [COMMANDS.slice(0, 4), COMMANDS.slice(4)].map(
    (commands) =>
      `(${celMatchesAny(text, [ANY_COMMAND])} && (${commands.map((command) => passwordsOfCommand(text, command)).join(' + ')}).exists(p, !${isPlaceholder('p')}))`,
  );

/** In a header there may stand the name of a variable, or a word for the token. */
const tokensInHeaders = (text: string) =>
  TOKEN_FORMATS.filter(({ kind }) => kind === HEADER).map(
    ({ pattern }) =>
      `${findAll(text, inRe2(pattern))}.map(h, h.find('[A-Za-z0-9+/=_.~-]+$')).exists(t, !${isDocumented('t', [...NAME, NAME_OF_VARIABLE, ...PATH, /^[A-Za-z]+$/])})`,
  );

const passwordInUrl = (text: string) =>
  `${findAll(text, URL_WITH_PASSWORD)}.map(u, u.substring(u.indexOf(':', u.indexOf('://') + 3) + 1, u.lastIndexOf('@'))).exists(p, !${isPlaceholder('p', NO_PASSWORD_IN_URL)})`;

/**
 * Conditions on a text, one of which holds where a credential stands in it that is told by its form alone.
 * @param leftOut kinds of credentials that are let pass
 */
export function formConditions(text: string, leftOut: readonly string[]): string[] {
  const unlessLeftOut = (kinds: readonly string[], conditions: readonly string[]) =>
    kinds.some((kind) => leftOut.includes(kind)) ? [] : conditions;
  return [
    ...tokenPatterns(leftOut).map((pattern) => `${findAll(text, pattern)}.exists(t, !${isDocumented('t')})`),
    ...unlessLeftOut([HEADER], tokensInHeaders(text)),
    ...unlessLeftOut(['password'], passwordsInCommands(text)),
    ...unlessLeftOut(['connection-string', 'basic-auth-url'], [passwordInUrl(text)]),
  ];
}

const KEY = '[A-Za-z_][A-Za-z0-9_.-]{0,60}';
const QUOTED = `"[^"'\\s,\\\\]{4,256}"|'[^"'\\s,\\\\]{4,256}'`;
/** A key or a flag, and its value. */
const PAIR = `(^|[^A-Za-z0-9_.-])(${KEY}=|--?[A-Za-z][A-Za-z0-9_-]{1,60}[ =])(${QUOTED}|[^\\s"'&;,|<>\`]{4,300})`;
/** A line of YAML, JSON, properties or INI; an element of XML. */
const LINE = `(?m)^[ \\t]*(- )?["']?${KEY}["']?[ \\t]*[:=][ \\t]*(${QUOTED}|[^\\s"',;:=#{}\\[\\]&*!|>%@\`][^\\s"',;]{3,255})[ \\t]*,?\\r?$|<${KEY}>[^\\s<>&",']{4,256}</`;

const NAME_IN = "m.find('[A-Za-z_][A-Za-z0-9_.-]*')";
/** What stands behind the name, without quotes. */
const REST = `m.substring(m.indexOf(${NAME_IN}) + ${NAME_IN}.size()).replace('"', '').replace("'", '')`;

/** Names and values that stand beside each other in a text, as a list of pairs. */
export const pairsIn = (text: string) =>
  // In queries blanks are written otherwise, and brackets and dots at the end may belong to a sentence.
  `${findAll(text, PAIR)}.map(m, [${NAME_IN}, ${REST}.substring(1)]).filter(m, !${celMatches('m[1]', '[%+]|[.)\\]}]$')}) + ${findAll(text, LINE)}.map(m, [${NAME_IN}, ${REST}.find('[^:=\\\\s,>][^\\\\s,<]*')])`;

const FLAG_AND_VALUE = '\\n--?[A-Za-z][A-Za-z0-9_.-]*\\n\\n[!-~]{4,256}\\n';
/** Flags whose value is the next word, where each word stands between line ends. */
export const flagsIn = (text: string) =>
  `${findAll(text, FLAG_AND_VALUE)}.map(m, [${NAME_IN}, m.find('[!-~]+\\\\n$').trim()])`;
