import type { Value } from '../../syntax/values.ts';
import { gitParameters, type RepositoryView } from './git-generator.ts';
import { dataOf, mergedData, type Parameters, parametersFrom } from './parameters.ts';

/** More sets of parameters are left out. */
const MAX_SETS = 100;

type ParameterValues = Parameters['values'];

/**
 * The sets of parameters that an ApplicationSet makes its applications with, as far as files tell: those of lists, of files and folders of a
 * repository, and what `matrix` and `merge` combine of these. All others ask clusters and servers. A generator with a template of its own
 * changes what is deployed, one with a selector makes a choice; both are left out.
 *
 * Source: https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators/
 */
export function parameterSets(spec: Value | undefined, views: readonly RepositoryView[]): Parameters[] {
  const isGoTemplate = spec?.get('goTemplate')?.boolean === true;
  const given = { values: {}, isGoTemplate };
  const sets = (spec?.get('generators')?.items ?? []).flatMap(
    (generator) => setsOf(generator, given, views) ?? [],
  );
  return sets.slice(0, MAX_SETS).map((values) => ({ values, isGoTemplate }));
}

/** Whether what a generator gives depends on files of the repository. */
export function asksForFiles(spec: Value | undefined): boolean {
  const asks = (generator: Value): boolean =>
    generator.has(['git']) ||
    [...combined(generator.get('matrix')), ...combined(generator.get('merge'))].some(asks);
  return (spec?.get('generators')?.items ?? []).some(asks);
}

function combined(generator: Value | undefined): readonly Value[] {
  return generator?.get('generators')?.items ?? [];
}

/** Undefined where files do not tell. */
function setsOf(
  generator: Value,
  given: Parameters,
  views: readonly RepositoryView[],
): ParameterValues[] | undefined {
  const { isGoTemplate } = given;
  const [kind] = generator.entries.map(({ key }) => key).filter((key) => key !== 'selector');
  const own = kind === undefined ? undefined : generator.get(kind);
  if (own === undefined || own.has(['template']) || generator.has(['selector'])) return undefined;
  if (kind === 'list')
    return (own.get('elements')?.items ?? []).map((element) =>
      parametersFrom(dataOf(element, given), isGoTemplate),
    );
  if (kind === 'git') return gitParameters(own, given, views);
  if (kind === 'matrix') return matrix(own, given, views);
  return kind === 'merge' ? merge(own, given, views) : undefined;
}

/** Each set of the first with each of the second, which may name what the first gives, and gives way to it. */
function matrix(
  generator: Value,
  given: Parameters,
  views: readonly RepositoryView[],
): ParameterValues[] | undefined {
  const [first, second] = combined(generator);
  const outer = first && setsOf(first, given, views);
  if (outer === undefined || second === undefined) return undefined;
  const all: ParameterValues[] = [];
  for (const values of outer) {
    if (all.length >= MAX_SETS) break;
    const inner = setsOf(second, { ...given, values: { ...given.values, ...values } }, views);
    if (inner === undefined) return undefined;
    all.push(...inner.map((others) => combinedOf(others, values)));
  }
  return all;
}

/** The sets of the first, over which come those of the others that agree with them in all keys. */
function merge(
  generator: Value,
  given: Parameters,
  views: readonly RepositoryView[],
): ParameterValues[] | undefined {
  const keys = (generator.get('mergeKeys')?.items ?? []).flatMap(({ text }) => text ?? []);
  const keyOf = (values: ParameterValues) => JSON.stringify(keys.map((key) => at(values, key)));
  const sets = combined(generator).map((each) => setsOf(each, given, views));
  const [base, ...others] = sets;
  if (base === undefined || keys.length === 0) return undefined;
  let merged = base;
  for (const each of others) {
    if (each === undefined) return undefined;
    const byKey = new Map(each.map((values) => [keyOf(values), values]));
    merged = merged.map((values) => combinedOf(values, byKey.get(keyOf(values)) ?? {}));
  }
  return merged;
}

function combinedOf(values: ParameterValues, over: ParameterValues): ParameterValues {
  return mergedData(values, over) as ParameterValues;
}

/** A key may lead into maps. */
function at(values: ParameterValues, key: string): unknown {
  if (Object.hasOwn(values, key)) return values[key];
  return key
    .split('.')
    .reduce<unknown>(
      (inner, part) =>
        typeof inner === 'object' && inner !== null ? (inner as ParameterValues)[part] : undefined,
      values,
    );
}
