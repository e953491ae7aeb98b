import { Ajv, type ErrorObject, MissingRefError, type Options, type ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import AjvDraft04 from 'ajv-draft-04';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { RE2JS } from 're2js';
import { isRecord } from '../../syntax/records.ts';
import type { HelmError } from '../errors.ts';
import type { Dict, GoValue } from '../value/value.ts';
import type { ActiveChart } from './dependencies.ts';
import { textOf } from './load.ts';
import { complaintsOf } from './schema-complaints.ts';

/** Compiled schemas, or why they cannot be used, by their texts, the latest behind: charts are read anew with each edit, and compiling takes long. */
const validators = new Map<string, ValidateFunction | string>();
const KEPT = 30;

/** What a schema refers to elsewhere is not fetched; this many such references are more than charts have. */
const MOST_REFERENCES = 50;

/**
 * Patterns of a schema run in linear time; those that RE2 does not know match everything. Ajv tells patterns apart by their
 * `toString`.
 */
function linearRegExp(pattern: string): { test(text: string): boolean; toString(): string } {
  try {
    const re = RE2JS.compile(pattern);
    return { test: (text) => re.matcher(text).find(), toString: () => pattern };
  } catch {
    return { test: () => true, toString: () => pattern };
  }
}
linearRegExp.code = 'linearRegExp';

const OPTIONS: Options = {
  strict: false,
  allErrors: true,
  verbose: true,
  ownProperties: true,
  // As 0.3 is a multiple of 0.1 for people.
  multipleOfPrecision: 9,
  logger: false,
  code: { regExp: linearRegExp },
};
/** From draft 2019-09 on, formats are remarks that nothing is held to. */
const OF_OLD_DRAFTS: Options = { ...OPTIONS, formats: fullFormats };
const OF_NEW_DRAFTS: Options = { ...OPTIONS, validateFormats: false };

/**
 * Checks the values of a chart and of its enabled dependencies against their values.schema.json. Helm joins all complaints into one
 * error; here each has the place of its value.
 */
export function checkSchemas(node: ActiveChart, values: Dict): HelmError[] {
  const errors: HelmError[] = [];
  const { schema } = node.chart;
  if (schema !== undefined) {
    const validate = validatorOf(textOf(schema.data));
    if (typeof validate === 'string') {
      const message = `${node.name}: ${validate}`;
      errors.push({ kind: 'schema', message, file: schema.file, range: undefined });
    } else {
      const complaints = complaintsOf(errorsOf(validate, toPlain(values)));
      for (const { path, text } of complaints) errors.push(toHelmError(path, text, values, node.name));
    }
  }
  for (const child of node.dependencies) {
    const own = values.entries.get(child.name);
    if (own?.kind === 'map') errors.push(...checkSchemas(child, own));
  }
  return errors;
}

function errorsOf(validate: ValidateFunction, data: unknown): readonly ErrorObject[] {
  try {
    return validate(data) ? [] : (validate.errors ?? []);
  } catch (error) {
    // A schema that refers to itself without going deeper says nothing.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

function validatorOf(text: string): ValidateFunction | string {
  const known = validators.get(text) ?? compile(text);
  validators.delete(text);
  validators.set(text, known);
  const [oldest] = validators.keys();
  if (validators.size > KEPT && oldest !== undefined) validators.delete(oldest);
  return known;
}

function compile(text: string): ValidateFunction | string {
  let schema: unknown;
  try {
    schema = JSON.parse(text);
  } catch {
    return 'values.schema.json is not valid JSON';
  }
  if (typeof schema === 'boolean') return new Ajv2020(OF_NEW_DRAFTS).compile(schema);
  if (!isRecord(schema)) return 'values.schema.json is no schema: it has to be a map';
  const { $schema, ...rest } = schema;
  const compiler = compilerFor(typeof $schema === 'string' ? $schema : '');
  for (let tries = 0; tries < MOST_REFERENCES; tries++) {
    try {
      return compiler.compile(rest);
    } catch (error) {
      const isElsewhere = error instanceof MissingRefError && /^[a-z]+:/i.test(error.missingSchema);
      if (!isElsewhere) return unusable(error);
      // Everything fits what is not at hand.
      compiler.addSchema({}, error.missingSchema);
    }
  }
  return 'values.schema.json refers to too many other files';
}

function unusable(error: unknown): string {
  if (error instanceof MissingRefError)
    return `json-pointer in "file:///values.schema.json${error.missingRef}" not found`;
  return `values.schema.json cannot be used: ${error instanceof Error ? error.message : 'unknown problem'}`;
}

function compilerFor(dialect: string): Ajv {
  if (/draft-04/.test(dialect)) return new AjvDraft04(OF_OLD_DRAFTS);
  if (/draft-0[67]|\/schema#?$/.test(dialect)) return new Ajv(OF_OLD_DRAFTS);
  return dialect.includes('2019-09') ? new Ajv2019(OF_NEW_DRAFTS) : new Ajv2020(OF_NEW_DRAFTS);
}

function toHelmError(path: readonly string[], text: string, values: Dict, chartName: string): HelmError {
  const origin = valueAt(values, path).trace.find(({ range }) => range !== undefined);
  return { kind: 'schema', message: `${chartName}: ${text}`, file: origin?.file, range: origin?.range };
}

/** The value at a path, or the innermost one around it. */
function valueAt(values: Dict, path: readonly string[]): GoValue {
  let current: GoValue = values;
  for (const segment of path) {
    const next: GoValue | undefined =
      current.kind === 'map'
        ? current.entries.get(segment)
        : current.kind === 'list'
          ? current.items[Number(segment)]
          : undefined;
    if (next === undefined) return current;
    current = next;
  }
  return current;
}

/** Values as plain data. Keys such as `__proto__` and `constructor` are data here, like all others. */
function toPlain(value: GoValue): unknown {
  switch (value.kind) {
    case 'map':
      return Object.fromEntries([...value.entries].map(([key, item]) => [key, toPlain(item)]));
    case 'list':
      return value.items.map(toPlain);
    case 'string':
      return value.text;
    case 'int':
      return Number(value.value);
    case 'bool':
    case 'float':
      return value.value;
    default:
      return null;
  }
}
