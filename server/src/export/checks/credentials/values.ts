import { BOASTING, NOT_IN_WORDS, SHORTEST_CHOSEN } from '../../../detect/credentials/named-secrets.ts';
import {
  CAMEL_CASE,
  EXPRESSIONS,
  HOST_OR_FILE,
  JWT_IO,
  MADE_UP,
  NAME_OF_SECRET,
  NAME_OF_VARIABLE,
  NAME_PART,
  NO_PASSWORDS,
  NUMBER,
  PASSWORD_HASH,
  PATH_START,
} from '../../../detect/credentials/values.ts';
import { PLACEHOLDER_PATTERNS, PLACEHOLDER_WORDS } from '../../../detect/placeholders.ts';
import { anyOf, celMatches, celText } from '../../cel.ts';
import { celMatchesAny } from '../../re2.ts';
import { IS_NAMED_LONGER, isNamed, mayNameSecret, withKey } from './names.ts';

const escaped = (word: string) =>
  word.replaceAll(/[.*+?()[\]/]/g, (sign) => (sign === '/' ? sign : `\\${sign}`));
const words = (all: ReadonlySet<string>, between = ' ') =>
  [...all].map((word) => escaped(word).replaceAll(' ', between)).join('|');

/** Two letters or digits that differ. */
const isVaried = (value: string) =>
  celMatches(`${value}.replace(${value}.find('[0-9A-Za-z]'), '')`, '[0-9A-Za-z]');

/** A text in ASCII that `isPlaceholder` takes for one. */
export const isPlaceholder = (value: string, more: readonly RegExp[] = []) =>
  anyOf(
    celMatchesAny(value, [
      ...PLACEHOLDER_PATTERNS,
      new RegExp(`^[_-]*(${words(PLACEHOLDER_WORDS, '[ _-]+')})[_-]*$`, 'i'),
      ...more,
    ]),
    `!${isVaried(value)}`,
  );

/** Bytes below 128 in base64, which the editor would read: the first bit of each is 0. */
const ENCODED_TEXT =
  /^([A-Za-f][A-HQ-Xg-nw-z0-3][ABEFIJMNQRUVYZcdghklopstwx014589][A-Za-z0-9+/]){3,}([A-Za-f][A-HQ-Xg-nw-z0-3][ABEFIJMNQRUVYZcdghklopstwx014589=][A-Za-z0-9+/=])$/;
export const PATH = [/\/.*\.\w{1,5}$/, PATH_START];
/** Names of hosts, files and the like. */
export const NAME = [HOST_OR_FILE, new RegExp(`^${NAME_PART.source}([-_./:]${NAME_PART.source})+$`)];

/** What is no credential, whatever its name. */
const IS_NONE = anyOf(
  isPlaceholder('v', [...MADE_UP, ...EXPRESSIONS, PASSWORD_HASH, NAME_OF_VARIABLE, ENCODED_TEXT, ...PATH]),
  `v.startsWith(${celText(JWT_IO)})`,
);

/** As `looksLikePassword` has it. */
const isPassword = (mayBeName: boolean) =>
  `!${celMatchesAny('v', [
    new RegExp(`^(${words(NO_PASSWORDS)})$`, 'i'),
    NUMBER,
    ...(mayBeName ? NAME_OF_SECRET : []),
  ])}`;
const IS_CHOSEN = `(v.size() >= ${SHORTEST_CHOSEN} && ${anyOf(
  celMatchesAny('v', [BOASTING]),
  `(!${celMatchesAny('v', NAME)} && ${celMatchesAny('v', [NOT_IN_WORDS])})`,
)})`;

/** How often two characters of the value are the same: how well they are mixed is bounded by it from below (collision entropy). */
const LIKE_PAIRS = "v.split('').map(s, v.split(s).size() - 1).sum()";
const SQUARE = 'v.size() * v.size()';
const has = (pattern: string) => celMatches('v', pattern);
/**
 * As `looksRandom` has it, but that entropy is bounded, since CEL knows no logarithms: 3 bits for each character, 3.7 without digits, 2.5 in
 * hexadecimal digits.
 */
const IS_RANDOM = `(v.size() >= 12 && v.size() <= 128 && !${celMatchesAny('v', NAME)} && (${has('^[0-9A-Fa-f]+$')} ? (v.size() >= 16 && ${has('[0-9]')} && ${has('[A-Fa-f]')} && ${LIKE_PAIRS} * 17 < ${SQUARE} * 3) : ${has('[0-9]')} ? (${has('[A-Za-z]')} && ${LIKE_PAIRS} * 8 < ${SQUARE}) : (${has('[a-z]')} && ${has('[A-Z]')} && !${celMatchesAny('v', [CAMEL_CASE])} && ${LIKE_PAIRS} * 13 < ${SQUARE})))`;

/** Whether a value under a name can be a credential at all, cheaply. */
export const mayBeSecret = (name: string, value: string) =>
  `(${mayNameSecret(name)} && ${value}.size() <= 256 && ${celMatches(value, '^[!-~]{4,256}$')})`;

/**
 * Whether a value is a credential by its name, as `namedSecret` has it.
 * @param mayBeName whether the name of a secret may stand in the place of its value
 * @param leftOut kinds of credentials that are let pass
 */
export function isNamedSecret(
  name: string,
  value: string,
  mayBeName: boolean,
  leftOut: readonly string[],
): string {
  const isChosen = `(c && !${IS_NAMED_LONGER} && ${IS_CHOSEN})`;
  const isSecret = withKey(
    name,
    // Each name is read once: their patterns are long.
    `[${isNamed('password', leftOut)}].exists(p, [${isNamed('chosen', leftOut)}].exists(c, ${anyOf(
      `((p || ${isChosen}) && ${isPassword(mayBeName)})`,
      `(${IS_RANDOM} && (p || c || ${isNamed('token', leftOut)}))`,
    )}))`,
  );
  return `(${mayBeSecret(name, value)} && [${value}].exists(v, !${IS_NONE} && ${isSecret}))`;
}
