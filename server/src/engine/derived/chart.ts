import { parameterText } from '../../analysis/gitops/index.ts';
import {
  type Chart,
  type FileContents,
  type HelmError,
  KeptValues,
  type LoadedChart,
  loadChart,
  RenderMemo,
  type RenderResult,
  renderChart,
  type SetValue,
  TemplateCache,
} from '../../helm/index.ts';
import { DocumentText } from '../../syntax/documents.ts';
import type { Checker, Inspection } from '../checker.ts';
import type { Finding } from '../finding.ts';
import type { Deployment } from './deployment.ts';
import { KeptChecks } from './kept-checks.ts';
import type { Derivation, DerivationProblem, Derived, DerivedDocument, Origin } from './source-map.ts';
import { staticFindings } from './static-check.ts';
import { singleIn } from './typed-window.ts';
import { type NamedWindow, TypedWindows } from './typed-windows.ts';

/** Values that a chart is rendered with, over its own. */
export interface ValueSet {
  /** How people call it: the name of its file; undefined for the chart's own values. */
  readonly name: string | undefined;
  /** Values files in the order in which they apply. */
  readonly files: readonly string[];
  readonly set: readonly SetValue[];
  /** By what application it is deployed so; absent for sets that nobody is known to deploy. */
  readonly deployment?: Deployment;
}

export const OWN_VALUES: ValueSet = { name: undefined, files: [], set: [] };

export interface ChartOptions {
  /** `major.minor` of the cluster; absent: that of Helm's client. */
  readonly kubernetesVersion?: string | undefined;
  /** Where the release goes. */
  readonly namespace: string;
  /** The content of what `--set-file` names. */
  readonly readFile?: ((path: string) => string | undefined) | undefined;
}

/** Values files take their place. */
function withoutValues(files: ReadonlyMap<string, FileContents>): ReadonlyMap<string, FileContents> {
  return new Map([...files].filter(([file]) => file !== 'values.yaml'));
}

/** Offsets count from behind a byte order mark. */
function withoutMarks(files: ReadonlyMap<string, FileContents>): ReadonlyMap<string, FileContents> {
  const isMarked = (content: FileContents) => typeof content === 'string' && content.startsWith('\ufeff');
  if (![...files.values()].some(isMarked)) return files;
  return new Map([...files].map(([file, content]) => [file, isMarked(content) ? content.slice(1) : content]));
}

/** Files that decide which charts there are, and what they are called. */
const DECISIVE = /(?:^|\/)(?:Chart|requirements)\.(?:yaml|lock)$|(?:^|\/)\.helmignore$|\.tgz$/;

/** Whether the same files are there, and only what they say has changed. */
function areEdits(
  before: ReadonlyMap<string, FileContents>,
  now: ReadonlyMap<string, FileContents>,
): boolean {
  if (before.size !== now.size) return false;
  for (const [file, content] of now) {
    const old = before.get(file);
    if (old === undefined || (old !== content && DECISIVE.test(file))) return false;
  }
  return true;
}

/** A chart's files by their path from its folder, and what is kept from one rendering to the next. */
export class ChartSource {
  readonly cache = new TemplateCache();
  readonly kept = new KeptValues();
  /** By the name of the set of values. */
  readonly #memos = new Map<string | undefined, { readonly options: string; readonly memo: RenderMemo }>();
  #files: ReadonlyMap<string, FileContents>;
  #loaded: LoadedChart | undefined;
  #documents = new Map<string, DocumentText>();
  readonly #static = new Map<string, { text: string; checker: Checker; findings: readonly Finding[] }>();
  readonly #inspections = new WeakMap<Checker, WeakMap<DocumentText, Inspection>>();
  readonly #checks = new Map<ValueSet['name'], KeptChecks>();
  #loadedBare: LoadedChart | undefined;
  #windows: TypedWindows;

