import { isRecord } from '../../syntax/records.ts';
import { FORMATS, isPlaceholder } from './formats.ts';
import type { JsonSchema, JsonType } from './json-schema.ts';
import { isSlip, nearestOf } from './nearest.ts';
import { isNameless, nameFormatOf } from './object-names.ts';
import { isPartial } from './partial.ts';
import { type Located, own, type SchemaStore } from './store.ts';

export type SchemaProblemType =
  | 'unknown-field'
  | 'wrong-type'
  | 'missing-required'
  | 'bad-enum'
  | 'bad-format';

/** Something that the API server would reject. It names fields and what they take, never the value that is there. */
export interface SchemaProblem {
  readonly type: SchemaProblemType;
  /** To the value or unknown key; for a missing field, to the object that lacks it or to the null in its place. */
  readonly path: readonly (string | number)[];
  /** The field that the problem is about: the last key of the path, or the missing one. */
  readonly field: string;
  /** What would be right, to complete "must be ...". Empty for an unknown field and for a missing one. */
  readonly expected: string;
  /** The field or value that was probably meant. */
  readonly nearest?: string;
  /** For a wrong type, the type that is there. */
  readonly actual?: JsonType;
}

/** Names such as `_` and `*` stand in patches and bases of Kustomize for the ones it puts there. */
const HAS_WORD = /[A-Za-z0-9]/;

/** The server's `status`, and the metadata that SOPS takes out again when it decrypts. */
const ADDED_TO_ROOTS: ReadonlySet<string> = new Set(['status', 'sops']);

/** After this many the document is something else altogether. */
const MAX_PROBLEMS = 100;

/** Checks an object of a kind as the API server's strict decoding and validation would. */
export function validateKind(
  store: SchemaStore,
  apiVersion: string,
  kind: string,
  value: unknown,
): SchemaProblem[] {
  const root = store.kind(apiVersion, kind);
  if (!root || !isRecord(value)) return [];
  const check = new Check(store, isPartial(value));
  check.value(root, value);
  if (!root.nameless && !isNameless(kind)) check.name(value, nameFormatOf(apiVersion, kind));
  return check.problems;
}

class Check {
  readonly problems: SchemaProblem[] = [];
  readonly #store: SchemaStore;
  readonly #partial: boolean;
  readonly #path: (string | number)[] = [];

  constructor(store: SchemaStore, partial: boolean) {
    this.#store = store;
    this.#partial = partial;
  }

  /** `null` stands for an absent value, as in the API server. */
  value(at: Located, value: unknown): void {
    if (value === null || value === undefined || this.problems.length >= MAX_PROBLEMS) return;
    const located = this.#store.resolve(at);
    const { schema } = located;
    const actual = typeOf(value);
    if (!hasType(schema, actual)) {
      if (typeof value === 'string' && isPlaceholder(value)) return;
      this.#report('wrong-type', { expected: typeName(schema), actual });
    } else if (isRecord(value)) this.#object(located, value);
    else if (Array.isArray(value)) this.#list(located, value);
    else this.#scalar(located, value);
  }

  /** Every stored object has a name, or a prefix from which the server makes one. */
  name(root: Record<string, unknown>, format: string): void {
    const { metadata = null } = root;
    if (metadata !== null && !isRecord(metadata)) return;
    const { name, generateName } = metadata ?? {};
    this.#path.push('metadata');
    if (name === undefined || name === null || name === '') {
      if (!generateName) {
        if (metadata === null) this.#path.pop();
        this.#report('missing-required', { field: metadata === null ? 'metadata' : 'name' });
      }
    } else if (typeof name !== 'string' || HAS_WORD.test(name)) {
      this.#path.push('name');
      this.#scalar({ family: '', schema: { type: 'string', format } }, name);
    }
    this.#path.length = 0;
  }

