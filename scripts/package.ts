/** Makes kube-safeguards-<version>.vsix from dist/ and the files that .vscodeignore lets through. */

import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import zlib from 'node:zlib';
import { createVSIX } from '@vscode/vsce';
import { root } from './steps.ts';

const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const file = `${name}-${version}.vsix`;

process.chdir(root);
// What writes the archive cannot be told to compress as well as it can.
const BEST = { level: 9 };
Object.assign(zlib, {
  DeflateRaw: function bestDeflate() {
    return zlib.createDeflateRaw(BEST);
  },
});
// The bundles hold every dependency.
await createVSIX({ cwd: root, packagePath: join(root, file), dependencies: false });
console.log(`${file}: ${Math.round((await stat(join(root, file))).size / 1000)} kB`);
