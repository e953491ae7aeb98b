import { compileFileMatch } from './chart/glob.ts';
import { type FileContents, loadChart } from './chart/load.ts';
import type { HelmError } from './errors.ts';
import { splitManifests } from './render/manifests.ts';
import type { RenderOptions } from './render/options.ts';
import { renderChart } from './render/render.ts';
import { Str } from './trace/text.ts';

/** What `render CHART …` was asked for. */
export interface RenderCommand extends Omit<RenderOptions, 'isTraced'> {
  /** The chart's files by their path from its folder. */
  readonly files: ReadonlyMap<string, FileContents>;
  /** Templates to print alone, as patterns of paths in the chart: `templates/service.yaml`. */
  readonly showOnly?: readonly string[];
}

export interface RenderCommandResult {
  /** 0 when the chart renders, else 1: the exit codes of `helm template`. */
  readonly exitCode: 0 | 1;
  /** For standard output: byte for byte what `helm template` prints. */
  readonly output: string;
  /** For standard error: the first error in Helm's words, then the others. */
  readonly error: string;
}

/** What `helm template` would print for a chart. */
export function renderCommand({ files, showOnly = [], ...options }: RenderCommand): RenderCommandResult {
  const loaded = loadChart(files);
  const result =
    loaded.chart === undefined ? undefined : renderChart(loaded.chart, { ...options, isTraced: false });
  const errors = inHelmsOrder([...loaded.errors, ...(result?.errors ?? [])], files);
  if (result === undefined || errors.length > 0) {
    return { exitCode: 1, output: '', error: errors.map((message) => `Error: ${message}\n`).join('') };
  }
  if (showOnly.length === 0) return { exitCode: 0, output: result.print(), error: '' };
  return selectTemplates(result.print(), showOnly);
}

/** Helm reads what the user gives before it loads the chart, and joins all complaints of schemas into one. */
function inHelmsOrder(errors: readonly HelmError[], files: RenderCommand['files']): string[] {
  const isGiven = ({ kind, file }: HelmError) =>
    kind === 'values' && (file === undefined || !files.has(file));
  const sorted = [...errors.filter(isGiven), ...errors.filter((error) => !isGiven(error))];
  const first = sorted.find(({ kind }) => kind === 'schema');
  return sorted.flatMap((error) => {
    if (error.kind !== 'schema') return error.message;
    return error === first ? schemaMessage(sorted.filter(({ kind }) => kind === 'schema')) : [];
  });
}

function schemaMessage(errors: readonly HelmError[]): string {
  const complaints = new Map<string, string[]>();
  for (const { message } of errors) {
    const [chart = ''] = message.split(': ', 1);
    complaints.set(chart, [...(complaints.get(chart) ?? []), message.slice(chart.length + 2)]);
  }
  const blocks = [...complaints].map(
    ([chart, lines]) =>
      `${chart}:\n${lines.map((line) => (line.startsWith("at '") ? `- ${line}\n` : `${line}\n`)).join('')}`,
  );
  return `values don't meet the specifications of the schema(s) in the following chart(s):\n${blocks.join('')}`;
}

const SOURCE = /# Source: [^/]+\/(.+)/;

/** The documents of some templates, in the order of the patterns. */
function selectTemplates(output: string, patterns: readonly string[]): RenderCommandResult {
  const manifests = splitManifests(new Str(output, [])).map(({ text }) => text);
  let selected = '';
  for (const pattern of patterns) {
    const matches = compileFileMatch(pattern) ?? (() => false);
    const found = manifests.filter((text) => matches(SOURCE.exec(text)?.[1] ?? ''));
    if (found.length === 0) {
      return { exitCode: 1, output: '', error: `Error: could not find template ${pattern} in chart\n` };
    }
    selected += found.map((text) => `---\n${text}\n`).join('');
  }
  return { exitCode: 0, output: selected, error: '' };
}
