import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';
import { commandLine } from '../../scripts/bundles.ts';

/** Builds the command line tool for the tests of a file, as the product's is built. The result is the path of `cli.js`. */
export function bundledCommandLine(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kube-safeguards-dist-'));
  // As beside the product, whatever a folder above may say of its modules.
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  beforeAll(() =>
    Promise.all(
      commandLine.map(({ entry, output, options }) =>
        build({
          ...options,
          absWorkingDir: resolve(import.meta.dirname, '../..'),
          entryPoints: [entry],
          outfile: join(folder, output),
          bundle: true,
        }),
      ),
    ),
  );
  afterAll(() => rmSync(folder, { recursive: true }));
  return join(folder, 'cli.js');
}
