import type { ErrorObject } from 'ajv';
import { customPatternProblem } from '../detect/index.ts';
import type { Rule } from '../rules/rule.ts';
import { splitDocuments } from '../syntax/documents.ts';
import { nearestName } from '../syntax/nearest-name.ts';
import { type ParsedDocument, parseDocument } from '../syntax/parse.ts';
import type { Path } from '../syntax/paths.ts';
import type { OffsetRange } from '../syntax/ranges.ts';
import { isRecord } from '../syntax/records.ts';
import { MapValue, type Value } from '../syntax/values.ts';
import type { ConfigurationValues } from './configuration.ts';
import { CONFIGURATION_SCHEMA, dataOf, schemaAt } from './configuration-schema.ts';

/** The name of configuration files that are made. */
export const CONFIGURATION_FILE_NAME = '.kube-safeguards.yaml';

/** Under these names they are read; of two in a folder the first counts. */
export const CONFIGURATION_FILE_NAMES: readonly string[] = [CONFIGURATION_FILE_NAME, '.kube-safeguards.yml'];

/** Something in a configuration file that does not count, and why. */
export interface ConfigurationFileProblem {
  readonly message: string;
  /** In offsets of the file. */
  readonly range: OffsetRange;
}

export interface ConfigurationFile {
  readonly parsed: ParsedDocument;
  /** Everything that is valid; a problem costs the smallest part around it. */
  readonly values: ConfigurationValues;
  readonly problems: readonly ConfigurationFileProblem[];
}

/** Reads a configuration file. Never fails: what is wrong becomes a problem. */
export async function readConfigurationFile(
  text: string,
  rules: readonly Rule[],
): Promise<ConfigurationFile> {
  const { validateConfiguration } = await import('./configuration-validator.ts');
  const parsed = parseDocument(text);
  const problems = parsed.problems.map(({ message, range }) => ({ message, range }));
  if (parsed.root === undefined || parsed.root.isNull) return { parsed, values: {}, problems };
  const data = dataOf(parsed.root, CONFIGURATION_SCHEMA);
  problems.push(
    ...surplusDocuments(text, parsed.root),
    ...schemaProblems(data, parsed, validateConfiguration(data)),
    ...unknownRuleProblems(data, parsed, rules),
    ...patternProblems(data, parsed),
    ...exceptionProblems(data, parsed),
  );
  problems.sort((a, b) => a.range.start - b.range.start);
  return { parsed, values: isRecord(data) ? (withoutDropped(data) as ConfigurationValues) : {}, problems };
}

function surplusDocuments(text: string, counting: Value): ConfigurationFileProblem[] {
  const others = splitDocuments(text).filter(({ start }) => start >= counting.range.end);
  return others.flatMap(({ document, start }) => {
    const root = parseDocument(document.text).root;
    if (root === undefined || root.isNull) return [];
    const range = { start: start + root.range.start, end: start + root.range.end };
    return [{ message: 'Only the first document of a configuration file counts.', range }];
  });
}

// Each of the following takes what it finds wrong out of the data.

function schemaProblems(
  data: unknown,
  parsed: ParsedDocument,
  errors: readonly ErrorObject[],
): ConfigurationFileProblem[] {
  const enumerated = new Set(errors.filter(isEnum).map(({ instancePath }) => instancePath));
  const telling = errors.filter(
    (error) =>
      // The alternatives of `anyOf` say together what is missing.
      !error.schemaPath.includes('/anyOf/') &&
      // What is none of the values has a wrong type only because of that.
      (error.keyword !== 'type' || !enumerated.has(error.instancePath)),
  );
  return telling.map((error) => {
    const path = pathOf(error, parsed);
    const isAboutKey = error.keyword === 'additionalProperties';
    if (error.keyword !== 'uniqueItems') dropAt(data, path);
    return { message: messageOf(error, path), range: rangeOf(path, isAboutKey, parsed) };
  });
}

function isEnum({ keyword }: ErrorObject): boolean {
  return keyword === 'enum';
}

function unknownRuleProblems(
  data: unknown,
  parsed: ParsedDocument,
  rules: readonly Rule[],
): ConfigurationFileProblem[] {
  const ids = rules.map(({ id }) => id);
  const known = new Set<unknown>(ids);
  const unknown = (name: string) => `There is no rule "${name}".${didYouMean(name, ids)}`;
  const configured = isRecord(data) && isRecord(data.rules) ? Object.keys(data.rules) : [];
  const lowered = configured
    .filter((id) => !known.has(id))
    .map((id) => {
      const path = ['rules', id];
      dropAt(data, path);
      return { message: unknown(id), range: rangeOf(path, true, parsed) };
    });
  const excepted = exceptionsIn(data).flatMap(([index, { rule }]) => {
    if (typeof rule !== 'string' || known.has(rule)) return [];
    const path = ['exceptions', index];
    dropAt(data, path);
    return [{ message: unknown(rule), range: rangeOf([...path, 'rule'], false, parsed) }];
  });
  return [...lowered, ...excepted];
}