  #object({ family, schema }: Located, object: Record<string, unknown>): void {
    const { properties = {}, additionalProperties, propertyNames } = schema;
    for (const key of Object.keys(object)) {
      this.#path.push(key);
      const property = own(properties, key);
      if (property) this.value({ family, schema: property }, object[key]);
      else if (additionalProperties === false) this.#unknown({ family, schema }, key, object);
      else {
        if (propertyNames?.format) this.#key(key, propertyNames.format);
        if (typeof additionalProperties === 'object') {
          this.value({ family, schema: additionalProperties }, object[key]);
        }
      }
      this.#path.pop();
    }
    this.#required(schema.required ?? [], object);
  }

  /** A required field that is null is reported where the null stands. */
  #required(fields: readonly string[], object: Record<string, unknown>): void {
    if (this.#partial || Object.hasOwn(object, '$patch')) return;
    const missing = fields.filter((field) => (own(object, field) ?? null) === null);
    // A spec with nothing of what makes its kind is a patch of one.
    if (this.#path.join() === 'spec' && missing.length === fields.length && missing.length > 1) return;
    for (const field of missing) {
      if (!Object.hasOwn(object, field)) this.#report('missing-required', { field });
      else {
        this.#path.push(field);
        this.#report('missing-required', {});
        this.#path.pop();
      }
    }
  }

  #list({ family, schema }: Located, list: readonly unknown[]): void {
    const { items } = schema;
    if (!items) return;
    for (const [index, item] of list.entries()) {
      this.#path.push(index);
      this.value({ family, schema: items }, item);
      this.#path.pop();
    }
  }

  /** An empty string is what an absent one is to the server, so neither enum nor format applies to it. */
  #scalar({ family, schema }: Located, value: unknown): void {
    if (typeof value === 'string') {
      if (value === '' || isPlaceholder(value)) return;
      const format = schema.format === undefined ? undefined : FORMATS[schema.format];
      if (format && !format.accepts(value)) this.#report('bad-format', { expected: format.description });
    }
    if (schema.enum && !schema.enum.some((allowed) => allowed === value)) {
      this.#notInEnum(family, schema.enum, value);
    }
    const { minimum, maximum } = schema;
    if (typeof value !== 'number' || minimum === undefined || maximum === undefined) return;
    if (value < minimum || value > maximum) {
      this.#report('bad-format', { expected: `a number from ${minimum} to ${maximum}` });
    }
  }

  #notInEnum(family: string, allowed: readonly (string | number)[], value: unknown): void {
    const names = allowed.map(String).filter((name) => name !== '');
    const nearest = nearestOf(String(value), names);
    if (!this.#isCertain(family, String(value), nearest)) return;
    this.#report('bad-enum', {
      expected: names.length === 1 ? `${names[0]}` : `one of ${names.join(', ')}`,
      ...(nearest === undefined ? {} : { nearest }),
    });
  }

  #unknown(
    { family, schema: { properties = {}, required = [] } }: Located,
    key: string,
    object: Record<string, unknown>,
  ): void {
    // A directive of a strategic merge patch, or what a tool or server adds to the root.
    if (key.startsWith('$') || (this.#path.length === 1 && ADDED_TO_ROOTS.has(key))) return;
    const free = Object.keys(properties).filter((name) => !Object.hasOwn(object, name));
    const nearest = nearestOf(key, free);
    // The field that has to be there is not, and something like it is.
    const isMeant = nearest !== undefined && required.includes(nearest) && !this.#partial;
    if (!isMeant && !this.#isCertain(family, key, nearest)) return;
    this.#report('unknown-field', nearest === undefined ? {} : { nearest });
  }

  /** Custom resources change faster than any copy of their types, so of them only likely slips are reported. */
  #isCertain(family: string, word: string, nearest: string | undefined): boolean {
    return this.#store.isComplete(family) || (nearest !== undefined && isSlip(word, nearest));
  }

  /** The keys of a map are the author's own words, so the problem names the map. */
  #key(key: string, format: string): void {
    const rule = FORMATS[format];
    if (!rule || rule.accepts(key) || isPlaceholder(key)) return;
    this.#report('bad-format', { field: String(this.#path.at(-2) ?? ''), expected: rule.description });
  }

  #report(type: SchemaProblemType, details: Partial<SchemaProblem>): void {
    if (this.problems.length >= MAX_PROBLEMS) return;
    const field = this.#path.findLast((segment) => typeof segment === 'string') ?? '';
    this.problems.push({ type, path: [...this.#path], field, expected: '', ...details });
  }
}

function typeOf(value: unknown): JsonType {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'string' ? 'string' : 'object';
}

function hasType({ type }: JsonSchema, actual: JsonType): boolean {
  if (type === undefined) return true;
  const types = typeof type === 'string' ? [type] : type;
  return types.includes(actual) || (actual === 'integer' && types.includes('number'));
}

const TYPE_NAMES: Readonly<Record<JsonType, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'an integer',
  boolean: 'true or false',
  object: 'a map',
  array: 'a list',
};

function typeName({ type = [] }: JsonSchema): string {
  const types = typeof type === 'string' ? [type] : type;
  return types.map((name) => TYPE_NAMES[name]).join(' or ');
}
