import { WEAKNESSES } from '../analysis/tls/ciphers.ts';
import { HINT } from '../analysis/tls/settings.ts';
import { type Decides, DIRECTIVE_ROWS, WEAK_POLICIES } from '../analysis/tls/settings-table.ts';
import { WEAK_VERSION } from '../analysis/tls/versions.ts';
import { anyOf, celMatches, celTest, celText } from './cel.ts';

/*
 * What `versionsIn`, `ciphersIn` and `weaknessOf` tell, as conditions on a text. The text may begin with the name of a setting and its sign of equality.
 */

/** Between the words of a command line, where no argument has it. */
export const BETWEEN_WORDS = '\u001f';
const FRONT = `\\s,="'\\x1f`;
const END = `(?:$|[\\s,;"'\\x1f])`;

/** A word for a version, or for all but those that other words take away. */
function isWeakVersion(text: string): string {
  const read = `${text}.lowerAscii()`;
  const has = (word: string) => celMatches(read, `(?:^|[${FRONT}])${word}${END}`);
  const weak = celMatches(read, `(?:^|[:${FRONT}]|force-)\\+?(?:${WEAK_VERSION})${END}`);
  const all = `(${has('\\+?all')} && !(${has('[-!]tlsv?1(?:[._]?0)?')} && ${has('[-!]tlsv?1[._]?1')}))`;
  return anyOf(weak, all, ...WEAK_POLICIES.map(({ names }) => celTest(text, names)));
}

const SUITES = (() => {
  const inside = '[^!@:,\\s-][^:,\\s]*';
  const alternatives = WEAKNESSES.map(([{ source }]) => {
    const [, anchor = '', rest = ''] = /^(\^|\(\?:\^\|\[-_\]\))?(.*)$/.exec(source) ?? [];
    const front = { '': inside, '^': '' }[anchor] ?? `(?:${inside}[-_])?`;
    return `${front}${rest.replace('(?:$|[-_])', `(?:$|[-_:,;\\s"'\\x1f])`).replace(/\$$/, `(?:$|[:,;\\s"'\\x1f])`)}`;
  });
  return new RegExp(`(?:^|[:${FRONT}])\\+?(?:${alternatives.join('|')})`, 'i');
})();

/** What makes a text weak, by what it decides. */
export interface Weakness {
  readonly decides: readonly Decides[];
  readonly isWeak: (text: string) => string;
}

export const WEAK_VERSIONS: Weakness = {
  decides: ['minimum', 'maximum', 'versions', 'policy'],
  isWeak: isWeakVersion,
};
export const WEAK_SUITES: Weakness = { decides: ['ciphers'], isWeak: (text) => celTest(text, SUITES) };

/** Whether a line holds a directive of a server that is weak. */
export function hasWeakDirective(line: string, { decides, isWeak }: Weakness): string {
  const rows = DIRECTIVE_ROWS.filter((row) => decides.includes(row.decides));
  const found = ['', '.lowerAscii()'].flatMap((read) => {
    const sources = rows.flatMap(({ pattern }) =>
      pattern.flags.includes('i') === (read !== '') ? `(?:${pattern.source})` : [],
    );
    return sources.length === 0 ? [] : [`${line}${read}.findAll(${celText(sources.join('|'))})`];
  });
  return `(${found.join(' + ')}).exists(d, ${isWeak('d')})`;
}

export const isAboutTls = (text: string) => celTest(text, HINT);

/** Whether one of a text's lines holds such a directive. */
export function hasWeakDirectives(text: string, weakness: Weakness): string {
  return `(${isAboutTls(text)} && ${text}.split('\\n').exists(l, ${hasWeakDirective('l', weakness)}))`;
}
