/** Makes kube-safeguards-<version>.vsix from dist/ and the files that .vscodeignore lets through. */

import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import zlib from 'node:zlib';
import { createVSIX } from '@vscode/vsce';
import { root } from './steps.ts';

const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const file = `${name}-${version}.vsix`;

process.chdir(root);
// What writes the archive cannot be told to compress as well as it can. How long its blocks should be depends on the file.
const MEMORY_LEVELS = [6, 7, 8, 9];
const STRATEGIES = [zlib.constants.Z_DEFAULT_STRATEGY, zlib.constants.Z_FILTERED];
Object.assign(zlib, {
  DeflateRaw: function bestDeflate() {
    const chunks: Buffer[] = [];
    return new Transform({
      transform(chunk: Buffer, _, done) {
        chunks.push(chunk);
        done();
      },
      flush(done) {
        const whole = Buffer.concat(chunks);
        const tries = STRATEGIES.flatMap((strategy) =>
          MEMORY_LEVELS.map((memLevel) => zlib.deflateRawSync(whole, { level: 9, memLevel, strategy })),
        );
        done(
          null,
          tries.reduce((best, next) => (next.length < best.length ? next : best)),
        );
      },
    });
  },
});
// The bundles hold every dependency.
await createVSIX({ cwd: root, packagePath: join(root, file), dependencies: false });
console.log(`${file}: ${Math.round((await stat(join(root, file))).size / 1000)} kB`);
