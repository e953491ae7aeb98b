/** The bundles of the command line tool, which are measured and tested as they are built. */

import type { BuildOptions, Plugin } from 'esbuild';
import { coreBundle, fromCore } from './shared-core.ts';

export interface Bundle {
  entry: string;
  /** Below `dist/`. */
  output: string;
  options: BuildOptions;
}

/** VS Code 1.100 runs extensions in Node 20; its extension hosts load CommonJS everywhere. */
export const onNode: BuildOptions = { platform: 'node', target: 'node20', format: 'cjs' };

/** Packages that few charts and manifests need: they are evaluated when something of them is first used. */
const RARELY_USED = /^(?:ajv(?:-draft-04)?(?:\/.*)?|re2js|@noble\/.*|fflate\/browser)$/;

/** Web extension hosts and workers. */
export const inBrowsers: BuildOptions = {
  platform: 'browser',
  target: 'es2022',
  mainFields: ['browser', 'module', 'main'],
};

/**
 * A thin start, the language server behind it, and the core that it shares with the one for browsers: small in memory, so what nobody has used yet is not
 * there.
 */
export const server: readonly Bundle[] = [
  { entry: 'server/src/server.ts', output: 'server.js', options: startOf(/^\.\/server-main\.ts$/) },
  {
    entry: 'server/src/server-main.ts',
    output: 'server-main.js',
    options: { ...onNode, plugins: [fromCore('beside')] },
  },
  coreBundle({ ...inBrowsers, plugins: [evaluatedOnUse(RARELY_USED)] }),
  {
    entry: 'server/src/server.web.ts',
    output: 'web/server.js',
    options: { ...inBrowsers, format: 'iife', plugins: [fromCore('global')] },
  },
];

/** Each program behind `cli.js` is a file of its own, so that the one that runs is the only one that is read. */
export const commandLine: readonly Bundle[] = [
  {
    entry: 'server/src/cli.ts',
    output: 'cli.js',
    options: { ...startOf(/^\.\/(?:cli\/.*|server)\.ts$/), banner: { js: '#!/usr/bin/env node' } },
  },
  { entry: 'server/src/cli/program.ts', output: 'cli/program.js', options: onNode },
  {
    entry: 'server/src/cli/render-program.ts',
    output: 'cli/render-program.js',
    options: { ...onNode, plugins: [evaluatedOnUse(RARELY_USED)] },
  },
];

/** What starts other programs, which are built into files of their own beside it. */
function startOf(programs: RegExp): BuildOptions {
  // As a function call: importing takes a loader that nothing else here needs.
  return { ...onNode, supported: { 'dynamic-import': false }, plugins: [programsBeside(programs)] };
}

/** Leaves `import('./….ts')` of a program to the file that is built from it. */
function programsBeside(programs: RegExp): Plugin {
  return {
    name: 'programs-beside',
    setup({ onResolve }) {
      onResolve({ filter: programs }, ({ path, kind }) =>
        kind === 'dynamic-import' ? { path: path.replace(/\.ts$/, '.js'), external: true } : undefined,
      );
    },
  };
}

/** Gives the importers of some packages stand-ins, which evaluate the package when they are called, constructed or asked for a member. */
function evaluatedOnUse(packages: RegExp): Plugin {
  return {
    name: 'evaluated-on-use',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: packages }, ({ path, namespace, importer, resolveDir }) =>
        namespace === 'file' && !importer.includes('node_modules')
          ? { path, namespace: 'on-use', pluginData: resolveDir, sideEffects: false }
          : undefined,
      );
      onLoad({ filter: /.*/, namespace: 'on-use' }, async ({ path, pluginData }) => ({
        contents: standIns(path, Object.keys(await import(path))),
        resolveDir: String(pluginData),
      }));
    },
  };
}

function standIns(packageName: string, names: readonly string[]): string {
  const lines = names
    .filter((name) => name !== 'module.exports')
    .map(
      (name) =>
        `export ${name === 'default' ? 'default' : `const ${name} =`} standIn(${JSON.stringify(name)});`,
    );
  return `let loaded;
const load = () => loaded ??= require(${JSON.stringify(packageName)});
const standIn = (name) => new Proxy(function () {}, {
  get: (_, key) => Reflect.get(load()[name], key),
  apply: (_, self, args) => Reflect.apply(load()[name], self, args),
  construct: (_, args) => Reflect.construct(load()[name], args),
});
${lines.join('\n')}`;
}
