import { CURL_WITH_ARGUMENT, SWITCHES } from '../analysis/endpoints/commands.ts';
import { LOCAL_NAMES } from '../analysis/endpoints/hosts.ts';
import { CA } from '../analysis/endpoints/verification.ts';
import { UNVERIFIED_PARAMETERS } from '../analysis/endpoints/verification-table.ts';
import { celItems, celMatches, celTest, celText, wildcardPattern } from './cel.ts';

/*
 * Hosts, commands and connection strings of a container `c`, as `analysis/endpoints` reads them. Where the two may differ, what talks to itself is let in.
 */

/** Characters that no argument has stand between words and between commands. */
const WORD = '\\x1f';
const IN_WORD = '[^\\x1f]*';
const inner = ({ source }: RegExp) => source.replace(/^\^|\$$/g, '');

export const HOST = `(?:${[
  ...[...LOCAL_NAMES]
    .filter((name) => name !== '')
    .map((name) => wildcardPattern(name.replace('*', '\\*')).replace('\\\\.*', '\\*')),
  ...[
    '127\\.[0-9.]+',
    '0\\.0\\.0\\.0',
    '169\\.254\\.[0-9.]+',
    '[^:/?$%{}<>\\s]+\\.localhost',
    '\\[(?:::1?|fe[89ab][^\\]]*)\\]',
  ],
].join('|')})\\.?`;

/** An address or a name, with or without what stands around it in a URL, that never leaves the pod. */
export const isLocal = (target: string) =>
  celMatches(`${target}.lowerAscii()`, `^(?:[\\w.+-]+://)?(?:[^@/]*@)?(?:${HOST})?(?:[:/?].*)?$`);
/** A variable that stands for the pod itself. */
const namesOwn = (text: string) =>
  `(${text}.contains('$') && ${celItems('c.env')}.exists(o, ${text}.contains(o.name) && ((has(o.valueFrom) && has(o.valueFrom.fieldRef)) || (has(o.value) && ${isLocal('o.value')}))))`;

const PROGRAMS = [...SWITCHES, { programs: /^curl$/ }].map(({ programs }) => inner(programs)).join('|');
const WITHOUT_ARGUMENT = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijlmnopqrstuvwxyz#0123456789']
  .filter((letter) => !CURL_WITH_ARGUMENT.has(letter))
  .join('');
const SWITCHED = [
  ...SWITCHES.map(({ programs, options }) => [inner(programs), inner(options)]),
  ['curl', `-[${WITHOUT_ARGUMENT}]*k[A-Za-z#0-9]*`],
]
  .map(
    ([program, option]) =>
      `(?:${IN_WORD}/)?(?:${program})(?:${WORD}${IN_WORD})*${WORD}(?:${option})(?:${WORD}|$)`,
  )
  .join('|');
const ANOTHER_BEFORE = `(?:^|${WORD})(?:${IN_WORD}/)?(?:${PROGRAMS})${WORD}(?:${IN_WORD}${WORD})*(?:${SWITCHED})`;
const TARGET = `^(?:\\w+://|\\$|[\\w.-]+[:/])`;

/** Cheaper questions before those that cost more: whether there is a switch at all. */
const HAS_SWITCH = `(?:^|[\\s"'\\x1f])(?:-[A-Za-z#0-9]*k|${SWITCHES.map(({ options }) => inner(options)).join('|')})`;
export const hasSwitch = (text: string) => celMatches(text, HAS_SWITCH);

/** Whether words hold a client with its switch. */
export const isSwitchedOff = (words: string) =>
  `(${hasSwitch(words)} && ${celMatches(words, `(?:^|${WORD})(?:${SWITCHED})`)})`;

/**
 * Whether words are a client that does not verify whom it talks to, and that is somebody else.
 *
 * @param inScript whether a shell fills in variables
 */
export function isUnverifiedCommand(words: string, inScript: boolean): string {
  const itself = inScript ? `${isLocal('t')} || ${namesOwn('t')}` : isLocal('t');
  const toItself = `[${words}.split('\\x1f').filter(t, ${celMatches('t', TARGET)})].exists(g, size(g) > 0 && g.all(t, ${itself}))`;
  return `(${isSwitchedOff(words)} && !${celMatches(words, ANOTHER_BEFORE)} && !${toItself})`;
}

