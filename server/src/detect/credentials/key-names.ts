import { wordsOf } from '../keys/words.ts';
import type { CredentialKind } from '../types.ts';

/**
 * How the value comes about. `password`: people choose it, so any literal may be one. `chosen`: people often choose it, at some length.
 * `token`: a machine made it, so it looks random; other literals are names of secrets.
 */
export type SecretNature = 'password' | 'chosen' | 'token';

/** What a key says about a credential under it. */
export interface SecretMeaning {
  readonly kind: CredentialKind;
  readonly label: string;
  readonly nature: SecretNature;
}

export const NOUNS: readonly (readonly [string, CredentialKind, string, SecretNature])[] = [
  [
    'password|passwd|pwd|passphrase|pass phrase|passcode|pgpassword|mysql pwd|userpass|rootpw|rootpass|dbpass|db pass|root pw|admin pw|redis pass|auth pass|smtp pass|mail pass|bind pw|bindpw|keypass|storepass|key pass|store pass|requirepass|masterauth|pass|pw|psw',
    'password',
    'password',
    'password',
  ],
  [
    'client secret|app secret|application secret|consumer secret|oauth secret|signing secret|webhook secret|shared secret|jwt secret|jwt signing secret|session secret|cookie secret|hmac secret|csrf secret|http secret|token secret|auth secret|encryption secret|api secret|api secret key',
    'secret',
    'secret',
    'chosen',
  ],
  ['secret|secrets|secret value|secret token|secret string', 'secret', 'secret', 'token'],
  [
    'api key|apikey|api token|app key|application key|x api key|license key|account key|access key|accesskey|subscription key|storage key|primary key secret|shared key|ingest key|dd api key|auth key|service key|master key|consumer key secret|write key',
    'api-key',
    'API key',
    'token',
  ],
  [
    'secret key|secretkey|secret key base|encryption key|encrypt key|signing key|cipher key|aes key|hmac key|jwt key|session key|cookie key|master encryption key|crypt key|hash salt|auth salt|secret salt|erlang cookie|gossip key',
    'encryption-key',
    'secret key',
    'chosen',
  ],
  [
    'secret access key|aws secret access key|private key|privatekey|fernet key|data key|unseal key|client key data|tls key|ssl key|wrapping key',
    'encryption-key',
    'secret key',
    'token',
  ],
  [
    'token|auth token|access token|refresh token|bearer token|bot token|personal access token|pat|id token|oauth token|registration token|join token|bootstrap token|runner token|deploy token|session token|slack token|github token|gitlab token|npm token|vault token|authtoken|accesstoken',
    'provider-token',
    'token',
    'token',
  ],
  ['credential|credentials|creds|basic auth|auth basic', 'secret', 'credential', 'token'],
];

const nounByText = new Map<string, SecretMeaning>();
for (const [texts, kind, label, nature] of NOUNS) {
  for (const text of texts.split('|')) {
    nounByText.set(text, { kind, label, nature });
    nounByText.set(text.replaceAll(' ', ''), { kind, label, nature });
  }
}

/** After the noun these change nothing: `PASSWORD_1`, `secretValue`. */
export const TRAILING: ReadonlySet<string> = new Set([
  'value',
  'text',
  'plain',
  'plaintext',
  'default',
  'literal',
  'str',
  'string',
  'raw',
  'data',
  'base',
  '64',
  'b',
  'primary',
  'secondary',
  'old',
  'new',
  'prod',
  'dev',
  'staging',
]);

/** Before the noun these make of it something else: a name, a switch, a public part. */
export const LEADING: ReadonlySet<string> = new Set(
  'existing|checksum|hash|sha|sha256|fingerprint|digest|rotation|cluster|initial|image|public|pull|tls|no|use|enable|disable|show|hide|require|reset|forgot|change|allow|max|min|has|is|create|generate|random|external|sealed|csrf|ca|cert|count|num|page|next|continuation|pagination|sync|design|bypass|single|two|by|first|boundary|delimiter'.split(
    '|',
  ),
);

/** Reads the last words of a key. Settings about credentials (`password_file`, `tokenUrl`, `secretName`) end in another noun and are none. */
export function secretMeaningOf(key: string): SecretMeaning | undefined {
  const words = wordsOf(key);
  for (let end = words.length; end > 0; end--) {
    for (let start = Math.max(0, end - 4); start < end; start++) {
      const meaning = nounByText.get(words.slice(start, end).join(' '));
      if (meaning === undefined) continue;
      return words.slice(0, start).some((word) => LEADING.has(word)) ? undefined : meaning;
    }
    const last = words[end - 1] ?? '';
    if (!TRAILING.has(last) && !/^\d+$/.test(last)) return undefined;
  }
  return undefined;
}
