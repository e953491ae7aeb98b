import type { JsonSchema } from './json-schema.ts';
import { type Located, own, type SchemaStore } from './store.ts';

/** A field as completion and hover show it. */
export interface FieldInfo {
  readonly name: string;
  /** For people: `string`, `integer or string`, `quantity`, `list of Container`, `map of string`. */
  readonly type: string;
  readonly required: boolean;
  /** The values that it takes, when they are known. */
  readonly enum?: readonly (string | number)[];
  /** Plain text or Markdown of the upstream API reference. */
  readonly description?: string;
}

type Path = readonly (string | number)[];

/** The fields of the object at a path; empty when nothing is known of it. */
export function fieldsAt(store: SchemaStore, apiVersion: string, kind: string, path: Path): FieldInfo[] {
  const at = follow(store, apiVersion, kind, path);
  if (!at) return [];
  const { properties = {} } = at.schema;
  return Object.keys(properties).map((name) => fieldInfo(store, at, name, properties[name] ?? {}));
}

/** The field or object at a path; the empty path is the kind itself. */
export function describe(
  store: SchemaStore,
  apiVersion: string,
  kind: string,
  path: Path,
): FieldInfo | undefined {
  const name = path.at(-1);
  const parent = follow(store, apiVersion, kind, path.slice(0, -1));
  if (!parent) return undefined;
  if (name === undefined) {
    const description = parent.def && store.documentation(parent.family, parent.def);
    return { name: kind, type: 'object', required: true, ...(description ? { description } : {}) };
  }
  const property = typeof name === 'string' ? own(parent.schema.properties ?? {}, name) : undefined;
  if (property) return fieldInfo(store, parent, String(name), property);
  const at = step(store, parent, name);
  if (!at) return undefined;
  return { name: String(name), required: false, ...schemaInfo(store, at) };
}

function follow(store: SchemaStore, apiVersion: string, kind: string, path: Path): Located | undefined {
  let at: Located | undefined = store.kind(apiVersion, kind);
  for (const segment of path) {
    const next: Located | undefined = at && step(store, at, segment);
    at = next && store.resolve(next);
  }
  return at;
}

function step(
  _store: SchemaStore,
  { family, schema }: Located,
  segment: string | number,
): Located | undefined {
  const child = childOf(schema, segment);
  return child && { family, schema: child };
}

function childOf(schema: JsonSchema, segment: string | number): JsonSchema | undefined {
  if (typeof segment === 'number') return schema.items;
  const { additionalProperties } = schema;
  const values = typeof additionalProperties === 'object' ? additionalProperties : undefined;
  return own(schema.properties ?? {}, segment) ?? values;
}

function fieldInfo(store: SchemaStore, parent: Located, name: string, schema: JsonSchema): FieldInfo {
  const info = schemaInfo(store, { family: parent.family, schema });
  const own = parent.def && store.documentation(parent.family, parent.def, name);
  return {
    name,
    required: parent.schema.required?.includes(name) ?? false,
    ...info,
    ...(own ? { description: own } : {}),
  };
}

/** What a schema says without the field it stands in; the documentation is that of its type. */
function schemaInfo(store: SchemaStore, at: Located): Pick<FieldInfo, 'type' | 'enum' | 'description'> {
  const { family, schema, def } = store.resolve(at);
  const values = schema.enum ?? schema.items?.enum;
  const description = def && store.documentation(family, def);
  return {
    type: typeLabel(at.schema),
    ...(values ? { enum: values } : {}),
    ...(description ? { description } : {}),
  };
}

function typeLabel(schema: JsonSchema): string {
  if (schema.$ref !== undefined) return definitionLabel(schema.$ref);
  if (schema.format !== undefined && FORMAT_LABELS[schema.format]) return FORMAT_LABELS[schema.format] ?? '';
  if (schema.items) return `list of ${typeLabel(schema.items)}`;
  if (typeof schema.additionalProperties === 'object')
    return `map of ${typeLabel(schema.additionalProperties)}`;
  if (schema.type === undefined) return 'any';
  return typeof schema.type === 'string' ? schema.type : schema.type.join(' or ');
}

const FORMAT_LABELS: Readonly<Record<string, string>> = {
  quantity: 'quantity',
  'date-time': 'date and time',
  byte: 'base64',
  cidr: 'address block',
};

/** `V1Container` is a Container; definitions of nameless types carry the name of a field, in lower case. */
function definitionLabel($ref: string): string {
  const name = $ref.slice($ref.lastIndexOf('/') + 1).replace(/-\d+$/, '');
  if (/^[^A-Z]/.test(name)) return 'object';
  return name.replace(/^(?:[A-Z][a-z]+)?V\d+(?:(?:alpha|beta)\d+)?(?=[A-Z])/, '');
}
