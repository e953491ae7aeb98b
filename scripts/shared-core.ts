/**
 * The core of the server, which Node and browsers share: all but reading files and talking through pipes. As a file of its own it is packaged once, which
 * saves a third of the package.
 */

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';
import type { Bundle } from './bundles.ts';
import { root } from './steps.ts';

/** Where scripts of a worker, which have no modules, find the core. */
const GLOBAL = 'kubeSafeguardsCore';

/** Stands for the entry of the core, which only the build knows. */
const ENTRY = 'kube-safeguards-core';

/** The library's common half goes by the identity of its classes, so that there is one of each. */
const libraries = libraryFolders();

/** What comes out of the core, as absolute paths. */
const SHARED: readonly string[] = [
  join(root, 'server/src/features/start.ts'),
  join(root, 'server/src/rules/index.ts'),
  ...libraries.map((folder) => join(folder, 'lib/common/api.js')),
  join(libraries[0] ?? '', 'lib/common/server.js'),
];

/** The folders of the language server's library and of what it is made of, each as the one before it finds it. */
function libraryFolders(): string[] {
  const names = ['vscode-languageserver', 'vscode-languageserver-protocol', 'vscode-jsonrpc'];
  const folders: string[] = [];
  for (const name of names) {
    const main = createRequire(join(folders.at(-1) ?? root, 'package.json')).resolve(`${name}/node`);
    folders.push(join(dirname(main), '../..'));
  }
  return folders;
}

/** The core itself: a script that browsers can run and Node can require. */
export function coreBundle(options: Bundle['options']): Bundle {
  return {
    entry: ENTRY,
    output: 'core.js',
    options: {
      ...options,
      format: 'iife',
      globalName: GLOBAL,
      footer: { js: `if (typeof module === 'object') module.exports = ${GLOBAL};` },
      plugins: [coreEntry(), ...(options.plugins ?? [])],
    },
  };
}

function coreEntry(): Plugin {
  return {
    name: 'core-entry',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: new RegExp(`^${ENTRY}$`) }, () => ({ path: ENTRY, namespace: ENTRY }));
      onLoad({ filter: /.*/, namespace: ENTRY }, () => ({
        contents: SHARED.map(
          (file) => `exports[${JSON.stringify(keyOf(file))}] = require(${JSON.stringify(file)});`,
        ).join('\n'),
        resolveDir: root,
      }));
    },
  };
}

/** Takes from the core what it holds. */
export function fromCore(where: 'beside' | 'global'): Plugin {
  const core = where === 'beside' ? `require('./core.js')` : GLOBAL;
  return {
    name: 'from-core',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\/core\.js$/ }, ({ path }) => ({ path, external: true }));
      onResolve({ filter: /^in-core:/ }, ({ path }) => ({ path, namespace: IN_CORE }));
      onLoad({ filter: /.*/, namespace: IN_CORE }, ({ path }) => ({
        contents: `module.exports = ${core}[${JSON.stringify(path.slice(IN_CORE.length + 1))}];`,
      }));
      onLoad({ filter: /\.(?:ts|js)$/, namespace: 'file' }, ({ path }) => {
        if (!SHARED.includes(path)) return undefined;
        const name = JSON.stringify(`${IN_CORE}:${keyOf(path)}`);
        // Our own files are modules of ECMAScript, and those of packages are not.
        const contents = path.endsWith('.ts')
          ? `export * from ${name};`
          : `module.exports = require(${name});`;
        return { contents, loader: 'js' };
      });
    },
  };
}

const IN_CORE = 'in-core';

function keyOf(file: string): string {
  return `part${SHARED.indexOf(file)}`;
}
