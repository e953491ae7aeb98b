/**
 * What the rules of Kyverno's ClusterPolicies decide, as far as ours go: match, exclude, context from the API server, preconditions, deny and generate.
 *
 * Sources: https://kyverno.io/docs/policy-types/cluster-policy/match-exclude/, …/preconditions/, …/validate/#deny-rules, …/variables/. Kyverno takes
 * keys that are not there for null, as JMESPath does, but it fails where that leaves a variable without a value.
 */

import {
  type JSONValue,
  registerFunction,
  search,
  TYPE_OBJECT,
  TYPE_STRING,
} from '@jmespath-community/jmespath';
import { RE2JS } from 're2js';
import { parse } from 'yaml';
import { TODAY } from './check-text.ts';

const HOUR_MS = 3_600_000;

export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  };
}

interface Filter {
  /** Who asks: here somebody whom no policy names. */
  readonly subjects?: readonly unknown[];
  readonly resources?: {
    readonly kinds?: readonly string[];
    readonly names?: readonly string[];
    readonly namespaces?: readonly string[];
    readonly operations?: readonly string[];
    readonly annotations?: Readonly<Record<string, string>>;
    readonly selector?: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly namespaceSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
  };
}

interface Condition {
  readonly key: unknown;
  readonly operator: string;
  readonly value: unknown;
}

interface Deny {
  readonly conditions?: { readonly all: readonly Condition[] };
}

export interface KyvernoRule {
  readonly match: { readonly any: readonly Filter[] };
  readonly exclude?: { readonly any: readonly Filter[] };
  readonly context?: readonly {
    readonly name: string;
    readonly apiCall: { readonly urlPath: string; readonly jmesPath: string; readonly default?: unknown };
  }[];
  readonly preconditions?: { readonly all: readonly Condition[] };
  readonly validate?: { readonly deny?: Deny; readonly foreach?: readonly { list: string; deny: Deny }[] };
  readonly generate?: Readonly<Record<string, unknown>>;
}

export type Outcome = 'skipped' | 'admitted' | 'denied' | { readonly generated: unknown };

/**
 * What a rule decides of an object that somebody creates today.
 * @param cluster what the API server has at a path
 * @throws where Kyverno would tell an error
 */
export function decide(
  rule: KyvernoRule,
  object: ApiObject,
  cluster: (urlPath: string) => unknown = () => undefined,
): Outcome {
  if (!rule.match.any.some((filter) => fits(filter, object, cluster))) return 'skipped';
  if (rule.exclude?.any.some((filter) => fits(filter, object, cluster))) return 'skipped';
  const data: Record<string, unknown> = {
    request: { object, namespace: object.metadata.namespace ?? '', operation: 'CREATE' },
  };
  for (const { name, apiCall } of rule.context ?? []) {
    const answer = cluster(String(substituted(apiCall.urlPath, data)));
    const { default: otherwise } = apiCall;
    if (answer === undefined && otherwise === undefined)
      throw new Error('The API server has no such object.');
    data[name] =
      answer === undefined ? otherwise : query(answer, String(substituted(apiCall.jmesPath, data)));
  }
  if (!(rule.preconditions?.all ?? []).every((condition) => holds(condition, data))) return 'skipped';
  if (rule.generate !== undefined) return { generated: substituted(rule.generate, data) };
  const isDenied = (deny: Deny, more = {}) =>
    // `deny: {}` always denies
    (deny.conditions?.all ?? []).every((condition) => holds(condition, { ...data, ...more }));
  const { deny, foreach = [] } = rule.validate ?? {};
  const elements = foreach.flatMap(({ list, deny: ofEach }) =>
    (query(data, list) as unknown[]).map((element) => isDenied(ofEach, { element })),
  );
  return elements.includes(true) || (deny !== undefined && isDenied(deny)) ? 'denied' : 'admitted';
}

