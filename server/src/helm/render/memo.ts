import type { ChartFile } from '../chart/chart.ts';
import { ValueOrigin } from '../chart/values-file.ts';
import type { ExecError, LimitError } from '../template/errors.ts';
import type { Tree } from '../template/nodes.ts';
import type { Pieces } from '../template/pieces.ts';
import type { Origin, SkippedBranch, Trace } from '../trace/origin.ts';
import type { Str } from '../trace/text.ts';
import { ALL, KEYS, pathBelow, type Reads } from '../value/tracked-map.ts';
import type { Dict, GoValue } from '../value/value.ts';
import type { Manifest, ManifestProblem } from './manifests.ts';

/** What running a template took, and what it asked for. */
export interface Run {
  /** The templates that it looked up, by name. */
  readonly trees: ReadonlyMap<string, Tree | undefined>;
  readonly steps: number;
  readonly output: number;
  /** How many random values had been made before, and how many it made. */
  readonly seeds: { readonly before: number; readonly count: number };
  /** The part of the limits that it might take. */
  readonly share: number;
}

/** What rendering a template depended on. */
export interface NotedTemplate {
  readonly run: Run;
  /** Beside what its pieces have read. */
  readonly reads: Reads;
  /** What its nodes wrote; absent when it is kept as a whole. */
  readonly pieces?: Pieces | undefined;
}

/** A template as it was rendered, and what that depended on. */
export interface KeptTemplate extends NotedTemplate {
  readonly text: Str;
  /** What stopped it; then there is no text. */
  readonly failure?: ExecError | LimitError | undefined;
  readonly skipped: readonly SkippedBranch[];
  readonly manifests: readonly (Manifest | ManifestProblem)[];
}

/** What templates are given, apart from their own texts. */
export interface Inputs {
  readonly values: Dict;
  /** What `.Files` shows, by the path of the chart. */
  readonly files: ReadonlyMap<string, readonly ChartFile[]>;
}

/** The path of what a chart's templates get as `.`. */
export function dataPath(chartPath: string): string {
  return `.${chartPath}`;
}

const NO_READS: Reads = new Map();
const MAX_KNOWN = 5000;

const FILES = 'Files';
const VALUES = 'Values';

/**
 * The templates of the last rendering of a chart: one that would read the same again is not run again. To be used with the same chart, values and
 * options, but for edits of templates, values files and other files.
 */
export class RenderMemo {
  #inputs: Inputs | undefined;
  #templates = new Map<string, KeptTemplate>();
  #next = new Map<string, KeptTemplate>();
  #changes: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  #isUsable = false;
  /** Many nodes read the same. */
  readonly #known = new Map<string, Reads>();
  /** Whether templates are kept node by node, so that few of these run after an edit: it takes more memory. */
  readonly isInPieces: boolean;

  constructor(isInPieces = false) {
    this.isInPieces = isInPieces;
  }

  /** Begins a rendering. */
  begin(inputs: Inputs): void {
    const before = this.#inputs;
    this.#inputs = inputs;
    if (before === undefined || !isSameMap(before.values, inputs.values)) this.#isUsable = false;
    else this.#changes = changesBetween(before, inputs);
    this.#next = new Map();
  }

