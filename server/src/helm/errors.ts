import type { OffsetRange } from '../syntax/ranges.ts';

export type HelmErrorKind =
  /** The chart's files cannot be loaded. */
  | 'chart'
  /** A dependency that Chart.yaml declares is not in charts/. */
  | 'missing-dependency'
  /** A values file, or a value given on the command line, cannot be read. */
  | 'values'
  /** The values do not fit values.schema.json. */
  | 'schema'
  /** A template cannot be parsed. */
  | 'parse'
  /** A template failed while it ran. */
  | 'execution'
  /** The text that a template made is no manifest. */
  | 'manifest'
  /** The rendering took too much time or memory. */
  | 'limit';

/** Why a chart does not render, or not wholly. */
export interface HelmError {
  readonly kind: HelmErrorKind;
  /** As `helm template` words it, behind `Error: `. */
  readonly message: string;
  /** The file from the root of the chart (or as given), and where in it, as far as it is known. */
  readonly file: string | undefined;
  readonly range: OffsetRange | undefined;
  /** Of text that a template made: the line with the error, which stands somewhere in `range`. */
  readonly line?: string;
}
