import { decodeTracedJson, JsonError } from '../../encoding/json-decode.ts';
import type { HelmError } from '../../errors.ts';
import { type Dict, type GoValue, Str } from '../../value/value.ts';
import type { Chart } from '../chart.ts';
import type { ActiveChart } from '../dependencies.ts';
import { textOf } from '../load.ts';
import { type Complaint, complaintLines } from './complaint.ts';
import { SchemaDocument } from './document.ts';
import { metaschemaDocument } from './metaschema.ts';
import { SchemaValidator } from './validator.ts';

/** Schemas that were read, or why they cannot be, as long as their chart lives. */
const documents = new WeakMap<Chart, SchemaDocument | string>();

/**
 * Checks the values of a chart and of its enabled dependencies against their values.schema.json. Helm joins all complaints into one
 * error; here each has the place of its value.
 */
export function checkSchemas(node: ActiveChart, values: Dict): HelmError[] {
  const errors: HelmError[] = [];
  const { schema } = node.chart;
  if (schema !== undefined) {
    const document = documentOf(node.chart, textOf(schema.data));
    if (typeof document === 'string') {
      errors.push({
        kind: 'schema',
        message: `${node.name}: ${document}`,
        file: schema.file,
        range: undefined,
      });
    } else {
      const complaints = new SchemaValidator(document).complaints(values);
      errors.push(...complaints.map((complaint) => toHelmError(complaint, values, node.name)));
    }
  }
  for (const child of node.dependencies) {
    const own = values.entries.get(child.name);
    if (own?.kind === 'map') errors.push(...checkSchemas(child, own));
  }
  return errors;
}

function documentOf(chart: Chart, text: string): SchemaDocument | string {
  let known = documents.get(chart);
  if (known === undefined) {
    known = readSchema(text);
    documents.set(chart, known);
  }
  return known;
}

const DRAFT = 'https://json-schema.org/draft/2020-12/schema#';

/** A schema, or why it is none in Helm's words. */
function readSchema(text: string): SchemaDocument | string {
  let root: GoValue;
  try {
    root = decodeTracedJson(new Str(text, []));
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    if (error.message !== 'unexpected end of JSON input') return error.message;
    return text.trim() === '' ? 'EOF' : 'unexpected EOF';
  }
  const complaints = new SchemaValidator(metaschemaDocument()).complaints(root);
  if (complaints.length === 0) {
    const document = new SchemaDocument(root);
    const dangling = document.danglingReference;
    if (dangling === undefined) return document;
    return `json-pointer in "file:///values.schema.json${dangling}" not found`;
  }
  const lines = complaints.flatMap(complaintLines).map((line) => (line.startsWith(' ') ? line : `- ${line}`));
  return `"file:///values.schema.json#" is not valid against metaschema: jsonschema validation failed with '${DRAFT}'\n${lines.join('\n')}`;
}

function toHelmError(complaint: Complaint, values: Dict, chartName: string): HelmError {
  const origin = valueAt(values, complaint.path).trace.find(({ range }) => range !== undefined);
  return {
    kind: 'schema',
    message: `${chartName}: ${complaintLines(complaint).join('\n')}`,
    file: origin?.file,
    range: origin?.range,
  };
}

/** The value at a path, or the innermost one around it. */
function valueAt(values: Dict, path: readonly (string | number)[]): GoValue {
  let current: GoValue = values;
  for (const segment of path) {
    let next: GoValue | undefined;
    if (current.kind === 'map') next = current.entries.get(String(segment));
    else if (current.kind === 'list') next = current.items[Number(segment)];
    if (next === undefined) return current;
    current = next;
  }
  return current;
}
