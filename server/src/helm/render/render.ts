import {
  capabilities,
  DEFAULT_KUBE_VERSION,
  type KubeVersion,
  parseKubeVersion,
  type Release,
} from '../chart/capabilities.ts';
import type { Chart, ChartFile } from '../chart/chart.ts';
import { coalesceValues } from '../chart/coalesce.ts';
import {
  type ActiveChart,
  activateDependencies,
  isCompatible,
  missingDependencies,
} from '../chart/dependencies.ts';
import { filesValue } from '../chart/files.ts';
import type { KeptValues } from '../chart/kept-values.ts';
import { textOf } from '../chart/load.ts';
import { fieldText } from '../chart/metadata.ts';
import { asValues, chartObject, releaseObject, subchartValues, templateObject } from '../chart/objects.ts';
import { checkSchemas } from '../chart/schema.ts';
import { applySetValue, SET_ORDER, type SetValue } from '../chart/set-values.ts';
import { loadValues, mergeMaps, ValuesError, type ValuesFile } from '../chart/values-file.ts';
import type { HelmError } from '../errors.ts';
import { ExecError, LimitError } from '../template/errors.ts';
import type { Observation } from '../template/exec.ts';
import type { SkippedBranch } from '../trace/origin.ts';
import type { Str } from '../trace/text.ts';
import { ReadLog, type Reads, TrackedMap, tracked } from '../value/tracked-map.ts';
import { compareStrings, Dict, type GoValue } from '../value/value.ts';
import { DocumentTrace } from './document-trace.ts';
import { Engine, type TemplateCache, type TemplateSource } from './engine.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { isProblem, type Manifest, readManifest, sortByKind, splitManifests } from './manifests.ts';
import { dataPath, type KeptTemplate, type RenderMemo, type Run } from './memo.ts';
import { execErrorMessage, parseErrorMessage } from './messages.ts';
import { crdFiles, printed } from './output.ts';
import { releaseNameProblem } from './release-name.ts';

export interface RenderOptions {
  /** Values files in the order given; later ones win. */
  readonly values?: readonly ValuesFile[];
  /** Values given on the command line. */
  readonly set?: readonly SetValue[];
  /** The content of what `--set-file` names. */
  readonly readFile?: (path: string) => string | undefined;
  readonly release?: Partial<Release>;
  /** Such as `1.31`; default is that of Helm's client. */
  readonly kubeVersion?: string;
  /** APIs that the cluster has beside the known ones: `monitoring.coreos.com/v1`. */
  readonly apiVersions?: readonly string[];
  readonly includeCrds?: boolean;
  readonly limits?: Partial<Limits>;
  /** Milliseconds since 1970 for `now`. */
  readonly now?: number;
  /** False for those who want the text alone: it renders faster, and documents tell no origins. */
  readonly isTraced?: boolean;
  /** Told what the actions and conditions of templates were. */
  readonly observe?: (observation: Observation) => void;
  /** Keeps parsed templates from one rendering to the next. */
  readonly cache?: TemplateCache;
  /** The last rendering of the same chart with the same options, so that only what depends on edits is rendered again. Needs a `cache`. */
  readonly memo?: RenderMemo;
  /** Reads values files that have been edited. */
  readonly kept?: KeptValues;
}

/** A manifest of the rendered chart. */
export interface RenderedDocument {
  /** As the `# Source:` comment names it. */
  readonly path: string;
  /** The template from the root of the chart. */
  readonly file: string;
  readonly text: string;
  readonly kind: string;
  readonly isHook: boolean;
  readonly trace: DocumentTrace;
  /** What the template left out, in this or another of its documents. */
  readonly skipped: readonly SkippedBranch[];
}

export interface RenderResult {
  /** In the order of the output: sorted by kind, hooks last. Those of templates that work, even when others fail. */
  readonly documents: readonly RenderedDocument[];
  /** What `helm template` prints; it prints nothing when there are errors. */
  readonly output: string;
  /** The first is the one that `helm template` reports. */
  readonly errors: readonly HelmError[];
  /** The templates, from the root of the chart, that give nothing or not all because of errors. */
  readonly broken: ReadonlySet<string>;
}

/** 1 January 2000, so that renderings do not change with the time of day. */
const DEFAULT_NOW = Date.UTC(2000, 0, 1);

