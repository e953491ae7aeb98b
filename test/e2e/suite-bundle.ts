/** Bundles the suite into the one CommonJS module that an extension host loads. */

import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { testFolder } from '../../scripts/host/install.ts';
import { root } from '../../scripts/steps.ts';

/** A process of Node, such a process with other extensions beside ours, or a worker of the browser. */
export type ExtensionHost = 'node' | 'beside others' | 'web';

const OPTIONS: Readonly<Record<ExtensionHost, BuildOptions>> = {
  node: { entryPoints: ['test/e2e/suite/index.ts'], platform: 'node', target: 'node20' },
  'beside others': { entryPoints: ['test/e2e/suite/index.beside.ts'], platform: 'node', target: 'node20' },
  web: {
    entryPoints: ['test/e2e/suite/index.web.ts'],
    platform: 'browser',
    target: 'es2022',
    alias: { 'node:assert/strict': join(root, 'test/e2e/suite/assert.web.ts') },
  },
};

/**
 * @param only runs the tests whose names hold the text
 * @returns the path of the module, as `extensionTestsPath` wants it
 */
export async function bundleSuite(host: ExtensionHost, only = ''): Promise<string> {
  const module = join(testFolder, `suite-${host.replace(' ', '-')}/index.cjs`);
  await build({
    ...OPTIONS[host],
    absWorkingDir: root,
    outfile: module,
    bundle: true,
    format: 'cjs',
    external: ['vscode'],
    define: { ONLY: JSON.stringify(only) },
    sourcemap: 'inline',
  });
  await writeFile(join(dirname(module), 'package.json'), '{ "type": "commonjs" }\n');
  return module;
}
