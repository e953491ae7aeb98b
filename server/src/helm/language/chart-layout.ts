import type { Chart } from '../chart/chart.ts';
import { fieldText } from '../chart/metadata.ts';

/** Where the values of each chart of a tree stand in those of the root chart. */
export class ChartLayout {
  /** Charts by their folder, with the path of their values from those of the root chart. */
  readonly #charts = new Map<string, { readonly chart: Chart; readonly path: readonly string[] }>();

  constructor(root: Chart | undefined) {
    if (root !== undefined) this.#add(root, []);
  }

  #add(chart: Chart, path: readonly string[]): void {
    this.#charts.set(chart.folder, { chart, path });
    for (const child of chart.dependencies) {
      const name = fieldText(child.metadata, 'name');
      const declared = chart.metadata.dependencies.find((dependency) => dependency.name === name);
      this.#add(child, [...path, declared?.alias || name]);
    }
  }

  get charts(): readonly { readonly chart: Chart; readonly path: readonly string[] }[] {
    return [...this.#charts.values()];
  }

  chartIn(folder: string): Chart | undefined {
    return this.#charts.get(folder)?.chart;
  }

  /** The path of a value from the root chart's values: a subchart's stand below its name, globals are everybody's. */
  valuePath(folder: string, path: readonly string[]): readonly string[] {
    if (path[0] === 'global') return path;
    const below = this.#charts.get(folder)?.path ?? [];
    return this.#withoutGlobalPrefix([...below, ...path]);
  }

  /** A parent sees the globals of its subcharts below their names. */
  #withoutGlobalPrefix(path: readonly string[]): readonly string[] {
    const prefix = this.charts.find(
      ({ path: chartPath }) =>
        chartPath.length > 0 &&
        path[chartPath.length] === 'global' &&
        chartPath.every((name, index) => path[index] === name),
    );
    return prefix === undefined ? path : path.slice(prefix.path.length);
  }
}

const IN_TEMPLATES = /^((?:charts\/[^/]+\/)*)templates\/.+/;

/** The folder of the chart that a template belongs to; undefined for files that are no templates. */
export function chartFolderOf(file: string): string | undefined {
  return IN_TEMPLATES.exec(file)?.[1];
}
