import { isPlaceholder } from '../placeholders.ts';
import type { FoundCredential } from './found.ts';

const LONGEST_SCHEME = 30;
const USERINFO = /:\/\/([^\s:/@'"<>]{0,128}):([^\s/@'"<>]{1,256})@[\w.[\]${}(),:*-]/y;
const WEB_SCHEMES = /^(?:https?|ftp|sftp|git|ssh|ws|wss|svn)$/i;

/**
 * `scheme://user:password@host`: the password alone.
 *
 * @param offsets of `://` in the text
 */
export function* passwordsInUrls(text: string, offsets: readonly number[]): Generator<FoundCredential> {
  for (const offset of offsets) {
    USERINFO.lastIndex = offset;
    const match = USERINFO.exec(text);
    if (match === null) continue;
    const [, user = '', password = ''] = match;
    const scheme = /[A-Za-z][A-Za-z0-9+.-]*$/.exec(
      text.slice(Math.max(0, offset - LONGEST_SCHEME), offset),
    )?.[0];
    if (scheme === undefined || isNoPassword(password)) continue;
    const start = offset + 3 + user.length + 1;
    const isWeb = WEB_SCHEMES.test(scheme);
    yield {
      kind: isWeb ? 'basic-auth-url' : 'connection-string',
      label: isWeb ? 'URL with a password' : 'connection string with a password',
      confidence: 'high',
      start,
      end: start + password.length,
      value: password,
      evidence: ['a password before the host of a URL'],
    };
  }
}

const PAIR =
  /(?<![\w.-])(?:password|pwd|passwd|secret)\s?=\s?("[^"\n]{1,200}"|'[^'\n]{1,200}'|[^;,&\s"'<>]{1,200})/iy;
const PAIR_BESIDE =
  /(?:^|[;,&?\s"'])(?:server|data source|host|user id|uid|user|username|database|initial catalog|dbname|endpoint|port|ssl|sslmode|jdbc:\w+)\s?[=:]/i;

/**
 * `Server=db;User Id=sa;Password=...;`, `host=db user=app password=...`, `jdbc:...?user=a&password=...`.
 *
 * @param offsets of words that name secrets
 */
export function* passwordsInPairs(text: string, offsets: readonly number[]): Generator<FoundCredential> {
  for (const offset of offsets) {
    PAIR.lastIndex = offset;
    const match = PAIR.exec(text);
    if (match === null) continue;
    const [whole, quoted = ''] = match;
    if (!PAIR_BESIDE.test(lineAround(text, offset, offset + whole.length))) continue;
    const isQuoted = /^["']/.test(quoted);
    const value = isQuoted ? quoted.slice(1, -1) : quoted;
    if (isNoPassword(value)) continue;
    const start = offset + whole.length - quoted.length + (isQuoted ? 1 : 0);
    yield {
      kind: 'connection-string',
      label: 'connection string with a password',
      confidence: 'high',
      start,
      end: start + value.length,
      value,
      evidence: ['a password beside a server or user'],
    };
  }
}

/** What stands before and behind on the same line, as far as a connection string reaches. */
function lineAround(text: string, start: number, end: number): string {
  const before = text.slice(Math.max(0, start - 300), start);
  const after = text.slice(end, end + 200);
  return `${before.slice(before.lastIndexOf('\n') + 1)};${after.split('\n')[0] ?? ''}`;
}

export const NO_PASSWORD_IN_URL: readonly RegExp[] = [
  /^(?:pass(?:word|wd)?|pwd|secret|user|username|changeme|your.*|token|example)$/i,
  /[${}<>`]|^\\/,
];

function isNoPassword(value: string): boolean {
  return isPlaceholder(value) || NO_PASSWORD_IN_URL.some((pattern) => pattern.test(value));
}
