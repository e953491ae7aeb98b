/** Versions and constraints as github.com/Masterminds/semver (v3) understands them. */

export interface Version {
  readonly major: bigint;
  readonly minor: bigint;
  readonly patch: bigint;
  readonly prerelease: string;
  readonly metadata: string;
  readonly original: string;
}

const VERSION =
  /^v?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;
const MAX_UINT64 = (1n << 64n) - 1n;
const MAX_LENGTH = 1000;

/** Reads a version; a string result is the complaint. Missing parts are 0. */
export function parseVersion(text: string): Version | string {
  const match = text.length > MAX_LENGTH ? null : VERSION.exec(text);
  if (match === null) return 'invalid semantic version';
  const [, major = '0', minor = '0', patch = '0', prerelease = '', metadata = ''] = match;
  const numbers = [major, minor, patch].map(BigInt);
  if (numbers.some((number) => number > MAX_UINT64)) {
    return 'error parsing version segment: value out of range';
  }
  const isPadded = (part: string) => /^0[0-9]+$/.test(part);
  if (prerelease.split('.').some(isPadded)) return 'version segment starts with 0';
  const [a = 0n, b = 0n, c = 0n] = numbers;
  return { major: a, minor: b, patch: c, prerelease, metadata, original: text };
}

export function formatVersion({ major, minor, patch, prerelease, metadata }: Version): string {
  const tail = (prerelease && `-${prerelease}`) + (metadata && `+${metadata}`);
  return `${major}.${minor}.${patch}${tail}`;
}

/** Negative, zero or positive as the first is older, equal or newer. Metadata does not count. */
export function compareVersions(a: Version, b: Version): number {
  for (const part of ['major', 'minor', 'patch'] as const) {
    if (a[part] !== b[part]) return a[part] < b[part] ? -1 : 1;
  }
  if (a.prerelease === b.prerelease) return 0;
  if (a.prerelease === '') return 1;
  if (b.prerelease === '') return -1;
  return comparePrereleases(a.prerelease, b.prerelease);
}

function comparePrereleases(a: string, b: string): number {
  const left = a.split('.');
  const right = b.split('.');
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = comparePart(left[index] ?? '', right[index] ?? '');
    if (difference !== 0) return difference;
  }
  return 0;
}

function comparePart(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '') return -1;
  if (b === '') return 1;
  const isLeftNumber = /^[0-9]+$/.test(a);
  const isRightNumber = /^[0-9]+$/.test(b);
  if (isLeftNumber && isRightNumber) return BigInt(a) > BigInt(b) ? 1 : -1;
  if (isLeftNumber !== isRightNumber) return isLeftNumber ? -1 : 1;
  return a > b ? 1 : -1;
}

interface Comparator {
  readonly operator: string;
  readonly version: Version;
  /** Which parts were left out or given as `x`. */
  readonly isDirty: boolean;
  readonly isMinorDirty: boolean;
  readonly isPatchDirty: boolean;
}

/** Alternatives, each of which is a list of conditions that all must hold. */
export type Constraint = readonly (readonly Comparator[])[];

