import { parameterText } from '../../analysis/gitops/index.ts';
import {
  type Chart,
  type HelmError,
  type LoadedChart,
  loadChart,
  type RenderResult,
  renderChart,
  type SetValue,
} from '../../helm/index.ts';
import { type ChartOptions, type ChartSource, withoutValues } from './chart-source.ts';
import type { Derivation, DerivationProblem, Derived, DerivedDocument, Origin } from './source-map.ts';
import { singleIn } from './typed-window.ts';
import type { ValueSet } from './value-sets.ts';

/** The manifests that a chart gives with a set of values. */
export class ChartDerivation implements Derivation {
  readonly valueSet: ValueSet;
  readonly #chart: ChartSource;
  readonly #options: ChartOptions;

  constructor(chart: ChartSource, valueSet: ValueSet, options: ChartOptions) {
    this.#chart = chart;
    this.valueSet = valueSet;
    this.#options = options;
  }

  /** What it is made from. */
  get source(): ChartSource {
    return this.#chart;
  }

  derive(texts: ReadonlyMap<string, string> = new Map(), isTraced = true): Derived {
    const loaded = this.#load(texts);
    // Helm stops at values that cannot be read; without them templates would fail for that alone.
    const isReadable = loaded.chart !== undefined && !loaded.errors.some(({ kind }) => kind === 'values');
    const rendered =
      isReadable && loaded.chart !== undefined ? this.#render(loaded.chart, texts, isTraced) : undefined;
    const counts = new Map<string, number>();
    const documents = (rendered?.documents ?? []).map(
      ({ file, kind, text, trace, skipped }): DerivedDocument => {
        const name = `${file} ${kind}`;
        const index = counts.get(name) ?? 0;
        counts.set(name, index + 1);
        const map = {
          spans: (start: number, end: number) => trace.spans(start, end),
          conditionsAt: (offset: number) => trace.conditionsAt(offset),
          skipped,
        };
        return { document: this.#chart.documentFor(text), map, file, name: `${name} ${index}` };
      },
    );
    const problems = [...loaded.errors, ...(rendered?.errors ?? [])].map(asProblem);
    return {
      documents,
      problems,
      broken: rendered?.broken ?? new Set([...this.#chart.files.keys(), ...texts.keys()].filter(isRendered)),
    };
  }

  #load(texts: ReadonlyMap<string, string>): LoadedChart {
    const isBare = this.valueSet.deployment?.replacesDefaults === true;
    if (texts.size === 0) return isBare ? this.#chart.loadedBare : this.#chart.loaded;
    const files = new Map([...this.#chart.files, ...texts]);
    return loadChart(isBare ? withoutValues(files) : files);
  }

  #render(chart: Chart, texts: ReadonlyMap<string, string>, isTraced: boolean): RenderResult {
    const { kubernetesVersion, namespace } = this.#options;
    const { deployment, files } = this.valueSet;
    const readFile =
      deployment === undefined
        ? this.#options.readFile
        : (path: string) => this.#chart.text(normalized(path));
    const values = files.flatMap((file) => {
      const text = texts.get(file) ?? this.#chart.text(file);
      return text === undefined ? [] : [{ file, text }];
    });
    // What is only tried is not what the next rendering has to be compared with.
    const isPresent = texts.size === 0 && isTraced && readFile === undefined;
    return renderChart(chart, {
      values,
      set: [...this.valueSet.set, ...this.#parameters(texts)],
      release: { namespace: deployment?.namespace ?? namespace },
      cache: this.#chart.cache,
      isTraced,
      ...(isPresent
        ? { memo: this.#chart.memoOf(this.valueSet, this.#options), kept: this.#chart.kept }
        : {}),
      ...(readFile === undefined ? {} : { readFile }),
      ...(kubernetesVersion === undefined ? {} : { kubeVersion: kubernetesVersion }),
    });
  }

  #parameters(texts: ReadonlyMap<string, string>): SetValue[] {
    return (this.valueSet.deployment?.parameters ?? []).flatMap(({ flag, name, text, window }) => {
      const shown = this.#chart.windows.get(window)?.single;
      const edited = texts.get(window);
      const single = edited === undefined ? shown : shown && singleIn(edited, shown.path);
      if (single === undefined) return [];
      const { decoded, range, path } = single;
      const own = edited === undefined ? text : text && parameterText(decoded);
      const origin = { kind: 'value', file: window, range, path } as const;
      return [{ flag, text: `${name}=${own ?? decoded}`, origin }];
    });
  }

  textOf(file: string): string | undefined {
    return this.#chart.text(file);
  }

  isOwn(file: string): boolean {
    return this.textOf(file) !== undefined && subchartOf(this.#chart.loaded.chart, file)?.isForeign !== true;
  }

  standIns({ kind, file, path }: Origin): Origin[] {
    const subchart = subchartOf(this.#chart.loaded.chart, file);
    if (subchart === undefined) return [];
    const inParent: Origin[] = [];
    if ((kind === 'value' || kind === 'absent') && file.endsWith('values.yaml')) {
      inParent.push({
        kind: 'absent',
        file: 'values.yaml',
        path: [...subchart.names, ...path],
        range: START,
      });
    }
    const { dependency } = subchart;
    if (dependency !== undefined) inParent.push({ kind: 'metadata', ...dependency, path: [] });
    return inParent;
  }
}

/** Whether a file is a template that gives documents, and not only names others. */
function isRendered(file: string): boolean {
  return /^templates\/(?:[^/]+\/)*[^_/][^/]*$/.test(file);
}

/** A path from the chart without detours. */
function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

const START = { start: 0, end: 0 };

function asProblem({ kind, message, file, range, line }: HelmError): DerivationProblem {
  return { kind, message, file, range, line };
}

/** The subchart that a file belongs to, as the root chart sees it. */
interface Subchart {
  /** Under which keys its values stand in those of the root chart, outermost first. */
  readonly names: readonly string[];
  /** Whether it, or a chart around it, comes from a repository: what is in charts/ is then a copy that the next download replaces. */
  readonly isForeign: boolean;
  /** Where the root chart, or the innermost own chart around it, declares what it comes by. */
  readonly dependency: { readonly file: string; readonly range: { start: number; end: number } } | undefined;
}

function subchartOf(chart: Chart | undefined, file: string): Subchart | undefined {
  let current = chart;
  let found: Subchart | undefined;
  while (current !== undefined) {
    const child: Chart | undefined = current.dependencies.find(({ folder }) => file.startsWith(folder));
    if (child === undefined) return found;
    const name = child.metadata.fields.get('name')?.text ?? '';
    const declared = current.metadata.dependencies.find((dependency) => dependency.name === name);
    const isRemote =
      declared !== undefined && declared.repository !== '' && !declared.repository.startsWith('file:');
    const isForeign = found?.isForeign === true || isRemote || child.folder.endsWith('.tgz/');
    found = {
      names: [...(found?.names ?? []), declared?.alias || name],
      isForeign,
      // Inside of a foreign chart, the project's own word is the dependency that brought it in.
      dependency:
        found?.isForeign === true
          ? found.dependency
          : declared && { file: declared.file, range: declared.range },
    };
    current = child;
  }
  return found;
}
