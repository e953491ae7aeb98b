import schema from '../../../schemas/configuration.schema.json' with { type: 'json' };
import type { Path } from '../syntax/paths.ts';
import type { Value } from '../syntax/values.ts';

/** The part of JSON Schema that the configuration's schema uses. */
export interface ConfigurationSchema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  /** As in VS Code's dialect: one text for each value of `enum`. */
  readonly enumDescriptions?: readonly string[];
  readonly default?: unknown;
  /** As in VS Code's dialect: said when `pattern` does not match. */
  readonly patternErrorMessage?: string;
  readonly properties?: Readonly<Record<string, ConfigurationSchema>>;
  readonly additionalProperties?: boolean | ConfigurationSchema;
  readonly items?: ConfigurationSchema;
}

export const CONFIGURATION_SCHEMA: ConfigurationSchema = schema;

/** The schema of what stands at a path of the configuration; undefined where nothing can stand. */
export function schemaAt(path: Path): ConfigurationSchema | undefined {
  let at: ConfigurationSchema | undefined = CONFIGURATION_SCHEMA;
  for (const segment of path) at = at === undefined ? undefined : childOf(at, segment);
  return at;
}

function childOf(parent: ConfigurationSchema, segment: string | number): ConfigurationSchema | undefined {
  if (typeof segment === 'number') return parent.items;
  if (parent.properties !== undefined && Object.hasOwn(parent.properties, segment))
    return parent.properties[segment];
  return typeof parent.additionalProperties === 'object' ? parent.additionalProperties : undefined;
}

/**
 * A value as data for validation. Where the schema wants text, a scalar is what was typed: `off` would be a boolean and `1.30` a number
 * otherwise. A map or list that is still empty (`rules:`) counts as absent.
 */
export function dataOf(value: Value, wanted: ConfigurationSchema | undefined): unknown {
  if (value.kind === 'list') return value.items.map((item) => dataOf(item, wanted?.items));
  if (value.kind === 'map') return mapDataOf(value, wanted);
  if (wanted?.type === 'string') return value.text ?? null;
  if (value.isNull && (wanted?.type === 'object' || wanted?.type === 'array')) return undefined;
  return value.toJS();
}

function mapDataOf(map: Value, wanted: ConfigurationSchema | undefined): Record<string, unknown> {
  // Without a prototype, since a key such as `__proto__` is data here.
  const data: Record<string, unknown> = Object.create(null);
  for (const { key, value } of map.entries) {
    const item = dataOf(value, wanted && childOf(wanted, key));
    if (item !== undefined) data[key] = item;
  }
  return data;
}
