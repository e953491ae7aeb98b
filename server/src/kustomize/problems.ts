import type { Origin, Trace } from '../helm/trace/origin.ts';
import type { OffsetRange } from '../syntax/ranges.ts';

export type KustomizeProblemKind =
  /** A file or folder that is named is not there. */
  | 'missing-file'
  /** A file that a generator takes in is not there, as those with secrets often are: the resource that it would make is all that is missing. */
  | 'missing-input'
  /** An address: nothing is fetched. */
  | 'remote'
  /** A file is no YAML, or holds no object. */
  | 'unreadable'
  /** A kustomization contains itself. */
  | 'cycle'
  /** A field says what cannot be done. */
  | 'invalid'
  /** A program or a kind of plug-in, which is never run. */
  | 'unsupported'
  /** A chart does not render. */
  | 'chart'
  /** There is more than is read. */
  | 'limit';

/** Why a kustomization does not build, or not wholly. The rest of it is built all the same. */
export interface KustomizeProblem {
  readonly kind: KustomizeProblemKind;
  readonly message: string;
  /** From the root of the files. */
  readonly file: string;
  /** Where in the file, as far as it is known. */
  readonly range: OffsetRange | undefined;
}

/** Ends one step of a build, which goes on with the next. */
export class BuildError extends Error {
  readonly kind: KustomizeProblemKind;
  readonly origin: Origin | undefined;

  constructor(kind: KustomizeProblemKind, message: string, trace: Trace = []) {
    super(message);
    this.kind = kind;
    this.origin = trace[0];
  }
}

export interface BuildLimits {
  /** Kustomizations inside of each other. */
  readonly depth: number;
  /** Kustomizations that are read, each as often as it is named. */
  readonly kustomizations: number;
  /** Scalars, maps and lists of all resources together. */
  readonly values: number;
}

export const DEFAULT_BUILD_LIMITS: BuildLimits = { depth: 40, kustomizations: 500, values: 2_000_000 };

/** Counts what a build makes. */
export class Budget {
  #left: number;

  constructor(limit: number) {
    this.#left = limit;
  }

  /** @throws {BuildError} when it is too much */
  charge(amount: number): void {
    this.#left -= amount;
    if (this.#left < 0) throw new BuildError('limit', 'The kustomization becomes too large to be built.');
  }

  get isSpent(): boolean {
    return this.#left < 0;
  }
}
