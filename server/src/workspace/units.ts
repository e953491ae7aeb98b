import type { Fork } from './application-folders.ts';

/**
 * Which folders deploy together. What stands in `envs/prod` does not protect what stands in `envs/dev`; what stands beside both belongs to both.
 */

/** Names of folders of which each holds the whole of an environment. */
const ENVIRONMENT =
  /^(?:dev|develop|development|test|testing|int|integration|qa|uat|stage|stg|staging|pre-?prod|preproduction|prd|prod|production|sandbox|demo)$/i;

/** A way that leads to a folder: at each fork, which of those that deploy apart. */
type Way = ReadonlyMap<string, Choice>;

interface Choice {
  readonly name: string;
  /** The folder that deploys apart from others. */
  readonly folder: string;
}

export class Units {
  readonly #ways = new Map<string, Way>();
  /** Folders that the configuration says to deploy apart. */
  readonly #stated: readonly string[];
  /** By folder, the forks at which it is one way, with what tells it from the others. */
  readonly #forks = new Map<string, { readonly fork: string; readonly name: string }[]>();
  /** By parent, the environments in it that hold files. */
  readonly #environments = new Map<string, Set<string>>();

  /**
   * @param folders that hold files, as paths or URIs
   * @param stated likewise
   * @param forks folders that are known to deploy apart, with what is below them
   */
  constructor(folders: Iterable<string>, stated: readonly string[] = [], forks: readonly Fork[] = []) {
    for (const [index, { choices }] of forks.entries()) {
      for (const [folder, name] of choices) {
        const known = this.#forks.get(withSlashes(folder)) ?? [];
        this.#forks.set(withSlashes(folder), [...known, { fork: `fork ${index}`, name }]);
      }
    }
    this.#stated = stated.map(withSlashes);
    for (const folder of folders) {
      for (const { parent, name } of steps(withSlashes(folder))) {
        if (!ENVIRONMENT.test(name)) continue;
        const known = this.#environments.get(parent);
        if (known === undefined) this.#environments.set(parent, new Set([name]));
        else known.add(name);
      }
    }
  }

  /** The same for folders that deploy together with the same others. */
  keyOf(folder: string): string {
    return [...this.#wayTo(folder)].map(([fork, { name }]) => `${fork}\n${name}`).join('\n');
  }

  /** Whether nothing says that two folders deploy apart. */
  areTogether(folder: string, other: string): boolean {
    const way = this.#wayTo(other);
    for (const [fork, choice] of this.#wayTo(folder)) {
      const chosen = way.get(fork);
      if (chosen !== undefined && chosen.name !== choice.name) return false;
    }
    return true;
  }

  /** The innermost folder around a folder that deploys apart from others; undefined where none does. */
  unitOf(folder: string): string | undefined {
    return [...this.#wayTo(folder).values()].at(-1)?.folder;
  }

  #wayTo(folder: string): Way {
    let way = this.#ways.get(folder);
    if (way === undefined) {
      way = new Map(this.#forksOf(withSlashes(folder)));
      this.#ways.set(folder, way);
    }
    return way;
  }

  *#forksOf(folder: string): Generator<readonly [string, Choice]> {
    const stated = this.#stated.find((unit) => folder === unit || folder.startsWith(`${unit}/`));
    if (stated !== undefined) yield ['stated', { name: stated, folder: stated }];
    for (const { parent, name } of steps(folder)) {
      const child = `${parent}/${name}`;
      for (const { fork, name: choice } of this.#forks.get(child) ?? [])
        yield [fork, { name: choice, folder: child }];
      const environments = this.#environments.get(parent);
      if (environments !== undefined && environments.size > 1 && environments.has(name))
        yield [parent, { name, folder: child }];
    }
  }
}

/** Paths of Windows have backslashes. */
function withSlashes(folder: string): string {
  return folder.replaceAll('\\', '/');
}

/** The folders on the way to a folder, each with the name of the next one. */
function* steps(folder: string): Generator<{ parent: string; name: string }> {
  for (let start = folder.indexOf('/'); start !== -1; ) {
    const end = folder.indexOf('/', start + 1);
    const name = folder.slice(start + 1, end === -1 ? undefined : end);
    if (name !== '') yield { parent: folder.slice(0, start), name };
    start = end;
  }
}

/** The folders that a configuration file states, given how a path is taken from the folder of that file. */
export function statedUnits(units: readonly string[], pathOf: (path: string) => string): string[] {
  return units.map((unit) => pathOf(unit.replace(/^\.\//, '').replace(/\/+$/, '')));
}