function fits(
  { resources, subjects }: Filter,
  { kind, metadata }: ApiObject,
  cluster: (urlPath: string) => unknown,
): boolean {
  if (resources === undefined || subjects !== undefined) return false;
  const { kinds, names, namespaces, operations, annotations = {}, selector, namespaceSelector } = resources;
  // A Namespace is in itself.
  const namespace = kind === 'Namespace' ? metadata.name : (metadata.namespace ?? '');
  return (
    (kinds?.some((one) => one.split('/').at(-1) === kind) ?? true) &&
    (names?.some((pattern) => isLike(pattern, metadata.name)) ?? true) &&
    (namespaces?.some((pattern) => isLike(pattern, namespace)) ?? true) &&
    (operations?.includes('CREATE') ?? true) &&
    Object.entries(annotations).every(([key, pattern]) => isLike(pattern, metadata.annotations?.[key])) &&
    Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => metadata.labels?.[key] === value) &&
    (namespaceSelector === undefined ||
      carries(cluster(`/api/v1/namespaces/${namespace}`), namespaceSelector.matchLabels))
  );
}

function carries(object: unknown, wanted: Readonly<Record<string, string>>): boolean {
  const labels = (object as Partial<ApiObject> | undefined)?.metadata?.labels ?? {};
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

/** `*` stands for any text, `?` for one character. */
function isLike(pattern: string, text: string | undefined): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return text !== undefined && new RegExp(`^${source}$`, 's').test(text);
}

function holds({ key, operator, value }: Condition, data: unknown): boolean {
  const left = substituted(key, data);
  switch (operator) {
    case 'Equals':
      return left === value;
    case 'GreaterThanOrEquals':
      return hoursOf(left) >= hoursOf(value);
    default:
      throw new Error(`No operator ${operator}`);
  }
}

/** A duration as Go writes it, here always in hours alone or from hours on. */
function hoursOf(duration: unknown): number {
  const hours = /^(-?\d+)h/.exec(String(duration))?.[1];
  if (hours === undefined) throw new Error(`No duration: ${duration}`);
  return Number(hours);
}

/** Texts with their variables replaced; a text that is one variable becomes its value. */
function substituted(value: unknown, data: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => substituted(item, data));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, substituted(item, data)] as const),
    );
  if (typeof value !== 'string') return value;
  for (let text = value; ; ) {
    const [inner] = VARIABLE.exec(text) ?? [];
    if (inner === undefined) return text;
    const expression = inner.slice(2, -2).trim();
    const found = query(data, expression);
    if (inner === text) return found;
    if (found === null) throw new Error(`Nothing at ${expression}`);
    // Of variables in each other the innermost is replaced first.
    text = text.replace(inner, () => (typeof found === 'string' ? found : JSON.stringify(found)));
  }
}

/** As Kyverno finds them: with braces inside, but none in those. */
export const VARIABLE = /\{\{(?:\{[^{}]*\}|[^{}])*\}\}/;

function query(data: unknown, expression: string): unknown {
  return search(data as JSONValue, expression);
}

// https://kyverno.io/docs/policy-types/cluster-policy/jmespath/#time_since: with an empty second time, until now.
registerFunction(
  'time_since',
  ([layout, from, to]) => {
    const start = Date.parse(`${from}T00:00:00Z`);
    const isDate = /^\d{4}-\d{2}-\d{2}$/.test(String(from));
    if (layout !== '2006-01-02' || to !== '' || !isDate || Number.isNaN(start)) throw new Error('no time');
    // In the afternoon, since policies are not asked at midnight alone.
    const hours = Math.floor((Date.parse(`${TODAY}T15:00:00Z`) - start) / HOUR_MS);
    return `${hours}h0m0s`;
  },
  [{ types: [TYPE_STRING] }, { types: [TYPE_STRING] }, { types: [TYPE_STRING] }],
);

// …/jmespath/#label_match, #lookup and #regex_match
registerFunction(
  'label_match',
  ([wanted, labels]) =>
    Object.entries(wanted as object).every(
      ([key, value]) => (labels as Record<string, unknown>)[key] === value,
    ),
  [{ types: [TYPE_OBJECT] }, { types: [TYPE_OBJECT] }],
);
registerFunction('lookup', ([map, key]) => (map as Record<string, JSONValue>)[String(key)] ?? null, [
  { types: [TYPE_OBJECT] },
  { types: [TYPE_STRING] },
]);
registerFunction(
  'regex_match',
  ([pattern, text]) => RE2JS.compile(String(pattern)).matcher(String(text)).find(),
  [{ types: [TYPE_STRING] }, { types: [TYPE_STRING] }],
);
registerFunction('parse_yaml', ([text]) => parse(String(text)) as JSONValue, [{ types: [TYPE_STRING] }]);