  constructor(files: ReadonlyMap<string, FileContents>, windows: readonly NamedWindow[] = []) {
    this.#files = withoutMarks(files);
    this.#windows = new TypedWindows(windows, (file) => this.#textOf(file));
  }

  get files(): ReadonlyMap<string, FileContents> {
    return this.#files;
  }

  set files(files: ReadonlyMap<string, FileContents>) {
    const before = this.#files;
    this.#files = withoutMarks(files);
    this.#loaded = undefined;
    this.#loadedBare = undefined;
    if (!areEdits(before, this.#files)) this.#memos.clear();
  }

  /** The last rendering with a set of values and options. */
  memoOf({ name, files, set }: ValueSet, { kubernetesVersion, namespace }: ChartOptions): RenderMemo {
    const options = JSON.stringify([files, set, kubernetesVersion, namespace]);
    const known = this.#memos.get(name);
    if (known?.options === options) return known.memo;
    // What people look at while they type is the chart with its own values.
    const memo = new RenderMemo(name === undefined);
    this.#memos.set(name, { options, memo });
    return memo;
  }

  /** Values inside of files. */
  get windows(): TypedWindows {
    return this.#windows;
  }

  lookThrough(windows: readonly NamedWindow[]): void {
    this.#windows = new TypedWindows(windows, (file) => this.#textOf(file));
  }

  get loaded(): LoadedChart {
    this.#loaded ??= loadChart(this.#files, this.kept);
    return this.#loaded;
  }

  /** The chart without its own values. */
  get loadedBare(): LoadedChart {
    this.#loadedBare ??= loadChart(withoutValues(this.#files));
    return this.#loadedBare;
  }

  /** The text of a file or of a window. */
  text(file: string): string | undefined {
    return this.#windows.has(file) ? this.#windows.get(file)?.text : this.#textOf(file);
  }

  #textOf(file: string): string | undefined {
    const content = this.#files.get(file);
    return typeof content === 'string' ? content : undefined;
  }

  /** The same object for the same text, so that a document is read and checked once, whichever values gave it. */
  documentFor(text: string): DocumentText {
    let document = this.#documents.get(text);
    if (document === undefined) {
      document = new DocumentText(text);
      this.#documents.set(text, document);
    }
    return document;
  }

  /** What a checker has said of a document by itself: kept as long as the document is. */
  inspected(checker: Checker, document: DocumentText): Inspection | undefined {
    return this.#inspections.get(checker)?.get(document);
  }

  keepInspection(checker: Checker, inspection: Inspection): void {
    let inspections = this.#inspections.get(checker);
    if (inspections === undefined) {
      inspections = new WeakMap();
      this.#inspections.set(checker, inspections);
    }
    inspections.set(inspection.document, inspection);
  }

  /** What the documents of a set of values came to. */
  checksOf({ name }: ValueSet): KeptChecks {
    const known = this.#checks.get(name) ?? new KeptChecks();
    this.#checks.set(name, known);
    return known;
  }

  /** What the text of a template says by itself while it does not render: kept as long as the text stays. */
  staticFindings(checker: Checker, file: string): readonly Finding[] {
    const text = this.text(file) ?? '';
    const known = this.#static.get(file);
    if (known?.text === text && known.checker === checker) return known.findings;
    const findings = staticFindings(text, checker);
    this.#static.set(file, { text, checker, findings });
    return findings;
  }

  /** Forgets all documents: what takes memory are their trees, and the origins of their texts. */
  forgetDocuments(): void {
    this.#documents = new Map();
    this.#memos.clear();
    this.#checks.clear();
  }

  /** Forgets how a set of values was rendered. */
  forgetSet({ name }: ValueSet): void {
    this.#memos.delete(name);
    this.#checks.delete(name);
  }

  /** Forgets all documents but these. */
  keepDocuments(documents: Iterable<DocumentText>): void {
    this.#documents = new Map();
    for (const document of documents) this.#documents.set(document.text, document);
  }
}

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
