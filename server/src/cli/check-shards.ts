import { sep } from 'node:path';
import { chartFoldersIn } from './chart-folder.ts';
import type { CheckHost } from './check.ts';
import { Checking, type CheckParts, type CheckResult } from './checking.ts';
import { checkersFor } from './configurations.ts';
import type { FoundFile } from './find-files.ts';
import { folderOf, STANDARD_INPUT } from './manifests.ts';
import type { CheckShard, ShardWork, StartShard } from './shard.ts';

/** Another thread checks the second half of the files; what each has read is told to the other before there are findings. */
export async function checkInShards(parts: CheckParts, startShard: StartShard): Promise<CheckResult> {
  const { options, host, isComplete, units } = parts;
  const { workingFolder, today, version } = host;
  const folders = chartFoldersIn(parts.files).map((folder) => `${folder}${sep}`);
  const isInChart = ({ absolutePath }: FoundFile) =>
    folders.some((folder) => absolutePath.startsWith(folder));
  const inCharts = parts.files.filter(isInChart);
  const others = parts.files.filter((file) => !isInChart(file) && file !== STANDARD_INPUT);
  const input = parts.files.filter((file) => file === STANDARD_INPUT);
  const half = others.length >> 1;
  const shard = startShard({
    options,
    files: others.slice(half),
    workingFolder,
    today,
    version,
    isComplete,
    units,
  });
  try {
    const check = new Checking({ ...parts, files: [...inCharts, ...others.slice(0, half), ...input] });
    const own = check.read();
    check.know({ files: await shard.facts, built: [] });
    const built = check.build(parts.files);
    const reported = shard.report({ files: own, built });
    const { run, fixedInput } = check.report();
    const { files, problems } = await reported;
    const all = check.withRelated(check.withOverlays([...run.files, ...check.whereDeployed(files)]));
    return { run: { ...run, files: all, problems: [...run.problems, ...problems] }, fixedInput };
  } finally {
    await shard.end();
  }
}

/** Checks the part of the files that another thread has taken over. */
export async function checkShard(
  { options, files, isComplete, units, ...surroundings }: ShardWork,
  host: Pick<CheckHost, 'rules' | 'schemas'>,
): ReturnType<CheckShard> {
  const full = { ...host, ...surroundings, standardInput: new Uint8Array() };
  const checkers = await checkersFor(
    files.map((file) => folderOf(file, full.workingFolder)),
    {
      ...full,
      config: options.config,
      kubeVersion: options.kubeVersion,
      schemas: host.schemas,
      onProblem: () => {}, // told where all files are known
    },
  );
  const check = new Checking({
    options,
    host: full,
    files,
    problems: [],
    evidence: [],
    checkers,
    isComplete,
    units,
    onlooker: undefined,
  });
  return {
    facts: check.read(),
    *report(others) {
      check.know(others);
      yield* check.findings();
      return check.problems;
    },
  };
}
