import { type Str, TextBuilder } from '../helm/trace/text.ts';
import { type FieldSpec, splitPath, visitFields } from './field-path.ts';
import { lookUp } from './field-paths.ts';
import { at, type MapNode, type Node, ScalarNode, textOf } from './node.ts';
import { BuildError } from './problems.ts';
import { type BuildResource, isInNoNamespace, isSameId, isSameObject, type ResourceId } from './resource.ts';

/** An entry of `vars`. */
export interface Variable {
  readonly name: string;
  readonly definition: MapNode;
}

/**
 * Ties a variable to the resource that it takes its value from.
 *
 * @throws {BuildError} when it could be several
 */
export function bindVariable(resources: readonly BuildResource[], { name, definition }: Variable): void {
  const field = (key: string) => textOf(at(definition, 'objref', key)) ?? '';
  const wanted: ResourceId = {
    apiVersion: field('apiVersion') || [field('group'), field('version')].filter(Boolean).join('/'),
    kind: field('kind'),
    name: field('name'),
    namespace: field('namespace'),
  };
  const isExact = wanted.namespace !== '' || isInNoNamespace(wanted);
  const matches = isExact ? isSameId : isSameObject;
  const found = resources.filter(({ ids }) => ids.some((id) => matches(wanted, id)));
  if (found.length > 1)
    throw new BuildError(
      'invalid',
      `Several resources could be the one that the variable ${name} means.`,
      definition.trace,
    );
  found[0]?.variables.push(name);
}

/**
 * Puts the values of variables in the place of `$(NAME)`.
 *
 * @throws {BuildError} when a variable has no value
 */
export function resolveVariables(
  resources: readonly BuildResource[],
  variables: readonly Variable[],
  fields: readonly FieldSpec[],
): void {
  if (variables.length === 0) return;
  const values = new Map(variables.map((variable) => [variable.name, valueFor(resources, variable)]));
  for (const resource of resources) {
    for (const field of fields) {
      visitFields(resource, field, { visit: (node) => expand(node, values) });
    }
  }
}

function valueFor(resources: readonly BuildResource[], { name, definition }: Variable): ScalarNode {
  const path =
    textOf(at(definition, 'fieldref', 'fieldpath')) ?? textOf(at(definition, 'fieldref', 'fieldPath'));
  const source = resources.find(({ variables }) => variables.includes(name));
  const parts = splitPath(path ?? 'metadata.name', '.').flatMap((part) =>
    part.replaceAll(/\[(\d+)\]/g, '.$1').split('.'),
  );
  source?.readWhole();
  const value = source?.root && lookUp(source.root, parts);
  if (value instanceof ScalarNode) return value;
  throw new BuildError('invalid', `The variable ${name} finds no value.`, definition.trace);
}

type Values = ReadonlyMap<string, ScalarNode>;

function expand(node: Node, values: Values): void {
  if (node.kind === 'scalar') expandScalar(node, values);
  else {
    const children = node.kind === 'list' ? node.items : node.entries.values();
    for (const child of children) if (child.kind === 'scalar') expandScalar(child, values);
  }
}

function expandScalar(node: ScalarNode, values: Values): void {
  if (node.data.type !== 'string') return;
  const whole = /^\$\(([^()]*)\)$/.exec(node.text.text)?.[1];
  const value = whole === undefined ? undefined : values.get(whole);
  if (value !== undefined) {
    // A variable that stands alone keeps its type.
    const isString = value.data.type === 'string';
    node.style = 'plain';
    node.setText(value.text, isString);
    return;
  }
  const text = expanded(node.text, values);
  node.style = 'plain';
  node.isString = true;
  if (text !== node.text) node.text = text;
}

/** `$$` stands for one `$`; a name that is unknown stays as it is. */
function expanded(text: Str, values: Values): Str {
  if (!text.text.includes('$')) return text;
  const result = new TextBuilder();
  let done = 0;
  for (let index = 0; index < text.text.length - 1; index++) {
    if (text.text[index] !== '$') continue;
    const next = text.text[index + 1];
    const end = next === '(' ? text.text.indexOf(')', index) : -1;
    if (next !== '$' && end === -1) continue;
    result.addSlice(text, done, index);
    if (next === '$') {
      result.addSlice(text, index, index + 1);
      done = index + 2;
    } else {
      const value = values.get(text.text.slice(index + 2, end));
      if (value === undefined) result.addSlice(text, index, end + 1);
      else result.addStr(value.text);
      done = end + 1;
    }
    index = done - 1;
  }
  result.addSlice(text, done, text.text.length);
  return result.build(text.trace);
}
