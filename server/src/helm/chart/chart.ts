import type { HelmError } from '../errors.ts';
import type { Dict } from '../value/value.ts';
import type { Metadata } from './metadata.ts';

/** A file of a chart. */
export interface ChartFile {
  /** Path in its own chart, such as `templates/service.yaml`. */
  readonly name: string;
  /** Path from the root chart: the same, but behind `charts/sub/` in a subchart. */
  readonly file: string;
  readonly data: string | Uint8Array;
}

/** A chart as it was loaded. It never changes; renderings work on copies. */
export interface Chart {
  readonly metadata: Metadata;
  /** The folder of the chart from the root chart: empty, or `charts/sub/`. For packed charts it ends inside of the archive. */
  readonly folder: string;
  readonly templates: readonly ChartFile[];
  /** What `.Files` shows. */
  readonly files: readonly ChartFile[];
  /** The defaults of values.yaml. */
  readonly values: Dict;
  readonly schema: ChartFile | undefined;
  readonly dependencies: readonly Chart[];
}

export interface LoadedChart {
  /** Undefined when there is no chart at all: no Chart.yaml, or one that cannot be read. */
  readonly chart: Chart | undefined;
  readonly errors: readonly HelmError[];
}
