/** What makes a cipher suite weak, for people; undefined for one that is not known to be weak. */
export function weaknessOf(suite: string): string | undefined {
  const name = suite.trim().toUpperCase();
  return WEAKNESSES.find(([pattern]) => pattern.test(name))?.[1];
}

/**
 * By the names of OpenSSL and of IANA. Source: RFC 7525, RFC 9325 (NULL, RC4, export, less than 112 bits), SWEET32 for 3DES, RFC 9155 for SHA-1;
 * NIST SP 800-52 r2.
 */
export const WEAKNESSES: readonly (readonly [RegExp, string])[] = [
  [/(?:^|[-_])(?:E|A)?NULL(?:$|[-_])/, 'no encryption'],
  [/(?:^|[-_])(?:ANON|ADH|AECDH)(?:$|[-_])/, 'no authentication'],
  [/(?:^|[-_])EXP(?:ORT)?(?:40|56|1024)?(?:$|[-_])/, 'export strength'],
  [/(?:^|[-_])RC[24](?:$|[-_])/, 'RC4'],
  [/(?:^|[-_])(?:3DES|DES|DES-?CBC3?)(?:$|[-_])/, '3DES'],
  [/(?:^|[-_])MD5$/, 'MD5'],
  [/^(?:LOW|OLD)$/, 'low strength'],
  // CBC with SHA-1: IANA ends in _CBC_SHA, OpenSSL in -SHA where AEAD suites and newer ones say SHA256 or SHA384.
  [/_CBC_SHA$/, 'CBC with SHA-1'],
  [
    /^(?:ECDHE?-(?:RSA|ECDSA)-|DHE?-(?:RSA|DSS)-|PSK-|SRP-)?(?:AES(?:128|256)|CAMELLIA(?:128|256)|SEED|IDEA(?:-CBC)?)-(?:CBC-)?SHA$/,
    'CBC with SHA-1',
  ],
];

/** What a list of suites allows: those that are weak, and the same list without them. */
export interface CipherList {
  readonly weak: readonly string[];
  readonly without: string;
}

/** Reads a list of OpenSSL (`A:B:!C`) or of IANA names with commas or blanks. What an operator takes away is not allowed. */
export function ciphersIn(text: string): CipherList {
  const separator = text.includes(':') ? ':' : text.includes(',') ? ',' : ' ';
  const tokens = text.split(separator);
  const isWeak = (token: string) =>
    !/^\s*[!@-]/.test(token) && weaknessOf(token.trim().replace(/^\+/, '')) !== undefined;
  return {
    weak: tokens.filter(isWeak).map((token) => token.trim()),
    without: tokens
      .filter((token) => !isWeak(token))
      .join(separator)
      .trim(),
  };
}
