import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { KEPT_BYTES } from '../../server/src/workspace/kept-charts.ts';

const PROGRAM = join(import.meta.dirname, 'open-charts.ts');

/** What is held is estimated; and the texts of open charts stay. */
const MARGIN = 1.5;

it('stays bounded while more and more large charts are open', { timeout: 180_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--no-warnings',
    '--expose-gc',
    PROGRAM,
    '6',
    '80',
  ]);
  const inUse = JSON.parse(stdout) as number[];
  expect(inUse).toHaveLength(6);
  const [first = 0] = inUse;
  // The first chart alone holds a part of the limit.
  for (const bytes of inUse) expect(bytes).toBeLessThan(first + KEPT_BYTES * MARGIN);
});
