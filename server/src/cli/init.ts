import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { URI } from 'vscode-uri';
import { CONFIGURATION_FILE_NAME, CONFIGURATION_FILE_NAMES } from '../engine/configuration-file.ts';
import { proposedConfiguration } from '../scaffold/configuration.ts';
import { NodeFileSystem } from '../workspace/node-file-system.ts';
import { surveyFolders } from '../workspace/survey-folders.ts';
import { codeOf } from './find-files.ts';
import { UsageError } from './options.ts';

/** What this command takes from its surroundings besides files. */
export interface InitHost {
  readonly workingFolder: string;
  writeOutput(text: string): void;
}

/**
 * Writes a configuration file that fits the manifests in a folder, or prints it.
 *
 * @throws {UsageError} when the folder is none, or has a configuration file already
 */
export async function runInit(
  { folder, dryRun }: { readonly folder: string; readonly dryRun: boolean },
  { workingFolder, writeOutput }: InitHost,
): Promise<0> {
  const path = resolve(workingFolder, folder);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`${folder} is no folder.`);
  const text = proposedConfiguration(await surveyFolders(new NodeFileSystem(), [URI.file(path).toString()]));
  if (dryRun) {
    writeOutput(text);
    return 0;
  }
  const present = CONFIGURATION_FILE_NAMES.map((name) => join(path, name)).find((file) => existsSync(file));
  if (present !== undefined)
    throw new UsageError(
      `${present} is there already, and is left as it is. --dry-run prints what would be proposed.`,
    );
  const file = join(path, CONFIGURATION_FILE_NAME);
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw new UsageError(`${file} cannot be written${codeOf(error)}.`);
  }
  writeOutput(`${file} is written. Look at each of its proposals.\n`);
  return 0;
}
