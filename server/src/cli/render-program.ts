import { buffer } from 'node:stream/consumers';
import packageJson from '../../../package.json' with { type: 'json' };
import { tellUsage } from './options.ts';
import { runRender } from './render.ts';

/** Runs `render` in this process, without all that only the other commands need. */
export async function run([, ...args]: readonly string[]): Promise<number> {
  const { stdin, stdout, stderr } = process;
  const writeError = (text: string) => void stderr.write(text);
  try {
    return runRender(args, {
      workingFolder: process.cwd(),
      version: packageJson.version,
      standardInput: args.includes('-') ? await buffer(stdin) : new Uint8Array(),
      now: Date.now(),
      writeOutput: (text) => void stdout.write(text),
      writeError,
    });
  } catch (error) {
    return tellUsage(error, writeError);
  }
}
