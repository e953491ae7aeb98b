/** Makes kube-safeguards-<version>.vsix from dist/ and the files that .vscodeignore lets through. */

import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { root } from './steps.ts';

const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const file = `${name}-${version}.vsix`;

process.chdir(root);
// The bundles hold every dependency.
await createVSIX({ cwd: root, packagePath: join(root, file), dependencies: false });
console.log(`${file}: ${Math.round((await stat(join(root, file))).size / 1000)} kB`);
