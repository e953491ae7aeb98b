import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const PROGRAM = join(import.meta.dirname, 'edit-workspace.ts');

/** Caches that have room are filled, and code is compiled: so much more may be in use at the end. */
const MARGIN = 1.15;

it('stays flat over ten thousand edits of open and closed files', { timeout: 180_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--no-warnings',
    '--expose-gc',
    PROGRAM,
    '10000',
    '5',
  ]);
  const inUse = JSON.parse(stdout) as number[];
  expect(inUse).toHaveLength(5);
  expect(inUse[4]).toBeLessThan((inUse[0] ?? 0) * MARGIN);
});
