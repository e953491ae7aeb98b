import type { HelmError } from '../errors.ts';
import { parseVersion } from '../functions/semver.ts';
import { decodeUtf8 } from '../go/utf8.ts';
import { Dict } from '../value/value.ts';
import { ArchiveError, unpackChart } from './archive.ts';
import type { Chart, ChartFile, LoadedChart } from './chart.ts';
import { fileFilter, parseIgnoreRules } from './ignore.ts';
import type { KeptValues } from './kept-values.ts';
import {
  type Dependency,
  fieldText,
  type Metadata,
  MetadataError,
  readMetadata,
  readRequirements,
} from './metadata.ts';
import { loadValues, ValuesError } from './values-file.ts';

/** Text, or bytes for files that are not UTF-8 (packed charts among them). */
export type FileContents = string | Uint8Array;

const BYTE_ORDER_MARK = '\ufeff';

/**
 * Loads a chart from its files, as Helm loads a folder.
 *
 * @param files Contents by path from the chart's folder, with `/` between folders. Those whose paths lead out of it, such as the values of an
 *   environment, are none of the chart's.
 * @param kept Values files as they were before, for charts that are loaded after each edit.
 */
export function loadChart(files: ReadonlyMap<string, FileContents>, kept?: KeptValues): LoadedChart {
  const loader = new Loader(kept);
  const ignoreText = files.get('.helmignore');
  const rules = parseIgnoreRules(ignoreText === undefined ? '' : textOf(ignoreText));
  if (rules.problem !== undefined) loader.report('chart', rules.problem, '.helmignore');
  const isLoaded = fileFilter(rules);
  const loaded = [...files]
    .filter(([path]) => !path.startsWith('../') && isLoaded(path))
    .map(([path, data]): ChartFile => ({ name: path, file: path, data: withoutMark(data) }));
  const chart = loader.load(loaded, '');
  return { chart, errors: loader.errors };
}

export function textOf(data: FileContents): string {
  return typeof data === 'string' ? data : decodeUtf8(data);
}

function withoutMark(data: FileContents): FileContents {
  if (typeof data === 'string') return data.startsWith(BYTE_ORDER_MARK) ? data.slice(1) : data;
  return data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf ? data.subarray(3) : data;
}

/** Charts nested deeper than this are not loaded. */
const MAX_DEPTH = 20;

class Loader {
  readonly errors: HelmError[] = [];
  readonly #kept: KeptValues | undefined;
  /** What Helm puts before errors of the dependency that is being loaded. */
  #context = '';

  constructor(kept: KeptValues | undefined) {
    this.#kept = kept;
  }

  report(kind: HelmError['kind'], message: string, file: string, range?: HelmError['range']): void {
    this.errors.push({ kind, message: this.#context + message, file, range });
  }

  load(files: readonly ChartFile[], folder: string, depth = 0): Chart | undefined {
    const metadata = this.#metadata(files, folder);
    if (metadata === undefined) return undefined;
    const templates: ChartFile[] = [];
    const others: ChartFile[] = [];
    const packed = new Map<string, ChartFile[]>();
    let values = new Dict(new Map(), 'map[string]interface {}', [
      { kind: 'value', file: `${folder}values.yaml`, path: [] },
    ]);
    let schema: ChartFile | undefined;
    for (const file of files) {
      const { name } = file;
      if (name === 'values.yaml') values = this.#values(file) ?? values;
      else if (name === 'values.schema.json') schema = file;
      else if (name.startsWith('templates/')) templates.push(file);
      else if (name.startsWith('charts/') && !name.endsWith('.prov')) {
        const key = name.split('/')[1] ?? '';
        packed.set(key, [...(packed.get(key) ?? []), file]);
      } else if (!isOwnFile(name, fieldText(metadata, 'apiVersion'))) others.push(file);
    }
    const dependencies = this.#subcharts(packed, metadata, depth);
    return { metadata, folder, templates, files: others, values, schema, dependencies };
  }

  #metadata(files: readonly ChartFile[], folder: string): Metadata | undefined {
    const file = files.find(({ name }) => name === 'Chart.yaml');
    if (file === undefined) {
      this.report('chart', 'Chart.yaml file is missing', `${folder}Chart.yaml`);
      return undefined;
    }
    try {
      const metadata = readMetadata(textOf(file.data), file.file);
      const requirements = files.find(({ name }) => name === 'requirements.yaml');
      const dependencies: readonly Dependency[] =
        requirements === undefined
          ? metadata.dependencies
          : mergeRequirements(metadata, readRequirements(textOf(requirements.data), requirements.file));
      const whole = { ...metadata, dependencies };
      const problem = validate(whole);
      if (problem !== undefined) this.report('chart', `validation: ${problem}`, file.file);
      return whole;
    } catch (error) {
      if (!(error instanceof MetadataError)) throw error;
      this.report('chart', error.message, file.file, error.range);
      return undefined;
    }
  }

  #values(file: ChartFile): Dict | undefined {
    try {
      const source = { file: file.file, text: textOf(file.data) };
      return this.#kept === undefined ? loadValues(source) : this.#kept.load(source);
    } catch (error) {
      if (!(error instanceof ValuesError)) throw error;
      this.report('values', `cannot load values.yaml: ${error.message}`, file.file, error.range);
      return undefined;
    }
  }