/** Patterns of custom identifiers that are no patterns, or could take for ever; an identifier without its pattern would mean another thing. */
function patternProblems(data: unknown, parsed: ParsedDocument): ConfigurationFileProblem[] {
  const phi = isRecord(data) && isRecord(data.phi) ? data.phi : {};
  const identifiers: unknown[] = Array.isArray(phi.customIdentifiers) ? phi.customIdentifiers : [];
  return identifiers.flatMap((identifier, index) => {
    const pattern = isRecord(identifier) ? identifier.pattern : undefined;
    const message = typeof pattern === 'string' ? customPatternProblem(pattern) : undefined;
    if (message === undefined) return [];
    const path = ['phi', 'customIdentifiers', index];
    dropAt(data, path);
    return [{ message, range: rangeOf([...path, 'pattern'], false, parsed) }];
  });
}

function exceptionProblems(data: unknown, parsed: ParsedDocument): ConfigurationFileProblem[] {
  // Half an exception could cover more than was decided.
  for (const [index, item] of exceptionsIn(data)) {
    if (Object.values(item).includes(DROPPED)) dropAt(data, ['exceptions', index]);
  }
  // An exception from a rule for everything everywhere is no decision about anything.
  const withoutObject = exceptionsIn(data).filter(
    ([, { resource, path }]) =>
      path === undefined && (!isRecord(resource) || Object.keys(resource).length === 0),
  );
  return withoutObject.map(([index]) => {
    const path = ['exceptions', index];
    dropAt(data, path);
    const message =
      'Say what the exception is about: a resource, a path or both. To do without a rule, switch it off in "rules".';
    return { message, range: rangeOf([...path, 'rule'], true, parsed) };
  });
}

/** The exceptions in the data that are still there, by their index. */
function exceptionsIn(data: unknown): [number, Record<string, unknown>][] {
  const listed: unknown[] = isRecord(data) && Array.isArray(data.exceptions) ? data.exceptions : [];
  return listed.flatMap((item, index): [number, Record<string, unknown>][] =>
    isRecord(item) ? [[index, item]] : [],
  );
}

/** The path that an error is about; of a key that should not be there, with that key. */
function pathOf({ instancePath, keyword, params }: ErrorObject, { root }: ParsedDocument): Path {
  const path: (string | number)[] = [];
  let value = root;
  for (const part of instancePath.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const segment = value?.kind === 'list' ? Number(key) : key;
    path.push(segment);
    value = value?.get(segment);
  }
  return keyword === 'additionalProperties' ? [...path, String(params.additionalProperty)] : path;
}

/** Where the value at a path stands, or its key; an absent value stands at its key, too. */
function rangeOf(path: Path, isAboutKey: boolean, { root }: ParsedDocument): OffsetRange {
  const value = root?.at(path);
  const parent = root?.at(path.slice(0, -1));
  const entry = parent instanceof MapValue ? parent.entryOf(String(path.at(-1))) : undefined;
  if (entry !== undefined && (isAboutKey || value === undefined || value.isNull)) return entry.keyValue.range;
  return value?.site ?? { start: 0, end: 0 };
}

/** What is wrong, in words that repeat no value. */
function messageOf({ keyword, params, message }: ErrorObject, path: Path): string {
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      const known = Object.keys(schemaAt(path.slice(0, -1))?.properties ?? {});
      return `Unknown key "${key}".${didYouMean(key, known)}`;
    }
    case 'enum':
      return `Must be one of ${(params.allowedValues as string[]).join(', ')}.`;
    case 'type':
      return `Must be ${TYPE_NAMES[String(params.type)] ?? String(params.type)}.`;
    case 'pattern':
      return schemaAt(path)?.patternErrorMessage ?? 'Does not have the right form.';
    case 'format':
      return 'Must be a date, YYYY-MM-DD.';
    case 'minimum':
      return `Must be at least ${params.limit}.`;
    case 'maximum':
      return `Must be at most ${params.limit}.`;
    case 'minLength':
      return 'Must not be empty.';
    case 'required':
      return `The key "${params.missingProperty}" is missing.`;
    case 'anyOf':
      return 'Must have a pattern, keys or both.';
    case 'uniqueItems':
      return 'An entry stands here twice.';
    default:
      return `This ${message ?? 'is not valid'}.`;
  }
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

function didYouMean(name: string, candidates: readonly string[]): string {
  const nearest = nearestName(name, candidates);
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}

/** Stands in the data where something invalid was. Its place stays, since the paths of the errors to come count on it. */
const DROPPED = Symbol('dropped');

function dropAt(data: unknown, path: Path): void {
  let parent = data;
  for (const segment of path.slice(0, -1)) {
    if (isCollection(parent)) parent = parent[segment];
  }
  const last = path.at(-1);
  if (isCollection(parent) && last !== undefined) parent[last] = DROPPED;
}

function withoutDropped(data: unknown): unknown {
  if (Array.isArray(data)) return data.filter((item) => item !== DROPPED).map(withoutDropped);
  if (!isRecord(data)) return data;
  const kept = Object.entries(data).filter(([, value]) => value !== DROPPED);
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutDropped(value)]));
}

function isCollection(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}
