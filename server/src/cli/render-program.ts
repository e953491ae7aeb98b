import { readFileSync } from 'node:fs';
import packageJson from '../../../package.json' with { type: 'json' };
import { tellUsage } from './options.ts';
import { runRender } from './render.ts';
import { STANDARD_ERROR, STANDARD_OUTPUT, writeWhole } from './write-whole.ts';

const STANDARD_INPUT = 0;

/** Runs `render` in this process, without all that only the other commands need. */
export function run([, ...args]: readonly string[]): number {
  const writeError = (text: string) => writeWhole(STANDARD_ERROR, text);
  try {
    return runRender(args, {
      workingFolder: process.cwd(),
      version: packageJson.version,
      standardInput: args.includes('-') ? readFileSync(STANDARD_INPUT) : new Uint8Array(),
      now: Date.now(),
      writeOutput: (text) => writeWhole(STANDARD_OUTPUT, text),
      writeError,
    });
  } catch (error) {
    return tellUsage(error, writeError);
  }
}
