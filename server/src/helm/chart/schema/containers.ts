import type { Dict, GoValue, List } from '../../value/value.ts';
import { Str } from '../../value/value.ts';
import { type Complaint, complaint, GROUP, quoted, quotedList } from './complaint.ts';
import { itemsAt, mapAt, numberAt, textsAt } from './document.ts';
import { canonical } from './json-values.ts';
import { limitProblems } from './limits.ts';
import type { Place, SchemaValidator } from './validator.ts';

type Found = (Complaint | undefined)[];

/** The keywords for objects. Source: `objValidate` in validator.go of jsonschema/v6. */
export function checkProperties(validator: SchemaValidator, schema: Dict, place: Place<Dict>): Found {
  const { value, path, seen } = place;
  const { draft } = validator.document;
  const found: Found = limitProblems(schema, 'Properties', value.entries.size).map((text) =>
    complaint(path, text),
  );
  const missing = missingOf(value, textsAt(schema, 'required'));
  if (missing.length === 1) found.push(complaint(path, `missing property ${quotedList(missing)}`));
  if (missing.length > 1) found.push(complaint(path, `missing properties ${quotedList(missing)}`));
  found.push(...checkDependencies(validator, schema, place));
  found.push(...checkEntries(validator, schema, place));
  const names = draft >= 6 ? schema.entries.get('propertyNames') : undefined;
  if (names !== undefined) {
    for (const key of value.entries.keys()) {
      const problem = validator.check(names, new Str(key, []), path);
      if (problem === undefined) continue;
      const causes = problem.text === GROUP ? problem.causes : [problem];
      found.push(complaint(path, `invalid propertyName ${quoted(key)}`, causes));
    }
  }
  for (const [key, part] of mapAt(schema, 'dependentSchemas')?.entries ?? []) {
    if (draft >= 2019 && value.entries.has(key)) found.push(validator.check(part, value, path, seen));
  }
  return found;
}

function missingOf(value: Dict, keys: readonly string[]): string[] {
  return keys.filter((key) => !value.entries.has(key));
}

/** `dependencies` and `dependentRequired`. */
function checkDependencies(
  validator: SchemaValidator,
  schema: Dict,
  { value, path, seen }: Place<Dict>,
): Found {
  const keyword = validator.document.draft >= 2019 ? 'dependentRequired' : 'dependencies';
  const dependencies = mapAt(schema, keyword);
  return [...(dependencies?.entries ?? [])].map(([key, part]) => {
    if (!value.entries.has(key)) return undefined;
    if (part.kind !== 'list') return validator.check(part, value, path, seen);
    const missing = missingOf(value, textsAt(dependencies as Dict, key));
    if (missing.length === 0) return undefined;
    return complaint(path, `properties ${quotedList(missing)} required, if ${quoted(key)} exists`);
  });
}

/** `properties`, `patternProperties` and `additionalProperties`. */
function checkEntries(validator: SchemaValidator, schema: Dict, { value, path, seen }: Place<Dict>): Found {
  const properties = mapAt(schema, 'properties');
  const patterns = [...(mapAt(schema, 'patternProperties')?.entries ?? [])].map(
    ([pattern, part]) => [validator.document.pattern(pattern) ?? (() => false), part] as const,
  );
  const additional = schema.entries.get('additionalProperties');
  const found: Found = [];
  const unwanted: string[] = [];
  for (const [key, item] of value.entries) {
    const parts: GoValue[] = patterns.filter(([matches]) => matches(key)).map(([, part]) => part);
    const own = properties?.entries.get(key);
    if (own !== undefined) parts.unshift(own);
    if (parts.length === 0 && additional !== undefined) {
      if (additional.kind === 'bool' && !additional.value) unwanted.push(key);
      parts.push(additional.kind === 'bool' ? ALWAYS : additional);
    }
    if (parts.length > 0) seen.keys.add(key);
    found.push(...parts.map((part) => validator.check(part, item, [...path, key])));
  }
  if (unwanted.length > 0) {
    found.push(complaint(path, `additional properties ${quotedList(unwanted.sort())} not allowed`));
  }
  return found;
}

/** A schema that everything passes. */
const ALWAYS = new Str('', []);

/** The keywords for arrays. Source: `arrValidate` in validator.go of jsonschema/v6. */
export function checkItems(validator: SchemaValidator, schema: Dict, place: Place<List>): Found {
  const { value, path } = place;
  const found: Found = limitProblems(schema, 'Items', value.items.length).map((text) =>
    complaint(path, text),
  );
  const unique = schema.entries.get('uniqueItems');
  const twins = unique?.kind === 'bool' && unique.value ? firstTwins(value.items.map(canonical)) : undefined;
  if (twins !== undefined) found.push(complaint(path, `items at ${twins[0]} and ${twins[1]} are equal`));
  return [...found, ...checkEachItem(validator, schema, place), checkContains(validator, schema, place)];
}

function firstTwins(texts: readonly string[]): [number, number] | undefined {
  const places = new Map<string, number>();
  for (const [index, text] of texts.entries()) {
    const before = places.get(text);
    if (before !== undefined) return [before, index];
    places.set(text, index);
  }
  return undefined;
}

/** `prefixItems` and `items`, or `items` and `additionalItems` before 2020. */
function checkEachItem(validator: SchemaValidator, schema: Dict, { value, path, seen }: Place<List>): Found {
  const isNew = validator.document.draft >= 2020;
  const items = schema.entries.get('items');
  const prefix = itemsAt(schema, isNew ? 'prefixItems' : 'items');
  const hasPrefix = isNew || items?.kind === 'list';
  const rest = isNew || !hasPrefix ? items : schema.entries.get('additionalItems');
  const surplus = value.items.length - prefix.length;
  if (!isNew && hasPrefix && rest?.kind === 'bool' && !rest.value && surplus > 0) {
    return [
      ...prefix.map((part, index) => checkAt(validator, part, value, index, path)),
      complaint(path, `last ${surplus} additionalItem(s) not allowed`),
    ];
  }
  return value.items.map((_, index) => {
    const part = prefix[index] ?? rest;
    if (part === undefined) return undefined;
    seen.indexes.add(index);
    return checkAt(validator, part, value, index, path);
  });
}

function checkAt(
  validator: SchemaValidator,
  part: GoValue,
  { items }: List,
  index: number,
  path: Place['path'],
): Complaint | undefined {
  const item = items[index];
  return item === undefined ? undefined : validator.check(part, item, [...path, index]);
}

function checkContains(
  validator: SchemaValidator,
  schema: Dict,
  { value, path, seen }: Place<List>,
): Complaint | undefined {
  const { draft } = validator.document;
  const wanted = draft >= 6 ? schema.entries.get('contains') : undefined;
  if (wanted === undefined) return undefined;
  const failures: Complaint[] = [];
  const matching = value.items.flatMap((item, index) => {
    const problem = validator.check(wanted, item, [...path, index]);
    if (problem !== undefined) failures.push(problem);
    else if (draft >= 2020) seen.indexes.add(index);
    return problem === undefined ? index : [];
  });
  const least = draft >= 2019 ? numberAt(schema, 'minContains') : undefined;
  if (least === undefined) {
    return matching.length > 0 ? undefined : complaint(path, 'no items match contains schema', failures);
  }
  if (matching.length >= least) return undefined;
  const shown =
    matching.length === 0 ? 'none matched' : `matched ${matching.length} items at ${matching.join(' ')}`;
  return complaint(path, `min ${least} items required to match contains schema, but ${shown}`, failures);
}
