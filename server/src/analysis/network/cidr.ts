/** A range of addresses, `first` and `last` included, of one family. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** Reads `10.0.0.0/8` or `2001:db8::/32`; undefined for anything else, also for a CIDR that a template completes. */
export function parseCidr(text: string): AddressRange | undefined {
  const match = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(text.trim());
  if (match === null) return undefined;
  const [, address = '', prefix = ''] = match;
  const family = address.includes(':') ? 6 : 4;
  const bits = family === 6 ? 128 : 32;
  const value = family === 6 ? parseIpv6(address) : parseIpv4(address);
  const length = Number(prefix);
  if (value === undefined || length > bits) return undefined;
  const size = 1n << BigInt(bits - length);
  const first = value - (value % size);
  return { family, first, last: first + size - 1n };
}

function parseIpv4(address: string): bigint | undefined {
  const parts = address.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255))
    return undefined;
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n);
}

function parseIpv6(address: string): bigint | undefined {
  const halves = address.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(groupsOf);
  if (head === undefined || (halves.length === 1 && head.length !== 8)) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (missing < 0 || (halves.length === 2 && missing === 0)) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...(tail ?? [])];
  if (groups.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n);
}

function groupsOf(half: string): string[] {
  return half === '' ? [] : half.split(':');
}

/**
 * Addresses that are not reached over the internet: private networks (RFC 1918, RFC 4193), shared address space (RFC 6598), link-local,
 * loopback and documentation ones.
 */
const PRIVATE_RANGES = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '127.0.0.0/8',
  '192.0.2.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  'fc00::/7',
  'fe80::/10',
  '2001:db8::/32',
  '::1/128',
].flatMap((cidr) => parseCidr(cidr) ?? []);

/** Nor are these: this host, multicast and what is reserved. */
export const UNREACHED_RANGES = [
  ...PRIVATE_RANGES,
  ...['0.0.0.0/8', '224.0.0.0/3', '::/3', '4000::/2', '8000::/1'].flatMap((cidr) => parseCidr(cidr) ?? []),
];

/** Whether an address, or every address of a CIDR, is not reached over the internet; false for what cannot be read. */
export function isPrivateAddress(text: string): boolean {
  const range = parseCidr(text) ?? parseCidr(`${text}/${text.includes(':') ? 128 : 32}`);
  return range !== undefined && isPrivateRange(range);
}

/** Whether no address of a range is reached over the internet. */
export function isPrivateRange(range: AddressRange): boolean {
  return UNREACHED_RANGES.some((outer) => holds(outer, range));
}

/** Whether every address of a range lies in another. */
export function holds(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** Whether some of the CIDRs together hold every address of IPv4, or every one of IPv6. */
export function coverEverything(cidrs: readonly string[]): boolean {
  const ranges = cidrs.map(parseCidr).filter((range) => range !== undefined);
  return ([4, 6] as const).some((family) =>
    coversFamily(
      ranges.filter((range) => range.family === family),
      family === 4 ? 32 : 128,
    ),
  );
}

function coversFamily(ranges: readonly AddressRange[], bits: number): boolean {
  let next = 0n;
  for (const { first, last } of ranges.toSorted((a, b) => (a.first < b.first ? -1 : 1))) {
    if (first > next) return false;
    if (last >= next) next = last + 1n;
  }
  return next >= 1n << BigInt(bits);
}
