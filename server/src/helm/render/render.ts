import {
  DEFAULT_KUBE_VERSION,
  type KubeVersion,
  parseKubeVersion,
  type Release,
} from '../chart/capabilities.ts';
import type { Chart } from '../chart/chart.ts';
import { coalesceValues } from '../chart/coalesce.ts';
import { type ActiveChart, activateDependencies } from '../chart/dependencies.ts';
import { templateObject } from '../chart/objects.ts';
import { checkSchemas } from '../chart/schema.ts';
import { ValuesError } from '../chart/values-file.ts';
import type { HelmError } from '../errors.ts';
import { ExecError, LimitError } from '../template/errors.ts';
import { type Pieces, runInPieces } from '../template/pieces.ts';
import { ReadLog, TrackedMap, tracked } from '../value/tracked-map.ts';
import { type Dict, Str } from '../value/value.ts';
import { documentsOf, type RenderedTemplate, sortedManifests } from './documents.ts';
import { Engine, type Rendered } from './engine.ts';
import { givenValues } from './given-values.ts';
import { installProblems } from './installable.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import type { KeptTemplate, NotedTemplate } from './memo.ts';
import { execErrorMessage, parseErrorMessage } from './messages.ts';
import type { RenderOptions, RenderResult } from './options.ts';
import { crdFiles, printed } from './output.ts';
import { PieceRecorder } from './piece-recorder.ts';
import { inOrderOfExecution, isPartial, type Renderable, renderablesOf, templatesOf } from './renderable.ts';

/** 1 January 2000, so that renderings do not change with the time of day. */
const DEFAULT_NOW = Date.UTC(2000, 0, 1);

const NO_TEXT = new Str('', []);

/** Renders a chart as `helm template` does. Never throws for what a chart or its values contain. */
export function renderChart(chart: Chart, options: RenderOptions = {}): RenderResult {
  return new Rendering(chart, options).run();
}

class Rendering {
  readonly #chart: Chart;
  readonly #options: RenderOptions;
  readonly #errors: HelmError[] = [];
  readonly #broken = new Set<string>();
  readonly #log = new ReadLog();

  constructor(chart: Chart, options: RenderOptions) {
    this.#chart = chart;
    this.#options = options;
  }

