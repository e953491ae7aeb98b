import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const PROGRAM = join(import.meta.dirname, 'kept-facts.ts');
const EXAMPLES = join(import.meta.dirname, '../../examples');
const TIMES = 50;
const BYTES = 40_000;

async function bytesKept(files: readonly string[], bytes: number): Promise<Record<string, number>> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--no-warnings',
    '--expose-gc',
    PROGRAM,
    String(TIMES),
    String(bytes),
    ...files,
  ]);
  return JSON.parse(stdout);
}

it('keeps what files say to others, and not the files', { timeout: 180_000 }, async () => {
  const files = globSync(join(EXAMPLES, '**/*.yaml')).filter((file) => !file.includes('/templates/'));
  expect(files.length).toBeGreaterThan(40);
  const [small, large] = [await bytesKept(files, 0), await bytesKept(files, BYTES)];
  const more = files.map((file) => (large[file] ?? 0) - (small[file] ?? 0));
  expect(Math.max(...more)).toBeLessThan((TIMES * BYTES) / 2);
});
