import { celMatches, celText } from './cel.ts';

/*
 * Other objects, as policies of Kyverno see them. What is refused must be refused in whatever order objects come, so that an expression admits what is
 * decided by an object that is not there yet. What fails is refused, too: lists are for kinds that every cluster has, or that come with the kind that is
 * asked about.
 *
 * Source: https://kyverno.io/docs/policy-types/cel-libraries/#resource-library
 */

/**
 * One object by its name, or null where there is none, or no such kind (since Kyverno 1.18).
 *
 * @param namespace CEL; `''` for kinds of the whole cluster
 * @param name CEL
 */
export function celGet(apiVersion: string, plural: string, namespace: string, name: string): string {
  // What cannot be a name would be an error.
  const names = namespace === "''" ? [name] : [namespace, name];
  const areNames = names.map((text) => celMatches(text, '^[a-z0-9][a-z0-9.-]*$')).join(' && ');
  return `(${areNames} ? dyn(resource.Get(${celText(apiVersion)}, ${celText(plural)}, ${namespace}, ${name})) : dyn(null))`;
}

/**
 * All objects of a kind that not every cluster has.
 */
export function celAllIfKnown(group: string, version: string, plural: string): string {
  const crd = `resource.Get('apiextensions.k8s.io/v1', 'customresourcedefinitions', '', ${celText(`${plural}.${group}`)})`;
  return `(dyn(${crd}) == null ? dyn([]) : ${celAll(`${group}/${version}`, plural)})`;
}

/**
 * All objects of a kind.
 *
 * @param namespace CEL; `''` for all namespaces
 */
export function celAll(apiVersion: string, plural: string, namespace = "''"): string {
  return `dyn(resource.List(${celText(apiVersion)}, ${celText(plural)}, ${namespace})).items`;
}
