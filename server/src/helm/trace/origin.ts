import type { OffsetRange } from '../../syntax/ranges.ts';

/** What kind of place a piece of rendered text came from. */
export type OriginKind =
  /** A manifest that a kustomization deploys. */
  | 'manifest'
  /** A patch of a kustomization, inline ones too. */
  | 'patch'
  /** A field of a kustomization, or of a file that configures it. */
  | 'kustomization'
  /** Text or a literal of a template. */
  | 'template'
  /** A value of a values file: the chart's own, a subchart's, or one given by the user. */
  | 'value'
  /** A key that no values file has; `range` is the map where it would stand. */
  | 'absent'
  /** A value given on the command line (`--set` and its kin); `file` holds the flag. */
  | 'flag'
  /** Content of another file of the chart, read through `.Files`. */
  | 'file'
  /** A field of Chart.yaml. */
  | 'metadata'
  /** `.Release`, `.Capabilities`, `.Template`: nothing that stands in a file. */
  | 'builtin'
  /** Random or time-dependent: a stable placeholder stands in its stead; `file` holds the function. */
  | 'generated';

/** One place that rendered text came from. */
export interface Origin {
  readonly kind: OriginKind;
  /** Path of the file from the root of the chart, or as given for files outside of it. */
  readonly file: string;
  /** Where in the file, in UTF-16 offsets; absent when the whole file is meant or there is none. */
  readonly range?: OffsetRange | undefined;
  /** The key of a map entry, where the origin is one. */
  readonly keyRange?: OffsetRange | undefined;
  /** Path from the root of the file, outermost first; empty for templates. */
  readonly path: readonly (string | number)[];
}

/** An origin in the same place as another, with another path. */
export function withPath({ kind, file, range, keyRange }: Origin, path: Origin['path']): Origin {
  return { kind, file, range, keyRange, path };
}

/** The origins of one piece of text, the deciding one first. */
export type Trace = readonly Origin[];

export const NO_TRACE: Trace = [];

/** Beyond this many a piece of text (a checksum of a whole file, say) tells only its first origins. */
export const MAX_ORIGINS = 12;

/** The origins of both, without repeats, those of the first argument first. */
export function joinTraces(first: Trace, second: Trace): Trace {
  if (first === second || second.length === 0) return first;
  if (first.length === 0) return second;
  if (first.length >= MAX_ORIGINS) return first;
  let joined: Origin[] | undefined;
  for (const origin of second) {
    if ((joined ?? first).includes(origin)) continue;
    joined ??= [...first];
    joined.push(origin);
    if (joined.length >= MAX_ORIGINS) break;
  }
  return joined ?? first;
}

/** A condition (`if`, `with`, `range`) that let a piece of text be printed. */
export interface Guard {
  /** The origins of the value that was tested. */
  readonly trace: Trace;
  /** The template and the range of the action that tests it. */
  readonly site: Origin;
  /** False for text of an `else` branch. */
  readonly taken: boolean;
  /** The condition around this one, also through `include`. */
  readonly parent: Guard | undefined;
  readonly depth: number;
}

/** The guard of text that carries `own` and is printed where `context` holds. */
export function nestGuards(context: Guard | undefined, own: Guard | undefined): Guard | undefined {
  if (own === undefined || own === context) return context;
  if (context === undefined || descendsFrom(own, context)) return own;
  if (descendsFrom(context, own)) return context;
  const parent = nestGuards(context, own.parent);
  return { ...own, parent, depth: (parent?.depth ?? 0) + 1 };
}

function descendsFrom(guard: Guard, ancestor: Guard): boolean {
  let current: Guard | undefined = guard;
  while (current !== undefined && current.depth > ancestor.depth) current = current.parent;
  return current === ancestor;
}

/** A branch of a template that was not printed, and why. */
export interface SkippedBranch {
  /** The origins of the value that was tested, the deciding one first. */
  readonly origins: Trace;
  /** The `if`, `with` or `range` that tests it. */
  readonly site: Origin;
  /** The text between the actions that was left out. */
  readonly body: Origin;
  /** Whether the value counts as true, so that an `else` branch was left out. */
  readonly isTrue: boolean;
}
