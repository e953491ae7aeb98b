import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 collect garbage as it does by default, or keep the process small as `lean-memory.ts` has it. A keystroke in a value of a large chart makes a
 * hundred documents anew, which takes four times the processor time in a small process.
 */
export function favorSpeed(isWanted: boolean): void {
  for (const flag of ['optimize-for-size', 'compact-on-every-full-gc'])
    setFlagsFromString(isWanted ? `--no-${flag}` : `--${flag}`);
}
