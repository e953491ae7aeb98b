import { isPlaceholder } from '../placeholders.ts';
import type { FoundCredential } from './found.ts';

const USERINFO =
  /([A-Za-z][A-Za-z0-9+.-]{1,30}):\/\/([^\s:/@'"<>]{0,128}):([^\s/@'"<>]{1,256})@[\w.[\]${}(),:*-]{1,253}/g;
const CLEAR_NAMES = /^(?:https?|ftp|sftp|git|ssh|ws|wss|svn)$/i;

/** `scheme://user:password@host`: the range of the password alone. */
export function* passwordsInUrls(text: string): Generator<FoundCredential> {
  if (!text.includes('://')) return;
  for (const match of text.matchAll(USERINFO)) {
    const [, scheme = '', user = '', password = ''] = match;
    if (isNoPassword(password)) continue;
    const start = match.index + scheme.length + 3 + user.length + 1;
    const isWeb = CLEAR_NAMES.test(scheme);
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
  /(?<![\w.-])(password|pwd|passwd|secret|accountkey|sharedaccesskey)\s?=\s?("[^"]{1,200}"|'[^']{1,200}'|[^;,&\s"'<>]{1,200})/gi;
const PAIR_BESIDE =
  /(?:^|[;,&?\s"'])(?:server|data source|host|user id|uid|user|username|database|initial catalog|dbname|endpoint|port|ssl|sslmode|jdbc:\w+)\s?[=:]/i;

/** `Server=db;User Id=sa;Password=...;`, `host=db user=app password=...`, `jdbc:...?user=a&password=...`. */
export function* passwordsInPairs(text: string): Generator<FoundCredential> {
  if (!text.includes('=')) return;
  for (const match of text.matchAll(PAIR)) {
    const [whole, , quoted = ''] = match;
    const lineStart = text.lastIndexOf('\n', match.index) + 1;
    const around =
      text.slice(Math.max(lineStart, match.index - 300), match.index + whole.length + 200).split('\n')[0] ??
      '';
    if (!PAIR_BESIDE.test(around)) continue;
    const isQuoted = /^["']/.test(quoted);
    const value = isQuoted ? quoted.slice(1, -1) : quoted;
    if (isNoPassword(value)) continue;
    const start = match.index + whole.length - quoted.length + (isQuoted ? 1 : 0);
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

function isNoPassword(value: string): boolean {
  return (
    isPlaceholder(value) ||
    /^(?:pass(?:word|wd)?|pwd|secret|user|username|changeme|your.*|token|example)$/i.test(value) ||
    /[${}<>`]|^\\/.test(value)
  );
}
