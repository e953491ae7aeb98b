import type { Dict, GoValue, List, Str } from '../../value/value.ts';
import { type Complaint, complaint, GROUP, quoted, shownValue } from './complaint.ts';
import { checkItems, checkProperties } from './containers.ts';
import { itemsAt, type SchemaDocument, textAt, textsAt } from './document.ts';
import { formatProblem } from './formats.ts';
import { canonical, isWhole, jsonType } from './json-values.ts';
import { limitProblems, numberProblems } from './limits.ts';

/** The keys and indexes of a value that some keyword has spoken about, for the `unevaluated` ones. */
export interface Seen {
  readonly keys: Set<string>;
  readonly indexes: Set<number>;
}

/** A value in its place. */
export interface Place<T extends GoValue = GoValue> {
  readonly value: T;
  readonly path: readonly (string | number)[];
  readonly seen: Seen;
}

/** References may lead in circles. */
const MAX_DEPTH = 300;
/** So many values and parts of a schema are compared at most; behind that nothing is complained of. */
const MAX_STEPS = 500_000;

/** Checks values against a schema. Source: validator.go of santhosh-tekuri/jsonschema/v6, which Helm uses. */
export class SchemaValidator {
  readonly document: SchemaDocument;
  #steps = 0;
  #depth = 0;

  constructor(document: SchemaDocument) {
    this.document = document;
  }

  /** All complaints about a value, each with its own place. */
  complaints(value: GoValue): readonly Complaint[] {
    const found = this.check(this.document.root, value, []);
    return found === undefined ? [] : separate(found);
  }

  /** What a part of the schema has against a value. */
  check(
    schema: GoValue,
    value: GoValue,
    path: Place['path'],
    seen: Seen = { keys: new Set(), indexes: new Set() },
  ): Complaint | undefined {
    if (schema.kind === 'bool') return schema.value ? undefined : complaint(path, 'false schema');
    if (schema.kind !== 'map' || this.#depth >= MAX_DEPTH || this.#steps >= MAX_STEPS) return undefined;
    this.#depth++;
    this.#steps++;
    try {
      return this.#checkMap(schema, { value, path, seen });
    } finally {
      this.#depth--;
    }
  }

  #checkMap(schema: Dict, place: Place): Complaint | undefined {
    const reference = schema.entries.has('$ref') ? this.#reference(schema, '$ref', place) : undefined;
    if (this.document.draft < 2019 && schema.entries.has('$ref')) return reference;
    const basic = this.#basicProblem(schema, place);
    if (basic !== undefined) return complaint(place.path, basic);
    const found: (Complaint | undefined)[] = [reference, ...this.#byType(schema, place)];
    if (this.document.draft >= 2019) {
      found.push(
        this.#reference(schema, '$dynamicRef', place),
        this.#reference(schema, '$recursiveRef', place),
      );
    }
    found.push(...this.#conditions(schema, place));
    if (this.document.draft >= 2019) found.push(...this.#unevaluated(schema, place));
    const complaints = found.filter((one) => one !== undefined);
    return complaints.length > 1 ? complaint(place.path, GROUP, complaints) : complaints[0];
  }

  #reference(schema: Dict, keyword: string, { value, path, seen }: Place): Complaint | undefined {
    const reference = textAt(schema, keyword);
    const target = reference === undefined ? undefined : this.document.resolve(reference);
    return target === undefined ? undefined : this.check(target, value, path, seen);
  }

  /** What is wrong with the value as a whole; then nothing else is looked at. */
  #basicProblem(schema: Dict, { value }: Place): string | undefined {
    const type = jsonType(value);
    const wanted = [textAt(schema, 'type') ?? [], textsAt(schema, 'type')].flat();
    const isWanted = wanted.includes(type) || (wanted.includes('integer') && isWhole(value));
    if (wanted.length > 0 && !isWanted) {
      const sorted = TYPES.filter((name) => wanted.includes(name));
      return `got ${type}, want ${sorted.join(' or ')}`;
    }
    const fixed = this.document.draft >= 6 ? schema.entries.get('const') : undefined;
    if (fixed !== undefined && canonical(fixed) !== canonical(value)) {
      const shown = shownValue(fixed);
      return shown === undefined ? "'const' failed" : `value must be ${shown}`;
    }
    const allowed = schema.entries.get('enum');
    if (allowed?.kind === 'list' && !allowed.items.some((item) => canonical(item) === canonical(value))) {
      return enumProblem(allowed.items.map(shownValue));
    }
    const format = this.document.draft <= 7 ? textAt(schema, 'format') : undefined;
    if (format === undefined || value.kind !== 'string') return undefined;
    const problem = formatProblem(format, value.text);
    return problem === undefined ? undefined : `${quoted(value.text)} is not valid ${format}: ${problem}`;
  }

  #byType(schema: Dict, place: Place): (Complaint | undefined)[] {
    const { value } = place;
    switch (value.kind) {
      case 'map':
        return checkProperties(this, schema, { ...place, value } satisfies Place<Dict>);
      case 'list':
        return checkItems(this, schema, { ...place, value } satisfies Place<List>);
      case 'string':
        return this.#textProblems(schema, value).map((text) => complaint(place.path, text));
      case 'float':
      case 'int':
        return numberProblems(schema, Number(value.value)).map((text) => complaint(place.path, text));
      default:
        return [];
    }
  }

