/**
 * Makes dist/: the extension, the language server and the command line tool, for Node and for browsers.
 * `--watch` builds again on every change, unminified and with source maps.
 */

import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build, context, type Metafile } from 'esbuild';
import { type Bundle, commandLine, inBrowsers, onNode, server } from './bundles.ts';
import { generateSchemas } from './generate-schemas.ts';
import { offlinePages } from './offline-pages.ts';
import { SOURCE_PACKAGES } from './schemas/sources.ts';
import { root, seconds } from './steps.ts';
import { thirdPartyNotices } from './third-party-notices.ts';

const bundles: Bundle[] = [
  { entry: 'client/src/extension.ts', output: 'client.js', options: { ...onNode, external: ['vscode'] } },
  ...server,
  ...commandLine,
  {
    entry: 'client/src/extension.web.ts',
    output: 'web/client.cjs',
    options: { ...inBrowsers, format: 'cjs', external: ['vscode'] },
  },
];

const watch = process.argv.includes('--watch');
const dist = join(root, 'dist');
const started = performance.now();

await rm(dist, { recursive: true, force: true });
await mkdir(dist);
// The project is "type": "module"; what it ships is CommonJS, which web extension hosts know by `.cjs` alone.
await writeFile(join(dist, 'package.json'), '{ "type": "commonjs" }\n');

// The server reads the schema of a kind when it first meets one, so they stay files.
const schemas = await generateSchemas({ root, log: console.log });
await cp(schemas, join(dist, 'schemas'), { recursive: true, filter: (file) => !file.endsWith('.txt') });

await writeFile(join(dist, 'rule-pages.json'), JSON.stringify(await offlinePages()));

if (watch) {
  for (const bundle of bundles) {
    const building = await context(optionsOf(bundle));
    await building.rebuild();
    await building.watch();
  }
  console.log('Watching for changes; Ctrl-C ends.');
} else {
  const results = await Promise.all(bundles.map((bundle) => build(optionsOf(bundle))));
  await Promise.all(bundles.map(({ output }) => makeLight(join(dist, output))));
  await chmod(join(dist, 'cli.js'), 0o755);
  const bundled = results.flatMap(({ metafile }) => Object.keys(inputsOf(metafile)));
  const declared = SOURCE_PACKAGES.map((name) => `node_modules/${name}/package.json`);
  const notices = await thirdPartyNotices([...bundled, ...declared]);
  await writeFile(join(dist, 'THIRD-PARTY-NOTICES.txt'), notices);
  console.log(`Built ${bundles.map(({ output }) => output).join(', ')} in ${seconds(started)}`);
}

function optionsOf({ entry, output, options }: Bundle): BuildOptions {
  return {
    ...options,
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: join(dist, output),
    bundle: true,
    minify: !watch,
    sourcemap: watch,
    metafile: true,
    legalComments: 'none', // the notices file has them all
    logLevel: 'warning',
  };
}

/** Writes what is the same to a program and takes V8 less memory. */
async function makeLight(file: string): Promise<void> {
  const code = await readFile(file, 'utf8');
  const light = inAscii(withPlainWrappers(code));
  if (light !== code) await writeFile(file, light);
}

/**
 * The functions that modules are wrapped in, which have no `this`, as what is no arrow: V8 reads an arrow function inside of another function whole, with all that
 * it holds, even when nobody calls it. That took 9 MiB when the server was compiled for the first time.
 */
function withPlainWrappers(code: string): string {
  const wraps = [
    ...code.matchAll(/\b([\w$]+)=\([\w$,]+\)=>\(\)=>\{(?:if\([\w$]+\)throw |try\{return )/g),
  ].map(([, name]) => name);
  return code.replaceAll(
    /=([\w$]+)\((?:\(([\w$,]*)\)|([\w$]+))=>\{/g,
    (whole, wrap: string, several?: string, one?: string) =>
      wraps.includes(wrap) ? `=${wrap}(function(${several ?? one}){` : whole,
  );
}

/** V8 keeps a source with a single letter beyond Latin-1 at two bytes a letter: a megabyte in the server. Such letters stand in texts alone. */
function inAscii(code: string): string {
  return code.replaceAll(/\P{ASCII}/gu, (letter) =>
    Array.from({ length: letter.length }, (_, index) => letter.charCodeAt(index))
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

function inputsOf(metafile: Metafile | undefined): Metafile['inputs'] {
  return metafile?.inputs ?? {};
}
