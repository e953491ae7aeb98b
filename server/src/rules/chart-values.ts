import type { TextContext } from '../detect/index.ts';
import type { Resource } from '../kubernetes/resource.ts';
import type { ParsedDocument } from '../syntax/parse.ts';
import { MapValue, type ScalarValue, type Value } from '../syntax/values.ts';
import { textScalar } from './sensitive-text.ts';

/** One value of a chart's values. */
export interface ChartValue {
  readonly scalar: ScalarValue;
  readonly context: TextContext;
}

/** Above this many values a map is no record of one person. */
const MAX_RECORD = 40;

/**
 * Every text and number in the values of a chart, each with the keys above it. Of lists like `env`, whose items have a name and a value, the name
 * counts as the key of the value. What comes through an alias is met where it is written.
 */
export function chartValuesIn({ root }: ParsedDocument): ChartValue[] {
  const found: ChartValue[] = [];
  if (root !== undefined) collect(root, [], found);
  return found;
}

/** Kinds that install a chart with values of their own: of Argo CD, Flux, and k3s. */
export const RELEASE_KINDS = ['Application', 'ApplicationSet', 'HelmRelease', 'HelmChart', 'HelmChartConfig'];

/** The groups of these kinds. */
const RELEASE_GROUPS = /^(?:argoproj\.io|helm\.toolkit\.fluxcd\.io|helm\.cattle\.io)$/;

/**
 * Every text and number in the values that an object gives to a chart, wherever the chart may come from; a text with all values counts as a file.
 *
 * Sources: `spec.source.helm` of https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/, `spec.values` of
 * https://fluxcd.io/flux/components/helm/helmreleases/, `spec.valuesContent` of https://docs.k3s.io/helm
 */
export function releaseValuesIn({ kind, group, spec }: Resource): ChartValue[] {
  if (!RELEASE_GROUPS.test(group) || spec === undefined) return [];
  const application = kind === 'ApplicationSet' ? spec.at(['template', 'spec']) : spec;
  const sources = [application?.get('source'), ...(application?.get('sources')?.items ?? [])];
  const helm = kind.startsWith('Application') ? sources.map((source) => source?.get('helm')) : [spec];
  const found: ChartValue[] = [];
  for (const settings of helm) {
    for (const field of ['values', 'valuesObject', 'parameters', 'valuesContent', 'set']) {
      const values = settings?.get(field);
      const text = textScalar(values);
      if (text !== undefined)
        found.push({ scalar: text, context: { keys: ['values.yaml'], place: 'values' } });
      else if (values !== undefined) collect(values, [], found);
    }
  }
  return found;
}

function collect(value: Value, keys: readonly string[], found: ChartValue[]): void {
  if (value.via !== undefined) return;
  if (value instanceof MapValue) {
    collectMap(value, keys, found);
    return;
  }
  const scalar = textScalar(value);
  if (scalar !== undefined) found.push({ scalar, context: { keys, place: 'values' } });
  for (const item of value.items) collect(item, keys, found);
}

function collectMap(map: MapValue, keys: readonly string[], found: ChartValue[]): void {
  const named = map.get('value') === undefined ? undefined : (map.get('name') ?? map.get('key'))?.text;
  const short =
    map.entries.length > MAX_RECORD
      ? []
      : map.entries.flatMap(({ key, value }) =>
          value.text === undefined || value.text.includes('\n') ? [] : { key, value: value.text },
        );
  for (const { key, value } of map.entries) {
    const scalar = value.via === undefined ? textScalar(value) : undefined;
    const below = key === 'value' && named !== undefined ? [...keys, named] : [...keys, key];
    if (scalar === undefined) collect(value, below, found);
    else {
      const siblings = short.filter((other) => other.key !== key);
      found.push({ scalar, context: { keys: below, place: 'values', siblings } });
    }
  }
}