  run(): RenderResult {
    const kubeVersion = this.#options.kubeVersion ?? DEFAULT_KUBE_VERSION;
    const kube = parseKubeVersion(kubeVersion);
    if (kube === undefined) {
      return this.#failed(
        `invalid kube version '${kubeVersion}': could not parse "${kubeVersion}" as version`,
      );
    }
    const release = releaseOf(this.#options);
    const given = givenValues(this.#options, this.#errors);
    this.#errors.push(...installProblems(this.#chart, kube, release));
    try {
      const root = activateDependencies(this.#chart, given);
      const values = coalesceValues(root, given);
      this.#errors.push(...checkSchemas(root, values));
      const rendered = this.#execute(this.#prepare(root, values, kube, release));
      return this.#result(root, rendered);
    } catch (error) {
      if (!(error instanceof ValuesError)) throw error;
      return this.#failed(error.message, error.file, error.range);
    }
  }

  /** Nothing can be rendered. */
  #failed(message: string, file?: string, range?: HelmError['range']): RenderResult {
    this.#errors.push({ kind: 'values', message, file, range });
    return {
      documents: [],
      print: () => '',
      errors: this.#errors,
      broken: new Set(templatesOf(this.#chart)),
    };
  }

  /** All templates in the order in which they run. */
  #prepare(root: ActiveChart, values: Dict, kube: KubeVersion, release: Release): readonly Renderable[] {
    const { memo, apiVersions = [] } = this.#options;
    const given = memo === undefined ? values : tracked(values, '', this.#log);
    const { templates, files } = renderablesOf(root, given, { kube, release, apiVersions }, this.#log);
    memo?.begin({ values, files });
    return inOrderOfExecution(templates);
  }

  #execute(templates: readonly Renderable[]): RenderedTemplate[] {
    const { isTraced, observe, cache, limits, now = DEFAULT_NOW } = this.#options;
    const engine = new Engine(cache, { ...DEFAULT_LIMITS, ...limits }, now, { isTraced, observe });
    for (const template of templates) engine.add(template);
    this.#log.take();
    const before = this.#errors.length;
    const rendered: RenderedTemplate[] = [];
    for (const template of templates) {
      if (isPartial(template.name)) continue;
      const result = this.#renderTemplate(engine, template);
      if (result === undefined) this.#broken.add(template.file);
      else rendered.push(result);
    }
    // Helm parses everything before it runs anything.
    this.#errors.splice(before, 0, ...parseErrors(engine, templates));
    return rendered;
  }

  /** Undefined when the template fails. */
  #renderTemplate(engine: Engine, renderable: Renderable): RenderedTemplate | undefined {
    const { name, basePath, data } = renderable;
    const { memo } = this.#options;
    // Parents can see it, so it is set for what need not be run again, too.
    if (data.entries instanceof TrackedMap) data.entries.put('Template', templateObject(name, basePath));
    const kept = this.#log.hasChanges
      ? undefined
      : memo?.find(name, engine.seeds, (other) => engine.treeOf(other));
    if (kept !== undefined && engine.comesAsFar(kept.run, kept.failure instanceof LimitError)) {
      engine.skip(kept.run);
      const { text, skipped, run, reads, pieces, manifests, failure } = kept;
      if (failure !== undefined) return this.#failedTemplate(renderable, kept, failure);
      return { renderable, text, skipped, noted: { run, reads, pieces }, manifests };
    }
    const { text, failure, noted } = this.#run(engine, name, data);
    const { skipped } = engine;
    if (failure !== undefined) {
      return this.#failedTemplate(renderable, { ...noted, text: NO_TEXT, skipped, manifests: [] }, failure);
    }
    if (text === undefined) return undefined;
    return { renderable, text, skipped, noted: memo && noted, manifests: undefined };
  }

  /** Runs a template; of one that was run before, the nodes that read something else. */
  #run(
    engine: Engine,
    name: string,
    data: Dict,
  ): Pick<Rendered, 'text' | 'failure'> & { noted: NotedTemplate } {
    const { memo, observe } = this.#options;
    if (memo?.isInPieces !== true || observe !== undefined) {
      const { run, ...rendered } = engine.renderNoted(name, data);
      return { ...rendered, noted: { run, reads: this.#log.take() } };
    }
    const before = this.#log.hasChanges ? undefined : memo.findPart(name, (other) => engine.treeOf(other));
    const recorder = new PieceRecorder(engine, memo, this.#log);
    let pieces: Pieces | undefined;
    const { run, ...rendered } = engine.renderNoted(name, data, (execution) => {
      pieces = runInPieces(execution, data, recorder, before?.pieces);
    });
    // Nodes that were not run have looked up templates, too.
    const trees = new Map([...(before?.run.trees ?? []), ...run.trees]);
    const reads = pieces === undefined ? recorder.reads : this.#log.take();
    return { ...rendered, noted: { run: { ...run, trees }, reads, pieces } };
  }

  /** Others go on. */
  #failedTemplate(
    { name, file }: Renderable,
    kept: KeptTemplate,
    failure: ExecError | LimitError,
  ): undefined {
    this.#options.memo?.keep(name, { ...kept, failure });
    this.#errors.push(
      failure instanceof ExecError
        ? executionError(failure, file)
        : { kind: 'limit', message: `${name}: ${failure.message}`, file, range: undefined },
    );
    return undefined;
  }

  #result(root: ActiveChart, rendered: readonly RenderedTemplate[]): RenderResult {
    const { manifests, hooks, problems } = sortedManifests(rendered, this.#options.memo);
    this.#options.memo?.end(!this.#log.hasChanges);
    for (const { file, error } of problems) {
      this.#broken.add(file);
      this.#errors.push(error);
    }
    const crds = this.#options.includeCrds === true ? crdFiles(root, root.name) : [];
    const errors = this.#errors;
    return {
      documents: documentsOf([...manifests, ...hooks], rendered),
      print: () => (errors.length > 0 ? '' : printed(crds, manifests, hooks)),
      errors,
      broken: this.#broken,
    };
  }
}

function releaseOf({ release = {} }: RenderOptions): Release {
  return {
    name: release.name ?? 'release-name',
    namespace: release.namespace ?? 'default',
    isUpgrade: release.isUpgrade ?? false,
    revision: release.revision ?? 1,
  };
}

/** Told where the innermost template that has a file of its own failed. */
function executionError(error: ExecError, file: string): HelmError {
  const innermost = [...error.chain()].findLast(({ site }) => site.file !== undefined) ?? error;
  const { site } = innermost;
  return { kind: 'execution', message: execErrorMessage(error), file: site.file ?? file, range: site.range };
}

function parseErrors({ failures }: Engine, parsed: readonly Renderable[]): HelmError[] {
  return parsed
    .flatMap((template) => failures.filter(({ source }) => source === template))
    .map((failure) => ({
      kind: 'parse',
      message: parseErrorMessage(failure),
      file: failure.source.file,
      range: failure.problem.range,
    }));
}