  /** @param treeOf the template of a name, as it is now */
  find(name: string, seeds: number, treeOf: (name: string) => Tree | undefined): KeptTemplate | undefined {
    const kept = this.#isUsable ? this.#templates.get(name) : undefined;
    if (kept === undefined || this.#isAffected(kept)) return undefined;
    const { trees, seeds: used } = kept.run;
    if (used.count > 0 && used.before !== seeds) return undefined;
    return haveSameTrees(trees, treeOf) ? kept : undefined;
  }

  /** The last state of a template of which only some nodes read something else. */
  findPart(name: string, treeOf: (name: string) => Tree | undefined): KeptTemplate | undefined {
    const kept = this.#isUsable ? this.#templates.get(name) : undefined;
    return kept?.pieces !== undefined && haveSameTrees(kept.run.trees, treeOf) ? kept : undefined;
  }

  #isAffected({ pieces, reads }: KeptTemplate): boolean {
    return this.hasChanged(reads) || (pieces !== undefined && this.#areAffected(pieces));
  }

  #areAffected(pieces: Pieces): boolean {
    return pieces.some(
      (piece) =>
        piece !== undefined &&
        (this.hasChanged(piece.noted.reads) ||
          (piece.branch !== undefined && this.#areAffected(piece.branch.pieces))),
    );
  }

  /** The same object for the same reads. */
  shared(reads: Reads): Reads {
    if (reads.size === 0) return NO_READS;
    const key = [...reads].map(([path, keys]) => [path, ...keys].join('\u0001')).join('\u0002');
    if (this.#known.size > MAX_KNOWN) this.#known.clear();
    const known = this.#known.get(key) ?? reads;
    this.#known.set(key, known);
    return known;
  }

  /** The last state of a template. */
  before(name: string): KeptTemplate | undefined {
    return this.#templates.get(name);
  }

  keep(name: string, template: KeptTemplate): void {
    this.#next.set(name, template);
  }

  /** Ends a rendering. @param isRepeatable false when a template has changed what others read */
  end(isRepeatable: boolean): void {
    this.#templates = this.#next;
    this.#next = new Map();
    this.#isUsable = isRepeatable;
  }

  /** Whether anything that was read has changed. */
  hasChanged(reads: Reads): boolean {
    for (const [path, changed] of this.#changes) {
      const keys = reads.get(path);
      if (keys === undefined) continue;
      if (keys.has(ALL)) return true;
      for (const key of changed) if (keys.has(key)) return true;
    }
    return false;
  }
}

function haveSameTrees(
  trees: ReadonlyMap<string, Tree | undefined>,
  treeOf: (name: string) => Tree | undefined,
): boolean {
  for (const [name, tree] of trees) if (treeOf(name) !== tree) return false;
  return true;
}

function changesBetween(before: Inputs, now: Inputs): Map<string, Set<string>> {
  const changes = new Map<string, Set<string>>();
  noteChanges(before.values, now.values, '', changes);
  for (const [chart, files] of now.files) {
    const changed = new Set<string>();
    if (!areSameFiles(before.files.get(chart) ?? [], files)) changed.add(FILES);
    if (isReplaced(chart, changes)) changed.add(VALUES);
    if (changed.size > 0) changes.set(dataPath(chart), changed);
  }
  return changes;
}

function areSameFiles(before: readonly ChartFile[], now: readonly ChartFile[]): boolean {
  return (
    before.length === now.length &&
    now.every(({ name, data }, index) => before[index]?.name === name && before[index]?.data === data)
  );
}

/** Whether the values of a dependency, or of a chart around it, are another map than before: `root/charts/a/charts/b`. */
function isReplaced(chart: string, changes: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  let path = '';
  return chart
    .split('/charts/')
    .slice(1)
    .some((name) => {
      const isChanged = changes.get(path)?.has(name) === true;
      path = pathBelow(path, name);
      return isChanged;
    });
}

function noteChanges(before: Dict, now: Dict, path: string, changes: Map<string, Set<string>>): void {
  const changed = new Set<string>();
  for (const [key, value] of now.entries) {
    const old = before.entries.get(key);
    if (old === value) continue;
    if (old?.kind === 'map' && value.kind === 'map' && isSameMap(old, value)) {
      noteChanges(old, value, pathBelow(path, key), changes);
    } else if (old === undefined || !isSame(old, value)) changed.add(key);
  }
  for (const key of before.entries.keys()) if (!now.entries.has(key)) changed.add(key);
  if (!haveSameKeys(before, now)) changed.add(KEYS);
  if (changed.size > 0) changes.set(path, changed);
}

function haveSameKeys(a: Dict, b: Dict): boolean {
  if (a.entries.size !== b.entries.size) return false;
  const keys = b.entries.keys();
  for (const key of a.entries.keys()) if (keys.next().value !== key) return false;
  return true;
}

/** Whether two maps are the same apart from their entries. */
function isSameMap(a: Dict, b: Dict): boolean {
  return a.type === b.type && a.isNil === b.isNil && isSameTrace(a.trace, b.trace);
}

/** The same value from the same place. */
function isSame(a: GoValue, b: GoValue): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind || !isSameTrace(a.trace, b.trace)) return false;
  if (a.kind === 'list' && b.kind === 'list') {
    return (
      a.items.length === b.items.length &&
      a.isNil === b.isNil &&
      a.items.every((item, index) => isSame(item, b.items[index] ?? a))
    );
  }
  if (a.kind === 'map' && b.kind === 'map') {
    return (
      isSameMap(a, b) &&
      haveSameKeys(a, b) &&
      [...a.entries].every(([key, value]) => {
        const other = b.entries.get(key);
        return other !== undefined && isSame(value, other);
      })
    );
  }
  if (a.kind === 'string') return b.kind === 'string' && a.text === b.text;
  if (a.kind === 'float') return b.kind === 'float' && Object.is(a.value, b.value);
  if (a.kind === 'int') return b.kind === 'int' && a.value === b.value && a.type === b.type;
  if (a.kind === 'bool') return b.kind === 'bool' && a.value === b.value;
  return a.kind === 'nil';
}

function isSameTrace(a: Trace, b: Trace): boolean {
  return a === b || (a.length === b.length && a.every((origin, index) => isSameOrigin(origin, b[index])));
}

/** Origins of values are kept; others, such as those of values that no file has, are made anew each time. */
function isSameOrigin(a: Origin, b: Origin | undefined): boolean {
  if (a === b) return true;
  if (b === undefined || a instanceof ValueOrigin || b instanceof ValueOrigin) return false;
  const isSamePath =
    a.path.length === b.path.length && a.path.every((segment, index) => segment === b.path[index]);
  const isSameRange = a.range?.start === b.range?.start && a.range?.end === b.range?.end;
  return a.kind === b.kind && a.file === b.file && isSamePath && isSameRange;
}
