import type { KubernetesSchemas } from '../kubernetes/schema/schemas.ts';
import type { CheckedFile } from '../report/run.ts';
import type { Rule } from '../rules/rule.ts';
import type { CheckArguments } from './arguments.ts';
import { checkInShards } from './check-shards.ts';
import { Checking, type CheckResult, type Onlooker } from './checking.ts';
import { checkersFor } from './configurations.ts';
import { findFiles } from './find-files.ts';
import { folderOf, STANDARD_INPUT } from './manifests.ts';
import type { StartShard } from './shard.ts';

/** What a check takes from its surroundings. */
export interface CheckHost {
  readonly workingFolder: string;
  readonly rules: readonly Rule[];
  readonly schemas?: KubernetesSchemas;
  readonly version: string;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Empty unless it is to be checked. */
  readonly standardInput: Uint8Array;
  /** Starts another thread that takes over part of a large check; absent where there is one processor. */
  readonly startShard?: StartShard | undefined;
}

/** Fewer files are checked by one thread alone. */
const SHARED_FILES = 400;

/**
 * Checks what a command line names, repairing it first where that is asked for.
 *
 * @throws {UsageError} when the configuration file that was named cannot be read
 */
export async function check(
  options: CheckArguments,
  host: CheckHost,
  onlooker?: Onlooker,
): Promise<CheckResult> {
  const { workingFolder, rules, schemas, today } = host;
  const named = options.paths.filter((path) => path !== '-');
  const found = await findFiles(named, workingFolder);
  const files = named.length < options.paths.length ? [...found.files, STANDARD_INPUT] : found.files;
  const problems = [...found.problems];
  const evidence: CheckedFile[] = [];
  const folders = [workingFolder, ...files.map((file) => folderOf(file, workingFolder))];
  const checkers = await checkersFor(folders, {
    workingFolder,
    rules,
    schemas,
    today,
    config: options.config,
    kubeVersion: options.kubeVersion,
    onProblem: (problem) => problems.push(problem),
    onEvidence: (file) => evidence.push(file),
  });
  const units = [...new Set([...checkers.values()].flatMap((checker) => checker.units))];
  const isUnread = found.problems.some(({ level }) => level === 'error');
  const isComplete = found.isComplete || (options.whole && !isUnread);
  onlooker?.onFiles(files, new Set(checkers.values()));
  const parts = { options, host, problems, evidence, checkers, isComplete, units, onlooker };
  const { startShard } = host;
  // Repairs are made one after the other; few files are checked before a thread has started.
  const isAlone = options.fix !== undefined || onlooker !== undefined || files.length < SHARED_FILES;
  if (startShard === undefined || isAlone) {
    return new Checking({ ...parts, files }).run();
  }
  return checkInShards({ ...parts, files }, startShard);
}
