import { setFlagsFromString } from 'node:v8';

const FLAGS = [
  ['--optimize-for-size', '--no-optimize-for-size'],
  ['--compact-on-every-full-gc', '--no-compact-on-every-full-gc'],
  ['--incremental-marking-hard-trigger=55', '--incremental-marking-hard-trigger=0'],
] as const;

/**
 * Has V8 collect garbage as it does by default, or keep the process small as `lean-memory.ts` has it. A keystroke in a value of a large chart makes a
 * hundred documents anew, which takes four times the processor time in a small process, and reading thousands of files takes twice to three times.
 */
export function favorSpeed(isWanted: boolean): void {
  for (const [lean, fast] of FLAGS) setFlagsFromString(isWanted ? fast : lean);
}
