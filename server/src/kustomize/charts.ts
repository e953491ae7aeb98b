import {
  type FileContents,
  loadChart,
  type RenderedDocument,
  renderChart,
  type ValuesFile,
} from '../helm/index.ts';
import type { Trace } from '../helm/trace/origin.ts';
import type { Value } from '../syntax/values.ts';
import { contentsText, fileText, type SourceDocument, type SourceText } from './documents.ts';
import { at, type MapNode, type Node, textOf } from './node.ts';
import { BuildError } from './problems.ts';
import { resourcesIn } from './read-resources.ts';
import { type BuildResource, metadataTexts } from './resource.ts';

/** The files of a build. */
export interface KustomizeFiles {
  get(path: string): FileContents | undefined;
  /** @param folder whose files are wanted, with those of the folders in it; others may be among them */
  keys(folder?: string): Iterable<string>;
}

export interface ChartEntry {
  /** An entry of `helmCharts`. */
  readonly args: MapNode;
  readonly value: Value | undefined;
  readonly document: SourceDocument;
  /** `helmGlobals` of the kustomization. */
  readonly globals: Node | undefined;
  /** What the kustomizations around it put resources into. */
  readonly namespace: string | undefined;
  /** Joins a path to the folder of the kustomization; undefined when it leads out of the files. */
  readonly resolve: (path: string) => string | undefined;
}

/** Marks paths that start at the root of the files rather than at the chart. */
const FROM_ROOT = '//';

/**
 * Renders a chart that stands in the files.
 *
 * @throws {BuildError} when it is not there, or does not render
 */
export function renderEntry(entry: ChartEntry, files: KustomizeFiles): BuildResource[] {
  const { args, resolve } = entry;
  const field = (name: string) => textOf(args.get(name)) ?? '';
  const [name, version, repo] = [field('name'), field('version'), field('repo')];
  const home = textOf(at(entry.globals, 'chartHome')) ?? 'charts';
  const inner = version !== '' && repo !== '' ? `${home}/${name}-${version}/${name}` : `${home}/${name}`;
  const folder = resolve(inner);
  const chartFiles = folder === undefined ? new Map() : filesBelow(files, folder);
  if (name === '' || folder === undefined || !chartFiles.has('Chart.yaml')) {
    const kind = repo === '' ? 'missing-file' : 'remote';
    throw new BuildError(
      kind,
      `The chart "${name}" is not among the files, so that it is not rendered.`,
      args.trace,
    );
  }
  const { chart, errors } = loadChart(chartFiles);
  const rendered =
    chart &&
    renderChart(chart, {
      values: valuesFor(entry, files, `${folder}/values.yaml`),
      release: {
        name: field('releaseName') || field('nameTemplate') || 'release-name',
        ...(field('namespace') || entry.namespace
          ? { namespace: field('namespace') || entry.namespace || '' }
          : {}),
      },
      apiVersions: textsIn(args.get('apiVersions')),
      ...(field('kubeVersion') === '' ? {} : { kubeVersion: field('kubeVersion') }),
    });
  const error = [...errors, ...(rendered?.errors ?? [])][0];
  if (rendered === undefined || error !== undefined)
    throw new BuildError(
      'chart',
      `The chart "${name}" does not render: ${error?.message ?? 'it cannot be read'}`,
      args.trace,
    );
  const isSkipped = skippedHooks(args);
  const crds = field('includeCRDs') === 'true' ? crdsIn(chartFiles, folder) : [];
  const resources = rendered.documents
    .filter((document) => document.text.trim() !== '')
    .flatMap((document) => resourcesIn(sourceOf(document, folder)))
    .filter((resource) => !isSkipped(resource));
  return [...crds, ...resources];
}

const CRD_FILE = /^(?:charts\/[^/]+\/)*crds\/.+\.(?:ya?ml|json)$/;

