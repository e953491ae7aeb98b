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
  readonly report: (others: Known) => ShardResult;
}>;

/** @param program the script that calls `serveShard`; undefined where another thread would not help */
export function shardsIn(program: string): StartShard | undefined {
  if (availableParallelism() < 2) return undefined;
  return (work) => {
    const worker = new Worker(program, {
      workerData: work,
      resourceLimits: { maxYoungGenerationSizeMb: 12 },
    });
    const next = <Message>() =>
      new Promise<Message>((done, failed) => {
        worker.once('message', done);
        worker.once('error', failed);
      });
    const facts = next<readonly FactsEntry[]>();
    return {
      facts,
      report: (others) => {
        const result = next<ShardResult>();
        worker.postMessage(others);
        return result;
      },
      end: () => worker.terminate(),
    };
  };
}

/** Does the work of a shard when this thread was started for one; tells whether it was. */
export function serveShard(check: CheckShard): boolean {
  const port = parentPort;
  if (isMainThread || port === null) return false;
  void check(workerData as ShardWork).then(({ facts, report }) => {
    port.once('message', (others: Known) => port.postMessage(report(others)));
    port.postMessage(facts);
  });
  return true;
}