/** Renders a chart as `helm template` does. Never throws for what a chart or its values contain. */
export function renderChart(chart: Chart, options: RenderOptions = {}): RenderResult {
  return new Rendering(chart, options).run();
}

/** A template together with what it is given. */
interface Renderable extends TemplateSource {
  readonly data: Dict;
  readonly basePath: string;
}

interface RenderedTemplate {
  readonly renderable: Renderable;
  readonly text: Str;
  readonly skipped: readonly SkippedBranch[];
  /** What running it took and asked for; absent when nothing is kept. */
  readonly noted: { readonly run: Run; readonly reads: Reads } | undefined;
  /** Its manifests, when they are known already. */
  readonly manifests: KeptTemplate['manifests'] | undefined;
}

class Rendering {
  readonly #chart: Chart;
  readonly #options: RenderOptions;
  readonly #errors: HelmError[] = [];
  readonly #renderables: Renderable[] = [];
  readonly #broken = new Set<string>();
  readonly #log = new ReadLog();
  readonly #files = new Map<string, readonly ChartFile[]>();

  constructor(chart: Chart, options: RenderOptions) {
    this.#chart = chart;
    this.#options = options;
  }

  run(): RenderResult {
    const kube = parseKubeVersion(this.#options.kubeVersion ?? DEFAULT_KUBE_VERSION);
    const release = this.#release();
    if (kube === undefined) {
      const { kubeVersion } = this.#options;
      this.#report(
        'values',
        `invalid kube version '${kubeVersion}': could not parse "${kubeVersion}" as version`,
      );
      return this.#failed();
    }
    const given = this.#givenValues();
    this.#checkChart(kube, release);
    try {
      const root = activateDependencies(this.#chart, given);
      const values = coalesceValues(root, given);
      this.#errors.push(...checkSchemas(root, values));
      this.#collect(root, kube, release, values);
      return this.#execute(root);
    } catch (error) {
      if (!(error instanceof ValuesError)) throw error;
      this.#report('values', error.message, undefined, error.range);
      return this.#failed();
    }
  }

  #failed(): RenderResult {
    return { documents: [], output: '', errors: this.#errors, broken: new Set(templatesOf(this.#chart)) };
  }

  #report(kind: HelmError['kind'], message: string, file?: string, range?: HelmError['range']): void {
    this.#errors.push({ kind, message, file, range });
  }

