import { decodeTracedJson } from '../../encoding/json-decode.ts';
import { Str } from '../../value/value.ts';
import { SchemaDocument } from './document.ts';

function all(keywords: readonly string[], schema: unknown): Record<string, unknown> {
  return Object.fromEntries(keywords.map((keyword) => [keyword, schema]));
}

/** What a schema has to look like: the keywords that are checked here, and what stands below them. Source: the metaschemas of json-schema.org. */
const METASCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: ['object', 'boolean'],
  definitions: {
    count: { type: 'integer', minimum: 0 },
    schemas: { type: 'array', minItems: 1, items: { $ref: '#' } },
    named: { type: 'object', additionalProperties: { $ref: '#' } },
    texts: { type: 'array', items: { type: 'string' }, uniqueItems: true },
    type: { enum: ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'] },
  },
  properties: {
    ...all(
      ['additionalProperties', 'additionalItems', 'propertyNames', 'contains', 'not', 'if', 'then', 'else'],
      {
        $ref: '#',
      },
    ),
    $ref: { type: 'string' },
    $defs: { $ref: '#/definitions/named' },
    definitions: { $ref: '#/definitions/named' },
    type: {
      anyOf: [
        { $ref: '#/definitions/type' },
        { type: 'array', minItems: 1, items: { $ref: '#/definitions/type' } },
      ],
    },
    enum: { type: 'array' },
    multipleOf: { type: 'number', exclusiveMinimum: 0 },
    minimum: { type: 'number' },
    maximum: { type: 'number' },
    exclusiveMinimum: { type: ['number', 'boolean'] },
    exclusiveMaximum: { type: ['number', 'boolean'] },
    ...all(['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'], {
      $ref: '#/definitions/count',
    }),
    pattern: { type: 'string', format: 'regex' },
    format: { type: 'string' },
    uniqueItems: { type: 'boolean' },
    required: { $ref: '#/definitions/texts' },
    properties: { $ref: '#/definitions/named' },
    patternProperties: { $ref: '#/definitions/named', propertyNames: { format: 'regex' } },
    dependencies: { type: 'object' },
    items: { anyOf: [{ $ref: '#' }, { $ref: '#/definitions/schemas' }] },
    prefixItems: { $ref: '#/definitions/schemas' },
    allOf: { $ref: '#/definitions/schemas' },
    anyOf: { $ref: '#/definitions/schemas' },
    oneOf: { $ref: '#/definitions/schemas' },
  },
};

let metaschema: SchemaDocument | undefined;

export function metaschemaDocument(): SchemaDocument {
  metaschema ??= new SchemaDocument(decodeTracedJson(new Str(JSON.stringify(METASCHEMA), [])));
  return metaschema;
}
