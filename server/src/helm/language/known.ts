/** What can be known of a value without running the template. */
export type Known = KnownField | KnownEntries | undefined;

/** A value that is reached from what a chart's templates are given: `.Values.image` is the path `Values`, `image`. */
export interface KnownField {
  readonly kind: 'field';
  /** The folder of the chart from the root chart: empty, or `charts/sub/`. */
  readonly chart: string;
  /** From the whole context, which is the empty path; `*` is any element of a list or map. */
  readonly path: readonly string[];
}

/** A map or list that the template puts together itself; the keys of a list are its indexes. */
export interface KnownEntries {
  readonly kind: 'entries';
  readonly entries: ReadonlyMap<string, Known>;
}

export const ANY_ELEMENT = '*';

export function contextOf(chart: string): KnownField {
  return { kind: 'field', chart, path: [] };
}

/** A field of a value. */
export function fieldOf(value: Known, name: string): Known {
  if (value === undefined) return undefined;
  if (value.kind === 'entries') return value.entries.get(name);
  // The methods of `.Values`.
  if (name === 'AsMap' && value.path.length === 1) return value;
  // A subchart's templates see its values as `.Values`, and its parent's see them through `.Subcharts`.
  return { ...value, path: [...value.path, name] };
}

export function elementOf(value: Known): Known {
  if (value?.kind !== 'entries') return fieldOf(value, ANY_ELEMENT);
  const [first] = value.entries.values();
  return first;
}

/** The same text for the same knowledge. */
export function keyOf(value: Known, depth = 0): string {
  if (value === undefined || depth > 3) return '?';
  if (value.kind === 'field') return `${value.chart}:${value.path.join('\0')}`;
  return `{${[...value.entries].map(([key, entry]) => `${key}=${keyOf(entry, depth + 1)}`).join(';')}}`;
}