  #release(): Release {
    const { release = {} } = this.#options;
    return {
      name: release.name ?? 'release-name',
      namespace: release.namespace ?? 'default',
      isUpgrade: release.isUpgrade ?? false,
      revision: release.revision ?? 1,
    };
  }

  #checkChart(kube: KubeVersion, release: Release): void {
    const { metadata } = this.#chart;
    if (fieldText(metadata, 'type') === 'library') {
      this.#report('chart', 'library charts are not installable', metadata.file);
    }
    const missing = missingDependencies(this.#chart);
    if (missing.length > 0) {
      this.#report(
        'missing-dependency',
        `an error occurred while checking for chart dependencies. You may need to run \`helm dependency build\` to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: ${missing.map(({ name }) => name).join(', ')}`,
        missing[0]?.file,
        missing[0]?.range,
      );
    }
    const problem = releaseNameProblem(release.name);
    if (problem !== undefined) this.#report('values', `release name check failed: ${problem}`);
    const wanted = fieldText(metadata, 'kubeVersion');
    if (wanted !== '' && !isCompatible(wanted, kube.normalized)) {
      const message = `chart requires kubeVersion: ${wanted} which is incompatible with Kubernetes ${kube.version}`;
      this.#report('chart', message, metadata.file, metadata.fields.get('kubeVersion')?.range);
    }
  }

  #givenValues(): Dict {
    const { values = [], set = [], readFile = () => undefined, kept } = this.#options;
    let given = new Dict(new Map<string, GoValue>(), 'map[string]interface {}', []);
    for (const file of values) {
      try {
        given = mergeMaps(given, kept === undefined ? loadValues(file) : kept.load(file));
      } catch (error) {
        if (!(error instanceof ValuesError)) throw error;
        this.#report('values', `failed to parse ${file.file}: ${error.message}`, file.file, error.range);
      }
    }
    for (const flag of SET_ORDER) {
      for (const value of set.filter((candidate) => candidate.flag === flag)) {
        try {
          given = applySetValue(given, value, readFile);
        } catch (error) {
          if (!(error instanceof ValuesError)) throw error;
          this.#report('values', error.message);
        }
      }
    }
    return given;
  }

  /** Finds all templates and what each is given. */
  #collect(root: ActiveChart, kube: KubeVersion, release: Release, values: Dict): void {
    const shared = new Map<string, GoValue>([
      ['Release', releaseObject(release)],
      ['Capabilities', capabilities(kube, this.#options.apiVersions ?? [])],
    ]);
    const given = this.#options.memo === undefined ? values : tracked(values, '', this.#log);
    this.#collectChart(root, root.name, asValues(given), shared, true);
    this.#options.memo?.begin({ values, files: this.#files });
  }

  #collectChart(
    node: ActiveChart,
    path: string,
    values: Dict,
    shared: ReadonlyMap<string, GoValue>,
    isRoot: boolean,
  ): Dict {
    const subcharts = new Dict(new Map(), 'map[string]interface {}', values.trace);
    this.#files.set(path, node.chart.files);
    const entries = new TrackedMap(
      dataPath(path),
      [
        ['Chart', chartObject(node, isRoot)],
        ['Files', filesValue(node.chart.files)],
        ...shared,
        ['Values', values],
        ['Subcharts', subcharts],
      ],
      this.#log,
    );
    const data = new Dict(entries, 'map[string]interface {}', values.trace);
    for (const child of node.dependencies) {
      const childPath = `${path}/charts/${child.name}`;
      const childValues = subchartValues(values, child.name);
      subcharts.entries.set(child.name, this.#collectChart(child, childPath, childValues, shared, false));
    }
    const isLibrary = fieldText(node.chart.metadata, 'type').toLowerCase() === 'library';
    for (const template of node.chart.templates) {
      if (isLibrary && !baseName(template).startsWith('_')) continue;
      this.#renderables.push({
        name: `${path}/${template.name}`,
        file: template.file,
        text: textOf(template.data),
        data: asValues(data),
        basePath: `${path}/templates`,
      });
    }
    return data;
  }

  #execute(root: ActiveChart): RenderResult {
    const limits = { ...DEFAULT_LIMITS, ...this.#options.limits };
    const { isTraced, observe, cache, now = DEFAULT_NOW } = this.#options;
    const engine = new Engine(cache, limits, now, { isTraced, observe });
    // The deepest first and backwards within a depth: the last definition of a name wins.
    const ordered = this.#renderables.toSorted(
      (a, b) => depthOf(b.name) - depthOf(a.name) || compareStrings(b.name, a.name),
    );
    for (const renderable of ordered) engine.add(renderable);
    this.#log.take();
    const before = this.#errors.length;
    const rendered: RenderedTemplate[] = [];
    let isStopped = false;
    for (const renderable of ordered) {
      if (renderable.name.slice(renderable.name.lastIndexOf('/') + 1).startsWith('_')) continue;
      const result: RenderedTemplate | undefined | 'stop' = isStopped
        ? 'stop'
        : this.#renderTemplate(engine, renderable);
      isStopped = result === 'stop';
      if (result === undefined || result === 'stop') this.#broken.add(renderable.file);
      else rendered.push(result);
    }
    // Helm parses everything before it runs anything.
    this.#errors.splice(before, 0, ...parseErrors(engine, ordered));
    return this.#manifests(root, rendered);
  }

  #renderTemplate(engine: Engine, renderable: Renderable): RenderedTemplate | undefined | 'stop' {
    const { name, file, basePath, data } = renderable;
    const { memo } = this.#options;
    // Parents can see it, so it is set for what need not be run again, too.
    if (data.entries instanceof TrackedMap) data.entries.put('Template', templateObject(name, basePath));
    try {
      const kept = memo?.find(name, engine.seeds, (other) => engine.treeOf(other));
      if (kept !== undefined && !this.#log.hasChanges) {
        engine.skip(kept.run);
        const { text, skipped, run, reads, manifests } = kept;
        return { renderable, text, skipped, noted: { run, reads }, manifests };
      }
      const { text, run } = engine.renderNoted(name, data);
      if (text === undefined) return undefined;
      const noted = memo && { run, reads: this.#log.take() };
      return { renderable, text, skipped: engine.skipped, noted, manifests: undefined };
    } catch (error) {
      if (error instanceof ExecError) {
        const innermost = [...error.chain()].findLast(({ site }) => site.file !== undefined) ?? error;
        this.#report('execution', execErrorMessage(error), innermost.site.file ?? file, innermost.site.range);
        return undefined;
      }
      if (!(error instanceof LimitError)) throw error;
      this.#report('limit', `${name}: ${error.message}`, file);
      return 'stop';
    } finally {
      this.#log.take();
    }
  }

  /** The documents that a template gives, and those that it should give; they are read again where they are other ones than before. */
  #manifestsOf({
    renderable: { name },
    text,
    skipped,
    noted,
    manifests,
  }: RenderedTemplate): KeptTemplate['manifests'] {
    const { memo } = this.#options;
    const before = memo?.before(name)?.manifests ?? [];
    const pieces = () => (name.endsWith('NOTES.txt') ? [] : splitManifests(text));
    const found =
      manifests ??
      pieces().flatMap((content, index) => {
        const known = before[index];
        const isKnown = known !== undefined && !isProblem(known) && known.content.text === content.text;
        return (isKnown ? { ...known, content } : readManifest(name, content)) ?? [];
      });
    if (noted !== undefined) memo?.keep(name, { ...noted, text, skipped, manifests: found });
    return found;
  }

  #manifests(root: ActiveChart, rendered: readonly RenderedTemplate[]): RenderResult {
    const manifests: Manifest[] = [];
    const templates = new Map(rendered.map((template) => [template.renderable.name, template]));
    for (const template of rendered.toSorted((a, b) =>
      compareStrings(a.renderable.name, b.renderable.name),
    )) {
      const { renderable } = template;
      for (const manifest of this.#manifestsOf(template)) {
        if (isProblem(manifest)) {
          const { content } = manifest;
          const offset = Math.min(manifest.offset, content.text.length - 1);
          this.#broken.add(renderable.file);
          const origin = manifest.content.spanAt(offset)?.trace[0];
          this.#errors.push({
            kind: 'manifest',
            message: manifest.message,
            file: origin?.file ?? renderable.file,
            range: origin?.range,
            line: lineAt(content.text, offset),
          });
        } else manifests.push(manifest);
      }
    }
    this.#options.memo?.end(!this.#log.hasChanges);
    const sorted = sortByKind(manifests.filter(({ isHook }) => !isHook));
    const hooks = sortByKind(manifests.filter(({ isHook }) => isHook));
    const crds = this.#options.includeCrds === true ? crdFiles(root, root.name) : [];
    const documents = [...sorted, ...hooks].map(
      (manifest): RenderedDocument => ({
        path: manifest.path,
        file: templates.get(manifest.path)?.renderable.file ?? manifest.path,
        text: manifest.content.text,
        kind: manifest.kind,
        isHook: manifest.isHook,
        trace: new DocumentTrace(manifest.content),
        skipped: templates.get(manifest.path)?.skipped ?? [],
      }),
    );
    const errors = this.#errors;
    return {
      documents,
      get output() {
        if (errors.length > 0) return '';
        return printed(crds, sorted, hooks);
      },
      errors,
      broken: this.#broken,
    };
  }
}

function lineAt(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, end === -1 ? text.length : end);
}

function parseErrors({ failures }: Engine, parsed: readonly TemplateSource[]): HelmError[] {
  return parsed
    .flatMap((source) => failures.filter((failure) => failure.source === source))
    .map((failure) => ({
      kind: 'parse',
      message: parseErrorMessage(failure),
      file: failure.source.file,
      range: failure.problem.range,
    }));
}

function depthOf(name: string): number {
  let depth = 0;
  for (let at = name.indexOf('/'); at !== -1; at = name.indexOf('/', at + 1)) depth++;
  return depth;
}

/** All templates that are rendered, those of dependencies too. */
function templatesOf(chart: Chart): string[] {
  const own = chart.templates.filter((file) => !baseName(file).startsWith('_')).map(({ file }) => file);
  return [...own, ...chart.dependencies.flatMap(templatesOf)];
}

function baseName({ name }: ChartFile): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
