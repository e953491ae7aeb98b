import { buffer } from 'node:stream/consumers';
import { setFlagsFromString } from 'node:v8';
import packageJson from '../../../package.json' with { type: 'json' };
import { rules } from '../rules/index.ts';
import { readSchemas } from '../workspace/node-schemas.ts';
import { checkShard } from './check-shards.ts';
import { runCommand } from './main.ts';
import { SEMI_SPACE, serveShard, shardsIn } from './shard.ts';

// Most of what a check makes is soon garbage; left to itself, the heap grows to twice what is needed.
setFlagsFromString('--heap-growing-percent=40');
setFlagsFromString('--semi-space-growth-factor=1');
// For the heap of a second thread; that of the first is there.
setFlagsFromString(`--min-semi-space-size=${SEMI_SPACE}`);
// A large check has a thread for each processor: helpers of the collector would wait for each other, and what is compiled at length delays it.
setFlagsFromString('--no-parallel-scavenge');
// The engine of Node 20 does not know this one, and would say so.
if (Number.parseInt(process.versions.v8, 10) >= 12)
  setFlagsFromString('--invocation-count-for-turbofan=20000');
setFlagsFromString('--max-inlined-bytecode-size=200');
setFlagsFromString('--max-inlined-bytecode-size-cumulative=300');

const schemas = readSchemas();

serveShard((work) => checkShard(work, { rules, schemas }));

/** Runs any command in this process; the result is its exit code. */
export async function run(args: readonly string[]): Promise<number> {
  const { stdin, stdout, stderr } = process;
  // A reader that has seen enough, such as head, closes the pipe.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return runCommand(args, {
    workingFolder: process.cwd(),
    rules,
    schemas,
    // Only what is built is a script that a thread can start.
    startShard: typeof __filename === 'string' ? shardsIn(__filename) : undefined,
    version: packageJson.version,
    today: new Date().toISOString().slice(0, 10),
    now: Date.now(),
    colour: hasColours(),
    standardInput: args.includes('-') || args[0] === 'hash' ? await buffer(stdin) : new Uint8Array(),
    writeOutput: (text) => void stdout.write(text),
    writeError: (text) => void stderr.write(text),
  });
}

/** Follows https://no-color.org and FORCE_COLOR, then the terminal. */
function hasColours(): boolean {
  const { env, stdout } = process;
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  return stdout.isTTY && stdout.hasColors();
}
