import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { URI } from 'vscode-uri';
import type { Rule } from '../rules/rule.ts';
import { NGINX_RETIRED } from '../scaffold/answers.ts';
import { type ScaffoldFile, scaffold } from '../scaffold/files.ts';
import type { AnswerLimits } from '../scaffold/read-answers.ts';
import { Configurations } from '../workspace/configurations.ts';
import { NodeFileSystem } from '../workspace/node-file-system.ts';
import { childUri } from '../workspace/uris.ts';
import { codeOf } from './find-files.ts';
import { UsageError } from './options.ts';
import { answersIn, type ScaffoldArguments } from './scaffold-arguments.ts';

/** What scaffolding takes from its surroundings besides files. */
export interface ScaffoldHost {
  readonly workingFolder: string;
  readonly rules: readonly Rule[];
  writeOutput(text: string): void;
}

/**
 * Writes the files of a new service, or prints them.
 *
 * @throws {UsageError} when an answer will not do, or a file is there already; nothing is written then
 */
export async function runScaffold(args: ScaffoldArguments, host: ScaffoldHost): Promise<0> {
  const answers = answersIn(args, await limitsIn(host));
  const files = scaffold(answers);
  const folder = resolve(host.workingFolder, args.folder ?? answers.name);
  if (args.dryRun) host.writeOutput(files.map(shown).join('\n'));
  else {
    refuseToOverwrite(files, folder, host);
    for (const file of files) write(file, folder);
    const inFolder = pathIn(host.workingFolder, folder);
    const list = files.map(({ path }) => `  ${inFolder}/${path}\n`).join('');
    host.writeOutput(`${files.length} files are written:\n${list}Read ${inFolder}/README.md next.\n`);
    if (answers.host !== undefined && answers.entry === 'nginx')
      host.writeOutput(`Warning: ${NGINX_RETIRED}\n`);
  }
  return 0;
}

/** What the configuration of the working folder demands of images. What is wrong with it, `check` tells. */
async function limitsIn({ workingFolder, rules }: ScaffoldHost): Promise<AnswerLimits> {
  const configurations = new Configurations(new NodeFileSystem(), rules);
  const source = await configurations.sourceOf(childUri(URI.file(workingFolder).toString(), 'any'));
  return configurations.merged(source, {}).settings.images;
}

function shown({ path, text }: ScaffoldFile): string {
  return `==> ${path} <==\n${text}`;
}

/** More names are counted, not listed. */
const MOST_NAMES = 3;

function refuseToOverwrite(files: readonly ScaffoldFile[], folder: string, host: ScaffoldHost): void {
  const taken = files.filter(({ path }) => existsSync(join(folder, path)));
  if (taken.length === 0) return;
  const names = taken.slice(0, MOST_NAMES).map(({ path }) => pathIn(host.workingFolder, join(folder, path)));
  const more = taken.length > MOST_NAMES ? ` and ${taken.length - MOST_NAMES} more` : '';
  const are = taken.length === 1 ? 'is' : 'are';
  throw new UsageError(
    `${names.join(', ')}${more} ${are} there already, so nothing was written. Choose another --folder, or look with --dry-run.`,
  );
}

function write({ path, text }: ScaffoldFile, folder: string): void {
  const file = join(folder, path);
  try {
    makeFolder(dirname(file));
    // Fails rather than overwrites, should the file have come up meanwhile.
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw new UsageError(`${file} cannot be written${codeOf(error)}.`);
  }
}

/** Node's own `recursive` does not return where a file system lets nobody make a folder, as /proc does. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  mkdirSync(folder);
}

function pathIn(workingFolder: string, path: string): string {
  return relative(workingFolder, path).split(sep).join('/') || '.';
}
