import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { JsonSchema } from '../../server/src/kubernetes/schema/json-schema.ts';
import { define, type ObjectShape, type Scope, shapeOf, toSchema, uniqueMembers } from './convert.ts';
import { type Declaration, type DeclarationFile, parseDeclarations, type TypeNode } from './declarations.ts';
import { Definitions, type FinishedDefinitions, refTo } from './definitions.ts';
import type { Family } from './family.ts';
import { IGNORED_STATUS, refinementOf } from './refinements.ts';
import { SharedTypes } from './shared-types.ts';

export interface CustomResourceSource {
  /** Family name, also that of its files. */
  readonly name: string;
  /** The files with its declarations. */
  readonly files: readonly string[];
  /** Which API versions to take. */
  readonly accepts: (apiVersion: string) => boolean;
  /** Set for files that a component reads: their kinds have no name. */
  readonly nameless: boolean;
  /** Where packages that the files import from are found. */
  readonly nodeModules: string;
  readonly trustsRequired: boolean;
  /** Classes of the client of which the API requires no fields. */
  readonly lenient: readonly string[];
  /** The definitions of Kubernetes itself, under the names of the client's classes. */
  readonly kubernetes: FinishedDefinitions;
}

/** The kinds that some files declare: interfaces with literal `apiVersion` and `kind`. */
export function customResourceFamily(source: CustomResourceSource): Family {
  const definitions = new Definitions();
  const modules = new Modules(source, definitions);
  const kinds = [];
  for (const file of source.files) {
    for (const declaration of modules.read(file).types.values()) {
      const apiVersion = literalOf(declaration, 'apiVersion');
      const kind = literalOf(declaration, 'kind');
      if (!apiVersion || !kind || kind.endsWith('List') || !source.accepts(apiVersion)) continue;
      const { $ref } = modules.scopeOf(file).resolve(declaration.name);
      const nameless = source.nameless ? { nameless: true } : {};
      if ($ref) kinds.push({ apiVersion, kind, def: $ref.slice(LOCAL.length), ...nameless });
    }
  }
  return { name: source.name, definitions: definitions.finish(kinds.map(({ def }) => def)), kinds };
}

const LOCAL = '#/$defs/';

/** The `.d.ts` files of a package. */
export function declarationFiles(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.d.ts') && !file.includes('node_modules'))
    .sort()
    .map((file) => join(folder, file));
}

/** Only of interfaces: generated packages add a class for each. */
function literalOf(declaration: Declaration, field: string): string | undefined {
  if (declaration.keyword !== 'interface' || declaration.type.kind !== 'object') return undefined;
  const type = declaration.type.members.find((member) => member.name === field)?.type;
  return type?.kind === 'literal' ? String(type.value) : undefined;
}

/** The files of a source as modules: each has a scope that follows its imports. */
class Modules {
  private readonly files = new Map<string, DeclarationFile>();
  private readonly names = new Map<string, string>();
  private readonly source: CustomResourceSource;
  private readonly definitions: Definitions;
  private readonly shared: SharedTypes;
  private readonly kindNames = new Set<string>();

  constructor(source: CustomResourceSource, definitions: Definitions) {
    this.source = source;
    this.definitions = definitions;
    this.shared = new SharedTypes(source.kubernetes, definitions, source.lenient);
  }

  read(path: string): DeclarationFile {
    const known = this.files.get(path);
    if (known) return known;
    const file = parseDeclarations(readFileSync(path, 'utf8'));
    this.files.set(path, file);
    return file;
  }

  scopeOf(path: string): Scope {
    return {
      definitions: this.definitions,
      trustsRequired: this.source.trustsRequired,
      resolve: (name) => {
        const found = this.find(path, name);
        if (!found) return {};
        return 'schema' in found ? found.schema : this.schemaOf(found.path, found.declaration);
      },
      membersOf: (name) => {
        const found = this.find(path, name);
        if (!found) return { members: [] };
        if ('schema' in found) return { members: [], base: this.shared.baseOf(found.schema) };
        return this.shapeOf(found.path, found.declaration);
      },
      field: (owner, member, schema) => {
        if (member.name === 'status' && this.kindNames.has(owner))
          return { name: 'status', schema: IGNORED_STATUS };
        return {
          name: member.name,
          schema: refinementOf(`${this.source.name}:${owner}`, member.name, schema),
        };
      },
    };
  }

  private schemaOf(path: string, declaration: Declaration): JsonSchema {
    const { type } = declaration;
    if (type.kind !== 'object') return toSchema(type, this.scopeOf(path), plainName(declaration.name));
    const key = `${path}#${declaration.name}`;
    const known = this.names.get(key);
    if (known) return refTo(known);
    const shape = this.shapeOf(path, declaration);
    if (shape.members.length === 0 && !shape.base)
      return toSchema(type, this.scopeOf(path), plainName(declaration.name));
    const name = this.definitions.reserve(plainName(declaration.name));
    this.names.set(key, name);
    if (literalOf(declaration, 'kind')) this.kindNames.add(name);
    define(name, declaration.doc, shape, this.scopeOf(path));
    return refTo(name);
  }

  /** Its own members before those of its parents, since they may narrow them. */
  private shapeOf(path: string, declaration: Declaration): ObjectShape {
    const scope = this.scopeOf(path);
    const types: TypeNode[] = [declaration.type];
    for (const name of declaration.extends) types.push({ kind: 'reference', name });
    const shapes = types.map((type) => shapeOf(type, scope));
    return {
      members: uniqueMembers(shapes.flatMap((shape) => shape.members)),
      values: shapes.find((shape) => shape.values)?.values,
      base: shapes.find((shape) => shape.base)?.base,
    };
  }

  private find(
    path: string,
    name: string,
  ): { path: string; declaration: Declaration } | { schema: JsonSchema } | undefined {
    const file = this.read(path);
    const declaration = file.types.get(file.renames.get(name) ?? name);
    if (declaration) return { path, declaration };
    const imported = file.imports.get(name);
    if (!imported) return undefined;
    const schema = this.shared.find(imported.from, imported.name);
    if (schema) return { schema };
    const target = this.pathOf(dirname(path), imported.from);
    return target === undefined ? undefined : this.find(target, imported.name);
  }

  private pathOf(folder: string, specifier: string): string | undefined {
    const base = specifier.startsWith('.')
      ? resolve(folder, specifier)
      : join(this.source.nodeModules, specifier);
    const path = `${base.replace(/\.js$/, '')}.d.ts`;
    return existsSync(path) ? path : undefined;
  }
}

/** Generated interfaces start with an I. */
function plainName(name: string): string {
  return /^I[A-Z]/.test(name) ? name.slice(1) : name;
}
