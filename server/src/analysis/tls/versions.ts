/** Versions of SSL and TLS as numbers that compare: 1.2 is 12; every SSL is 0. */
export type TlsVersion = 0 | 10 | 11 | 12 | 13;

/**
 * Reads a version in any spelling met: `TLSv1.2`, `TLSv1` (which is 1.0), `TLSV1_2`, `TLS1_2`, `VersionTLS12`, `TLS12`, `v1.2`, `1.2`,
 * `SSLv3`. Undefined for anything else, such as `TLS_AUTO` or a template.
 */
export function tlsVersionOf(text: string): TlsVersion | undefined {
  const plain = text.trim().toLowerCase();
  if (/^(?:version)?ssl_?v?[23](?:[._]?0)?$/.test(plain)) return 0;
  const match = /^(?:version)?(?:tls)?[ _-]?v?1(?:[._]?([0-3]))?$/.exec(plain);
  if (match === null || /^1?[0-3]?$/.test(plain)) return undefined;
  return (10 + Number(match[1] ?? 0)) as TlsVersion;
}

/** The versions below 1.2 in these spellings, in small letters, for those who have nothing but regular expressions. */
export const WEAK_VERSION =
  '(?:version)?ssl_?v?[23](?:[._]?0)?|(?:version)?tls[_-]?v?1(?:[._]?[01])?|v1(?:[._]?[01])?|1[._][01]';

/** TLS 1.0 and 1.1 were withdrawn by RFC 8996, the versions of SSL before. */
export function isWeakVersion(version: TlsVersion | undefined): boolean {
  return version !== undefined && version < 12;
}

/** TLS 1.2 in the spelling of another version. */
export function tls12LikeIt(text: string): string {
  const plain = text.trim();
  if (/^(?:version)?ssl/i.test(plain)) return /^version/i.test(plain) ? 'VersionTLS12' : 'TLSv1.2';
  const match = /^(.*?[vV]?)1(?:([._]?)[0-3])?$/.exec(plain);
  const [, head = 'TLSv', separator] = match ?? [];
  return `${head}1${separator ?? '.'}2`;
}

/** What a list of versions allows: the tokens that are too old, and the same list without them. */
export interface VersionList {
  readonly weak: readonly string[];
  readonly without: string;
}

/**
 * Reads `TLSv1 TLSv1.1 TLSv1.2`, also with commas, and the lists of Apache and Dovecot, in which `all`, `+` and `-` add and take away.
 */
export function versionsIn(text: string): VersionList {
  const tokens = text.split(/[\s,]+/).filter((token) => token !== '');
  const removed = new Set(
    tokens.filter((token) => /^[-!]/.test(token)).map((token) => tlsVersionOf(token.slice(1))),
  );
  const all = tokens.find((token) => /^\+?all$/i.test(token));
  const weak = tokens.filter(
    (token) => !/^[-!]/.test(token) && isWeakVersion(tlsVersionOf(token.replace(/^\+/, ''))),
  );
  if (all !== undefined && !(removed.has(10) && removed.has(11))) {
    return { weak: [all], without: 'all -SSLv3 -TLSv1 -TLSv1.1' };
  }
  const kept = tokens.filter((token) => !weak.includes(token));
  const separator = text.includes(',') ? (/,\s/.test(text) ? ', ' : ',') : ' ';
  const known = kept.some((token) => tlsVersionOf(token) !== undefined);
  return { weak, without: (known ? kept : [...new Set(weak.map(tls12LikeIt)), ...kept]).join(separator) };
}
