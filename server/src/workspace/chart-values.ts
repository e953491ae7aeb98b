import type { DocumentRole } from '../engine/subject.ts';
import { nameOf } from './uris.ts';

/**
 * `values.yaml` beside a `Chart.yaml`, and the names by which files that are given to `helm install --values` go: `values-prod.yaml`,
 * `prod.values.yaml`, `ci/default-values.yaml`.
 */
const VALUES_FILE = /^(?:[\w.-]*[._-])?values(?:[._-][\w.-]*)?\.ya?ml$/i;

/** Whether a file holds the values of a Helm chart, by its name: values files for one environment often stand far from their chart. */
export function isValuesFile(uri: string): boolean {
  return VALUES_FILE.test(nameOf(uri));
}

/** What the documents of a file are, before one has looked into them. */
export function roleOf(uri: string): DocumentRole {
  return isValuesFile(uri) ? 'chart-values' : 'manifest';
}
