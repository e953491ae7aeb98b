import { RE2JS } from 're2js';
import { quote, quoteCharacter } from '../../go/quote.ts';
import { parseTime } from '../../go/time-parse.ts';
import { TimeParseError } from '../../go/time-problem.ts';

/** Why a text is not of a format; undefined when it is, or when nobody knows the format. Source: format.go of santhosh-tekuri/jsonschema/v6. */
export function formatProblem(format: string, text: string): string | undefined {
  return FORMATS.get(format)?.(text);
}

type Check = (text: string) => string | undefined;

const FORMATS = new Map<string, Check>([
  ['ipv4', ipv4],
  ['ipv6', (text) => (text.includes(':') ? wrongUnless(isIpv6(text), 'not an address') : 'missing colon')],
  ['hostname', hostname],
  ['email', email],
  ['uri', (text) => uri(text, true)],
  ['iri', (text) => uri(text, true)],
  ['uri-reference', (text) => uri(text, false)],
  ['iri-reference', (text) => uri(text, false)],
  ['uri-template', (text) => uri(text.replace(/[{}]/g, ''), false)],
  ['regex', regex],
  ['uuid', uuid],
  ['json-pointer', (text) => wrongUnless(text === '' || text.startsWith('/'), 'not starting with /')],
  ['date', (text) => time('2006-01-02', text)],
  ['time', (text) => shortOr(text, 9) ?? wrongUnless(TIME.test(text), 'not a time')],
  ['date-time', (text) => shortOr(text, 20) ?? wrongUnless(DATE_TIME.test(text), 'not a date with a time')],
  [
    'duration',
    (text) =>
      text.startsWith('P') ? wrongUnless(DURATION.test(text), 'not a duration') : 'must start with P',
  ],
]);

function wrongUnless(isRight: boolean, problem: string): string | undefined {
  return isRight ? undefined : problem;
}

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[zZ]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const DATE_TIME =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[tT](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[zZ]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const DURATION = /^P(?:\d+W|(?=[\dT])(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$/;

function shortOr(text: string, length: number): string | undefined {
  return text.length < length ? `less than ${length} characters long` : undefined;
}

function ipv4(text: string): string | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return 'expected four decimals';
  for (const part of parts) {
    if (part.length > 1 && part.startsWith('0')) return 'leading zeros';
    if (!/^\d{1,3}$/.test(part)) return `strconv.Atoi: parsing "${part}": invalid syntax`;
    if (Number(part) > 255) return 'decimals must be between 0 and 255';
  }
  return undefined;
}

function isIpv6(text: string): boolean {
  const [head = '', tail, more] = text.split('::');
  if (more !== undefined) return false;
  const groups = [head, tail ?? ''].filter((part) => part !== '').flatMap((part) => part.split(':'));
  const last = groups.at(-1) ?? '';
  const isMixed = last.includes('.');
  if (isMixed && ipv4(last) !== undefined) return false;
  const count = groups.length + (isMixed ? 1 : 0);
  const areHex = (isMixed ? groups.slice(0, -1) : groups).every((group) => /^[0-9a-fA-F]{1,4}$/.test(group));
  return areHex && (tail === undefined ? count === 8 : count < 8);
}

function hostname(text: string): string | undefined {
  const name = text.replace(/\.$/, '');
  if (name.length > 253) return 'more than 253 characters long';
  for (const label of name.split('.')) {
    if (label.length < 1 || label.length > 63) return 'label must be 1 to 63 characters long';
    if (label.startsWith('-')) return 'label starts with hyphen';
    if (label.endsWith('-')) return 'label ends with hyphen';
    const bad = /[^a-zA-Z0-9-]/u.exec(label)?.[0];
    if (bad !== undefined) return `invalid character ${quoteCharacter(bad.codePointAt(0) ?? 0)}`;
  }
  return undefined;
}

function email(text: string): string | undefined {
  if (text.length > 254) return 'more than 255 characters long';
  const at = text.lastIndexOf('@');
  if (at === -1) return 'missing @';
  if (at > 64) return 'local part more than 64 characters long';
  const domain = text.slice(at + 1);
  if (domain.startsWith('[') && domain.endsWith(']')) return undefined;
  const problem = hostname(domain);
  return problem === undefined ? undefined : `invalid domain: ${problem}`;
}

function uri(text: string, isAbsolute: boolean): string | undefined {
  const bad = /%(?![0-9a-fA-F]{2}).{0,2}/.exec(text)?.[0];
  const shown = quote(text);
  if (bad !== undefined) return `parse ${shown}: invalid URL escape ${quote(bad)}`;
  if (isAbsolute && !/^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(text)) return 'relative url';
  return text.includes('\\') ? 'contains \\' : undefined;
}

function regex(text: string): string | undefined {
  try {
    RE2JS.compile(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function uuid(text: string): string | undefined {
  const lengths = [8, 4, 4, 4, 12];
  const parts = text.split('-');
  if (parts.length !== lengths.length) return 'must have 5 elements';
  const bad = parts.findIndex((part, index) => part.length !== lengths[index]);
  if (bad !== -1) return `element ${bad + 1} must be ${lengths[bad]} characters long`;
  return wrongUnless(/^[0-9a-fA-F-]*$/.test(text), 'non-hex character');
}

function time(layout: string, text: string): string | undefined {
  try {
    parseTime(layout, text);
    return undefined;
  } catch (error) {
    if (error instanceof TimeParseError) return error.message;
    throw error;
  }
}
