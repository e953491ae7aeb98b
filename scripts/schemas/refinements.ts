import type { JsonSchema } from '../../server/src/kubernetes/schema/json-schema.ts';
import { ENUMS, FORMATS, MAP_FORMATS, QUANTITIES, RANGES } from './refinement-tables.ts';

/** Users do not write `status`, and the API server ignores it on creation. */
export const IGNORED_STATUS: JsonSchema = { type: 'object' };

/**
 * What the API server checks beyond the types that a source declares: enums, formats and ranges.
 * `owner` is the definition's name, with or without the API version in front (`V1PodSpec`).
 */
export function refinementOf(owner: string, field: string, schema: JsonSchema): JsonSchema {
  const key = `${refinedType(owner)}.${field}`;
  if (QUANTITIES.has(key)) return withLeaf(schema, { type: ['string', 'number'], format: 'quantity' });
  const values = ENUMS[key];
  if (values) return withLeaf(schema, { type: 'string', enum: values });
  const format = FORMATS[key];
  if (format) return withLeaf(schema, { type: 'string', format });
  const range = RANGES[key];
  if (range) return { type: 'integer', minimum: range[0], maximum: range[1] };
  const formats = MAP_FORMATS[key];
  if (!formats || typeof schema.additionalProperties !== 'object') return schema;
  return {
    ...schema,
    propertyNames: { format: formats.keys },
    ...(formats.values ? { additionalProperties: { type: 'string', format: formats.values } } : {}),
  };
}

/** The name of a definition as the tables write it. */
export function refinedType(owner: string): string {
  return owner.replace(VERSION_PREFIX, '');
}

/** `V1`, `V1beta1`, `CoreV1`: how the client tells types of one name apart. */
const VERSION_PREFIX = /^(?:[A-Z][a-z]+)?V\d+(?:(?:alpha|beta)\d+)?(?=[A-Z])/;

/** Lists and maps keep their shape; what they hold is replaced. */
function withLeaf(schema: JsonSchema, leaf: JsonSchema): JsonSchema {
  if (schema.items) return { ...schema, items: leaf };
  if (typeof schema.additionalProperties === 'object') return { ...schema, additionalProperties: leaf };
  return leaf;
}
