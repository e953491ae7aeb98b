import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { CheckedFile, RunProblem } from '../report/run.ts';
import type { BuiltEntry } from '../workspace/built-kustomizations.ts';
import type { FactsEntry } from '../workspace/indexed-files.ts';
import type { CheckArguments } from './arguments.ts';
import type { FoundFile } from './find-files.ts';

/** The part of a check that another thread takes over. Plain data, since it is copied there. */
export interface ShardWork {
  readonly options: CheckArguments;
  readonly files: readonly FoundFile[];
  readonly workingFolder: string;
  readonly today: string;
  readonly version: string;
  readonly isComplete: boolean;
  readonly units: readonly string[];
}

/** What files say that another thread reads, and what kustomizations deploy. */
export interface Known {
  readonly files: readonly FactsEntry[];
  readonly built: readonly BuiltEntry[];
}

export interface ShardResult {
  readonly files: readonly CheckedFile[];
  readonly problems: readonly RunProblem[];
}

/** Some of what is found, told as soon as it is: in transit it takes less memory than in the heap of either thread. */
interface PartOfResult extends ShardResult {
  readonly isLast: boolean;
}

/** In MiB, a third of the young generation: most documents are garbage before it is full. */
export const SEMI_SPACE = 8;

/** So many files are told at a time. */
const FILES_IN_PART = 100;

/** A part of a check in another thread. */
export interface Shard {
  /** What its files say to others, once it has read them. */
  readonly facts: Promise<readonly FactsEntry[]>;
  /** What it finds, given what the files of others say. */
  report(others: Known): Promise<ShardResult>;
  end(): Promise<unknown>;
}

export type StartShard = (work: ShardWork) => Shard;

/** What a thread does with its work. */
export type CheckShard = (work: ShardWork) => Promise<{
  readonly facts: readonly FactsEntry[];
  /** Finds what there is to be found, file by file; the problems are known at the end. */
  readonly report: (others: Known) => Generator<CheckedFile, readonly RunProblem[]>;
}>;

/** @param program the script that calls `serveShard`; undefined where another thread would not help */
export function shardsIn(program: string): StartShard | undefined {
  if (availableParallelism() < 2) return undefined;
  return (work) => {
    const worker = new Worker(program, {
      workerData: work,
      resourceLimits: { maxYoungGenerationSizeMb: 3 * SEMI_SPACE },
    });
    const facts = new Promise<readonly FactsEntry[]>((done, failed) => {
      worker.once('message', done);
      worker.once('error', failed);
    });
    return {
      facts,
      report: (others) => {
        const result = resultOf(worker);
        worker.postMessage(others);
        return result;
      },
      end: () => worker.terminate(),
    };
  };
}

function resultOf(worker: Worker): Promise<ShardResult> {
  const files: CheckedFile[] = [];
  return new Promise((done, failed) => {
    worker.on('message', (part: PartOfResult) => {
      files.push(...part.files);
      if (part.isLast) done({ files, problems: part.problems });
    });
    worker.once('error', failed);
  });
}

/** Does the work of a shard when this thread was started for one; tells whether it was. */
export function serveShard(check: CheckShard): boolean {
  const port = parentPort;
  if (isMainThread || port === null) return false;
  void check(workerData as ShardWork).then(({ facts, report }) => {
    port.once('message', (others: Known) => {
      for (const part of inParts(report(others))) port.postMessage(part);
    });
    port.postMessage(facts);
  });
  return true;
}

function* inParts(found: Generator<CheckedFile, readonly RunProblem[]>): Generator<PartOfResult> {
  let files: CheckedFile[] = [];
  for (let next = found.next(); ; next = found.next()) {
    if (next.done === true) {
      yield { files, problems: next.value, isLast: true };
      return;
    }
    files.push(next.value);
    if (files.length < FILES_IN_PART) continue;
    yield { files, problems: [], isLast: false };
    files = [];
  }
}
