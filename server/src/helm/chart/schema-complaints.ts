import type { ErrorObject } from 'ajv';
import { quote } from '../go/quote.ts';

/** What a schema has against a value. */
export interface Complaint {
  /** The keys and indexes from the root of the values. */
  readonly path: readonly string[];
  /** `at '/replicas': got string, want integer`; causes stand below it, a line each. */
  readonly text: string;
}

/** More errors than this help nobody. */
const MOST_ERRORS = 500;

/** Keywords that only say that something about other schemas does not fit: errors of these are its causes. */
const CHOICES = new Set(['anyOf', 'oneOf', 'contains', 'propertyNames']);

/** Keywords of which each key is an error, by the parameter that names the key. */
const KEY_PARAMETERS: Readonly<Record<string, string>> = {
  required: 'missingProperty',
  additionalProperties: 'additionalProperty',
};

/**
 * The validator's errors in Helm's words, which are those of github.com/santhosh-tekuri/jsonschema/v6 (kind/kind.go). Missing or additional keys of a
 * map are one complaint.
 */
export function complaintsOf(errors: readonly ErrorObject[]): Complaint[] {
  const shown = withoutRepetitions(errors.slice(0, MOST_ERRORS));
  const choices = shown.filter(({ keyword }) => CHOICES.has(keyword));
  const choiceAround = (error: ErrorObject) =>
    choices
      .filter((choice) => error.schemaPath.startsWith(`${choice.schemaPath}/`))
      .toSorted((a, b) => b.schemaPath.length - a.schemaPath.length)[0];
  const linesOf = (error: ErrorObject): string[] => {
    const causes = shown.filter((other) => choiceAround(other) === error).flatMap(linesOf);
    const indented = causes.map((line) => (line.startsWith('  ') ? `  ${line}` : `  - ${line}`));
    return [`at ${quoted(error.instancePath)}: ${wordsFor(error, errors)}`, ...indented];
  };
  return shown
    .filter((error) => choiceAround(error) === undefined)
    .map((error) => ({ path: segmentsOf(error.instancePath), text: linesOf(error).join('\n') }));
}

/** `if` only says that another error exists. */
function withoutRepetitions(errors: readonly ErrorObject[]): ErrorObject[] {
  const seen = new Set<string>();
  return errors.filter(({ keyword, instancePath, schemaPath }) => {
    const place = `${instancePath} ${schemaPath}`;
    const isRepeated = keyword in KEY_PARAMETERS && seen.has(place);
    seen.add(place);
    return keyword !== 'if' && !isRepeated;
  });
}

function segmentsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** In the order in which messages name them. */
const TYPES = ['null', 'boolean', 'number', 'integer', 'string', 'array', 'object'];

function wordsFor(error: ErrorObject, errors: readonly ErrorObject[]): string {
  const { keyword, params, schema, data } = error;
  switch (keyword) {
    case 'type':
      return `got ${typeOf(data)}, want ${TYPES.filter((type) => [schema].flat().includes(type)).join(' or ')}`;
    case 'required': {
      const keys = keysOf(error, errors);
      return `missing ${keys.length === 1 ? 'property' : 'properties'} ${keys.map(quoted).join(', ')}`;
    }
    case 'additionalProperties':
      return `additional properties ${keysOf(error, errors).sort().map(quoted).join(', ')} not allowed`;
    case 'enum':
      return allowedWords(schema as readonly unknown[]);
    case 'const':
      return typeof schema === 'object' && schema !== null ? "'const' failed" : allowedWords([schema]);
    case 'pattern':
      return `${quoted(String(data))} does not match pattern ${quoted(String(schema))}`;
    case 'format':
      return `${quoted(String(data))} is not valid ${String(schema)}`;
    case 'uniqueItems':
      return `items at ${params.j} and ${params.i} are equal`;
    case 'contains':
      return 'no items match contains schema';
    case 'propertyNames':
      return `invalid propertyName ${quoted(String(params.propertyName))}`;
    case 'oneOf':
      return params.passingSchemas === null
        ? "'oneOf' failed, none matched"
        : `'oneOf' failed, subschemas ${(params.passingSchemas as number[]).join(', ')} matched`;
    case 'anyOf':
    case 'not':
      return `'${keyword}' failed`;
    case 'dependencies':
    case 'dependentRequired':
      return `properties ${quoted(String(params.missingProperty))} required, if ${quoted(String(params.property))} exists`;
    case 'false schema':
      return keyword;
    default:
      return limitWords(error) ?? error.message ?? 'does not fit the schema';
  }
}

function limitWords({ keyword, params, schema, data }: ErrorObject): string | undefined {
  const size = sizeOf(data, keyword);
  // Draft 4 says beside the limit that it is exclusive.
  const isExclusive = /^[<>]$/.test(String(params.comparison)) && !keyword.startsWith('exclusive');
  const name = isExclusive ? `exclusive${keyword.charAt(0).toUpperCase()}${keyword.slice(1)}` : keyword;
  return size === undefined || typeof schema !== 'number'
    ? undefined
    : `${name}: got ${size}, want ${schema}`;
}

function sizeOf(data: unknown, keyword: string): number | undefined {
  if (typeof data === 'number') return data;
  if (keyword.endsWith('Length')) return [...String(data)].length;
  if (keyword.endsWith('Items')) return (data as readonly unknown[]).length;
  return keyword.endsWith('Properties') ? Object.keys(data as object).length : undefined;
}

/** All keys that the same keyword has something against in the same map. */
function keysOf(
  { keyword, instancePath, schemaPath }: ErrorObject,
  errors: readonly ErrorObject[],
): string[] {
  const parameter = KEY_PARAMETERS[keyword] ?? '';
  return errors
    .filter((error) => error.schemaPath === schemaPath && error.instancePath === instancePath)
    .map(({ params }) => String(params[parameter]));
}

/** Lists and maps are not shown. */
function allowedWords(allowed: readonly unknown[]): string {
  if (allowed.some((value) => typeof value === 'object' && value !== null)) return "'enum' failed";
  const shown = allowed.map((value) =>
    typeof value === 'string' ? quoted(value) : String(value ?? '<nil>'),
  );
  return shown.length === 1 ? `value must be ${shown[0]}` : `value must be one of ${shown.join(', ')}`;
}

function typeOf(data: unknown): string {
  if (data === null) return 'null';
  return Array.isArray(data) ? 'array' : typeof data;
}

/** A text in single quotes, with the escapes of Go. */
function quoted(text: string): string {
  return `'${quote(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
