import { applySetValue, SET_ORDER } from '../chart/set-values.ts';
import { loadValues, mergeMaps, ValuesError } from '../chart/values-file.ts';
import type { HelmError } from '../errors.ts';
import { Dict, type GoValue } from '../value/value.ts';
import type { RenderOptions } from './options.ts';

type ValuesOptions = Pick<RenderOptions, 'values' | 'set' | 'readFile' | 'kept'>;

/**
 * What the user gives beside the chart: files in their order, then flags by their kind. What cannot be read is left out and told.
 *
 * Source: `MergeValues` of helm.sh/helm/v4/pkg/cli/values.
 */
export function givenValues(
  { values = [], set = [], readFile = () => undefined, kept }: ValuesOptions,
  errors: HelmError[],
): Dict {
  let given = new Dict(new Map<string, GoValue>(), 'map[string]interface {}', []);
  for (const file of values) {
    try {
      given = mergeMaps(given, kept === undefined ? loadValues(file) : kept.load(file));
    } catch (error) {
      if (!(error instanceof ValuesError)) throw error;
      const message = `failed to parse ${file.file}: ${error.message}`;
      errors.push({ kind: 'values', message, file: file.file, range: error.range });
    }
  }
  for (const flag of SET_ORDER) {
    for (const value of set.filter((candidate) => candidate.flag === flag)) {
      try {
        given = applySetValue(given, value, readFile);
      } catch (error) {
        if (!(error instanceof ValuesError)) throw error;
        errors.push({ kind: 'values', message: error.message, file: undefined, range: undefined });
      }
    }
  }
  return given;
}