  #textProblems(schema: Dict, { text }: Str): string[] {
    const problems = limitProblems(schema, 'Length', [...text].length);
    const pattern = textAt(schema, 'pattern');
    const matches = pattern === undefined ? undefined : this.document.pattern(pattern);
    if (matches?.(text) === false) {
      problems.push(`${quoted(text)} does not match pattern ${quoted(pattern ?? '')}`);
    }
    return problems;
  }

  /** `not`, `allOf`, `anyOf`, `oneOf` and `if`. */
  #conditions(schema: Dict, place: Place): (Complaint | undefined)[] {
    const { value, path, seen } = place;
    const found: (Complaint | undefined)[] = [];
    const not = schema.entries.get('not');
    if (not !== undefined && this.check(not, value, path) === undefined) {
      found.push(complaint(path, "'not' failed"));
    }
    const failures = itemsAt(schema, 'allOf').flatMap((part) => this.check(part, value, path, seen) ?? []);
    if (failures.length > 0) found.push(complaint(path, "'allOf' failed", failures));
    found.push(this.#anyOf(itemsAt(schema, 'anyOf'), place), this.#oneOf(itemsAt(schema, 'oneOf'), place));
    const condition = schema.entries.get('if');
    if (condition !== undefined && this.document.draft >= 7) {
      const branch = schema.entries.get(this.#passes(condition, place) ? 'then' : 'else');
      if (branch !== undefined) found.push(this.check(branch, value, path, seen));
    }
    return found;
  }

  /** Whether a value passes; only then what the part has looked at counts as seen. */
  #passes(part: GoValue, { value, path, seen }: Place, failures?: Complaint[]): boolean {
    const own: Seen = { keys: new Set(), indexes: new Set() };
    const found = this.check(part, value, path, own);
    if (found !== undefined) {
      failures?.push(found);
      return false;
    }
    for (const key of own.keys) seen.keys.add(key);
    for (const index of own.indexes) seen.indexes.add(index);
    return true;
  }

  #anyOf(parts: readonly GoValue[], place: Place): Complaint | undefined {
    const failures: Complaint[] = [];
    const passing = parts.filter((part) => this.#passes(part, place, failures));
    if (parts.length === 0 || passing.length > 0) return undefined;
    return complaint(place.path, "'anyOf' failed", failures);
  }

  #oneOf(parts: readonly GoValue[], place: Place): Complaint | undefined {
    if (parts.length === 0) return undefined;
    const failures: Complaint[] = [];
    const passing = parts.flatMap((part, index) => (this.#passes(part, place, failures) ? index : []));
    if (passing.length === 1) return undefined;
    if (passing.length === 0) return complaint(place.path, "'oneOf' failed, none matched", failures);
    return complaint(place.path, `'oneOf' failed, subschemas ${passing.slice(0, 2).join(', ')} matched`);
  }

  #unevaluated(schema: Dict, { value, path, seen }: Place): (Complaint | undefined)[] {
    const properties = schema.entries.get('unevaluatedProperties');
    if (properties !== undefined && value.kind === 'map') {
      const rest = [...value.entries].filter(([key]) => !seen.keys.has(key));
      for (const [key] of rest) seen.keys.add(key);
      return rest.map(([key, item]) => this.check(properties, item, [...path, key]));
    }
    const items = schema.entries.get('unevaluatedItems');
    if (items === undefined || value.kind !== 'list') return [];
    return value.items.map((item, index) =>
      seen.indexes.has(index) ? undefined : this.check(items, item, [...path, index]),
    );
  }
}

/** In the order in which messages name them. */
const TYPES = ['null', 'boolean', 'number', 'integer', 'string', 'array', 'object'];

/** Helm puts complaints about one value behind a line of their own; they are told apart here, since each has a place. */
function separate(found: Complaint): readonly Complaint[] {
  return found.text === GROUP ? found.causes.flatMap(separate) : [found];
}

function enumProblem(shown: readonly (string | undefined)[]): string {
  if (shown.includes(undefined)) return "'enum' failed";
  return shown.length === 1 ? `value must be ${shown[0]}` : `value must be one of ${shown.join(', ')}`;
}
