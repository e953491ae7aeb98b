import { joinTraces } from '../helm/trace/origin.ts';
import { Str, TextBuilder } from '../helm/trace/text.ts';
import { groupOf } from '../kubernetes/resource.ts';
import { splitFieldPath } from './field-path.ts';
import { type Creation, type FoundField, findFields, lookUp } from './field-paths.ts';
import { copyOf, decideBy, isNull, type MapNode, type Node, ScalarNode, sizeOf, textOf } from './node.ts';
import { type Budget, BuildError } from './problems.ts';
import { type BuildResource, type ResourceId, versionOf } from './resource.ts';
import { Selector } from './selectors.ts';

/**
 * Copies a value of one resource into fields of others.
 *
 * @throws {BuildError} when the source or a field is not there; Kustomize then builds nothing
 */
export function replaceValues(
  resources: readonly BuildResource[],
  replacement: MapNode,
  budget: Budget,
): void {
  const value = sourceValue(resources, replacement);
  const targets = replacement.get('targets');
  if (targets?.kind !== 'list')
    throw new BuildError('invalid', 'A replacement needs a source and targets.', replacement.trace);
  for (const target of targets.items) {
    if (target.kind === 'map') applyTo(resources, value, target, budget);
  }
}

function sourceValue(resources: readonly BuildResource[], replacement: MapNode): Node {
  const given = replacement.get('sourceValue');
  if (given !== undefined) return given;
  const source = replacement.get('source');
  if (source?.kind !== 'map')
    throw new BuildError('invalid', 'A replacement needs a source and targets.', replacement.trace);
  const found = resources.filter(({ ids }) => ids.some((id) => isMeant(id, source)));
  const [resource] = found;
  if (resource?.root === undefined || found.length > 1) {
    const how = found.length > 1 ? 'selects several resources' : 'selects nothing';
    throw new BuildError('invalid', `The source of a replacement ${how}.`, source.trace);
  }
  const path = textOf(source.get('fieldPath')) ?? 'metadata.name';
  resource.readWhole();
  const value = lookUp(resource.root, splitFieldPath(path));
  if (value === undefined || isNull(value) || isEmpty(value))
    throw new BuildError('invalid', `The source of a replacement has no "${path}".`, source.trace);
  return refined(value, source.get('options'));
}

function isEmpty(node: Node): boolean {
  if (node.kind === 'map') return node.entries.size === 0;
  return node.kind === 'list' && node.items.length === 0;
}

function isMeant(id: ResourceId, source: MapNode): boolean {
  const field = (name: string) => textOf(source.get(name)) ?? '';
  const matches = (wanted: string, value: string) => wanted === '' || wanted === value;
  return (
    matches(field('name'), id.name) &&
    matches(field('namespace'), id.namespace || 'default') &&
    matches(field('kind'), id.kind) &&
    matches(field('group'), groupOf(id.apiVersion)) &&
    matches(field('version'), versionOf(id.apiVersion))
  );
}

interface Cut {
  readonly delimiter: string;
  readonly index: number;
}

function cutOf(options: Node | undefined): Cut | undefined {
  if (options?.kind !== 'map') return undefined;
  const delimiter = textOf(options.get('delimiter')) ?? '';
  return delimiter === '' ? undefined : { delimiter, index: Number(textOf(options.get('index')) ?? 0) };
}

/** The part of a text that the source's options choose. */
function refined(value: Node, options: Node | undefined): Node {
  const cut = cutOf(options);
  if (cut === undefined) return value;
  if (value.kind !== 'scalar')
    throw new BuildError('invalid', 'Only a text has a delimiter.', options?.trace);
  const part = partsOf(value.text, cut.delimiter)[cut.index];
  if (part === undefined)
    throw new BuildError('invalid', 'The index of a replacement is out of bounds.', options?.trace);
  return new ScalarNode(part, value.isString, value.style);
}

function partsOf(text: Str, delimiter: string): Str[] {
  let start = 0;
  return text.text.split(delimiter).map((part) => {
    const slice = text.slice(start, start + part.length);
    start += part.length + delimiter.length;
    return slice;
  });
}

function applyTo(resources: readonly BuildResource[], value: Node, target: MapNode, budget: Budget): void {
  const select = target.get('select');
  if (select?.kind !== 'map') throw new BuildError('invalid', 'A target needs "select".', target.trace);
  const selector = new Selector(select);
  const rejects = target.get('reject');
  const rejected = (rejects?.kind === 'list' ? rejects.items : []).flatMap((reject) =>
    reject.kind === 'map' ? [new Rejection(reject)] : [],
  );
  for (const resource of resources) {
    if (resource.root === undefined || !selector.selectsMetadata(resource)) continue;
    if (rejected.some((rejection) => rejection.covers(resource))) continue;
    if (!resource.ids.some((id) => isMeant(id, select))) continue;
    resource.readWhole();
    copyInto(resource.root, value, target, budget);
  }
}

/** Excludes resources from a target. */
class Rejection {
  readonly #reject: MapNode;
  readonly #selector: Selector;
  readonly #namesId: boolean;
  readonly #namesMetadata: boolean;

  constructor(reject: MapNode) {
    this.#reject = reject;
    this.#selector = new Selector(reject);
    const names = (...fields: string[]) => fields.some((field) => textOf(reject.get(field)));
    this.#namesId = names('group', 'version', 'kind', 'name', 'namespace');
    this.#namesMetadata = names('labelSelector', 'annotationSelector');
  }

  covers(resource: BuildResource): boolean {
    if (this.#namesMetadata && this.#selector.selectsMetadata(resource)) return true;
    return this.#namesId && resource.ids.some((id) => isMeant(id, this.#reject));
  }
}

function copyInto(root: Node, value: Node, target: MapNode, budget: Budget): void {
  const options = target.get('options');
  const create = options?.kind === 'map' && textOf(options.get('create')) === 'true';
  const paths = target.get('fieldPaths');
  const texts = paths?.kind === 'list' ? paths.items.flatMap((path) => textOf(path) ?? []) : [];
  for (const path of texts.length > 0 ? texts : ['metadata.name']) {
    const creation: Creation | undefined = create ? { kind: value.kind, trace: target.trace } : undefined;
    const fields = findFields(root, splitFieldPath(path), creation);
    if (fields.length === 0)
      throw new BuildError('invalid', `A target of a replacement has no field "${path}".`, target.trace);
    for (const field of fields) {
      budget.charge(sizeOf(value));
      setField(field, value, target, cutOf(options));
    }
  }
}

function setField({ node, replace }: FoundField, value: Node, target: MapNode, cut: Cut | undefined): void {
  if (node.kind !== 'scalar') {
    const copy = copyOf(value);
    decideBy(copy, target.trace);
    replace(copy);
    return;
  }
  const given = value.kind === 'scalar' ? value.text : new Str('', value.trace);
  const text = cut === undefined ? given : withPart(node.text, given, cut);
  const trace = joinTraces(joinTraces(given.trace, target.trace), node.trace);
  node.text = text.spans === undefined ? new Str(text.text, trace) : text;
}

function withPart(text: Str, part: Str, { delimiter, index }: Cut): Str {
  const parts = partsOf(text, delimiter);
  if (index < 0) parts.unshift(part);
  else if (index >= parts.length) parts.push(part);
  else parts[index] = part;
  const joined = new TextBuilder();
  for (const [place, each] of parts.entries()) {
    if (place > 0) joined.add(delimiter, text.trace);
    joined.addStr(each);
  }
  return joined.build(text.trace);
}
