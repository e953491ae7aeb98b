import type { Chart } from '../chart/chart.ts';
import { coalesceValues } from '../chart/coalesce.ts';
import { activateDependencies } from '../chart/dependencies.ts';
import { type FileContents, loadChart, textOf } from '../chart/load.ts';
import { ValuesError } from '../chart/values-file.ts';
import { FUNCTIONS } from '../functions/table.ts';
import type { RenderResult } from '../render/options.ts';
import { renderChart } from '../render/render.ts';
import { TemplateCache } from '../render/template-cache.ts';
import type { Tree } from '../template/nodes.ts';
import { type ParsedTemplate, parseTemplate } from '../template/parser.ts';
import { Dict, type GoValue } from '../value/value.ts';
import { ChartLayout, chartFolderOf } from './chart-layout.ts';
import { contextOf, type Known, keyOf } from './known.ts';
import { ObservedValues } from './observed-values.ts';
import { type Uses, usesOf } from './uses.ts';
import { type ValueDefinition, ValuesIndex, valuesAt } from './values-index.ts';

export type ChartTexts = ReadonlyMap<string, FileContents>;

/** Texts of a file that stay parsed: the present one, those before it, and what completion tries. */
const KEPT_TEXTS = 3;

const DEFAULT_VALUES = /^(?:charts\/[^/]+\/)*values\.yaml$/;

/** A named template with more kinds of callers than this is read for the first of them alone. */
const MAX_CONTEXTS = 12;

/** What does not change between two states of a chart. */
export class ChartCaches {
  readonly render = new TemplateCache();
  readonly #parsed = new Map<string, Map<string, ParsedTemplate>>();
  readonly #uses = new WeakMap<Tree, Map<string, Uses>>();
  readonly #values = new Map<string, ValuesIndex>();
  #loaded: { readonly files: ChartTexts; readonly chart: Chart | undefined; readonly layout: ChartLayout } = {
    files: new Map(),
    chart: undefined,
    layout: new ChartLayout(undefined),
  };

  parse(file: string, text: string): ParsedTemplate {
    const texts = this.#parsed.get(file) ?? new Map<string, ParsedTemplate>();
    this.#parsed.set(file, texts);
    let parsed = texts.get(text);
    if (parsed === undefined) {
      parsed = parseTemplate(file, text, (name) => FUNCTIONS.has(name));
      const [oldest] = texts.keys();
      if (texts.size >= KEPT_TEXTS && oldest !== undefined) texts.delete(oldest);
      texts.set(text, parsed);
    }
    return parsed;
  }

  uses(tree: Tree, dot: Known): Uses {
    const key = keyOf(dot);
    const byContext = this.#uses.get(tree) ?? new Map<string, Uses>();
    this.#uses.set(tree, byContext);
    let uses = byContext.get(key);
    if (uses === undefined) {
      uses = usesOf(tree, dot);
      byContext.set(key, uses);
    }
    return uses;
  }

  values(file: string, text: string): ValuesIndex {
    const known = this.#values.get(file);
    if (known?.text === text) return known;
    const values = new ValuesIndex(file, text, known);
    this.#values.set(file, values);
    return values;
  }

  /** The chart apart from its templates. What could not be read any more is as it was. */
  load(files: ChartTexts): { chart: Chart | undefined; layout: ChartLayout } {
    const others = new Map([...files].filter(([file]) => chartFolderOf(file) === undefined));
    const before = this.#loaded;
    const isSame =
      others.size === before.files.size &&
      [...others].every(([file, text]) => before.files.get(file) === text);
    if (!isSame) {
      const chart = loadChart(this.#withReadableValues(others)).chart ?? before.chart;
      this.#loaded = { files: others, chart, layout: new ChartLayout(chart) };
    }
    return this.#loaded;
  }

  #withReadableValues(files: ChartTexts): ChartTexts {
    const readable = new Map(files);
    for (const [file, data] of files) {
      if (!DEFAULT_VALUES.test(file)) continue;
      readable.set(file, this.values(file, textOf(data)).readText ?? '');
    }
    return readable;
  }
}

/** A named template. */
export interface NamedTemplate {
  readonly name: string;
  readonly file: string;
  readonly tree: Tree;
}

/** One state of a chart, as far as it can be read: every question is answered without running it, but for those about rendered text. */
export class ChartAnalysis {
  readonly files: ChartTexts;
  readonly chart: Chart | undefined;
  readonly layout: ChartLayout;
  readonly #caches: ChartCaches;
  #named: ReadonlyMap<string, NamedTemplate> | undefined;
  #uses: ReadonlyMap<string, readonly Uses[]> | undefined;
  #effective: Dict | undefined;
  #rendered: { readonly result: RenderResult; readonly observed: ObservedValues } | undefined;

  constructor(files: ChartTexts, caches = new ChartCaches()) {
    this.files = files;
    this.#caches = caches;
    const { chart, layout } = caches.load(files);
    this.chart = chart;
    this.layout = layout;
  }