const QUOTED = `"(?:[^"\\\\]|\\\\[\\s\\S])*"|'[^']*'|\\\\[\\s\\S]`;
const TOKEN = `(?:${QUOTED}|[^\\s"'\\\\;|&()\`#])(?:${QUOTED}|[^\\s"'\\\\;|&()\`])*|[;|&()\`\\n]|#[^\\n]*`;
const isIn = (quote: string) => `(t.startsWith(${quote}) && t.endsWith(${quote}))`;

/** The simple commands of a script, as `commandsIn` splits it. */
export const commandsOf = (script: string) =>
  `${script}.findAll(${celText(TOKEN)}).filter(t, !t.startsWith('#') && t != '\\\\\\n').map(t, ${celMatches('t', '^[;|&()`\\n]$')} ? '\\x1e' : size(t) > 1 && (${isIn("'\"'")} || ${isIn('"\'"')}) ? t.substring(1, size(t) - 1) : t).join('\\x1f').split('\\x1e')`;

/** Names of drivers may have blanks, underscores and dashes anywhere. */
const spelled = (names: RegExp) => inner(names).replace(/[a-z](?=[a-z])/g, '$&[ _-]?');
const parameter = (rows: readonly (readonly [names: RegExp, values: string])[]) =>
  `(?:^|[?&; \\t]|&amp;)(?:${rows.map(([names, values]) => `(?:${spelled(names)})[ \\t]*=[ \\t]*(?:${values})`).join('|')})[ \\t]*(?:$|[&; \\t])`;
const valuesOf = ({ source }: RegExp) =>
  (source.startsWith('^') ? '' : '[^&;\\s]*') + inner({ source } as RegExp).toLowerCase();
const isMode = ({ names }: { names: RegExp }) => names.source.includes('sslmode');
/** With an authority at hand, the modes `require` and `required` verify. */
const STRICT = UNVERIFIED_PARAMETERS.map((row): [RegExp, string] => [
  row.names,
  isMode(row) ? valuesOf(row.values).replace(/\|required?/, '') : valuesOf(row.values),
]);
const REQUIRE = UNVERIFIED_PARAMETERS.filter(isMode).map((row): [RegExp, string] => [row.names, 'required?']);

const VALUES = `=[ \\t]*(?:${[...new Set([...STRICT, ...REQUIRE].map(([, values]) => values))].join('|')})`;

/** What names the server in connection strings of pairs. */
export const SERVER =
  '\\b(?:server|data source|host|hostaddr|hostname|addr|address|network address)[ \\t]{0,3}=[ \\t]*';
const CONNECTION = `://|@tcp6?\\([^()\\s]{0,200}\\)/|${SERVER}`;
const LOCAL_CONNECTION = `(?:://(?:[^/?#@\\s]*@)?|@tcp6?\\(|${SERVER}(?:tcp:)?)(?:${HOST})?(?:$|[:/?,;)\\\\\\s])`;
/** In the languages of files and scripts, in small letters. */
export const IN_COMMENT = '^\\s*(?:#|//|;|--\\s|\\*\\s|/\\*|<!--|!|rem\\s|%)|\\s(?:#|//)\\s';

/** Whether some other variable of the container names an authority. */
export const NAMES_AUTHORITY = `${celItems('c.env')}.exists(o, ${celTest('o.name', new RegExp(`${CA.source}|rootcertificate|truststore`, 'i'))})`;

/** Whether a text of one line is a connection string that does not have its server verified. */
export function isUnverifiedConnection(text: string): string {
  const lower = `${text}.lowerAscii()`;
  const authority = `(${celTest(text, new RegExp(`${CA.source}|rootcertificate|truststore`, 'i'))} || ${NAMES_AUTHORITY})`;
  return [
    `(size(${text}) < 2000 && ${text}.contains('=') && !${text}.contains('\\n') && ${celMatches(lower, CONNECTION)} && ${celMatches(lower, VALUES)}`,
    `(${celMatches(lower, parameter(STRICT))} || (${celMatches(lower, parameter(REQUIRE))} && !${authority}))`,
    `!${celMatches(lower, LOCAL_CONNECTION)} && !${celMatches(lower, IN_COMMENT)} && !${namesOwn(text)})`,
  ].join(' && ');
}
