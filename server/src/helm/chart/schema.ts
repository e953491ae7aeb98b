import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { RE2JS } from 're2js';
import type { HelmError } from '../errors.ts';
import type { Dict, GoValue } from '../value/value.ts';
import type { Chart } from './chart.ts';
import type { ActiveChart } from './dependencies.ts';
import { textOf } from './load.ts';

/** Compiled schemas, as long as their chart lives. */
const validators = new WeakMap<Chart, ValidateFunction | string>();

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
  validateFormats: false,
  logger: false,
  code: { regExp: linearRegExp },
};

/**
 * Checks the values of a chart and of its enabled dependencies against their values.schema.json. Helm joins all complaints into one
 * error; here each has the place of its value.
 */
export function checkSchemas(node: ActiveChart, values: Dict): HelmError[] {
  const errors: HelmError[] = [];
  const { schema } = node.chart;
  if (schema !== undefined) {
    const validate = validatorOf(node.chart, textOf(schema.data));
    if (typeof validate === 'string') {
      errors.push({ kind: 'schema', message: validate, file: schema.file, range: undefined });
    } else if (!validate(toPlain(values))) {
      for (const error of relevant(validate.errors ?? [])) errors.push(toHelmError(error, values, node.name));
    }
  }
  for (const child of node.dependencies) {
    const own = values.entries.get(child.name);
    if (own?.kind === 'map') errors.push(...checkSchemas(child, own));
  }
  return errors;
}

function validatorOf(chart: Chart, text: string): ValidateFunction | string {
  let known = validators.get(chart);
  if (known === undefined) {
    known = compile(text);
    validators.set(chart, known);
  }
  return known;
}

function compile(text: string): ValidateFunction | string {
  let schema: unknown;
  try {
    schema = JSON.parse(text);
  } catch {
    return 'values.schema.json is not valid JSON';
  }
  try {
    if (typeof schema !== 'object' || schema === null) return new Ajv2020(OPTIONS).compile(schema === true);
    const { $schema, ...rest } = schema as Record<string, unknown>;
    return compilerFor(typeof $schema === 'string' ? $schema : '').compile(rest);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown problem';
    return `values.schema.json cannot be used: ${reason}`;
  }
}

function compilerFor(dialect: string): Ajv {
  if (/draft-0[467]|\/schema#?$/.test(dialect)) return new Ajv(OPTIONS);
  return dialect.includes('2019-09') ? new Ajv2019(OPTIONS) : new Ajv2020(OPTIONS);
}

/** `if` and the like only say that another complaint exists. */
function relevant(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const leaves = errors.filter(({ keyword }) => keyword !== 'if');
  return leaves.length > 0 ? leaves : errors;
}

function toHelmError(error: ErrorObject, values: Dict, chartName: string): HelmError {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const origin = valueAt(values, path).trace.find(({ range }) => range !== undefined);
  return {
    kind: 'schema',
    message: `${chartName}: at '${error.instancePath}': ${describe(error)}`,
    file: origin?.file,
    range: origin?.range,
  };
}

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

function describe({ keyword, params, message = '' }: ErrorObject): string {
  if (keyword === 'additionalProperties') {
    return `additional properties '${params.additionalProperty}' not allowed`;
  }
  if (keyword === 'required') return `missing property '${params.missingProperty}'`;
  return message;
}

/** Values as plain data; prototypes play no part, since keys such as `__proto__` are data here. */
function toPlain(value: GoValue): unknown {
  switch (value.kind) {
    case 'map': {
      const plain: Record<string, unknown> = Object.create(null);
      for (const [key, item] of value.entries) plain[key] = toPlain(item);
      return plain;
    }
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