/** The definitions of custom resources, which Helm takes as they are. */
function crdsIn(chartFiles: ReadonlyMap<string, FileContents>, folder: string): BuildResource[] {
  return [...chartFiles].flatMap(([path, contents]) =>
    CRD_FILE.test(path) ? resourcesIn(fileText(`${folder}/${path}`, contentsText(contents), 'manifest')) : [],
  );
}

function filesBelow(files: KustomizeFiles, folder: string): Map<string, FileContents> {
  const found = new Map<string, FileContents>();
  const prefix = `${folder}/`;
  for (const path of files.keys(folder)) {
    const contents = path.startsWith(prefix) ? files.get(path) : undefined;
    if (contents !== undefined) found.set(path.slice(prefix.length), contents);
  }
  return found;
}

function textsIn(node: Node | undefined): string[] {
  return node?.kind === 'list' ? node.items.flatMap((item) => textOf(item) ?? []) : [];
}

/** The values in the order in which they win: later ones do. */
function valuesFor(entry: ChartEntry, files: KustomizeFiles, ownValues: string): ValuesFile[] {
  const { args, resolve } = entry;
  const fileAt = (path: string | undefined, node: Node | undefined): ValuesFile[] => {
    const contents = path === undefined ? undefined : files.get(path);
    if (contents === undefined) {
      if (node === undefined) return [];
      throw new BuildError('missing-file', `There is no file "${textOf(node)}".`, node.trace);
    }
    return [{ file: FROM_ROOT + path, text: contentsText(contents) }];
  };
  const valuesFile = args.get('valuesFile');
  const given = textOf(valuesFile);
  const main = given ? fileAt(resolve(given), valuesFile) : fileAt(ownValues, undefined);
  const inline = inlineValues(entry);
  const merge = textOf(args.get('valuesMerge')) ?? 'override';
  const first =
    inline.length === 0 || merge === 'override'
      ? [...main, ...inline]
      : merge === 'merge'
        ? [...inline, ...main]
        : inline;
  const additional = args.get('additionalValuesFiles');
  const more = additional?.kind === 'list' ? additional.items : [];
  return [...first, ...more.flatMap((item) => fileAt(resolve(textOf(item) ?? ''), item))];
}

/** `valuesInline` as a values file of its own, in which everything stands where it stands in the kustomization. */
function inlineValues({ value, document }: ChartEntry): ValuesFile[] {
  const inline = value?.get('valuesInline');
  if (inline?.kind !== 'map' || inline.entries.length === 0) return [];
  const { start, end } = inline.range;
  const lineStart = document.text.lastIndexOf('\n', start - 1) + 1;
  const blank = (text: string) => text.replaceAll(/[^\r\n]/g, ' ');
  const before = document.source.text.slice(0, document.start) + document.text.slice(0, lineStart);
  const text = blank(before) + blank(document.text.slice(lineStart, start)) + document.text.slice(start, end);
  return [{ file: FROM_ROOT + document.source.file, text }];
}

function skippedHooks(args: MapNode): (resource: BuildResource) => boolean {
  const isSet = (field: string) => textOf(args.get(field)) === 'true';
  const [skipsHooks, skipsTests] = [isSet('skipHooks'), isSet('skipTests')];
  return ({ root }) => {
    const hooks = metadataTexts(root, 'annotations').get('helm.sh/hook');
    if (hooks === undefined) return false;
    return skipsHooks || (skipsTests && hooks.split(',').some((hook) => hook.trim().startsWith('test')));
  };
}

function sourceOf({ file, text, trace }: RenderedDocument, folder: string): SourceText {
  return {
    file: `${folder}/${file}`,
    kind: 'template',
    text,
    path: [],
    placeOf: (range) => range,
    traceOf: ({ start, end }) => inFiles(trace.originsIn(start, end), folder),
  };
}

/** Origins of a chart, seen from the root of the files. */
function inFiles(trace: Trace, folder: string): Trace {
  return trace.map(({ kind, file, range, keyRange, path }) => ({
    ...{ kind, range, keyRange, path },
    file: file.startsWith(FROM_ROOT) ? file.slice(FROM_ROOT.length) : `${folder}/${file}`,
  }));
}