  /** The chart if a file said something else. */
  with(file: string, text: string): ChartAnalysis {
    return new ChartAnalysis(new Map(this.files).set(file, text), this.#caches);
  }

  textOf(file: string): string | undefined {
    const data = this.files.get(file);
    return data === undefined ? undefined : textOf(data);
  }

  parsed(file: string): ParsedTemplate | undefined {
    const text = chartFolderOf(file) === undefined ? undefined : this.textOf(file);
    return text === undefined ? undefined : this.#caches.parse(file, text);
  }

  get templateFiles(): string[] {
    return [...this.files.keys()].filter((file) => chartFolderOf(file) !== undefined);
  }

  /** Named templates of all files; of several with one name the one that counts. */
  get namedTemplates(): ReadonlyMap<string, NamedTemplate> {
    if (this.#named === undefined) {
      const named = new Map<string, NamedTemplate>();
      // As Helm parses them: the deepest first and backwards, and the last one counts.
      const depth = (file: string) => file.split('/').length;
      const files = this.templateFiles.sort((a, b) => depth(b) - depth(a) || (a < b ? 1 : -1));
      for (const file of files) {
        for (const tree of this.parsed(file)?.defines ?? [])
          named.set(tree.name, { name: tree.name, file, tree });
      }
      this.#named = named;
    }
    return this.#named;
  }

  /** What a file names. */
  usesIn(file: string): readonly Uses[] {
    this.#uses ??= this.#collectUses();
    return this.#uses.get(file) ?? [];
  }

  /** Files first, then the named templates with what they are given, as they turn up. */
  #collectUses(): ReadonlyMap<string, readonly Uses[]> {
    const uses = new Map<string, Uses[]>();
    const contexts = new Map<string, Set<string>>();
    const waiting: { template: NamedTemplate; dot: Known }[] = [];
    const take = (file: string, tree: Tree, dot: Known) => {
      const found = this.#caches.uses(tree, dot);
      const known = uses.get(file);
      if (known === undefined) uses.set(file, [found]);
      else known.push(found);
      for (const { name, argument } of found.templates) {
        const template = this.namedTemplates.get(name);
        if (template !== undefined) waiting.push({ template, dot: argument });
      }
    };
    for (const file of this.templateFiles) {
      const parsed = this.parsed(file);
      if (parsed !== undefined) take(file, parsed.main, contextOf(chartFolderOf(file) ?? ''));
    }
    const drain = () => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const { template, dot } = next;
        const seen = contexts.get(template.name) ?? new Set();
        const key = keyOf(dot);
        if (seen.has(key) || seen.size >= MAX_CONTEXTS) continue;
        contexts.set(template.name, seen.add(key));
        take(template.file, template.tree, dot);
      }
    };
    drain();
    // What nobody calls is read as if it were given everything.
    for (const template of this.namedTemplates.values()) {
      if (contexts.has(template.name)) continue;
      waiting.push({ template, dot: contextOf(chartFolderOf(template.file) ?? '') });
      drain();
    }
    return uses;
  }

  /** The values files: those of the charts, then others beside the root chart's, in `ci/` and beside the chart. */
  get valuesFiles(): readonly ValuesIndex[] {
    const files = [...this.files.keys()].filter(isValuesFile).sort(byNearness);
    return files.flatMap((file) => {
      const text = this.textOf(file);
      return text === undefined ? [] : this.#caches.values(file, text);
    });
  }

  /** The keys of values files that say something of a path of the root chart's values; the chart's own first. */
  definitionsOf(path: readonly string[]): readonly ValueDefinition[] {
    return this.valuesFiles.flatMap((index) => {
      const prefix = this.pathFromFile(index.file, []);
      const isBelow = prefix.every((name, position) => path[position] === name);
      if (path[0] === 'global') return index.at(path);
      return isBelow ? index.at(path.slice(prefix.length)) : [];
    });
  }

  /** What stands at a path of the root chart's values by default; several where it goes through the elements of a list. */
  valueAt(path: readonly string[]): readonly GoValue[] {
    const found = valuesAt(this.effectiveValues, path);
    // A dependency that is switched off has defaults all the same.
    return found.length > 0 ? found : this.definitionsOf(path).map(({ value }) => value);
  }

  /** The path, from the values of the root chart, of what stands at a path of a values file. */
  pathFromFile(file: string, path: readonly string[]): readonly string[] {
    return this.layout.valuePath(SUBCHART.exec(file)?.[0] ?? '', path);
  }

  /** What all charts say by default, as the templates of the root chart get it. */
  get effectiveValues(): Dict {
    this.#effective ??= effectiveValues(this.chart);
    return this.#effective;
  }

  /** The chart rendered with its default values. */
  get rendered(): { readonly result: RenderResult; readonly observed: ObservedValues } {
    if (this.#rendered === undefined) {
      const { chart } = loadChart(this.files);
      const observed = new ObservedValues();
      const options = { cache: this.#caches.render, observe: observed.note };
      const result: RenderResult =
        chart === undefined
          ? { documents: [], print: () => '', errors: [], broken: new Set() }
          : renderChart(chart, options);
      this.#rendered = { result, observed };
    }
    return this.#rendered;
  }
}

const SUBCHART = /^(?:charts\/[^/]+\/)+/;
const VALUES_FILE =
  /^(?:charts\/[^/]+\/)*values\.yaml$|^(?:ci\/[^/]+|[^/]*[-._]values|values[-._][^/]*)\.ya?ml$|^\.\.\/.*\.ya?ml$/;

/** The root chart's own defaults first, those of its subcharts last. */
function byNearness(a: string, b: string): number {
  const rank = (file: string) => (file === 'values.yaml' ? 0 : file.startsWith('charts/') ? 2 : 1);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

function isValuesFile(file: string): boolean {
  return VALUES_FILE.test(file);
}

function effectiveValues(chart: Chart | undefined): Dict {
  const none = new Dict(new Map<string, GoValue>(), 'map[string]interface {}', []);
  if (chart === undefined) return none;
  try {
    return coalesceValues(activateDependencies(chart, none), none);
  } catch (error) {
    if (!(error instanceof ValuesError)) throw error;
    return chart.values;
  }
}
