/** Bundles the suite into the one CommonJS module that an extension host loads. */

import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { testFolder } from '../../scripts/host/install.ts';
import { root } from '../../scripts/steps.ts';

/** @returns the path of the module, as `extensionTestsPath` wants it. */
export async function bundleSuite(): Promise<string> {
  const module = join(testFolder, 'suite/index.js');
  await build({
    entryPoints: [join(root, 'test/e2e/suite/index.ts')],
    outfile: module,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    sourcemap: 'inline',
  });
  await writeFile(join(dirname(module), 'package.json'), '{ "type": "commonjs" }\n');
  return module;
}