  #subcharts(packed: ReadonlyMap<string, ChartFile[]>, parent: Metadata, depth: number): Chart[] {
    const charts: Chart[] = [];
    for (const [key, files] of [...packed].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (key.startsWith('_') || key.startsWith('.') || depth >= MAX_DEPTH) continue;
      const outer = this.#context;
      this.#context += `error unpacking subchart ${key} in ${fieldText(parent, 'name')}: `;
      const chart = key.endsWith('.tgz')
        ? this.#packedChart(files, depth)
        : this.#folderChart(key, files, depth);
      this.#context = outer;
      if (chart !== undefined) charts.push(chart);
    }
    return charts;
  }

  #folderChart(key: string, files: readonly ChartFile[], depth: number): Chart | undefined {
    const prefix = `charts/${key}/`;
    const inner = files
      .filter(({ name }) => name.startsWith(prefix))
      .map((file) => ({ ...file, name: file.name.slice(prefix.length) }));
    const [first] = files;
    const folder =
      first === undefined ? prefix : `${first.file.slice(0, first.file.length - first.name.length)}${prefix}`;
    return this.load(inner, folder, depth + 1);
  }

  #packedChart(files: readonly ChartFile[], depth: number): Chart | undefined {
    const [archive] = files;
    if (archive === undefined) return undefined;
    if (typeof archive.data === 'string') {
      this.report('chart', 'gzip: invalid header', archive.file);
      return undefined;
    }
    try {
      const inner = [...unpackChart(archive.data)].map(
        ([name, data]): ChartFile => ({ name, file: `${archive.file}/${name}`, data: withoutMark(data) }),
      );
      return this.load(inner, `${archive.file}/`, depth + 1);
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      this.report('chart', error.message, archive.file);
      return undefined;
    }
  }
}

/** Files that Helm reads itself and does not show to templates. */
function isOwnFile(name: string, apiVersion: string): boolean {
  if (name === 'Chart.yaml' || name === 'Chart.lock') return true;
  return (name === 'requirements.yaml' || name === 'requirements.lock') && apiVersion !== 'v1';
}

function mergeRequirements(metadata: Metadata, requirements: readonly Dependency[]): readonly Dependency[] {
  return requirements.length > 0 ? requirements : metadata.dependencies;
}

/** What Helm demands of Chart.yaml. */
function validate(metadata: Metadata): string | undefined {
  const name = fieldText(metadata, 'name');
  const version = fieldText(metadata, 'version');
  const type = fieldText(metadata, 'type');
  if (name === '') return 'chart.metadata.name is required';
  if (name.includes('/') || name === '.' || name === '..') {
    return `chart.metadata.name ${JSON.stringify(name)} is invalid`;
  }
  if (version === '') return 'chart.metadata.version is required';
  if (typeof parseVersion(version) === 'string') {
    return `chart.metadata.version ${JSON.stringify(version)} is invalid`;
  }
  if (!['', 'application', 'library'].includes(type)) {
    return 'chart.metadata.type must be application or library';
  }
  const names = new Set<string>();
  for (const dependency of metadata.dependencies) {
    if (dependency.alias !== '' && !/^[a-zA-Z0-9_-]+$/.test(dependency.alias)) {
      return `dependency ${JSON.stringify(dependency.name)} has disallowed characters in the alias`;
    }
    const key = dependency.alias || dependency.name;
    if (names.has(key)) return `more than one dependency with name or alias ${JSON.stringify(key)}`;
    names.add(key);
  }
  return undefined;
}
