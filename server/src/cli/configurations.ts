import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type Configuration, configurationFrom, DEFAULT_CONFIGURATION } from '../engine/configuration.ts';
import { CONFIGURATION_FILE_NAME, readConfigurationFile } from '../engine/configuration-file.ts';
import type { KubernetesSchemas } from '../kubernetes/schema/schemas.ts';
import type { RunProblem } from '../report/run.ts';
import type { Rule } from '../rules/rule.ts';
import { LineIndex } from '../syntax/lines.ts';
import { ContainedChecker } from '../workspace/file-checker.ts';
import { UsageError } from './arguments.ts';
import { codeOf } from './find-files.ts';

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
}

/** A configuration and the checker that follows it. */
export interface ConfiguredChecker {
  readonly configuration: Configuration;
  readonly checker: ContainedChecker;
}

/** The configuration of each folder: the file that was named, or the nearest one upward. */
export class Configurations {
  readonly #options: ConfigurationOptions;
  /** By configuration file; `undefined` for the defaults. */
  readonly #byFile = new Map<string | undefined, ConfiguredChecker>();
  /** The configuration file of each folder met. */
  readonly #files = new Map<string, string | undefined>();
  readonly #defaults: ConfiguredChecker;

  private constructor(options: ConfigurationOptions) {
    this.#options = options;
    this.#defaults = this.#checkerFor(DEFAULT_CONFIGURATION);
  }

  /**
   * Reads the configurations of some folders (absolute paths).
   *
   * @throws {UsageError} when the file that was named cannot be read
   */
  static async read(folders: readonly string[], options: ConfigurationOptions): Promise<Configurations> {
    const configurations = new Configurations(options);
    const files = new Set(folders.map((folder) => configurations.#fileOf(folder)));
    for (const file of files) {
      if (file !== undefined) configurations.#byFile.set(file, await configurations.#readFile(file));
    }
    return configurations;
  }

  /** The checker of a folder that was read. */
  of(folder: string): ConfiguredChecker {
    return this.#byFile.get(this.#fileOf(folder)) ?? this.#defaults;
  }

  #fileOf(folder: string): string | undefined {
    const { config, workingFolder } = this.#options;
    if (config !== undefined) return resolve(workingFolder, config);
    if (this.#files.has(folder)) return this.#files.get(folder);
    const here = join(folder, CONFIGURATION_FILE_NAME);
    const parent = dirname(folder);
    const file = existsSync(here) ? here : parent === folder ? undefined : this.#fileOf(parent);
    this.#files.set(folder, file);
    return file;
  }

  async #readFile(file: string): Promise<ConfiguredChecker> {
    const { config, rules, workingFolder, onProblem } = this.#options;
    const path = relative(workingFolder, file).split(sep).join('/');
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      const message = `The configuration file cannot be read${codeOf(error)}.`;
      if (config !== undefined) throw new UsageError(`${path}: ${message}`);
      onProblem({ level: 'error', path, message });
      return this.#defaults;
    }
    const { values, problems } = await readConfigurationFile(text, rules);
    const lines = new LineIndex(text);
    for (const { message, range } of problems) {
      onProblem({ level: 'error', path, position: lines.positionAt(range.start), message });
    }
    return this.#checkerFor(configurationFrom(values));
  }

  #checkerFor(fromFile: Configuration): ConfiguredChecker {
    const { rules, schemas, today, kubeVersion } = this.#options;
    const kubernetesVersion = kubeVersion ?? fromFile.settings.kubernetesVersion;
    const configuration = { ...fromFile, settings: { ...fromFile.settings, kubernetesVersion } };
    // Which rule failed in which file is asked of the checker; the error itself may quote the file.
    return {
      configuration,
      checker: new ContainedChecker({ rules, schemas, configuration, today }, () => {}),
    };
  }
}
