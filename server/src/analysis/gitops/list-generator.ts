import type { Value } from '../../syntax/values.ts';
import type { Parameters } from './application.ts';

/** More elements of a list are left out. */
const MAX_ELEMENTS = 100;

/**
 * The parameters that the lists of an ApplicationSet give, one for each element. A generator with a template of its own changes what is
 * deployed, and is left out.
 *
 * Source: https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-List/
 */
export function listParameters(spec: Value | undefined): Parameters[] {
  return (spec?.get('generators')?.items ?? [])
    .flatMap((generator) => {
      const list = generator.get('list');
      return list === undefined || list.has(['template']) ? [] : (list.get('elements')?.items ?? []);
    })
    .slice(0, MAX_ELEMENTS)
    .map((element) => Object.fromEntries(flattened(element, '')));
}

function flattened(value: Value, prefix: string): [string, string][] {
  return value.entries.flatMap(({ key, value: below }): [string, string][] => {
    const name = `${prefix}${key}`;
    return below.text === undefined ? flattened(below, `${name}.`) : [[name, below.text]];
  });
}

const PLACEHOLDER = /\{\{-? *\.?([\w-]+(?:\.[\w-]+)*) *-?\}\}/g;

/** A text with the parameters that it names; `{{cluster}}`, and `{{ .cluster }}` of Go templates. What has no value stays. */
export function filledIn(text: string, parameters: Parameters): string {
  if (!text.includes('{{')) return text;
  return text.replace(PLACEHOLDER, (whole, name: string) =>
    Object.hasOwn(parameters, name) ? (parameters[name] ?? whole) : whole,
  );
}
