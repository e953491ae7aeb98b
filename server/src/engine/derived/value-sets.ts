import type { SetValue } from '../../helm/index.ts';
import type { Deployment } from './deployment.ts';

/** Values that a chart is rendered with, over its own. */
export interface ValueSet {
  /** How people call it: the name of its file; undefined for the chart's own values. */
  readonly name: string | undefined;
  /** Values files in the order in which they apply. */
  readonly files: readonly string[];
  readonly set: readonly SetValue[];
  /** By what application it is deployed so; absent for sets that nobody is known to deploy. */
  readonly deployment?: Deployment;
}

export const OWN_VALUES: ValueSet = { name: undefined, files: [], set: [] };

/** Rendering costs time with every edit; charts with more sets of values than this are checked with the first of them. */
const MAX_SETS = 12;

/** `values-prod.yaml`, `values.prod.yaml`, and what chart-testing renders with: `ci/*-values.yaml`. */
const VALUES_FILE = /^(?:values[-._][^/]+|ci\/(?:[^/]+-)?values)\.ya?ml$/;

/**
 * The sets of values that a chart is rendered with: its own, those of values files that belong to it, those that the configuration names,
 * and those of applications.
 *
 * @param files of the chart, by their path from its folder
 * @param configured files by the name of a set; sets with a file that the chart does not have are for other charts
 * @param deployed the sets of applications that deploy the chart
 */
export function valueSetsOf(
  files: Iterable<string>,
  configured: Readonly<Record<string, readonly string[]>> = {},
  deployed: readonly ValueSet[] = [],
): ValueSet[] {
  const known = new Set(files);
  const named = Object.entries(configured)
    .filter(([, members]) => members.length > 0 && members.every((file) => known.has(file)))
    .map(([name, members]): ValueSet => ({ name: `the values "${name}"`, files: members, set: [] }));
  const covered = new Set([...named, ...deployed].flatMap(({ files: members }) => members));
  const own = [...known]
    .filter((file) => VALUES_FILE.test(file) && !covered.has(file))
    .sort()
    .map((file): ValueSet => ({ name: file, files: [file], set: [] }));
  return [OWN_VALUES, ...named, ...deployed, ...own].slice(0, MAX_SETS);
}

/** The files of configured sets that stand beside a chart's folder, by their path from it. */
export function filesOutside(configured: Readonly<Record<string, readonly string[]>>): string[] {
  return [...new Set(Object.values(configured).flat())].filter((file) => file.startsWith('../'));
}
