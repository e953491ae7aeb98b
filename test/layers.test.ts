import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const SOURCE = join(ROOT, 'server/src');

/** Each layer may import itself and the layers above it in this list. */
const LAYERS = [
  'l10n',
  'syntax',
  'kubernetes',
  'helm',
  'kustomize',
  'detect',
  'analysis',
  'rules',
  'engine',
  'workspace',
  'report',
  'export',
  'scaffold',
  'features',
  'cli',
];

/** What may touch the machine: the file system behind the workspace's interface, and the command line. */
const MAY_USE_NODE = [
  /^lean-memory\.ts$/,
  /^stdio\.ts$/,
  /^workspace\/node-/,
  /^cli\//,
  /^cli\.ts$/,
  /^server\.ts$/,
];

const files = globSync('**/*.ts', { cwd: SOURCE }).map((file) => file.replaceAll('\\', '/'));

function importsOf(file: string): string[] {
  const text = readFileSync(join(SOURCE, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, specifier]) => specifier ?? '');
}

function layerOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : 'entry';
}

describe('layers', () => {
  it('every folder of the server is a layer', () => {
    const unknown = files.map(layerOf).filter((layer) => layer !== 'entry' && !LAYERS.includes(layer));
    expect(unknown).toEqual([]);
  });

  it('a layer imports only itself and the layers above it', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => relative(SOURCE, resolve(SOURCE, dirname(file), specifier)).replaceAll('\\', '/'))
        .filter((target) => !target.startsWith('../') && layerOf(file) !== 'entry')
        .filter(
          (target) =>
            layerOf(target) === 'entry' || LAYERS.indexOf(layerOf(target)) > LAYERS.indexOf(layerOf(file)),
        )
        .map((target) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('only the syntax layer touches the YAML parser', () => {
    const wrong = files.filter((file) => layerOf(file) !== 'syntax' && importsOf(file).includes('yaml'));
    expect(wrong).toEqual([]);
  });

  it('only features and entry points know the Language Server Protocol', () => {
    const wrong = files.filter(
      (file) =>
        !['features', 'entry'].includes(layerOf(file)) &&
        importsOf(file).some((name) => name.startsWith('vscode-language')),
    );
    expect(wrong).toEqual([]);
  });

  it('the engine uses nothing of Node', () => {
    const wrong = files.filter(
      (file) =>
        !MAY_USE_NODE.some((pattern) => pattern.test(file)) &&
        importsOf(file).some((name) => name.startsWith('node:')),
    );
    expect(wrong).toEqual([]);
  });

  it('the engine has no clock and no randomness of its own', () => {
    const wrong = files
      .filter((file) =>
        [
          'syntax',
          'kubernetes',
          'helm',
          'kustomize',
          'detect',
          'analysis',
          'rules',
          'engine',
          'scaffold',
        ].includes(layerOf(file)),
      )
      .filter((file) =>
        /\b(?:Date\.now|new Date\(\)|Math\.random|performance\.now|setTimeout|console\.)/.test(
          readFileSync(join(SOURCE, file), 'utf8'),
        ),
      );
    expect(wrong).toEqual([]);
  });

  it('the client imports nothing of the server but the protocol', () => {
    const clientFiles = globSync('client/src/**/*.ts', { cwd: ROOT });
    const wrong = clientFiles.flatMap((file) =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(/from '([^']*server\/src\/[^']+)'/g)]
        .map(([, specifier]) => specifier ?? '')
        .filter((specifier) => !specifier.endsWith('features/protocol.ts')),
    );
    expect(wrong).toEqual([]);
  });
});
