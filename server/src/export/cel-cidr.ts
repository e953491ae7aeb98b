import { UNREACHED_RANGES } from '../analysis/network/cidr.ts';
import { celMatches } from './cel.ts';

/*
 * Blocks of addresses in CEL that every release of Kubernetes with policies knows, which its library of addresses does not. Numbers are the first 32 bits of an
 * address, where those of IPv6 begin behind those of IPv4, so that no block of one family touches one of the other.
 */

const ADDRESSES = 2 ** 32;
const IPV6 = 2 * ADDRESSES;
const powers = (base: number, count: number) =>
  `[${Array.from({ length: count }, (_, index) => base ** (count - 1 - index)).join(', ')}]`;

const OCTET = '(25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})';
const CIDR = `^(${OCTET}(\\.${OCTET}){3}/(3[0-2]|[12]?[0-9])|[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7}/(12[0-8]|1[01][0-9]|[0-9]{1,2}))$`;

const octet = (index: number) => `int(c[0].split('.')[${index}]) * ${256 ** (3 - index)}`;
const group = (index: number) => `('0000' + g[${index}]).substring(size(g[${index}]))`;
const IPV6_VALUE = [
  // The empty group stands for the zeros that `::` leaves out.
  `[c[0].split('::')[0].split(':') + ['']].map(g, ${group(0)} + ${group(1)})`,
  `.map(h, ${IPV6} + [0, 1, 2, 3, 4, 5, 6, 7].map(i, '0123456789abcdef'.indexOf(h.substring(i, i + 1)) * ${powers(16, 8)}[i]).sum())[0]`,
].join('');
const VALUE = `c[0].contains(':') ? ${IPV6_VALUE} : ${[0, 1, 2, 3].map(octet).join(' + ')}`;

/** Of a list of CIDRs each one that is one, as `[first, one beyond the last, length of the prefix]`. */
function blocks(cidrs: string): string {
  return [
    `${cidrs}.map(c, c.trim().lowerAscii()).filter(c, ${celMatches('c', CIDR)}).map(c, c.split('/'))`,
    `.map(c, [${VALUE}, int(c[1])])`,
    `.map(c, [c[0], c[1], ${powers(2, 33)}[c[1] > 32 ? 32 : c[1]]])`,
    '.map(c, [c[0] - c[0] % c[2], c[0] - c[0] % c[2] + c[2], c[1]])',
  ].join('');
}

/** What may hold the first or the last address of a family: by how it begins, or since it is that wide. */
const [MAY_BE_FIRST, MAY_BE_LAST] = ['0|::', '255|[fF]{4}'].map(
  (begin) => `^ *(${begin})|^[^:]*/[0-7] *$|:.*/([0-9]|1[0-5]) *$`,
) as [string, string];

/**
 * Whether blocks of a list together hold every address of IPv4, or every one of IPv6, as `coverEverything` has it; but that blocks of IPv6 which are narrower than
 * 32 bits, of which dozens would be needed, count for nothing. Everything is held where the first address is, and the one behind each block. Long lists of
 * narrow blocks, whose arithmetic would cost more than the API server grants, are known by a look at each.
 */
export function celCoverEverything(cidrs: string): string {
  const isHeld = `s < o || s >= o + ${ADDRESSES} || B.exists(b, b[0] <= s && s < b[1])`;
  const mayHold = [MAY_BE_FIRST, MAY_BE_LAST].map(
    (pattern) => `${cidrs}.exists(c, ${celMatches('c', pattern)})`,
  );
  return `(${mayHold.join(' && ')} && [${blocks(cidrs)}.filter(b, b[2] <= 32)].exists(B, [0, ${IPV6}].exists(o, ([o] + B.map(b, b[1])).all(s, ${isHeld}))))`;
}

/** Whether one CIDR holds every address of its family. */
export function celIsEverything(cidr: string): string {
  return celMatches(cidr, '/0+$');
}

const UNREACHED = UNREACHED_RANGES.flatMap(({ family, first, last }) => {
  const [start, end] = (family === 4 ? [first, last] : [first >> 96n, last >> 96n]).map(Number) as [
    number,
    number,
  ];
  const isNarrow = family === 6 && last - first + 1n < 1n << 96n;
  const begin = family === 4 ? 0 : IPV6;
  return isNarrow ? [] : [`[${begin + start}, ${begin + end + 1}]`];
});

/** Whether an address or a CIDR is not reached over the internet, as `isPrivateAddress` has it. */
export function celIsPrivateAddress(address: string): string {
  const cidr = `${address}.contains('/') ? ${address} : ${address} + (${address}.contains(':') ? '/128' : '/32')`;
  return `${blocks(`[${cidr}]`)}.exists(b, [${UNREACHED.join(', ')}].exists(r, r[0] <= b[0] && b[1] <= r[1]))`;
}
