import { describe, expect, it } from 'vitest';
import { ciphersIn } from '../../server/src/analysis/tls/ciphers.ts';
import { isWeakVersion, tlsVersionOf, versionsIn } from '../../server/src/analysis/tls/versions.ts';
import { WEAK_SUITES, WEAK_VERSIONS } from '../../server/src/export/cel-tls.ts';
import { environment } from './admission.ts';

const product = (...parts: readonly (readonly string[])[]): string[] =>
  parts.reduce<string[]>((all, next) => all.flatMap((head) => next.map((tail) => head + tail)), ['']);

/** The texts that a policy judges otherwise than the rule. */
const differing = (
  texts: readonly string[],
  { isWeak }: typeof WEAK_SUITES,
  isWeakByRule: (text: string) => boolean,
) => texts.filter((text) => (environment.evaluate(isWeak('text'), { text }) === true) !== isWeakByRule(text));

describe('what is weak by the regular expressions of policies', () => {
  const minor = ['', '.0', '.1', '.2', '.3', '_1', '_2', '0', '1', '2', '3'];
  const versions = [
    ...product(['tls', 'TLS', 'VersionTLS'], ['', '_', '-', 'v', 'V', '_v'], ['1'], minor),
    ...product(['', 'v', 'V'], ['1'], ['.0', '.1', '.2', '.3', '_0', '_1', '_2']),
    ...product(['', 'Version'], ['SSL', 'ssl'], ['', '_', 'v', '_v'], ['1', '2', '3'], ['', '.0']),
    ...[
      '',
      'v1',
      '0',
      '1',
      '10',
      '11',
      '12',
      '2.0',
      '1.5',
      'TLS_AUTO',
      'TLSv1.10',
      'http/1.1',
      'v1beta1',
      '$TLS',
      'none',
    ],
  ];

  it('is what the rule takes for a weak version', () => {
    expect(differing(versions, WEAK_VERSIONS, (text) => isWeakVersion(tlsVersionOf(text)))).toEqual([]);
  });

  it('is what the rule takes for a list with weak versions', () => {
    const words = ['TLSv1', '+TLSv1.1', 'TLSv1.2', 'all', '+all', '-TLSv1', '!TLSv1.1', '-SSLv3', 'SSLv3'];
    const lists = product(words, [' ', ',', ', '], words, [' '], words);
    expect(differing(lists, WEAK_VERSIONS, (text) => versionsIn(text).weak.length > 0)).toEqual([]);
  });

  it('is what the rule takes for weak suites', () => {
    const suites = [
      ...product(
        ['', '!', '-', '+', '@', '!a', 'e'],
        [
          'NULL',
          'RC4',
          'MD5',
          'EXP',
          'EXPORT40',
          'LOW',
          'old',
          '3DES',
          'DES-CBC3-SHA',
          'ADH',
          'AECDH',
          'HIGH',
          'STRENGTH',
        ],
      ),
      ...[
        'TLS_RSA_WITH_NULL_SHA256',
        'TLS_RSA_WITH_RC4_128_SHA',
        'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
        'TLS_DH_anon_WITH_AES_128_CBC_SHA256',
      ],
      ...[
        'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
        'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
        'TLS_AES_128_GCM_SHA256',
        'TLS_RSA_EXPORT_WITH_DES40_CBC_SHA',
      ],
      ...[
        'AES128-SHA',
        'AES128-SHA256',
        'ECDHE-RSA-AES256-SHA',
        'ECDHE-RSA-AES256-SHA384',
        'EXP-RC4-MD5',
        'AES128-GCM-SHA256',
        'kRSA+AES128-SHA',
      ],
    ];
    const good = 'ECDHE-RSA-AES128-GCM-SHA256';
    const lists = suites.flatMap((suite) => [
      suite,
      `${suite}:${good}`,
      `${good}:${suite}`,
      `${good}, ${suite}`,
      `${good} ${suite} ${good}`,
    ]);
    expect(differing(lists, WEAK_SUITES, (text) => ciphersIn(text).weak.length > 0)).toEqual([]);
  });
});
