import { runTextTemplate, type TemplateData } from '../../helm/index.ts';
import type { Value } from '../../syntax/values.ts';

/** What the parameters of a template stand for, by their names. */
export interface Parameters {
  readonly values: { readonly [name: string]: TemplateData };
  /** Whether texts are Go templates, rather than texts with names in braces. */
  readonly isGoTemplate: boolean;
}

/** Those of something that is no template. */
export const NO_PARAMETERS: Parameters = { values: {}, isGoTemplate: false };

export function hasParameters({ values }: Parameters): boolean {
  return Object.keys(values).length > 0;
}

const PLACEHOLDER = /\{\{-? *\.?([\w-]+(?:\.[\w-]+|\[\d+\])*) *-?\}\}/g;

/**
 * A text with the parameters that it names. What has no value stays, and so does a Go template that cannot be run.
 *
 * Sources: https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Template/ and
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/GoTemplate/
 */
export function filledIn(text: string, { values, isGoTemplate }: Parameters): string {
  if (!text.includes('{{')) return text;
  if (isGoTemplate) return runTextTemplate(text, values) ?? text;
  return text.replace(PLACEHOLDER, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value === undefined || typeof value === 'object' ? whole : String(value);
  });
}

/** Data as a generator gives it: as it is to Go templates, else all in one map, as texts. */
export function parametersFrom(data: TemplateData, isGoTemplate: boolean): Parameters['values'] {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return {};
  return isGoTemplate
    ? (data as Parameters['values'])
    : Object.fromEntries(flattened(data as Parameters['values'], ''));
}

function flattened(data: TemplateData, prefix: string): [string, TemplateData][] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, below]): [string, TemplateData][] => {
    const name = `${prefix}${key}`;
    return typeof below === 'object' && below !== null
      ? flattened(below, `${name}.`)
      : [[name, String(below)]];
  });
}

/** The data of a value, with what its texts leave open filled in. */
export function dataOf(value: Value | undefined, parameters: Parameters): TemplateData {
  const fill = (data: TemplateData): TemplateData => {
    if (typeof data === 'string') return filledIn(data, parameters);
    if (typeof data !== 'object' || data === null) return data;
    if (Array.isArray(data)) return data.map(fill);
    return Object.fromEntries(Object.entries(data).map(([key, below]) => [key, fill(below)]));
  };
  return value === undefined ? null : fill(value.toJS() as TemplateData);
}

/** Data with other data over it: maps merge, all else is replaced. */
export function mergedData(data: TemplateData, over: TemplateData): TemplateData {
  if (!isMap(data) || !isMap(over)) return over;
  const entries = Object.entries(over).map(
    ([key, value]) => [key, Object.hasOwn(data, key) ? mergedData(data[key] ?? null, value) : value] as const,
  );
  return { ...data, ...Object.fromEntries(entries) };
}

function isMap(data: TemplateData): data is Parameters['values'] {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
