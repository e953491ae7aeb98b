/**
 * Makes schemas/generated/: JSON Schemas of every Kubernetes kind and of the custom resources that rules read, from
 * the type declarations that npm packages carry. What is there stays when nothing that goes into it has changed.
 */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { IndexedKind, IndexFile } from '../server/src/kubernetes/schema/json-schema.ts';
import { customResourceFamily, declarationFiles } from './schemas/custom-resources.ts';
import { toldOnce } from './schemas/documentation.ts';
import type { Family } from './schemas/family.ts';
import { kubernetesFamily } from './schemas/kubernetes-client.ts';
import {
  CLIENT,
  COMPLETE_FAMILIES,
  CUSTOM_RESOURCES,
  NAMELESS_FAMILIES,
  packageFolder,
  SOURCE_PACKAGES,
} from './schemas/sources.ts';

export interface GenerateOptions {
  /** The project's root. */
  readonly root: string;
  readonly log: (line: string) => void;
}

/** Brings the generated schemas up to date and returns their folder. */
export async function generateSchemas({ root, log }: GenerateOptions): Promise<string> {
  const folder = join(root, 'schemas', 'generated');
  const inputs = fingerprint(root);
  const stamp = join(folder, 'inputs.txt');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) return folder;
  const started = performance.now();
  const families = await readFamilies(root);
  const files = filesOf(families, kubernetesRelease(root));
  files.set('inputs.txt', inputs);
  replaceFolder(folder, files);
  const kinds = families.reduce((sum, family) => sum + family.kinds.length, 0);
  const time = ((performance.now() - started) / 1000).toFixed(1);
  log(`Schemas of ${kinds} kinds in ${families.length} families generated in ${time} s`);
  return folder;
}

async function readFamilies(root: string): Promise<Family[]> {
  const { definitions, ...kubernetes } = await kubernetesFamily(
    join(packageFolder(root, CLIENT), 'dist', 'gen'),
  );
  const common = { nodeModules: join(root, 'node_modules'), kubernetes: definitions };
  const packaged = CUSTOM_RESOURCES.map((source) =>
    customResourceFamily({
      ...common,
      name: source.name,
      files: declarationFiles(packageFolder(root, source.package)),
      accepts: (apiVersion) => source.groups?.includes(apiVersion.split('/')[0] ?? '') ?? true,
      trustsRequired: !source.defaultsRequired,
      lenient: source.lenient ?? [],
      nameless: false,
    }),
  );
  const own = ownDeclarations(root).map((file) => {
    const name = basename(file, '.ts');
    return customResourceFamily({
      ...common,
      name,
      files: [file],
      accepts: () => true,
      trustsRequired: true,
      lenient: [],
      nameless: NAMELESS_FAMILIES.has(name),
    });
  });
  return [{ definitions, ...kubernetes }, ...packaged, ...own];
}

/** Declarations of kinds that no package describes. */
function ownDeclarations(root: string): string[] {
  const folder = join(root, 'schemas', 'types');
  return readdirSync(folder)
    .sort()
    .map((file) => join(folder, file));
}

function filesOf(families: readonly Family[], kubernetes: string): Map<string, string> {
  const files = new Map<string, string>();
  const index: Record<string, Record<string, Record<string, IndexedKind>>> = {};
  for (const { name, definitions, kinds } of families) {
    const { schemas, docs, nameOf } = definitions;
    files.set(`${name}.json`, JSON.stringify(schemas));
    files.set(`${name}.docs.json`, JSON.stringify(toldOnce(docs)));
    const versions: Record<string, Record<string, IndexedKind>> = {};
    for (const { apiVersion, kind, def, ...rest } of kinds) {
      versions[apiVersion] ??= {};
      versions[apiVersion][kind] = { def: nameOf(def) ?? def, ...rest };
    }
    index[name] = versions;
  }
  const indexFile: IndexFile = { kubernetes, complete: COMPLETE_FAMILIES, families: index };
  files.set('index.json', JSON.stringify(indexFile));
  return files;
}

/** The client says which release of Kubernetes its types come from: `OpenAPI spec version: release-1.36`. */
function kubernetesRelease(root: string): string {
  const file = join(packageFolder(root, CLIENT), 'dist', 'gen', 'models', 'V1Pod.d.ts');
  return /release-(\d+\.\d+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
}

/** Changes whenever a source package, its declarations here, or the generator does. */
function fingerprint(root: string): string {
  const hash = createHash('sha256');
  const packages = SOURCE_PACKAGES.map((name) => join(packageFolder(root, name), 'package.json'));
  const own = readdirSync(join(root, 'scripts', 'schemas')).sort();
  const generator = own.map((name) => join(root, 'scripts', 'schemas', name));
  for (const file of [...packages, ...generator, ...ownDeclarations(root), import.meta.filename])
    hash.update(readFileSync(file));
  return hash.digest('hex');
}

/** Writes the files aside first, so that whoever reads the folder meanwhile sees the old files or the new ones. */
function replaceFolder(folder: string, files: ReadonlyMap<string, string>): void {
  const aside = `${folder}-${process.pid}`;
  mkdirSync(aside, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(aside, name), text);
  rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(aside, folder);
  } catch (error) {
    // Another process was faster, with the same result.
    rmSync(aside, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === import.meta.filename) {
  await generateSchemas({ root: resolve(import.meta.dirname, '..'), log: console.log });
}
