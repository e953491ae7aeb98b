import type { JsonSchema, JsonType } from '../../server/src/kubernetes/schema/json-schema.ts';
import type { Member, TypeNode } from './declarations.ts';
import { type Definitions, refTo } from './definitions.ts';

/** How a family turns what it declares into schemas. */
export interface Scope {
  readonly definitions: Definitions;
  /** Whether a field that the types require is required of authors: not where the server has a default for it. */
  readonly trustsRequired: boolean;
  /** The schema of a named type. */
  resolve(name: string): JsonSchema;
  /** The members of a named type, for `extends` and for intersections. */
  membersOf(name: string): ObjectShape;
  /** The final word on one field of a definition: its name in a manifest and its schema; undefined leaves it out. */
  field(owner: string, member: Member, schema: JsonSchema): { name: string; schema: JsonSchema } | undefined;
}

/** The flattened shape of an object type. */
export interface ObjectShape {
  readonly members: readonly Member[];
  readonly values?: TypeNode | undefined;
  /** A definition of another family that it extends. */
  readonly base?:
    | { readonly schema: JsonSchema; readonly docs: Readonly<Record<string, string>> }
    | undefined;
}

const ANY: JsonSchema = {};
const PRIMITIVE: Readonly<Record<string, JsonSchema>> = {
  string: { type: 'string' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  object: { type: 'object' },
  Date: { type: 'string', format: 'date-time' },
};

/** The schema of a type; `owner` names the definition of an object type without a name. */
export function toSchema(type: TypeNode, scope: Scope, owner: string): JsonSchema {
  switch (type.kind) {
    case 'primitive':
      return PRIMITIVE[type.name] ?? ANY;
    case 'literal':
      return enumOf([type.value]);
    case 'array':
      return { type: 'array', items: toSchema(type.items, scope, owner) };
    case 'reference':
      return scope.resolve(type.name);
    case 'union':
      return unionSchema(type.types, scope, owner);
    default: {
      const shape = shapeOf(type, scope);
      if (shape.members.length > 0) {
        const name = scope.definitions.reserve(owner);
        define(name, '', shape, scope);
        return refTo(name);
      }
      if (!shape.values) return { type: 'object' };
      return { type: 'object', additionalProperties: toSchema(shape.values, scope, owner) };
    }
  }
}

/** Fills in the definition of an object type under a reserved name. */
export function define(name: string, doc: string, shape: ObjectShape, scope: Scope): void {
  const { base } = shape;
  const properties: Record<string, JsonSchema> = { ...base?.schema.properties };
  const required: string[] = [...(base?.schema.required ?? [])];
  const docs: Record<string, string> = { ...base?.docs, '': doc };
  for (const member of shape.members) {
    const field = scope.field(name, member, toSchema(member.type, scope, member.name));
    if (!field) continue;
    properties[field.name] = field.schema;
    if (isRequired(member) && scope.trustsRequired) required.push(field.name);
    if (member.doc) docs[field.name] = member.doc;
  }
  if (!doc) delete docs[''];
  const values = shape.values && toSchema(shape.values, scope, name);
  scope.definitions.set(
    name,
    {
      type: 'object',
      properties,
      ...(required.length > 0 ? { required } : {}),
      additionalProperties: values ?? isBare(shape),
    },
    docs,
  );
}

/** A field of one value (`kind`) is what tells the type, so it is there. */
function isRequired({ optional, type }: Member): boolean {
  return !optional && type.kind !== 'literal';
}

/** Some kinds are declared without their content, which is then free. */
function isBare({ members }: ObjectShape): boolean {
  return members.length > 0 && members.every(({ name }) => BARE.has(name));
}

const BARE: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'status']);

/**
 * All members of an object type, with what it extends and intersects. A union inside an intersection says which
 * combinations are allowed (`oneOf`); only its fields count here, as optional ones.
 */
export function shapeOf(type: TypeNode, scope: Scope): ObjectShape {
  if (type.kind === 'object') return { members: type.members, values: type.values };
  if (type.kind === 'reference') return scope.membersOf(type.name);
  if (type.kind === 'primitive' && type.name === 'object') {
    return { members: [], values: { kind: 'primitive', name: 'any' } };
  }
  if (type.kind !== 'union' && type.kind !== 'intersection') return { members: [] };
  const shapes = type.types.map((part) => shapeOf(part, scope));
  const members = shapes.flatMap((shape) => shape.members);
  return {
    members: uniqueMembers(type.kind === 'union' ? members.map(asOptional) : members),
    values: shapes.find((shape) => shape.values)?.values,
    base: shapes.find((shape) => shape.base)?.base,
  };
}

function asOptional(member: Member): Member {
  return { ...member, optional: true };
}

/** One member a name: the first says the type, and any required one makes it required. */
export function uniqueMembers(members: readonly Member[]): Member[] {
  const unique = new Map<string, Member>();
  for (const member of members) {
    const earlier = unique.get(member.name);
    if (!earlier) unique.set(member.name, member);
    else if (!member.optional) unique.set(member.name, { ...earlier, optional: false });
  }
  return [...unique.values()];
}

function unionSchema(types: readonly TypeNode[], scope: Scope, owner: string): JsonSchema {
  const literals = types.map((type) => (type.kind === 'literal' ? type.value : undefined));
  if (literals.every((value) => value !== undefined)) return enumOf(literals);
  if (types.every((type) => type.kind === 'object' || type.kind === 'intersection')) {
    return toSchema({ kind: 'intersection', types: [{ kind: 'union', types }] }, scope, owner);
  }
  const schemas = types.map((type) => toSchema(type, scope, owner));
  const names = schemas.map((schema) => (schema.enum || schema.$ref ? undefined : schema.type));
  if (names.every((name) => typeof name === 'string' && SCALARS.has(name))) {
    return { type: [...new Set(names)] as JsonType[] };
  }
  return ANY;
}

const SCALARS: ReadonlySet<string> = new Set<JsonType>(['string', 'number', 'integer', 'boolean']);

function enumOf(values: readonly (string | number)[]): JsonSchema {
  const type = values.every((value) => typeof value === 'number') ? 'integer' : 'string';
  return { type, enum: values };
}
