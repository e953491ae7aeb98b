import { FunctionError } from '../template/errors.ts';
import { fn, type TemplateFunction } from '../template/signature.ts';
import type { Trace } from '../trace/origin.ts';
import { type GoValue, Int, Native, type NativeType, Str, tracesOf } from '../value/value.ts';
import {
  compareVersions,
  formatVersion,
  parseConstraint,
  parseVersion,
  satisfies,
  type Version,
} from './semver.ts';
import { bool, int } from './support.ts';

function readVersion(text: Str): Version {
  const version = parseVersion(text.text);
  if (typeof version === 'string') throw new FunctionError(version);
  return version;
}

/** Sprig's semantic versions. */
export const VERSION_FUNCTIONS: readonly TemplateFunction[] = [
  fn('semver', ['string'], (_, text) => versionValue(readVersion(text), text.trace)),
  fn('semverCompare', ['string', 'string'], (_, constraint, text) => {
    const parsed = parseConstraint(constraint.text);
    if (typeof parsed === 'string') throw new FunctionError(parsed);
    return bool(satisfies(readVersion(text), parsed), tracesOf([text, constraint]));
  }),
];

class VersionType implements NativeType {
  readonly typeName = '*semver.Version';
  readonly kindName = 'ptr';
  readonly version: Version;
  readonly #trace: Trace;

  constructor(version: Version, trace: Trace) {
    this.version = version;
    this.#trace = trace;
  }

  format(): string {
    return formatVersion(this.version);
  }

  toJson(): GoValue {
    return new Str(this.format(), this.#trace);
  }

  method(name: string) {
    const { version } = this;
    const answer = (value: GoValue) => ({ params: [], call: () => value });
    const text = (value: string) => answer(new Str(value, this.#trace));
    const number = (value: bigint) => answer(new Int(value, 'uint64', this.#trace));
    const next = (part: 'major' | 'minor' | 'patch') =>
      answer(versionValue(incremented(version, part), this.#trace));
    switch (name) {
      case 'Major':
        return number(version.major);
      case 'Minor':
        return number(version.minor);
      case 'Patch':
        return number(version.patch);
      case 'Prerelease':
        return text(version.prerelease);
      case 'Metadata':
        return text(version.metadata);
      case 'Original':
        return text(version.original);
      case 'String':
        return text(this.format());
      case 'IncMajor':
        return next('major');
      case 'IncMinor':
        return next('minor');
      case 'IncPatch':
        return next('patch');
      case 'Compare':
        return this.#comparison((order) => int(order, this.#trace));
      case 'Equal':
        return this.#comparison((order) => bool(order === 0, this.#trace));
      case 'LessThan':
        return this.#comparison((order) => bool(order < 0, this.#trace));
      case 'LessThanEqual':
        return this.#comparison((order) => bool(order <= 0, this.#trace));
      case 'GreaterThan':
        return this.#comparison((order) => bool(order > 0, this.#trace));
      case 'GreaterThanEqual':
        return this.#comparison((order) => bool(order >= 0, this.#trace));
      default:
        return undefined;
    }
  }

  #comparison(answer: (order: number) => GoValue) {
    return {
      params: ['value'] as const,
      call: ([other]: readonly GoValue[]) => {
        if (other?.kind !== 'native' || !(other.native instanceof VersionType)) {
          throw new FunctionError('wrong type for value; expected *semver.Version');
        }
        return answer(compareVersions(this.version, other.native.version));
      },
    };
  }
}

function incremented(version: Version, part: 'major' | 'minor' | 'patch'): Version {
  const { major, minor, patch, prerelease } = version;
  const prefix = version.original.startsWith('v') ? 'v' : '';
  const release = { prerelease: '', metadata: '' };
  let next: Version;
  if (part === 'major') next = { major: major + 1n, minor: 0n, patch: 0n, ...release, original: '' };
  else if (part === 'minor') next = { major, minor: minor + 1n, patch: 0n, ...release, original: '' };
  else next = { major, minor, patch: prerelease === '' ? patch + 1n : patch, ...release, original: '' };
  return { ...next, original: prefix + formatVersion(next) };
}

function versionValue(version: Version, trace: Trace): Native {
  return new Native(new VersionType(version, trace), trace);
}
