import type { TemplateData } from '../../helm/index.ts';
import { parseDocument } from '../../syntax/parse.ts';
import type { Value } from '../../syntax/values.ts';
import { filledIn, mergedData, type Parameters } from './parameters.ts';

/** Fields whose values have a place in the template, which they would not have in a patch. */
const PLACED = ['values', 'valuesObject', 'parameters', 'fileParameters'];

/**
 * A template with what `templatePatch` changes in it: maps merge, all else is replaced. Undefined where the patch cannot be read, or brings
 * what has to have a place.
 *
 * Source: https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Template/#template-patch
 */
export function patchedTemplate(
  template: Value | undefined,
  patch: Value | undefined,
  parameters: Parameters,
): Value | undefined {
  const text = patch?.text ?? '';
  if (text.trim() === '') return template;
  const filled = filledIn(text, parameters);
  const { root, problems } = parseDocument(filled);
  if (problems.length > 0 || filled.includes('{{')) return undefined;
  if (root === undefined || root.isNull) return template;
  const source = root.at(['spec', 'source']);
  const bringsPlaced = PLACED.some((field) => source?.has(['helm', field]) === true);
  if (bringsPlaced || source?.has(['kustomize']) === true || root.at(['spec', 'sources']) !== undefined)
    return undefined;
  const merged = mergedData((template?.toJS() ?? {}) as TemplateData, root.toJS() as TemplateData);
  return parseDocument(JSON.stringify(merged)).root;
}
