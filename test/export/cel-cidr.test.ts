import { describe, expect, it } from 'vitest';
import { coverEverything, isPrivateAddress } from '../../server/src/analysis/network/cidr.ts';
import { celCoverEverything, celIsPrivateAddress } from '../../server/src/export/cel-cidr.ts';
import { environment } from './admission.ts';

const covers = environment.parse(celCoverEverything('cidrs'));
const isPrivate = environment.parse(celIsPrivateAddress('address'));

/** Everything but one block, as blocks: the other half at each level of the way to it. */
function allBut(octets: readonly [number, number], length: number): string[] {
  const value = octets[0] * 256 + octets[1];
  return Array.from({ length }, (_, level) => {
    const other = (value ^ (1 << (15 - level))) & (0xffff << (15 - level));
    return `${other >> 8}.${other & 255}.0.0/${level + 1}`;
  });
}

describe('blocks of addresses', () => {
  it.each<[string, string[]]>([
    ['none', []],
    ['one for all', ['10.0.0.0/8', '1.2.3.4/0']],
    ['halves', ['128.0.0.0/1', '0.0.0.0/1']],
    ['halves of IPv6', ['::/1', '8000::/1']],
    ['halves of two families', ['::/1', '128.0.0.0/1']],
    ['thirds that overlap', ['0.0.0.0/2', '64.0.0.0/2', '96.0.0.0/3', '128.0.0.0/1']],
    ['a gap', ['0.0.0.0/2', '96.0.0.0/3', '128.0.0.0/1']],
    ['all but a private network', allBut([172, 16], 12)],
    ['the internet and the private networks', [...allBut([172, 16], 12), '172.16.0.0/12']],
    ['half of that', [...allBut([172, 16], 12), '172.16.0.0/13']],
    ['quarters of IPv6', ['::/2', '4000::1/2', 'C000:0::/2', ' 8000::/2']],
    ['a gap in IPv6', ['::/2', '4000::/2', 'c000::/2', '8001::/16']],
    ['halves that are not written from their first address', ['10.1.2.3/1', '200.1.1.1/1']],
    ['quarters of IPv6 that are not', ['1::/2', '5000::/2', 'a000::/2', 'FFFF::/2']],
    ['all but the last', ['0.0.0.0/1', '128.0.0.0/2', '192.0.0.0/3', '224.0.0.0/4']],
    ['no blocks', ['$CIDR', '0.0.0.0', '300.0.0.0/0', '0.0.0.0/33', '::/129', '0.0.0/0']],
  ])('%s', (_, cidrs) => {
    expect(covers({ cidrs })).toBe(coverEverything(cidrs));
  });
});

describe('addresses', () => {
  it.each([
    ...[
      '10.1.2.3',
      '172.31.0.1',
      '172.32.0.1',
      '100.64.0.1',
      '8.8.8.8',
      '0.0.0.0',
      '224.0.0.1',
      '10.0.0.0/4',
    ],
    ...[
      '192.168.0.0/16',
      '192.168.0.0/15',
      '::1',
      'fd00::1',
      'fe80::1',
      '2001:db8::1',
      '2001:db9::1',
      '2606::1',
    ],
    ...['example.com', '', 'fc00::/7', 'fc00::/5'],
  ])('%s', (address) => {
    expect(isPrivate({ address })).toBe(isPrivateAddress(address));
  });
});
