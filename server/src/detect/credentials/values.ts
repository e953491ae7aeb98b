import { isPlaceholder } from '../placeholders.ts';

/** Bits per character, by the frequencies of the characters in the value itself. */
function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) {
    const share = count / value.length;
    entropy -= share * Math.log2(share);
  }
  return entropy;
}

const LONGEST_SECRET = 8192;

/** Whether a machine may have made the value: long enough, of mixed characters, no words. Entropy is a witness beside others. */
export function looksRandom(value: string): boolean {
  if (value.length < 12 || value.length > LONGEST_SECRET || /\s/.test(value)) return false;
  if (isMadeUp(value) || isNameOfSomething(value) || isExpression(value) || PASSWORD_HASH.test(value))
    return false;
  const entropy = entropyOf(value);
  if (/^[0-9a-f]+$/i.test(value))
    return value.length >= 16 && entropy > 2.5 && /\d/.test(value) && /[a-f]/i.test(value);
  if (/^\d+$/.test(value)) return false;
  const classes = [/[a-z]/, /[A-Z]/, /\d/].filter((pattern) => pattern.test(value)).length;
  if (classes < 2) return false;
  return /\d/.test(value) ? entropy > 3 : entropy > 3.7 && !CAMEL_CASE.test(value);
}

/**
 * Whether a literal under a password's key is one that somebody may have set. People choose words, so only what is plainly none is left out.
 *
 * @param mayBeName whether the name of a secret may stand in the place of its value, as in the values of a chart
 */
export function looksLikePassword(value: string, mayBeName: boolean): boolean {
  const text = value.trim();
  if (text.length < 4 || text.length > 256 || /\s/.test(text)) return false;
  if (isPlaceholder(text) || NO_PASSWORDS.has(text.toLowerCase()) || isMadeUp(text)) return false;
  if (NAME_OF_VARIABLE.test(text)) return false;
  if (
    isExpression(text) ||
    PASSWORD_HASH.test(text) ||
    (mayBeName && NAME_OF_SECRET.some((pattern) => pattern.test(text))) ||
    isPath(text)
  )
    return false;
  return !NUMBER.test(text);
}

/** A port, an amount of time and the like. */
export const NUMBER = /^(?:\d{1,5}|\d+(?:\.\d+)?(?:ms|s|m|h|d))$/;

/** In lower case. */
export const NO_PASSWORDS: ReadonlySet<string> = new Set(
  (
    'changeme|changeit|password|passwd|passw0rd|pass|secret|yourpassword|mypassword|none|null|true|false|yes|no|required|optional|string|text|base64|' +
    'prompt|ask|file|env|plain|plaintext|scram-sha-256|scram-sha-512|md5|sha256|bcrypt|basic|bearer|token|ldap|internal|external|enabled|disabled|default|insecure|' +
    'credentials|client_credentials|refresh_token|authorization_code|somevalue|foobar|value|from-secret|always|never|ifnotpresent|username|user|login|apikey|kubernetes|vault|compat|files|systemd|sss|nis|winbind'
  ).split('|'),
);

/** The token on the first page of jwt.io. */
export const JWT_IO = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkw';

/** Tokens that documentation prints and that open nothing. */
export function isFromDocumentation(token: string): boolean {
  return DOCUMENTED.test(token) || token.startsWith(JWT_IO);
}

export const DOCUMENTED = /example|placeholder|your|redacted|somenumbers|x{6,}|\*{3,}/i;

/** Words of examples and tests. */
export const MADE_UP: readonly RegExp[] = [
  /change.{0,3}(?:me|it|this|in.prod)|replace|placeholder|redacted|todo|example|sample|dummy|fake|not.?a.?re?a?l|(?:insert|enter|put|goes|value).{0,12}here|required|encoded|somenumbers|lorem/i,
  /^(?:my|your|some|the|a)[-_]?(?:password|passwd|pass|secret|token|key)$/i,
  /^(?:test|testing|tests?\d{0,4}|test[-_]?(?:password|pass|secret|token|key|pw))$/i,
  /(?:^|[-_.])(?:your|test|demo)[-_.]/i,
  /^your[A-Z]/,
  /^Your[A-Z]/,
  /0123456789|1234567890|abcdef0123|abcdefghij|ABCDEFGHIJ|deadbeef|x{4,}|X{4,}|\*{3,}/,
];

