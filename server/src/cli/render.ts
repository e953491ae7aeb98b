import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { renderCommand, type ValuesFile } from '../helm/index.ts';
import { ChartError, readChartFiles } from './chart-files.ts';
import { type RenderArguments, readRenderArguments } from './render-arguments.ts';
import { RENDER_HELP } from './render-help.ts';

/** What `render` takes from its surroundings besides files. */
export interface RenderHost {
  readonly workingFolder: string;
  readonly version: string;
  readonly standardInput: Uint8Array;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly writeOutput: (text: string) => void;
  readonly writeError: (text: string) => void;
}

/**
 * Runs `render`. `args` are those behind it.
 *
 * @returns 0 when the chart renders, else 1, as `helm template` does.
 * @throws {UsageError}
 */
export function runRender(args: readonly string[], host: RenderHost): 0 | 1 {
  const options = readRenderArguments(args);
  if (options === 'help' || options === 'version') {
    host.writeOutput(options === 'help' ? RENDER_HELP : `${host.version}\n`);
    return 0;
  }
  try {
    return render(options, host);
  } catch (error) {
    if (!(error instanceof ChartError)) throw error;
    host.writeError(`Error: ${error.message}\n`);
    return 1;
  }
}

function render(options: RenderArguments, host: RenderHost): 0 | 1 {
  const { workingFolder, standardInput } = host;
  const { files, notes } = readChartFiles(options.chart, workingFolder);
  for (const note of notes) host.writeError(`${note}\n`);
  const values = options.valuesFiles.map((file): ValuesFile => {
    const text = file === '-' ? new TextDecoder().decode(standardInput) : readGiven(file, workingFolder);
    return { file, text };
  });
  const { name, namespace, kubeVersion, set, apiVersions, includeCrds, showOnly } = options;
  const { exitCode, output, error } = renderCommand({
    files,
    values,
    set,
    readFile: (file) => readGiven(file, workingFolder, '--set-file'),
    release: { ...(name !== undefined && { name }), ...(namespace !== undefined && { namespace }) },
    ...(kubeVersion !== undefined && { kubeVersion }),
    apiVersions,
    includeCrds,
    showOnly,
    now: host.now,
  });
  host.writeError(error);
  host.writeOutput(output);
  return exitCode;
}

/**
 * A file that the command line names.
 *
 * @param flag The flag whose data names it.
 * @throws {ChartError}
 */
function readGiven(file: string, workingFolder: string, flag?: string): string {
  try {
    return readFileSync(resolve(workingFolder, file), 'utf8');
  } catch (error) {
    const reason = `${flag === undefined ? '' : `failed parsing ${flag} data: `}${goMessage(error, file)}`;
    throw new ChartError(reason);
  }
}

/** Go's words for a file that cannot be read. */
function goMessage(error: unknown, file: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EISDIR') return `read ${file}: is a directory`;
  if (code === 'EACCES') return `open ${file}: permission denied`;
  return `open ${file}: no such file or directory`;
}
