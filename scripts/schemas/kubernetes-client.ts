import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { IndexedKind, JsonSchema } from '../../server/src/kubernetes/schema/json-schema.ts';
import { define, type ObjectShape, type Scope, shapeOf } from './convert.ts';
import { type Declaration, type Member, parseDeclarations } from './declarations.ts';
import { Definitions, refTo } from './definitions.ts';
import type { Family } from './family.ts';
import { IGNORED_STATUS, refinementOf } from './refinements.ts';

/** A class of the client, as it describes itself at run time. */
interface ModelClass {
  getAttributeTypeMap?(): readonly Attribute[];
}

interface Attribute {
  readonly name: string;
  /** The name in JSON, where the client's own had to avoid a word of the language. */
  readonly baseName: string;
  readonly format: string;
}

interface Kind extends IndexedKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** The kinds of Kubernetes itself, from the classes of the official client in `folder` (its `dist/gen`). */
export async function kubernetesFamily(folder: string): Promise<Family> {
  const attributes = await attributesOf(join(folder, 'models'));
  const scope = clientScope(readModels(join(folder, 'models')), attributes);
  // The package still has files of API versions that are gone; it no longer exports their classes.
  const kinds = kindsOf(join(folder, 'apis')).filter(({ def }) => attributes.has(def));
  const roots = [...kinds.map(({ def }) => def), ...ALWAYS];
  for (const name of roots) scope.resolve(name);
  return { name: 'kubernetes', definitions: scope.definitions.finish(roots), kinds };
}

/** Types that custom resources refer to, besides those that the kinds here reach. */
const ALWAYS = ['V1ListMeta', 'V1PodTemplateSpec', 'V1Condition', 'V1LabelSelector', 'V1ObjectReference'];

type Attributes = ReadonlyMap<string, ReadonlyMap<string, Attribute>>;

function clientScope(declarations: ReadonlyMap<string, Declaration>, attributes: Attributes): Scope {
  const definitions = new Definitions();
  const done = new Set<string>();
  const membersOf = (name: string): ObjectShape => {
    const declaration = declarations.get(name);
    return declaration ? shapeOf(declaration.type, scope) : { members: [] };
  };
  const scope: Scope = {
    definitions,
    trustsRequired: true,
    membersOf,
    resolve(name) {
      if (name === 'IntOrString') return INT_OR_STRING;
      const declaration = declarations.get(name);
      if (!declaration) return {};
      if (!done.has(name)) {
        done.add(name);
        define(definitions.reserve(name), declaration.doc, membersOf(name), scope);
      }
      return refTo(name);
    },
    field(owner, member, schema) {
      if (member.name === 'status' && isKind(declarations.get(owner))) {
        return { name: 'status', schema: IGNORED_STATUS };
      }
      const attribute = attributes.get(owner)?.get(member.name);
      const name = attribute?.baseName ?? member.name;
      return { name, schema: refinementOf(owner, name, withFormat(schema, attribute?.format)) };
    },
  };
  return scope;
}

const INT_OR_STRING: JsonSchema = { type: ['integer', 'string'], format: 'int-or-string' };

function isKind(declaration: Declaration | undefined): boolean {
  if (declaration?.type.kind !== 'object') return false;
  return declaration.type.members.some((member: Member) => member.name === 'apiVersion');
}

function readModels(folder: string): Map<string, Declaration> {
  const declarations = new Map<string, Declaration>();
  for (const file of readdirSync(folder)) {
    if (!file.endsWith('.d.ts')) continue;
    const { types } = parseDeclarations(readFileSync(join(folder, file), 'utf8'));
    for (const [name, declaration] of types) declarations.set(name, declaration);
  }
  return declarations;
}

/** The attributes of every class that the client exports. */
async function attributesOf(folder: string): Promise<Attributes> {
  const models: Record<string, ModelClass> = await import(pathToFileURL(join(folder, 'all.js')).href);
  return new Map(
    Object.entries(models).map(([name, model]) => {
      const attributes = model.getAttributeTypeMap?.() ?? [];
      return [name, new Map(attributes.map((attribute) => [attribute.name, attribute]))];
    }),
  );
}

/** The client types every number alike and every byte string as a string; the format tells more. */
function withFormat(schema: JsonSchema, format: string | undefined): JsonSchema {
  if (schema.type === 'array' && schema.items) return { ...schema, items: withFormat(schema.items, format) };
  if (typeof schema.additionalProperties === 'object') {
    return { ...schema, additionalProperties: withFormat(schema.additionalProperties, format) };
  }
  if (schema.type === 'number' && format !== 'double') return { type: 'integer' };
  if (schema.type === 'string' && format === 'byte') return { type: 'string', format: 'byte' };
  return schema;
}

const CREATE_METHOD = /async create\w+\(.*?const localVarPath = '([^']+)'.*?serialize\(body, "(\w+)"/gs;
const PREFIXED_KIND = /^(?:[A-Z][a-z]+)?V\d+(?:(?:alpha|beta)\d+)?([A-Z]\w*)$/;

/** Every kind that the API server creates, with its API version and scope, from the paths of the client's methods. */
function kindsOf(folder: string): Kind[] {
  const kinds = new Map<string, Kind>();
  for (const file of readdirSync(folder)) {
    if (!file.endsWith('Api.js')) continue;
    for (const [, path = '', def = ''] of readFileSync(join(folder, file), 'utf8').matchAll(CREATE_METHOD)) {
      const apiVersion = apiVersionOf(path);
      const kind = PREFIXED_KIND.exec(def)?.[1];
      if (!apiVersion || !kind) continue;
      const namespaced = path.includes('/namespaces/{namespace}/');
      kinds.set(`${apiVersion}/${kind}`, { apiVersion, kind, def, namespaced });
    }
  }
  return [...kinds.values()];
}

/** `/apis/apps/v1/namespaces/{namespace}/deployments` is `apps/v1`; a subresource has no version of its own. */
function apiVersionOf(path: string): string | undefined {
  if (/\{name\}\/./.test(path)) return undefined;
  const [, root, group, version] = path.split('/');
  if (root === 'api') return group;
  return root === 'apis' ? `${group}/${version}` : undefined;
}
