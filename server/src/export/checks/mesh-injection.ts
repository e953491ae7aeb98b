import {
  ENROLMENT_ROWS,
  type EnrolmentRow,
  MESH_ANNOTATION,
  MESH_IMAGE,
  MESH_LABELS,
} from '../../analysis/mesh/enrolment.ts';
import { SYSTEM_NAMESPACE } from '../../analysis/mesh/meshes.ts';
import { anyOf, celList, celMatches, celText } from '../cel.ts';
import { type AdmissionCheck, resourceRule, type Variable } from './check.ts';

const mapOf = (holder: string, field: string, isThere = '') =>
  `${isThere}has(${holder}.${field}) ? ${holder}.${field} : {}`;
const variablesOf = (prefix: string, holder: string, isThere?: string): Variable[] =>
  ['labels', 'annotations'].map((field) => ({
    name: `${prefix}${field}`,
    expression: mapOf(holder, field, isThere),
  }));
/** The metadata that meshes look at, and that of a pod's Namespace. */
const OWN = 'own';
const ABOVE = 'above';

/** Whether a row's label or annotation has one of the values; of none in particular, any. */
function says({ field, key }: EnrolmentRow, place: string, values: readonly string[] | undefined): string {
  const map = `variables.${place}${field}`;
  const value = `${map}[${celText(key)}]`;
  return `(${celText(key)} in ${map} && ${values === undefined ? `${value} != ''` : `${value} in ${celList(values)}`})`;
}

const rowsOn = (kind: EnrolmentRow['on']) => ENROLMENT_ROWS.filter(({ on }) => on === 'both' || on === kind);

/** What a row says, unless one before it has said something by the same key. */
function saysFirst(
  row: EnrolmentRow,
  rows: readonly EnrolmentRow[],
  place: string,
  values: readonly string[] | undefined,
): string {
  const before = rows.slice(0, rows.indexOf(row)).filter(({ key }) => key === row.key);
  const unsaid = before.map((one) => ` && !${says(one, place, [...(one.ins ?? []), ...one.outs])}`);
  return `(${says(row, place, values)}${unsaid.join('')})`;
}

const isIn = (rows: readonly EnrolmentRow[], place: string) =>
  rows.map((row) => saysFirst(row, rows, place, row.ins));

/** Out of a mesh, and in none: the pod's word replaces its Namespace's about the same dataplane. */
function isOptedOut(kind: 'Namespace' | 'pod'): string {
  const rows = rowsOn(kind);
  const outs = rows.flatMap((row) => {
    if (row.outs.length === 0) return [];
    const others = rowsOn('Namespace').filter(
      ({ mesh, dataplane }) => mesh !== row.mesh || dataplane !== row.dataplane,
    );
    const unlessAbove = kind === 'pod' ? ` && !${anyOf(...isIn(others, ABOVE))}` : '';
    return [`(${saysFirst(row, rows, OWN, row.outs)}${unlessAbove})`];
  });
  return `!${anyOf(...isIn(rows, OWN))} && ${anyOf(...outs)}`;
}

const isSystem = (namespace: string) => celMatches(namespace, SYSTEM_NAMESPACE.source);
const IS_MESH_ITSELF = anyOf(
  ...MESH_LABELS.map((label) => `${celText(label)} in variables.${OWN}labels`),
  `${celText(MESH_ANNOTATION)} in variables.${OWN}annotations`,
  `variables.containers.exists(c, has(c.image) && ${celMatches('c.image', MESH_IMAGE.source)})`,
);

export const MESH_INJECTION_CHECKS: readonly AdmissionCheck[] = [
  {
    rule: 'mesh-injection-disabled',
    on: [resourceRule('', ['namespaces'])],
    variables: variablesOf(OWN, 'object.metadata'),
    expression: `${isSystem('object.metadata.name')} || !(${isOptedOut('Namespace')})`,
  },
  {
    rule: 'mesh-injection-disabled',
    part: 'pods',
    on: 'workloads',
    variables: [
      ...variablesOf(OWN, 'variables.podMetadata'),
      ...variablesOf(ABOVE, 'namespaceObject.metadata', 'namespaceObject != null && '),
    ],
    expression: `${isSystem('object.metadata.namespace')} || ${IS_MESH_ITSELF} || !(${isOptedOut('pod')})`,
  },
];