function isMadeUp(value: string): boolean {
  return value.startsWith(JWT_IO) || MADE_UP.some((pattern) => pattern.test(value));
}

/** Hosts and files. */
export const HOST_OR_FILE =
  /^[\w.-]+\.(?:svc|local|com|org|net|io|internal|key|pem|crt|json|ya?ml|txt|conf|md|sh)(?::\d+)?(?:\/\S*)?$/i;
/** A word, a number or a version in a name. */
export const NAME_PART =
  /(?:[a-z]+(?:[A-Z][a-z]+)*\d{0,4}|[A-Z][a-z]+\d{0,3}|\d{1,4}|[a-z]\d[a-z]{1,3}|\d{1,3}[a-z]{1,6})?/;
const IS_NAME_PART = new RegExp(`^${NAME_PART.source}$`);

/** Words joined by dashes, dots, slashes or underscores: names of hosts, images, secrets, variables and files. */
export function isNameOfSomething(value: string): boolean {
  if (isPath(value) || NAME_OF_VARIABLE.test(value) || HOST_OR_FILE.test(value)) return true;
  const parts = value.split(/[-_./:]/);
  return parts.length > 1 && parts.every((part) => IS_NAME_PART.test(part));
}

/** `admin-password`, `DB_PASSWORD`, `secretTrustStorePassword`: where a password is to be found, not the password. */
export const NAME_OF_SECRET: readonly RegExp[] = [
  /^[a-z][A-Za-z0-9]*(?:[-_.][a-z0-9]+)*[-_.](?:password|passwd|pass|secret|secrets|token|key|credentials?)$/,
  /^[a-z]+(?:[A-Z][a-z]+)*(?:Password|Passwd|Token|Key)$/,
];

function isPath(value: string): boolean {
  // In two steps, since one pattern for both takes quadratic time where there are many slashes.
  if (value.includes('/') && /\.\w{1,5}$/.test(value)) return true;
  return PATH_START.test(value);
}

export const PATH_START = /^(?:\.{0,2}\/|~\/|[A-Za-z]:\\|@\/|file:|ext:|\w+\+?\w*:\/\/[^@\s]*$)/;

export const CAMEL_CASE = /^[A-Za-z][a-z]*(?:[A-Z][a-z]{2,})+$/;

/** A call, an index or a variable: code that gets the value from somewhere else. */
export const EXPRESSIONS: readonly RegExp[] = [
  /^[\w.$]+[([]|^\{\w+[[(}]|\{\w+\}|^[fbr]?["']|^--|^[,;:]|^\$[A-Za-z_][\w.:-]*$|^\w+\+\w+\(/,
  /[`]|\$\{|\{\{|^\\|^<.*>$/,
];

function isExpression(value: string): boolean {
  return EXPRESSIONS.some((pattern) => pattern.test(value));
}

/** Salted and unsalted hashes of passwords, as they stand in configuration to be compared with: `$2y$10$...`, `user:$apr1$...`, `{SHA}...`. */
export const PASSWORD_HASH =
  /^(?:[\w.-]+:)?(?:\$(?:1|2[abxy]?|5|6|y|apr1|argon2\w*|pbkdf2[\w-]*|scrypt)\$|\{(?:SSHA|SHA|MD5|CRYPT|bcrypt|noop|pbkdf2)\w*\}|sha\d+:|SCRAM-SHA-)/i;

/**
 * Whether a literal in a Secret may be one. What a person or a machine has set is; what plainly says that it has not been set yet, and files of
 * configuration without a credential in them are not.
 */
export function mayBeSecret(text: string): boolean {
  const trimmed = text.trim();
  if (isPlaceholder(trimmed) || (trimmed.length < LONGEST_MADE_UP && isMadeUp(trimmed))) return false;
  return !/^[[{]\s*[\]}]$/.test(trimmed) && !NAME_OF_VARIABLE.test(trimmed);
}

/** `DB_PASSWORD`, as documentation has it. */
export const NAME_OF_VARIABLE = /^[A-Z][A-Z0-9]*(?:[-_][A-Z0-9]+)+$/;

/** In a longer text, words of an example say nothing about the rest. */
const LONGEST_MADE_UP = 100;
