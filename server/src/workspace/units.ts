/**
 * Which folders deploy together. What stands in `envs/prod` does not protect what stands in `envs/dev`; what stands beside both belongs to both.
 */

/** Names of folders of which each holds the whole of an environment. */
const ENVIRONMENT =
  /^(?:dev|develop|development|test|testing|int|integration|qa|uat|stage|stg|staging|pre-?prod|preproduction|prd|prod|production|sandbox|demo)$/i;

/** A way that leads to a folder: at each fork, which of the folders that deploy apart. */
type Way = ReadonlyMap<string, string>;

export class Units {
  readonly #ways = new Map<string, Way>();
  /** Folders that the configuration says to deploy apart. */
  readonly #stated: readonly string[];
  /** By folder, the groups of folders that deploy apart which it is one of. */
  readonly #groups = new Map<string, number[]>();
  /** By parent, the environments in it that hold files. */
  readonly #environments = new Map<string, Set<string>>();

  /**
   * @param folders that hold files, as paths or URIs
   * @param stated likewise
   * @param siblings groups of folders that are known to deploy apart, with what is below them
   */
  constructor(
    folders: Iterable<string>,
    stated: readonly string[] = [],
    siblings: readonly (readonly string[])[] = [],
  ) {
    for (const [group, members] of siblings.entries()) {
      for (const member of members.map(withSlashes)) {
        this.#groups.set(member, [...(this.#groups.get(member) ?? []), group]);
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
    return [...this.#wayTo(folder)].flat().join('\n');
  }

  /** Whether nothing says that two folders deploy apart. */
  areTogether(folder: string, other: string): boolean {
    const way = this.#wayTo(other);
    for (const [fork, choice] of this.#wayTo(folder)) {
      const chosen = way.get(fork);
      if (chosen !== undefined && chosen !== choice) return false;
    }
    return true;
  }

  /** The innermost folder around a folder that deploys apart from others; undefined where none does. */
  unitOf(folder: string): string | undefined {
    const [fork, choice] = [...this.#wayTo(folder)].at(-1) ?? [];
    return fork === undefined || fork === 'stated' ? choice : `${fork}/${choice}`;
  }

  #wayTo(folder: string): Way {
    let way = this.#ways.get(folder);
    if (way === undefined) {
      way = new Map(this.#forksOf(withSlashes(folder)));
      this.#ways.set(folder, way);
    }
    return way;
  }

  *#forksOf(folder: string): Generator<readonly [string, string]> {
    const stated = this.#stated.find((unit) => folder === unit || folder.startsWith(`${unit}/`));
    if (stated !== undefined) yield ['stated', stated];
    for (const { parent, name } of steps(folder)) {
      const child = `${parent}/${name}`;
      for (const group of this.#groups.get(child) ?? []) yield [`group ${group}`, child];
      const environments = this.#environments.get(parent);
      if (environments !== undefined && environments.size > 1 && environments.has(name)) yield [parent, name];
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