const COMPARATOR =
  /^\s*(=>|>=|=<|<=|!=|~>|=|>|<|~|\^)?\s*(v?([0-9xX*]+)(\.[0-9xX*]+)?(\.[0-9xX*]+)?(-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?)/;
const HYPHEN_RANGE = /([^\s,|]+)\s+-\s+([^\s,|]+)/g;

/** Reads a constraint such as `>=1.19-0 <2 || ~3.1`; a string result is the complaint. */
export function parseConstraint(text: string): Constraint | string {
  if (text.length > MAX_LENGTH) return `improper constraint: ${text.slice(0, 50)}`;
  const rewritten = text.replace(HYPHEN_RANGE, '>= $1, <= $2 ');
  const alternatives: Comparator[][] = [];
  for (const part of rewritten.split('||')) {
    const comparators = parseComparators(part);
    if (comparators === undefined) return `improper constraint: ${part}`;
    alternatives.push(comparators);
  }
  return alternatives;
}

/** Conditions separated by spaces or commas. */
function parseComparators(text: string): Comparator[] | undefined {
  const comparators: Comparator[] = [];
  let rest = text;
  do {
    const match = COMPARATOR.exec(rest);
    if (match === null) return undefined;
    const comparator = toComparator(match);
    if (comparator === undefined) return undefined;
    comparators.push(comparator);
    rest = rest.slice(match[0].length);
    const separator = /^(?:\s*,\s*|\s+)/.exec(rest)?.[0] ?? '';
    if (separator === '' && rest !== '') return undefined;
    rest = rest.slice(separator.length);
    if (rest === '' && separator.includes(',')) return undefined;
  } while (rest !== '');
  return comparators;
}

function isWildcard(part: string | undefined): boolean {
  return part === undefined || /^\.?[xX*]$/.test(part);
}

function toComparator(match: RegExpExecArray): Comparator | undefined {
  const [, operator = '', whole = '', major, minor, patch, prerelease = ''] = match;
  let source = whole;
  const isMajorDirty = isWildcard(major);
  const isMinorDirty = !isMajorDirty && isWildcard(minor);
  const isPatchDirty = !isMajorDirty && !isMinorDirty && isWildcard(patch);
  if (isMajorDirty) source = `0.0.0${prerelease}`;
  else if (isMinorDirty) source = `${major}.0.0${prerelease}`;
  else if (isPatchDirty) source = `${major}${minor}.0${prerelease}`;
  const version = parseVersion(source);
  if (typeof version === 'string') return undefined;
  return {
    operator,
    version,
    isDirty: isMajorDirty || isMinorDirty || isPatchDirty,
    isMinorDirty,
    isPatchDirty,
  };
}

/** Prereleases only satisfy alternatives that name a prerelease themselves. */
export function satisfies(version: Version, constraint: Constraint): boolean {
  return constraint.some((comparators) => {
    const allowsPrereleases = comparators.some((comparator) => comparator.version.prerelease !== '');
    if (version.prerelease !== '' && !allowsPrereleases) return false;
    return comparators.every((comparator) => holds(version, comparator));
  });
}

function holds(version: Version, comparator: Comparator): boolean {
  const order = compareVersions(version, comparator.version);
  switch (comparator.operator) {
    case '!=':
      return isUnequal(version, comparator, order);
    case '>':
      return isGreater(version, comparator, order);
    case '<':
      return order < 0;
    case '>=':
    case '=>':
      return order >= 0;
    case '<=':
    case '=<':
      return isAtMost(version, comparator, order);
    case '~':
    case '~>':
      return isTilde(version, comparator, order);
    case '^':
      return isCaret(version, comparator, order);
    default:
      return comparator.isDirty ? isTilde(version, comparator, order) : order === 0;
  }
}

function isUnequal(version: Version, { version: other, ...dirty }: Comparator, order: number): boolean {
  if (!dirty.isDirty) return order !== 0;
  if (version.major !== other.major) return true;
  if (dirty.isMinorDirty) return false;
  if (version.minor !== other.minor) return true;
  if (!dirty.isPatchDirty) return version.patch !== other.patch || order !== 0;
  return comparePrereleases(version.prerelease, other.prerelease) !== 0;
}

function isGreater(version: Version, { version: other, ...dirty }: Comparator, order: number): boolean {
  if (!dirty.isDirty) return order > 0;
  if (version.major !== other.major) return version.major > other.major;
  if (dirty.isMinorDirty) return false;
  return dirty.isPatchDirty ? version.minor > other.minor : order > 0;
}

function isAtMost(version: Version, { version: other, ...dirty }: Comparator, order: number): boolean {
  if (!dirty.isDirty) return order <= 0;
  if (version.major > other.major) return false;
  return !(version.major === other.major && version.minor > other.minor && !dirty.isMinorDirty);
}

function isZero({ major, minor, patch }: Version): boolean {
  return major === 0n && minor === 0n && patch === 0n;
}

function isTilde(version: Version, { version: other, ...dirty }: Comparator, order: number): boolean {
  if (order < 0) return false;
  if (isZero(other) && !dirty.isMinorDirty && !dirty.isPatchDirty) return true;
  return version.major === other.major && (version.minor === other.minor || dirty.isMinorDirty);
}

function isCaret(version: Version, { version: other, ...dirty }: Comparator, order: number): boolean {
  if (order < 0) return false;
  if (other.major > 0n || dirty.isMinorDirty) return version.major === other.major;
  if (version.major > 0n) return false;
  if (other.minor > 0n || dirty.isPatchDirty) return version.minor === other.minor;
  return version.minor === 0n && version.patch === other.patch;
}
