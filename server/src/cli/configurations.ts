import { readFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { URI } from 'vscode-uri';
import type { Configuration } from '../engine/configuration.ts';
import { readConfigurationFile } from '../engine/configuration-file.ts';
import { evidenceFindings } from '../engine/evidence.ts';
import type { KubernetesSchemas } from '../kubernetes/schema/schemas.ts';
import type { CheckedFile, RunProblem } from '../report/run.ts';
import type { Rule } from '../rules/rule.ts';
import { LineIndex } from '../syntax/lines.ts';
import { type ConfigurationSource, Configurations } from '../workspace/configurations.ts';
import { ContainedChecker } from '../workspace/contained-checker.ts';
import { NodeFileSystem } from '../workspace/node-file-system.ts';
import { statedUnits } from '../workspace/units.ts';
import { childUri } from '../workspace/uris.ts';
import { codeOf } from './find-files.ts';
import { UsageError } from './options.ts';

export interface ConfigurationOptions {
  readonly workingFolder: string;
  readonly rules: readonly Rule[];
  readonly schemas: KubernetesSchemas | undefined;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** The configuration file for everything; absent: the nearest one upward of each folder. */
  readonly config: string | undefined;
  /** `major.minor`; wins over the configuration file. */
  readonly kubeVersion: string | undefined;
  readonly onProblem: (problem: RunProblem) => void;
  /** Told of each configuration file in which something no longer counts as evidence. */
  readonly onEvidence?: (file: CheckedFile) => void;
}

/** A configuration and the checker that follows it. */
export interface ConfiguredChecker {
  readonly configuration: Configuration;
  readonly checker: ContainedChecker;
  /** Folders that deploy apart from each other, by absolute path. */
  readonly units: readonly string[];
  /** The configuration file, as reports show it; undefined where there is none. */
  readonly path: string | undefined;
}

/**
 * The checkers of some folders (absolute paths), each with the configuration that counts there. What is wrong in configuration files is told
 * once each.
 *
 * @throws {UsageError} when the file that was named cannot be read
 */
export async function checkersFor(
  folders: Iterable<string>,
  options: ConfigurationOptions,
): Promise<ReadonlyMap<string, ConfiguredChecker>> {
  const configurations = new Configurations(new NodeFileSystem(), options.rules);
  const named = options.config === undefined ? undefined : await readNamed(options.config, options);
  const checkers = new Map<string, ConfiguredChecker>();
  const byConfiguration = new Map<Configuration, ConfiguredChecker>();
  const told = new Set<string>();
  for (const folder of new Set(folders)) {
    const inFolder = childUri(URI.file(folder).toString(), 'any');
    const source = named ?? (await configurations.sourceOf(inFolder));
    if (source !== undefined && !told.has(source.uri)) tellProblems(source, options);
    if (source !== undefined) told.add(source.uri);
    const configuration = configurations.merged(source, {});
    const checker = byConfiguration.get(configuration) ?? {
      ...checkerWith(configuration, options),
      units: unitsOf(source),
      path: source === undefined ? undefined : shownPath(source, options),
    };
    byConfiguration.set(configuration, checker);
    checkers.set(folder, checker);
  }
  return checkers;
}

async function readNamed(
  path: string,
  { workingFolder, rules }: ConfigurationOptions,
): Promise<ConfigurationSource> {
  const file = resolve(workingFolder, path);
  try {
    const text = readFileSync(file, 'utf8');
    const uri = URI.file(file).toString();
    return { uri, text, file: await readConfigurationFile(text, rules), skipped: undefined };
  } catch (error) {
    throw new UsageError(`${path}: The configuration file cannot be read${codeOf(error)}.`);
  }
}

function tellProblems(source: ConfigurationSource, options: ConfigurationOptions): void {
  const { rules, today, onProblem, onEvidence } = options;
  const path = shownPath(source, options);
  if (source.skipped !== undefined) {
    onProblem({
      level: 'error',
      path,
      message: `The configuration file cannot be read (${source.skipped}).`,
    });
  }
  const lines = new LineIndex(source.text);
  for (const { message, range } of source.file.problems) {
    onProblem({ level: 'error', path, position: lines.positionAt(range.start), message });
  }
  const findings = evidenceFindings(source.file, rules, today).map((finding) => {
    const { range } = finding;
    const place = { range, start: lines.positionAt(range.start), end: lines.positionAt(range.end) };
    return { finding, place, related: [], fixes: [] };
  });
  if (findings.length > 0) onEvidence?.({ path, text: source.text, findings });
}

function shownPath({ uri }: ConfigurationSource, { workingFolder }: ConfigurationOptions): string {
  return relative(workingFolder, URI.parse(uri).fsPath).split(sep).join('/');
}

function unitsOf(source: ConfigurationSource | undefined): string[] {
  if (source === undefined) return [];
  const folder = dirname(URI.parse(source.uri).fsPath);
  return statedUnits(source.file.values.units ?? [], (path) => resolve(folder, path));
}

function checkerWith(
  fromFile: Configuration,
  options: ConfigurationOptions,
): Omit<ConfiguredChecker, 'units' | 'path'> {
  const { rules, schemas, today, kubeVersion } = options;
  const kubernetesVersion = kubeVersion ?? fromFile.settings.kubernetesVersion;
  const configuration = { ...fromFile, settings: { ...fromFile.settings, kubernetesVersion } };
  // Which rule failed in which file is asked of the checker; the error itself may quote the file.
  const checker = new ContainedChecker({ rules, schemas, configuration, today }, () => {});
  return { configuration, checker };
}
